"""What ``mandat demo`` says when the portal answers."""

from __future__ import annotations

DEMO_WORDS = """
Mandat is running: {address}
Mails it would send are at {address}/demo/mailbox

Everybody in the demo has the password: mandat-demo-2026
Those who must show a second factor find its codes at {address}/demo/sign-ins
Sign in as:"""
