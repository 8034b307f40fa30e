"""The game: points for verified work, and the leagues they make."""
