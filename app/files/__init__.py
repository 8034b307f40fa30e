"""Files from people: looked at in a process of their own, kept by their content."""
