"""The shell of Mandat: what every feature needs, and what assembles them."""
