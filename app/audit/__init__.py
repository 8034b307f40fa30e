"""The audit log: who did what to which thing, append-only and chained by hashes."""
