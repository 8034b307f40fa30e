"""Fundraising: support pages, donations, who may give, holds, the ledger, payment providers."""
