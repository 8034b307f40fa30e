"""Why an operation can't be done."""

from __future__ import annotations


class OperationRefused(Exception):
    """It was not done; the text says, for whoever runs the portal, why and what to do."""
