"""What the desk keeps is copied each day, missed when it is gone, and brought back or rebuilt; what learners have stays theirs."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.mentor.collecting.collect import collect, received_file
from classroom.mentor.grading.grade import grade_assignment
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.copies import COPIES, KEPT, copies_of, keep_copies, lost_stores, restore
from classroom.mentor.place.faults import DeskFault
from classroom.mentor.place.gradebook import NoAssignment, open_gradebook
from classroom.mentor.place.stores import STORES
from classroom.mentor.returning.feedback import make_feedback
from classroom.mentor.returning.workflow import extend, release_feedback

if TYPE_CHECKING:
    from road import Learner

    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")
NOON = dt.datetime(2027, 1, 31, 12, tzinfo=dt.UTC)


def run(desk: MentorFolder, *command: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, [*command, "--dir", str(desk.root)])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.output.replace("\n", "")


def lost(desk: MentorFolder) -> dict[str, str]:
    return {each.store.name: each.code for each in lost_stores(desk)}


def say_of(desk: MentorFolder, comment: str) -> None:
    """A mentor's words and points in the gradebook."""
    with open_gradebook(desk) as gradebook:
        for notebook in gradebook.find_submission("L1", "hanako").notebooks:
            for each in notebook.comments:
                if each.name == "answer-L1-01":
                    each.manual_comment = comment
            for grade in notebook.grades:
                if grade.name == "grade-L1-02":
                    grade.manual_score, grade.needs_manual_grade = 4.0, False
        gradebook.db.commit()


@pytest.fixture
def term(desk: MentorFolder, hanako: Learner) -> MentorFolder:
    """Hanako's lesson 1 is graded, commented on and given back; it has a due date, and she has more time."""
    with open_gradebook(desk) as gradebook:
        duedate = dt.datetime(2099, 1, 31, 14, 59, 59, tzinfo=dt.UTC).replace(tzinfo=None)
        gradebook.update_or_create_assignment("L1", duedate=duedate)
    hanako.hand_in({"L1-01": desk.course.exercise("L1-01").solution})
    collect(desk)
    grade_assignment(desk, "L1")
    say_of(desk, "よい書き方です")
    extend(desk, "L1", "hanako", days=3)
    make_feedback(desk, "L1")
    release_feedback(desk, "L1")
    return desk


def test_a_lost_gradebook_stops_every_command_and_comes_back_from_its_copy(term: MentorFolder, hanako: Learner) -> None:
    before = read_marks(term, "L1", "hanako")
    assert keep_copies(term, NOON)
    (term.root / "gradebook.db").unlink()
    for command in (
        ["grade", "L1"],
        ["release", "L1"],
        ["feedback", "L1"],
        ["collect"],
        ["extend", "L1", "hanako", "--days", "1"],
    ):
        code, said = run(term, *command)
        assert (code, "gradebook.db（ありません）" in said, "penguin mentor restore" in said) == (2, True, True)
    code, said = run(term, "init", str(term.root))[0], ""
    assert code == 2
    with pytest.raises(DeskFault), open_gradebook(term):
        pass
    assert not (term.root / "gradebook.db").exists()
    code, said = run(term, "restore")
    assert (code, "gradebook.db を 2027-01-31 の控えから戻しました" in said) == (0, True)
    assert read_marks(term, "L1", "hanako") == before
    assert [each.exercises[0].comment for each in hanako.fetch().post.feedback] == ["よい書き方です"]
    assert "失われたものはありません" in run(term, "restore")[1]


def test_without_a_copy_the_gradebook_is_rebuilt_from_what_the_desk_told(term: MentorFolder, hanako: Learner) -> None:
    before = read_marks(term, "L1", "hanako")
    shutil.rmtree(term.desk / COPIES, ignore_errors=True)
    (term.root / "gradebook.db").unlink()
    assert run(term, "grade", "L1")[0] == 2
    code, said = run(term, "restore")
    assert code == 0, said
    assert "名前の分からない学習者: hanako" in said
    now = read_marks(term, "L1", "hanako")
    assert now.exercises == before.exercises
    assert (now.duedate, now.total) == (before.duedate, before.total)
    make_feedback(term, "L1")
    assert release_feedback(term, "L1").withheld == {}
    hanako.fetch()


