"""Reviews: what one person hands in and another accepts or returns with a reason."""
