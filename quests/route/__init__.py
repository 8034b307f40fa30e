"""The route: what opens a step, what proves it and where a campaign stands."""
