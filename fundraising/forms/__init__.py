"""The forms of fundraising."""
