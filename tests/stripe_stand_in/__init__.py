"""A stand-in for Stripe: a real HTTP server that the real library speaks to."""
