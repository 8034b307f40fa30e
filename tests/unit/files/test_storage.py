"""Files are written once, and whoever puts one there is not robbed of it by whoever sweeps."""

from __future__ import annotations

import hashlib
import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.errors import Missing
from app.files.storage import FileStore, relative_path

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
SINCE = LONG_AGO + timedelta(hours=1)


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(folder=tmp_path / "files")


def age(store: FileStore, path: str) -> None:
    moment = LONG_AGO.timestamp()
    os.utime(store.folder / path, (moment, moment))


def test_bytes_are_found_under_their_hash_and_kept_once(store: FileStore) -> None:
    name = store.put(b"a passport")
    assert name == hashlib.sha256(b"a passport").hexdigest()
    assert store.put(b"a passport") == name
    assert store.get(name) == b"a passport"
    assert list(store.paths()) == [relative_path(name).as_posix()]


def test_half_written_files_are_named_too(store: FileStore) -> None:
    name = store.put(b"whole")
    half = relative_path(name).with_name(f".{name}.0123")
    (store.folder / half).write_bytes(b"wh")
    assert set(store.paths()) == {relative_path(name).as_posix(), half.as_posix()}


def test_an_old_file_can_be_forgotten_and_a_young_one_not(store: FileStore) -> None:
    old, young = (relative_path(store.put(data)).as_posix() for data in (b"old", b"young"))
    age(store, old)
    assert store.forget_old(old, before=SINCE)
    assert not store.forget_old(young, before=SINCE)
    assert list(store.paths()) == [young]
    with pytest.raises(Missing):
        store.get(hashlib.sha256(b"old").hexdigest())


def test_a_file_that_is_gone_already_is_no_problem(store: FileStore) -> None:
    assert not store.forget_old("ab/abcd", before=SINCE)


def test_what_is_put_once_more_is_young_again(store: FileStore) -> None:
    path = relative_path(store.put(b"again")).as_posix()
    age(store, path)
    store.put(b"again")
    assert not store.forget_old(path, before=SINCE)


def test_whoever_puts_bytes_has_them_however_eagerly_they_are_swept(store: FileStore) -> None:
    path = relative_path(store.put(b"wanted")).as_posix()
    over = threading.Event()

    def sweep() -> None:
        while not over.is_set():
            store.forget_old(path, before=SINCE)

    sweeper = threading.Thread(target=sweep)
    sweeper.start()
    try:
        for _ in range(100):
            # From here on it may go at any moment, until it is put again.
            age(store, path)
            name = store.put(b"wanted")
            assert store.get(name) == b"wanted"
    finally:
        over.set()
        sweeper.join()
