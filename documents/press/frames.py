"""How the press and its client speak: frames of bytes, each with its length before it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Sequence
from typing import IO

LENGTH = struct.Struct(">I")
MOST_PARTS = 500
LONGEST_PART = 64 * 1024 * 1024

Read = Callable[[int], bytes]
"""Gives exactly so many bytes. Raises EOFError when there are fewer."""


def exactly_from(stream: IO[bytes]) -> Read:
    """Give the reader of a stream that waits for what it is asked for, as an input does."""

    def exactly(length: int) -> bytes:
        data = stream.read(length)
        if len(data) < length:
            raise EOFError
        return data

    return exactly


def packed(parts: Sequence[bytes]) -> bytes:
    """Give a message of several parts as bytes."""
    return b"".join(packing(parts))


def packing(parts: Sequence[bytes]) -> Iterator[bytes]:
    """Give the same message piece by piece, for whoever need not have it in one."""
    yield LENGTH.pack(len(parts))
    for part in parts:
        yield _length(part)
        yield part


def unpacked(read: Read) -> list[bytes]:
    """Read one message. Raises EOFError when it ends too early, ValueError when it is too long."""
    return list(unpacking(read))


def unpacking(read: Read) -> Iterator[bytes]:
    """Read one message part by part, for whoever needs no part any more when the next one comes.

    Raises as ``unpacked`` does, at the part it is about.
    """
    (count,) = LENGTH.unpack(read(LENGTH.size))
    if count > MOST_PARTS:
        raise ValueError("too many parts")
    for _ in range(count):
        yield _part(read)


def _part(read: Read) -> bytes:
    (length,) = LENGTH.unpack(read(LENGTH.size))
    if length > LONGEST_PART:
        raise ValueError("too long a part")
    return read(length)


def _length(part: bytes) -> bytes:
    return LENGTH.pack(len(part))
