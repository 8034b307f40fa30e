"""One frozen dataclass for each template: exactly the fields it shows."""
