"""What a process that serves keeps as long as it lives."""

from __future__ import annotations

import gc


def leave_to_itself() -> None:
    """Take everything there is now out of the collector's sight.

    The program, its packs and templates stay as long as the process. Walking through their three
    hundred thousand objects again would stop every thread for a sixth of a second, every few
    pages of the desk.
    """
    gc.collect()
    gc.freeze()