def test_nothing_that_a_learner_has_is_taken_away_unasked(term: MentorFolder, hanako: Learner) -> None:
    say_of(term, "")
    code, said = run(term, "feedback", "L1")
    assert "hanako さんには送っていません" in said
    assert "L1-01" in said
    assert [each.exercises[0].comment for each in hanako.fetch().post.feedback] == ["よい書き方です"]
    code, said = run(term, "feedback", "L1", "--replace")
    assert (code, "送っていません" in said) == (0, False)
    assert [each.exercises[0].comment for each in hanako.fetch().post.feedback] == [""]


def test_hand_ins_that_the_desk_forgot_are_on_its_list_again(term: MentorFolder) -> None:
    known = received_file(term).letters()
    keep_copies(term, NOON)
    for each in term.desk.glob("received.db*"):
        each.unlink()
    assert lost(term) == {"desk/received.db": "missing"}
    shutil.rmtree(term.desk / COPIES)
    assert run(term, "restore")[0] == 0
    assert [(each.learner, each.lesson, each.code) for each in received_file(term).letters()] == [
        (each.learner, each.lesson, each.code) for each in known
    ]
    assert collect(term).taken == []


@pytest.fixture
def small(desk: MentorFolder) -> MentorFolder:
    """A desk in which every store has something, quickly made."""
    for store in STORES:
        path = store.path(desk.root)
        if store.is_database and not path.exists():
            with closing(sqlite3.connect(path)) as connection, connection:
                for table in store.lasting or ("anything",):
                    connection.execute(f"CREATE TABLE IF NOT EXISTS {table} (x)")
                    connection.execute(f"INSERT INTO {table} VALUES (1)")
        elif not path.exists():
            texts = ("0" * 64, "1", "[]")
            path.write_text(next(each for each in texts if store.form and store.form.fullmatch(each)), encoding="utf-8")
    return desk


def test_a_copy_a_day_is_kept_for_fourteen_days(small: MentorFolder) -> None:
    for number in range(KEPT + 6):
        assert keep_copies(small, NOON + dt.timedelta(days=number))
    days = [each.day for each in copies_of(small)]
    assert len(days) == KEPT
    assert days[-1] == "2027-02-19"
    assert not keep_copies(small, NOON + dt.timedelta(days=KEPT + 5, minutes=5))
    assert keep_copies(small, NOON + dt.timedelta(days=KEPT + 5, hours=1))
    assert {each.name for each in STORES} == set(copies_of(small)[-1].rows)
    for file in (small.desk / COPIES).rglob("*.db"):
        assert file.stat().st_mode & 0o007 == 0


@pytest.mark.parametrize("store", STORES, ids=lambda each: each.name)
@pytest.mark.parametrize("how", ["gone", "empty", "garbage"])
def test_each_store_that_is_gone_empty_or_damaged_is_missed_and_comes_back(
    small: MentorFolder, store: object, how: str
) -> None:
    path = store.path(small.root)  # type: ignore[attr-defined]
    name = store.name  # type: ignore[attr-defined]
    keep_copies(small, NOON)
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    if how == "gone":
        path.unlink()
    else:
        path.write_bytes(b"" if how == "empty" else b"not what it was " * 300)
    if how == "garbage" and name == "desk/settings.toml":
        assert lost(small) == {}  # a text that a mentor wrote is theirs
        return
    assert list(lost(small)) == [name]
    assert not keep_copies(small, NOON + dt.timedelta(days=1))  # no copy is made of it over a good one
    assert restore(small) == [(name, "2027-01-31")]
    assert lost(small) == {}
    assert keep_copies(small, NOON + dt.timedelta(days=1))


def test_a_store_that_stays_lost_keeps_its_last_copy_however_old(small: MentorFolder) -> None:
    keep_copies(small, NOON)
    (small.desk / "ways.json").unlink()
    assert not keep_copies(small, NOON + dt.timedelta(days=1))
    assert [each.day for each in copies_of(small)] == ["2027-01-31"]


