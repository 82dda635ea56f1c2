"""The class as its mentors see it."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import duckdb
import pytest

from classroom.folder import CARRIED
from classroom.learner.progress import ProgressStore, Try
from classroom.mentor.classpage.board import Board, State, build_board
from classroom.mentor.classpage.export import export_class
from classroom.mentor.classpage.group_tab import group_html
from classroom.mentor.classpage.groups import answer_groups, comment_on
from classroom.mentor.classpage.items import item_analysis
from classroom.mentor.classpage.mistakes import mistake_name
from classroom.mentor.classpage.page import TABS, ClassPage
from classroom.mentor.classpage.progress_files import read_file, read_files
from classroom.mentor.classpage.questions import answer_question, read_questions
from classroom.mentor.classpage.rubric import compare_mentors, mark_answer
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.gradebook import open_gradebook

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.place.folder import MentorFolder

NOW = datetime(2027, 4, 1, 14, 0, tzinfo=UTC)


def carried(folder: MentorFolder, student: str) -> Path:
    return folder.root / "submitted" / student / "L1" / CARRIED


def board_of(folder: MentorFolder) -> Board:
    return build_board(folder, "L1", read_files(folder, "L1"), NOW)


def tried(store: ProgressStore, exercise: str, statuses: str, *, minutes_ago: int = 1) -> None:
    for number, letter in enumerate(statuses):
        at = NOW - timedelta(minutes=minutes_ago + len(statuses) - number)
        status = "accepted" if letter == "+" else "refuted"
        store.record(Try(exercise, at, f"SELECT {number}", status, float(letter == "+")))


def test_the_board_has_a_square_for_each_learner_and_exercise(folder: MentorFolder) -> None:
    board = board_of(folder)
    squares = {(each.student, each.exercise): each.state for each in board.squares}
    assert len(squares) == 12 * len(board.exercises)
    assert squares["learner00", "L1-07"] is State.RIGHT
    assert squares["learner05", "L1-07"] in {State.WRONG, State.PARTLY}
    assert squares["learner00", "L1-05"] is State.UNTOUCHED


def test_progress_of_those_who_have_not_handed_in_is_on_the_board(folder: MentorFolder) -> None:
    with open_gradebook(folder) as gradebook:
        gradebook.add_student("late")
    carried(folder, "late").parent.mkdir(parents=True)
    store = ProgressStore(carried(folder, "late"))
    tried(store, "L1-01", "-+")
    tried(store, "L1-02", "--")
    squares = {each.exercise: each for each in board_of(folder).squares if each.student == "late"}
    assert (squares["L1-01"].state, squares["L1-02"].state) == (State.DONE, State.TRYING)
    assert squares["L1-03"].state is State.NOTHING


@pytest.mark.parametrize(
    ("statuses", "minutes_ago", "is_stuck"),
    [("---", 1, True), ("--", 1, False), ("---+", 1, False), ("-----", 45, False)],
    ids=["three in vain", "only two", "right at last", "long ago"],
)
def test_somebody_is_stuck_after_three_wrong_tries_lately(
    folder: MentorFolder, statuses: str, minutes_ago: int, is_stuck: bool
) -> None:
    tried(ProgressStore(carried(folder, "learner00")), "L1-03", statuses, minutes_ago=minutes_ago)
    stuck = board_of(folder).stuck
    assert [(each.student, each.exercise) for each in stuck] == ([("learner00", "L1-03")] if is_stuck else [])


def test_shared_folders_are_read_live(folder: MentorFolder, tmp_path: Path) -> None:
    home = tmp_path / "homes" / "learner01" / "penguin"
    tried(ProgressStore(home / ".penguin" / "progress.sqlite"), "L1-03", "---")
    pattern = tmp_path / "homes" / "*" / "penguin"
    with folder.settings_path.open("a", encoding="utf-8") as file:
        file.write(f"learners = '{pattern}'\n")
    assert [each.student for each in board_of(type(folder)(folder.root)).stuck] == ["learner01"]


def test_answers_that_behave_alike_are_one_group(folder: MentorFolder) -> None:
    groups = answer_groups(folder, "L1", "L1-07")
    assert [each.size for each in groups] == [5, 2, 1, 4]
    assert sum(each.size for each in groups) == 12
    assert groups[0].near_miss
    assert groups[-1].outcome == "accepted"


def test_one_comment_and_mark_reach_the_whole_group(folder: MentorFolder) -> None:
    group = answer_groups(folder, "L1", "L1-07")[0]
    assert comment_on(folder, "L1", "L1-07", group.students, comment="並び順をもう一度。", points=4) == 5
    for student in group.students:
        mark = read_marks(folder, "L1", student).exercises["L1-07"]
        assert (mark.points, mark.comment) == (4.0, "並び順をもう一度。")
    assert read_marks(folder, "L1", "learner00").exercises["L1-07"].comment == ""
    assert [(each.text, each.uses) for each in class_file(folder).comments("L1-07")] == [("並び順をもう一度。", 5)]


def test_a_text_of_a_learner_is_never_markup(folder: MentorFolder) -> None:
    groups = [group_html(folder, each) for each in answer_groups(folder, "L1", "L1-07")]
    assert all("<b>learner" not in each for each in groups)
    store = ProgressStore(carried(folder, "learner00"))
    store.ask("L1-07", "<script>alert(1)</script>", "", "", "", "")
    page = ClassPage(folder)
    page._tabs.selected_index = TABS.index("questions")
    shown = repr(page.box.get_state()) + repr([each.value for each in html_widgets(page.box)])
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown


def html_widgets(box: object) -> list[object]:
    found = []
    for child in getattr(box, "children", ()):
        found += [child] if type(child).__name__ == "HTML" else html_widgets(child)
    return found


def test_items_tell_rates_and_commonest_mistakes(folder: MentorFolder) -> None:
    item = {each.exercise: each for each in item_analysis(folder, "L1", read_files(folder, "L1"))}["L1-07"]
    assert (item.answers, item.right) == (12, 4)
    assert item.mistakes[0][1] == 5
    assert item.discrimination is not None
    assert item.discrimination > 0


def test_a_query_left_as_it_was_given_is_no_answer(folder: MentorFolder) -> None:
    assert folder.course.exercise("L1-03").starter.startswith("SELECT")
    states = {each.state for each in board_of(folder).squares if each.exercise == "L1-03"}
    assert states == {State.UNTOUCHED}
    item = {each.exercise: each for each in item_analysis(folder, "L1", read_files(folder, "L1"))}["L1-03"]
    assert (item.answers, item.points, item.mistakes, item.flag) == (0, None, (), "")


def test_a_mistake_is_named_by_what_was_done_and_never_by_a_hint(folder: MentorFolder) -> None:
    exercise = folder.course.exercise("L1-07")
    hints = "".join(each for text in exercise.text.values() for each in text.hints.values())
    item = {each.exercise: each for each in item_analysis(folder, "L1", read_files(folder, "L1"))}["L1-07"]
    assert item.mistakes
    assert [name for name, _ in item.mistakes if name in hints or "ましょう" in name or "ですか" in name] == []
    assert mistake_name("ja", "E21", "refuted") == "AND と OR の取り違え"
    assert mistake_name("en", None, "invalid") == "does not run"


def test_every_code_of_the_course_is_a_mistake_with_a_name(folder: MentorFolder) -> None:
    exercises = [each for lesson in folder.course.lessons for each in lesson.exercises]
    codes = {record.code for each in exercises for record in each.record.near_misses.values()} - {""}
    assert [each for each in sorted(codes) if mistake_name("ja", each, "refuted") == "不正解"] == []


def test_a_shared_unforeseen_answer_puts_the_question_in_doubt(folder: MentorFolder) -> None:
    with sqlite3.connect(folder.store_path) as connection:
        connection.execute("UPDATE answers SET near_miss = NULL WHERE exercise = 'L1-07'")
    connection.close()
    flags = {each.exercise: each.flag for each in item_analysis(folder, "L1", read_files(folder, "L1"))}
    assert flags["L1-07"] == "shared_mistake"


def test_a_question_is_answered_and_becomes_faq(folder: MentorFolder) -> None:
    ProgressStore(carried(folder, "learner05")).ask(
        "L1-07", "新しい順にしたい", "guests", "SELECT 1", "古い順", "新しい順"
    )
    (question,) = read_questions(folder, "L1", read_files(folder, "L1"))
    answer_question(folder, question, "ORDER BY に DESC を付けます。", "佐藤", in_faq=True)
    (answered,) = read_questions(folder, "L1", read_files(folder, "L1"))
    assert answered.reply is not None
    assert read_marks(folder, "L1", "learner05").exercises["L1-07"].comment == "ORDER BY に DESC を付けます。"
    faq = (folder.root / "よくある質問.md").read_text(encoding="utf-8")
    assert "新しい順にしたい" in faq
    assert "learner05" not in faq


def test_two_mentors_marks_are_compared_and_their_mean_counts(
    folder: MentorFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = next(each for lesson in folder.course.lessons for each in lesson.exercises if each.rubric)
    written: list[tuple[list[str], float]] = []
    monkeypatch.setattr(
        "classroom.mentor.classpage.rubric.comment_on", lambda *args, points: written.append((args[3], points)) or 1
    )
    criteria = [each.id for each in free.rubric.criteria]
    lesson = free.id.partition("-")[0]
    mark_answer(folder, lesson, free.id, "learner00", "佐藤", dict.fromkeys(criteria, 2.0))
    mean = mark_answer(folder, lesson, free.id, "learner00", "鈴木", {**dict.fromkeys(criteria, 2.0), criteria[0]: 0.0})
    assert written[-1] == (["learner00"], mean)
    assert mean == 2.0 * len(criteria) - 1
    worst = compare_mentors(folder, lesson, free.id)[0]
    assert (worst.criterion, worst.spread) == (criteria[0], 2.0)
    with pytest.raises(ValueError, match="nothing"):
        mark_answer(folder, lesson, free.id, "learner00", "佐藤", {"nothing": 1.0})


@pytest.mark.parametrize("kind", ["parquet", "csv"])
def test_the_export_is_data_to_practise_on(folder: MentorFolder, tmp_path: Path, kind: str) -> None:
    files = export_class(folder, ["L1"], tmp_path / "out", format=kind)
    assert [each.name for each in files] == [f"{name}.{kind}" for name in ("answers", "states", "items", "next_drills")]
    query = f"SELECT count(*) FROM '{files[0]}' WHERE exercise = 'L1-07' AND outcome = 'accepted'"
    assert duckdb.sql(query).fetchall() == [(4,)]


def test_an_answer_is_no_formula_in_the_exported_table(folder: MentorFolder, tmp_path: Path) -> None:
    with sqlite3.connect(folder.store_path) as connection:
        connection.execute("UPDATE answers SET answer = '=HYPERLINK(1)' WHERE student = 'learner00'")
    connection.close()
    answers = export_class(folder, ["L1"], tmp_path / "out", format="csv")[0].read_text(encoding="utf-8")
    assert "'=HYPERLINK(1)" in answers
    assert ",=HYPERLINK" not in answers


def test_a_hostile_progress_file_does_nothing(tmp_path: Path) -> None:
    trap = tmp_path / "trap.sqlite"
    with sqlite3.connect(trap) as connection:
        endless = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT x AS exercise_id FROM r"
        connection.execute(f"CREATE VIEW tries AS {endless}")
        connection.execute("CREATE TABLE questions (question_id, exercise_id, at)")
    connection.close()
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000)
    for path in (trap, broken, tmp_path / "absent.sqlite"):
        assert read_file("eve", path).attempts == ()


def test_every_tab_opens_and_the_progress_files_are_read_once(
    folder: MentorFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noting(folder: MentorFolder, assignment: str) -> dict[str, LearnersFile]:
        read.append(assignment)
        return read_files(folder, assignment)

    monkeypatch.setattr("classroom.mentor.classpage.page.read_files", noting)
    page = ClassPage(folder)
    for number in range(len(page._tabs.children)):
        page._tabs.selected_index = number
        assert page._tabs.children[number].children
    assert read == ["L1"]
