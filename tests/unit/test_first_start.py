"""Web and worker begin at the same moment, also when the portal starts for the first time."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

from app.config import SECRET_KEY_FILE, Settings, secret_key

AT_ONCE = 8
TIMES = 20


def test_whoever_asks_first_all_get_the_same_secret(tmp_path: Path) -> None:
    for time in range(TIMES):
        settings = Settings(data=tmp_path / str(time))
        gate = Barrier(AT_ONCE)

        def ask(_: int, settings: Settings = settings, gate: Barrier = gate) -> str:
            gate.wait()
            return secret_key(settings)

        with ThreadPoolExecutor(AT_ONCE) as pool:
            assert len(set(pool.map(ask, range(AT_ONCE)))) == 1
        (kept,) = settings.data.iterdir()
        assert kept.name == SECRET_KEY_FILE
        assert stat.S_IMODE(kept.stat().st_mode) == 0o600
