"""A worker judges for a whole evening within its address space."""

from __future__ import annotations

import mmap
import os
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing import Pipe
from pathlib import Path

import pytest

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

from sqlgrade import Exercise, Solution, Status, build_pack
from sqlgrade.service import workers
from sqlgrade.service.duties import Duties
from sqlgrade.service.replies import READY, UNKNOWN_PACK

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
        return asked("grade", pack.key, RIGHT, False, "duckdb")

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
            worker.call(("grade", pack.key, "SELECT name FROM users", False, "duckdb"), 60)
        pages = int(Path(f"/proc/{worker._process.pid}/statm").read_text(encoding="ascii").split()[0])
    finally:
        worker.stop()
    assert pages * mmap.PAGESIZE < workers.ADDRESS_SPACE_MB << 20 >> 2


def folders(place: Path) -> list[str]:
    return sorted(each.name for each in place.glob("sqlgrade*"))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temp directory of the test's own, for other processes too."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    return tmp_path


def test_a_worker_leaves_no_folder_however_often_it_is_lost(temporary: Path) -> None:
    worker = workers.Worker(None)
    for _ in range(2):
        with pytest.raises(workers.WorkerLost):
            worker.call(("pack", b""), 0)
    assert len(folders(temporary)) == 1
    worker.stop()
    assert folders(temporary) == []


def test_a_killed_process_that_takes_its_time_to_end_costs_the_next_answer_nothing(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = workers.Worker(None)
    slow = worker._process
    assert slow is not None
    monkeypatch.setattr(slow, "join", lambda _seconds: None)
    monkeypatch.setattr(slow, "kill", lambda: None)
    worker.restart()
    assert worker._process is not slow
    monkeypatch.undo()
    slow.kill()
    slow.join()
    worker.stop()


@pytest.mark.parametrize("end", ["", "os.kill(os.getpid(), 9)"])
@pytest.mark.skipif(os.name == "nt", reason="processes are killed by signal")
def test_a_worker_whose_parent_is_gone_leaves_no_folder(temporary: Path, end: str) -> None:
    program = f"""
import os, sqlgrade
if __name__ == "__main__":
    exercise = sqlgrade.Exercise("x", "{DDL}", (sqlgrade.Solution("{RIGHT}"),))
    print(sqlgrade.Grader(workers=1).grade(exercise, "{RIGHT}").status, flush=True)
    {end}
"""
    ran = subprocess.run([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, check=False)
    assert ran.stdout.strip() == "accepted"
    until = time.monotonic() + 60
    while folders(temporary) and time.monotonic() < until:
        time.sleep(0.1)
    assert folders(temporary) == []


@pytest.mark.skipif(os.name == "nt", reason="Windows tells nobody who holds a folder")
def test_what_a_worker_killed_with_its_parent_left_is_swept_by_the_next(temporary: Path) -> None:
    left, used, other = (temporary / f"sqlgrade_{name}" for name in ("left", "used", "other"))
    for each in (left, used, other):
        each.mkdir()
    (other / "file").touch()
    held = os.open(used, os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    for each in (left, used, other):
        os.utime(each, (time.time() - 3600,) * 2)
    workers.Worker(None).stop()
    os.close(held)
    assert folders(temporary) == ["sqlgrade_other", "sqlgrade_used"]
