"""The personal calendar of a campaign: its feed and its reminders."""
