"""Ports of this machine for processes that tests start."""

from __future__ import annotations

import socket


def a_free_port() -> int:
    """Give a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
