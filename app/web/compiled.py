"""Templates compiled once in a process, however many programs it assembles.

Compiling the templates of a page costs twenty times what drawing it does; programs of tests are
assembled by the thousand, and each has an environment of its own. What is kept is named by the
template's text, so a changed template is compiled anew.
"""

from __future__ import annotations

from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_COMPILED: dict[tuple[str, str], CodeType] = {}


class CompiledOnce(BytecodeCache):
    """Keeps what Jinja compiles in the memory of the process."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put what was compiled from this very text into the bucket."""
        bucket.code = _COMPILED.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was just compiled."""
        if bucket.code is not None:
            _COMPILED[bucket.key, bucket.checksum] = bucket.code
