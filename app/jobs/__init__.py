"""Durable jobs: a row in the business transaction, leased, retried, at least once."""
