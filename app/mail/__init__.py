"""Letters: written in the business transaction, sent by a job, one recipient each."""
