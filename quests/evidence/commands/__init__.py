"""What a campaign's team does to prove a step."""
