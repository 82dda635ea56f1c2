"""Grading on a Dask cluster: two worker processes, one killed in mid-run, nothing lost and nothing graded twice."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

import distributed
import pytest
from cohort import answered, hand_in, mixed_answers

from classroom.mentor.grading.cluster import ClusterFault
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.store import DeskStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cohort import Notebook

    from classroom.mentor.place.folder import MentorFolder

EXERCISES = ("L1-01", "L1-04", "L1-05", "L1-07", "L1-09")


@pytest.fixture
def cluster() -> Iterator[distributed.LocalCluster]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster


@pytest.mark.filterwarnings("default")
def test_a_worker_killed_in_mid_run_loses_nothing_and_doubles_nothing(
    folder: MentorFolder,
    name: str,
    notebook: Notebook,
    cluster: distributed.LocalCluster,
    points: Callable[[MentorFolder, str], dict[str, float | None]],
) -> None:
    students = [f"s{number:03d}" for number in range(12)]
    for number, student in enumerate(students):
        hand_in(folder.root, student, "L1", name, answered(notebook, mixed_answers(folder.course, EXERCISES, number)))
    doomed = next(iter(cluster.workers.values())).process.pid
    begun = threading.Event()

    def kill() -> None:
        begun.wait(120)
        os.kill(doomed, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    report = grade_assignment(folder, "L1", scheduler=cluster.scheduler_address, progress=lambda *_: begun.set())
    killer.join()
    assert report.graded == students
    on_cluster = {student: points(folder, student) for student in students}
    answers = DeskStore(folder.store_path).answers("L1", every_attempt=True)
    assert max(Counter((each.student, each.exercise) for each in answers).values()) == 1
    with DeskStore(folder.store_path).open() as connection:
        connection.execute("DELETE FROM judgements")
    grade_assignment(folder, "L1", again=True)
    assert {student: points(folder, student) for student in students} == on_cluster


def test_a_scheduler_that_is_not_there_is_told(
    folder: MentorFolder, name: str, notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("classroom.mentor.grading.cluster.CONNECT_SECONDS", 1)
    hand_in(folder.root, "hanako", "L1", name, notebook)
    started = time.monotonic()
    with pytest.raises(ClusterFault):
        grade_assignment(folder, "L1", scheduler="tcp://127.0.0.1:9")
    assert time.monotonic() - started < 60