def test_a_copy_that_was_killed_midway_is_none_and_the_next_is_made(
    small: MentorFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("classroom.mentor.place.copies._put", killed)
        patch.setattr("classroom.mentor.place.copies.shutil.rmtree", lambda *_, **__: None)  # not even its own tidying
        with pytest.raises(Killed):
            keep_copies(small, NOON)
    assert copies_of(small) == []
    assert keep_copies(small, NOON)
    assert [each.day for each in copies_of(small)] == ["2027-01-31"]


def test_a_full_disk_costs_the_copy_and_not_the_command(small: MentorFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_copies(small, NOON)
    full = OSError(28, "No space left on device")

    def fails(*_: object) -> None:
        raise full

    monkeypatch.setattr("classroom.mentor.place.copies.copy_database", fails)
    code, said = run(small, "extend", "L1", "nobody", "--days", "1")
    assert "控えを作れませんでした" in said
    assert "nobody" in said  # the command went on, and says what it has to say
    assert [each.day for each in copies_of(small)] == ["2027-01-31"]
    assert code == 2


def test_many_at_once_make_one_copy_a_day(small: MentorFolder) -> None:
    faults: list[BaseException] = []

    def go() -> None:
        try:
            keep_copies(small, NOON)
        except BaseException as fault:  # noqa: BLE001
            faults.append(fault)

    threads = [threading.Thread(target=go) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert faults == []
    assert [each.day for each in copies_of(small)] == ["2027-01-31"]
    assert lost(small) == {}


def test_a_day_that_another_program_is_putting_in_its_place_is_no_leftover(small: MentorFolder) -> None:
    being_put = small.desk / COPIES / "2027-01-30"
    being_put.mkdir(parents=True)
    keep_copies(small, NOON)
    assert being_put.is_dir()


def test_an_earlier_day_comes_back_by_name_and_what_was_there_is_set_aside(small: MentorFolder) -> None:
    keep_copies(small, NOON)
    (small.desk / "ways.json").write_text('["later"]', encoding="utf-8")
    keep_copies(small, NOON + dt.timedelta(days=1))
    assert "no-such" in run(small, "restore", "--day", "no-such")[1]
    assert run(small, "restore", "--file", "../../etc/passwd")[0] == 2
    assert restore(small, "2027-01-31", ["ways.json"]) == [("desk/ways.json", "2027-01-31")]
    assert (small.desk / "ways.json").read_text("utf-8") == "[]"
    [aside] = (small.desk / "set-aside").rglob("ways.json")
    assert aside.read_text("utf-8") == '["later"]'


def test_a_lesson_that_the_gradebook_knows_by_name_alone_is_not_graded(folder: MentorFolder) -> None:
    with pytest.raises(NoAssignment):
        grade_assignment(folder, "L2")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("desk/seed.txt", b""),
        ("desk/seed.txt", b"abc"),
        ("desk/key.txt", b""),
        ("desk/faq.json", b"{"),
        ("desk/faq.json", b'[{"x": 1}]'),
        ("desk/ways.json", b"[1]"),
        ("desk/definitions.json", b'[{"question": 1}]'),
        ("desk/haste.txt", b"fast"),
        *((f"desk/{each}", b"rubbish" * 999) for each in ("desk.db", "received.db", "expo.db", "reviews.db")),
        *((f"desk/{each}", None) for each in ("desk.db", "received.db", "expo.db", "reviews.db")),
        ("gradebook.db", b"rubbish" * 999),
    ],
)
def test_what_the_desk_keeps_and_cannot_read_is_told_even_without_a_copy(
    desk: MentorFolder, name: str, content: bytes | None
) -> None:
    path = desk.root / name
    path.unlink(missing_ok=True)
    if content is None:
        path.mkdir()
    else:
        path.write_bytes(content)
    code, said = run(desk, "collect")
    assert code == 2
    assert "penguin mentor restore" in said


@pytest.mark.parametrize(
    "how", ["no manifest", "half a manifest", "odd manifest", "deep manifest", "dead link", "a file"]
)
def test_a_copy_that_cannot_be_read_is_none(small: MentorFolder, how: str) -> None:
    keep_copies(small, NOON)
    place = copies_of(small)[0].place
    manifest = place / "manifest.json"
    if how in ("dead link", "a file"):
        shutil.rmtree(place)
        place.symlink_to("nowhere") if how == "dead link" else place.write_text("x", encoding="utf-8")
    elif how == "no manifest":
        manifest.unlink()
    else:
        odd = {"half a manifest": "{", "odd manifest": '{"at": "x", "rows": {}}', "deep manifest": "[" * 100_000}
        manifest.write_text(odd[how], encoding="utf-8")
    assert copies_of(small) == []
    assert run(small, "collect")[0] == 0
