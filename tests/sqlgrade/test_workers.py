"""A worker judges for a whole evening within its address space."""

from __future__ import annotations

import mmap
import threading
from multiprocessing import Pipe
from pathlib import Path

import pytest

from sqlgrade import Exercise, Solution, Status, build_pack, workers
from sqlgrade.duties import Duties
from sqlgrade.workers import READY, UNKNOWN_PACK

DDL = "CREATE TABLE users (user_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);"
RIGHT = "SELECT name FROM users WHERE user_id > 3"


def test_a_worker_with_too_much_mapped_lets_go_of_its_packs_and_takes_them_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pack = build_pack(Exercise("over three", DDL, (Solution(RIGHT),)))
    ours, theirs = Pipe()
    threading.Thread(target=workers.answer_all, args=(theirs, Duties(None)), daemon=True).start()

    def asked(*message: object) -> object:
        ours.send(message)
        return ours.recv()

    def judged() -> object:
        return asked("grade", pack.key, RIGHT, False)

    assert asked("pack", pack.to_bytes()) == READY
    monkeypatch.setattr(workers, "_FULL_MB", -1)
    assert judged().status is Status.ACCEPTED  # type: ignore[attr-defined]
    assert judged() == UNKNOWN_PACK
    assert asked("pack", pack.to_bytes()) == READY
    assert judged().status is Status.ACCEPTED  # type: ignore[attr-defined]
    ours.close()


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="only Linux tells what a process has mapped")
def test_six_packs_take_less_than_a_quarter_of_a_worker_s_address_space() -> None:
    worker = workers.Worker(None)
    try:
        assert worker._process is not None
        for number in range(6):
            pack = build_pack(Exercise(f"{number}", DDL, (Solution(RIGHT.replace("3", str(number + 3))),)))
            worker.call(("pack", pack.to_bytes()), 60)
            worker.call(("grade", pack.key, "SELECT name FROM users", False), 60)
        pages = int(Path(f"/proc/{worker._process.pid}/statm").read_text(encoding="ascii").split()[0])
    finally:
        worker.stop()
    assert pages * mmap.PAGESIZE < workers.ADDRESS_SPACE_MB << 20 >> 2
