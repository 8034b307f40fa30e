"""The rules of fundraising."""
