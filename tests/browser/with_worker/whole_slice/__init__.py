"""One journey through every package: what its people do, kind of step by kind of step."""
