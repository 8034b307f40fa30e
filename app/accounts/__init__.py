"""People, organisations, campaigns, teams, roles, invitations and sign-in."""
