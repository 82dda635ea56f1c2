"""Nothing a learner did is ever lost."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from classroom.learner.progress import ProgressState, ProgressStore, Try
from classroom.learner.progress import store as store_module
from classroom.learner.progress.reached import lessons_begun
from classroom.learner.progress.rounds import RoundBook, RoundKind

START = datetime(2025, 2, 1, 23, 30, tzinfo=UTC)


def a_try(minute: int, status: str, *, rung: int = 0, exercise_id: str = "L1-07") -> Try:
    share = 1.0 if status == "accepted" else 0.3
    return Try(
        exercise_id, START + timedelta(minutes=minute), f"SELECT {minute}", status, share, "E20", "tests-included", rung
    )


def test_every_try_comes_back_as_it_was(tmp_path: Path) -> None:
    store = ProgressStore(tmp_path / "progress.sqlite")
    first, second = a_try(1, "refuted"), a_try(2, "accepted")
    store.record(first)
    store.record(second)
    assert ProgressStore(store.path).tries("L1-07") == (first, second)


def test_a_pass_after_the_solution_was_seen_is_a_pass_with_help(tmp_path: Path) -> None:
    store = ProgressStore(tmp_path / "progress.sqlite")
    store.record(a_try(1, "accepted", rung=4))
    assert store.progress()["L1-07"].state is ProgressState.PASSED_WITH_HELP
    store.record(a_try(2, "accepted", rung=1))
    assert store.progress()["L1-07"].state is ProgressState.PASSED


def test_a_later_wrong_try_takes_nothing_away(tmp_path: Path) -> None:
    store = ProgressStore(tmp_path / "progress.sqlite")
    store.record(a_try(1, "accepted"))
    store.record(a_try(2, "refuted"))
    progress = store.progress()["L1-07"]
    assert (progress.state, progress.tries, progress.share) == (ProgressState.PASSED, 2, 1.0)


def test_an_older_file_is_brought_up_to_date_and_nothing_in_it_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as before:
        before.setattr(store_module, "MIGRATIONS", store_module.MIGRATIONS[:1])
        ProgressStore(tmp_path / "progress.sqlite").record(a_try(1, "accepted"))
    store = ProgressStore(tmp_path / "progress.sqlite")
    assert len(store.tries()) == 1
    assert RoundBook(store).begin(RoundKind.PRACTICE, "", [("P02a-0", "S02")]).current is not None


def test_an_exercise_handed_in_to_a_mentor_is_no_open_one(tmp_path: Path) -> None:
    store = ProgressStore(tmp_path / "progress.sqlite")
    store.record(a_try(1, "for_mentor"))
    assert store.progress()["L1-07"].state is ProgressState.HANDED_IN


def test_the_lessons_reached_are_known_without_the_course(tmp_path: Path) -> None:
    file = tmp_path / "progress.db"
    assert lessons_begun(None) == lessons_begun(file) == frozenset()
    store = ProgressStore(file)
    store.record(a_try(0, "refuted", exercise_id="L8-02"))
    assert lessons_begun(file) == frozenset()
    for number, (exercise_id, status) in enumerate(
        [("L1-07", "accepted"), ("L12-08", "for_mentor"), ("P02a-7", "accepted")]
    ):
        store.record(a_try(number, status, exercise_id=exercise_id))
    assert lessons_begun(file) == {0, 1, 12}


def test_a_broken_file_tells_of_no_lesson(tmp_path: Path) -> None:
    (tmp_path / "progress.db").write_bytes(b"no database" * 1000)
    assert lessons_begun(tmp_path / "progress.db") == frozenset()


def test_two_windows_write_at_once(tmp_path: Path) -> None:
    stores = [ProgressStore(tmp_path / "progress.sqlite") for _ in range(2)]

    def write(store: ProgressStore) -> None:
        for minute in range(20):
            store.record(a_try(minute, "refuted"))

    threads = [threading.Thread(target=write, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(stores[0].tries()) == 40


def test_a_rung_once_open_stays_open(tmp_path: Path) -> None:
    store = ProgressStore(tmp_path / "progress.sqlite")
    assert store.rung("L1-07") == 0
    assert store.open_rung("L1-07", 2) == 2
    assert store.open_rung("L1-07", 1) == 2


def test_the_last_place_is_where_to_continue(tmp_path: Path) -> None:
    store = ProgressStore(tmp_path / "progress.sqlite")
    assert store.last_place() is None
    store.visit("01.ipynb", "L1-07")
    store.visit("02.ipynb", None)
    assert store.last_place() == ("02.ipynb", None)
