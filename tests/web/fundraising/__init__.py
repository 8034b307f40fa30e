"""Support pages, gifts and the fund through the browser."""
