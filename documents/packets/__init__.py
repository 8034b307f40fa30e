"""The packet: papers put together for the desk, and what came of handing them in."""
