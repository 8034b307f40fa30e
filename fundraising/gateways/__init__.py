"""Payment providers behind one protocol: the demo's own, and Stripe Checkout."""
