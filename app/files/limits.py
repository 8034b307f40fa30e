"""What a process that reads bytes from outside gives up before it looks at them."""

from __future__ import annotations

import resource


def limit_myself(
    *, memory_bytes: int, cpu_s: int | None = None, open_files: int | None = None
) -> None:
    """Give up memory, seconds of the processor, and writing to files.

    With three open files, which are its input and outputs, it can open nothing more at all.
    """
    limits = {
        resource.RLIMIT_AS: memory_bytes,
        resource.RLIMIT_CPU: cpu_s,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: open_files,
    }
    for what, most in limits.items():
        if most is not None:
            resource.setrlimit(what, (most, most))
