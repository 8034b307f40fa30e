"""The field: territory, contacts, turfs and doors."""
