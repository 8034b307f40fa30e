"""One function per intention; none commits, none knows the web."""
