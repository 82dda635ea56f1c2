"""Level tests at the desk: opened by a mentor alone, marked at once with partial credit, and what can't be as it says is seen."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest
from road import Learner
from typer.testing import CliRunner

from classroom.commands.mentor import app as mentor
from classroom.exchange.exam import ANSWER, AWAY, BEGIN, END, EXAM, FILE, ExamSheet, as_notebook
from classroom.exchange.expo.certificate import read_page
from classroom.mentor.collecting.collect import collect, received_file
from classroom.mentor.exam import opening
from classroom.mentor.exam.doubts import doubts_of
from classroom.mentor.exam.drawing import CannotOpen, drawer
from classroom.mentor.exam.listing import listed, template_figures
from classroom.mentor.exam.marking import mark_exams
from classroom.mentor.exam.opening import exams_of, open_exam
from classroom.mentor.expo.certificates import check
from classroom.mentor.place.exam_store import ExamStore
from classroom.mentor.returning.send import tell_class
from coursebook.practice.gates import ItemRecord

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from classroom.exchange.exam_paper import ExamPaper
    from classroom.mentor.place.folder import MentorFolder

MINUTE = dt.timedelta(minutes=1)
NOT_JUDGED = {1: "  ", 2: "   "}
"""Answers that are in the log like any other, but wait for no judge: nothing is written in them."""


def now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def paper_of(learner: Learner) -> ExamPaper:
    standing = learner.fetch().post.standing
    assert standing is not None
    [paper] = standing.exams
    return paper


def solutions(desk: MentorFolder) -> dict[int, str]:
    """What only the desk knows."""
    [exam] = [each for each in ExamStore(desk).all() if each.result is None]
    with drawer(desk) as drawing:
        drills = [drawing.drill(each) for each in exam.drills]
    return {number: drill.exercise.solution for number, drill in enumerate(drills, start=1) if drill}


def write(sheet: ExamSheet, answers: dict[int, str], at: dt.datetime, *, end: bool = True, **more: object) -> ExamSheet:
    sheet = sheet if sheet.log else sheet.with_entry(BEGIN, {}, at)
    for number, (task, sql) in enumerate(answers.items(), start=1):
        sheet = sheet.with_entry(ANSWER, {"task": task, "sql": sql, **more}, at + number * MINUTE)
    return sheet.with_entry(END, {}, at + (len(answers) + 1) * MINUTE) if end else sheet


def send(learner: Learner, sheet: ExamSheet, at: dt.datetime) -> None:
    learner.outbox.hand_in(EXAM, FILE, as_notebook(sheet), b"", at)
    learner.outbox.send(learner.end)


@pytest.fixture(autouse=True)
def _same_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first, second and third draw of each test are those of all: their databases are made once for all runs."""
    seeds = count(1)
    monkeypatch.setattr(opening.secrets, "randbelow", lambda _: next(seeds))


@pytest.fixture
def past(desk: MentorFolder) -> Callable[..., dt.datetime]:
    """Opens a test some minutes ago, so that it can have been worked on."""

    def opened(learner: str, ago: float = 20, level: int = 1) -> dt.datetime:
        at = now() - ago * MINUTE
        open_exam(desk, level, [learner], now=at)
        return at

    return opened


def test_a_test_is_opened_worked_on_marked_and_certified(
    desk: MentorFolder, hanako: Learner, past: Callable[..., dt.datetime]
) -> None:
    at = past("hanako")
    paper = paper_of(hanako)
    assert len(paper.tasks) == 8
    assert "P0" not in json.dumps([vars(each) for each in paper.tasks])  # no drill's id: no judge can be asked
    sheet = write(ExamSheet(paper.key), solutions(desk), at + MINUTE)
    send(hanako, sheet, at + 10 * MINUTE)
    collect(desk)
    [exam] = mark_exams(desk)
    assert exam.result is not None
    assert (exam.result.points, exam.has_passed) == (exam.result.possible, True)
    assert mark_exams(desk) == ()
    post = hanako.fetch().post
    assert post.standing is not None
    assert post.standing.exams == ()
    [feedback] = [each for each in post.feedback if each.lesson == "EXAM1"]
    assert feedback.points == feedback.possible
    signed = read_page(feedback.page.encode())
    assert signed.code == exam.result.certificate
    assert [each.code for each in check(desk, signed)] == ["signed", "exam_known", "passed"]
    forged: Any = replace(signed, certificate=replace(signed.certificate, name="太郎"))
    assert [each.code for each in check(desk, forged)] == ["forged"]


def test_partial_credit_and_no_certificate_without_the_points(
    desk: MentorFolder, hanako: Learner, past: Callable[..., dt.datetime]
) -> None:
    at = past("hanako")
    paper, right = paper_of(hanako), solutions(desk)
    answers = {
        1: right[1],
        3: right[3],
        4: "SELECT nonsense",
        5: right[5].replace("SELECT", "SELECT DISTINCT", 1) + " -- ?",
    }
    send(hanako, write(ExamSheet(paper.key), answers, at + MINUTE), at + 10 * MINUTE)
    collect(desk)
    [exam] = mark_exams(desk)
    assert exam.result is not None
    outcomes = {each.number: (each.outcome, each.points) for each in exam.result.tasks}
    assert outcomes[1][0] == outcomes[3][0] == "accepted"
    assert outcomes[2] == ("untouched", 0.0)
    assert outcomes[4][1] < paper.tasks[3].points
    assert not exam.has_passed
    [feedback] = [each for each in hanako.fetch().post.feedback if each.lesson == "EXAM1"]
    assert "合格には" in feedback.page
    with pytest.raises(ValueError, match="no certificate"):
        read_page(feedback.page.encode())
    figures = {each.template: each.credit for each in template_figures(ExamStore(desk).all())}
    assert figures[exam.drills[0][1:4]] == 1.0


def literal(value: object) -> str:
    kind = {dt.datetime: "TIMESTAMP ", dt.date: "DATE "}.get(type(value), "")
    return "NULL" if value is None else f"{kind}'{value}'" if kind or isinstance(value, str) else str(value)


def test_a_result_written_down_as_constants_is_refuted_and_a_task_of_no_paper_is_not_read(
    desk: MentorFolder, hanako: Learner, past: Callable[..., dt.datetime]
) -> None:
    at = past("hanako")
    paper, right = paper_of(hanako), solutions(desk)
    with drawer(desk) as drawing:
        shown = drawing._connection.execute(right[1])
        names, rows = [f'"{each[0]}"' for each in shown.description or ()], shown.fetchall()
    written = ", ".join(f"({', '.join(map(literal, row))})" for row in rows)
    answers = {1: f"SELECT * FROM (VALUES {written}) AS shown({', '.join(names)})", 99: right[1]}
    send(hanako, write(ExamSheet(paper.key), answers, at + MINUTE), at + 10 * MINUTE)
    collect(desk)
    [exam] = mark_exams(desk)
    assert exam.result is not None
    first, *others = [each.outcome for each in exam.result.tasks]
    assert (first, {*others}) == ("refuted", {"untouched"})


def test_nobody_opens_a_test_but_the_desk_and_no_second_while_one_is_open(desk: MentorFolder, hanako: Learner) -> None:
    made_up = write(ExamSheet("0" * 24), {1: "SELECT 1"}, now())
    send(hanako, made_up, now())
    report = collect(desk)
    assert len(report.taken) == 1
    assert mark_exams(desk) == ()  # no paper of that key was ever opened
    [exam] = open_exam(desk, 1, ["hanako"])
    assert open_exam(desk, 1, ["hanako"]) == ()
    assert open_exam(desk, 2, ["hanako"]) == ()
    assert [each.paper.key for each in ExamStore(desk).all()] == [exam.paper.key]
    with pytest.raises(CannotOpen, match="not_listed"):
        open_exam(desk, 1, ["nobody"])
    with pytest.raises(CannotOpen, match="no_exam"):
        open_exam(desk, 9, ["hanako"])


def test_each_learner_has_a_draw_of_their_own_and_another_can_not_answer_on_it(
    desk: MentorFolder, hanako: Learner, tmp_path: Path, past: Callable[..., dt.datetime]
) -> None:
    taro = Learner.at(tmp_path / "taro", desk, "taro", key=True)
    at = past("hanako")
    paper, right = paper_of(hanako), solutions(desk)
    open_exam(desk, 1, ["taro"], now=at)
    assert [each.prompt for each in paper_of(taro).tasks] != [each.prompt for each in paper.tasks]
    send(taro, write(ExamSheet(paper.key), right, at + MINUTE), at + 10 * MINUTE)  # on hanako's paper
    collect(desk)
    assert mark_exams(desk) == ()


def test_what_comes_after_the_end_does_not_count(
    desk: MentorFolder, hanako: Learner, past: Callable[..., dt.datetime]
) -> None:
    at = past("hanako", ago=60)  # 40 minutes are over
    paper, right = paper_of(hanako), solutions(desk)
    first = write(ExamSheet(paper.key), {1: right[1]}, at + MINUTE, end=False)
    send(hanako, first, at + 5 * MINUTE)
    later = write(first, right, at + 45 * MINUTE)
    send(hanako, later, at + 55 * MINUTE)
    collect(desk)
    [exam] = mark_exams(desk)
    assert exam.result is not None
    assert [each.outcome for each in exam.result.tasks].count("untouched") == 7
    assert "again" in exam.result.doubts


def test_a_hand_in_for_good_is_the_last_word(
    desk: MentorFolder, hanako: Learner, past: Callable[..., dt.datetime]
) -> None:
    at = past("hanako")
    paper, right = paper_of(hanako), solutions(desk)
    ended = write(ExamSheet(paper.key), {1: right[1]}, at + MINUTE)
    send(hanako, ended, at + 5 * MINUTE)
    send(hanako, write(ended, right, at + 6 * MINUTE), at + 16 * MINUTE)
    collect(desk)
    [exam] = mark_exams(desk)
    assert exam.result is not None
    assert exam.result.points == paper.tasks[0].points
    assert "again" in exam.result.doubts


def test_who_backdates_by_the_clock_is_held_to_when_the_desk_looked(
    desk: MentorFolder, hanako: Learner, past: Callable[..., dt.datetime]
) -> None:
    at = past("hanako", ago=60)
    paper, right = paper_of(hanako), solutions(desk)
    collect(desk)  # the time is over, and nothing lies there
    send(hanako, write(ExamSheet(paper.key), right, at + MINUTE), at + 10 * MINUTE)
    collect(desk)
    assert mark_exams(desk) == ()
    assert [each.state for each in listed(desk)] in (["missed"], ["waiting"])


@pytest.mark.parametrize(
    ("spoil", "doubt"),
    [
        (lambda sheet: ExamSheet(sheet.key, (*sheet.log[:1], *sheet.log[2:])), "log"),
        (
            lambda sheet: ExamSheet(
                sheet.key, (sheet.log[0], replace(sheet.log[1], content='{"sql":"","task":1}'), *sheet.log[2:])
            ),
            "log",
        ),
        (lambda sheet: ExamSheet(sheet.key, (*sheet.log[:2], *sheet.log[:1:-1])), "clock"),
        (lambda sheet: sheet.with_entry(AWAY, {"seconds": 400}, now() - MINUTE), "away"),
    ],
)
def test_a_spoilt_log_is_seen(
    desk: MentorFolder,
    hanako: Learner,
    past: Callable[..., dt.datetime],
    spoil: Callable[[ExamSheet], ExamSheet],
    doubt: str,
) -> None:
    at = past("hanako")
    paper = paper_of(hanako)
    sheet = write(ExamSheet(paper.key), NOT_JUDGED, at + MINUTE)
    send(hanako, spoil(sheet), at + 10 * MINUTE)
    collect(desk)
    [exam] = mark_exams(desk)
    assert exam.result is not None
    assert doubt in exam.result.doubts
    at = past("hanako")
    send(hanako, write(ExamSheet(paper_of(hanako).key), NOT_JUDGED, at + MINUTE), at + 10 * MINUTE)
    collect(desk)
    [honest] = mark_exams(desk)
    assert honest.result is not None
    assert doubt not in honest.result.doubts


def test_a_whole_new_log_is_held_against_what_was_handed_in_before(
    desk: MentorFolder, hanako: Learner, past: Callable[..., dt.datetime]
) -> None:
    at = past("hanako")
    paper = paper_of(hanako)
    first = write(ExamSheet(paper.key), {1: " "}, at + MINUTE, end=False)
    send(hanako, first, at + 3 * MINUTE)
    anew = write(ExamSheet(paper.key), NOT_JUDGED, at + MINUTE)
    send(hanako, anew, at + 15 * MINUTE)
    collect(desk)
    [exam] = mark_exams(desk)
    assert exam.result is not None
    assert "rewritten" in exam.result.doubts


def test_pasted_and_hasty_answers_and_equal_slips_are_told(
    desk: MentorFolder, hanako: Learner, tmp_path: Path, past: Callable[..., dt.datetime]
) -> None:
    taro = Learner.at(tmp_path / "taro", desk, "taro", key=True)
    at = past("hanako")
    paper = paper_of(hanako)
    long = "SELECT guest_id, count(*) AS n FROM guests WHERE guest_id > {} GROUP BY guest_id"
    answers = {task.number: long.format(task.number) for task in paper.tasks}
    sheet = ExamSheet(paper.key).with_entry(BEGIN, {}, at + MINUTE)
    for number, (task, sql) in enumerate(answers.items()):
        said = {"task": task, "sql": sql, "pasted": len(sql)}
        sheet = sheet.with_entry(ANSWER, said, at + MINUTE + dt.timedelta(seconds=10 * number))
    send(hanako, sheet.with_entry(END, {}, at + 4 * MINUTE), at + 5 * MINUTE)
    collect(desk)
    [exam] = mark_exams(desk)
    assert exam.result is not None
    assert {"pasted", "fast"} <= set(exam.result.doubts)
    assert "same" not in exam.result.doubts
    open_exam(desk, 1, ["taro"], now=at)
    other = {task.number: long.format(task.number + 100) for task in paper_of(taro).tasks}
    send(taro, write(ExamSheet(paper_of(taro).key), other, at + MINUTE), at + 15 * MINUTE)
    collect(desk)
    [copied] = mark_exams(desk)
    assert copied.result is not None
    shared = {each[:4] for each in exam.drills} & {each[:4] for each in copied.drills}
    assert ("same" in copied.result.doubts) == bool(shared)
    assert shared  # a task with one template alone is in every draw


def test_the_course_has_a_test_of_each_level_and_the_class_is_told_by_the_next_step(desk: MentorFolder) -> None:
    assert [each.level for each in exams_of(desk)] == [1, 2, 3]
    assert max(each.minutes for each in exams_of(desk)) <= opening.MOST_MINUTES
    assert tell_class(desk) >= 0
    assert received_file(desk).letters(lesson=EXAM) == ()


def test_the_commands_open_a_test_and_list_what_became_of_it(desk: MentorFolder) -> None:
    run = CliRunner()
    listed_none = run.invoke(mentor, ["exam", "list", "--dir", str(desk.root)])
    assert "検定はまだ開始していません" in listed_none.output
    refused = run.invoke(mentor, ["exam", "open", "nobody", "--dir", str(desk.root)])
    assert (refused.exit_code, "nobody" in refused.output) == (2, True)
    opened = run.invoke(mentor, ["exam", "open", "hanako", "--dir", str(desk.root)])
    assert "1人に開始しました: hanako" in opened.output
    assert "受験中" in run.invoke(mentor, ["exam", "list", "--dir", str(desk.root)]).output


ODD_ENTRIES: list[tuple[str, dict[str, object]]] = [
    (ANSWER, {"task": 1, "sql": "SELECT '\ud800' AS \udc00"}),
    (ANSWER, {"task": [1], "sql": "SELECT 1"}),
    (AWAY, {"seconds": 10**400}),
    (AWAY, {"seconds": -(10**400)}),
    (AWAY, {"seconds": 0.5}),
]
"""Half a letter, no number, and a number that no decimal holds."""


def test_what_no_page_would_have_written_costs_only_its_own_sheet(
    desk: MentorFolder, hanako: Learner, tmp_path: Path, past: Callable[..., dt.datetime]
) -> None:
    taro = Learner.at(tmp_path / "taro", desk, "taro", key=True)
    at = past("taro")
    [right] = [solutions(desk)]
    paper = paper_of(taro)
    open_exam(desk, 1, ["hanako"], now=at)
    odd = ExamSheet(paper_of(hanako).key)
    for kind, content in ODD_ENTRIES:
        odd = odd.with_entry(kind, content, at + MINUTE)
    odd = replace(odd, log=(*odd.log, replace(odd.log[0], at="once")))
    send(hanako, odd.with_entry(END, {}, at + 2 * MINUTE), at + 3 * MINUTE)
    send(taro, write(ExamSheet(paper.key), right, at + MINUTE), at + 10 * MINUTE)
    collect(desk)
    marked = {each.learner: each for each in mark_exams(desk)}
    assert marked["taro"].has_passed
    assert not marked["hanako"].has_passed


def test_a_time_that_is_none_beside_a_clock_that_is_ahead_is_a_doubt(desk: MentorFolder, hanako: Learner) -> None:
    [exam] = open_exam(desk, 1, ["hanako"], now=now() - 20 * MINUTE)
    sheet = write(ExamSheet(exam.paper.key), {1: "SELECT 1"}, now())
    sheet = replace(sheet, log=(replace(sheet.log[0], at="once"), *sheet.log[1:]))
    send(hanako, sheet, now())
    collect(desk)
    [letter] = received_file(desk).letters(lesson=EXAM)
    assert "early" in doubts_of(exam, replace(letter, clock_off=-86_400.0), sheet, (), 10)


def test_a_draft_to_break_and_one_to_review_are_asked_and_marked_like_any_task(
    desk: MentorFolder, hanako: Learner, past: Callable[..., dt.datetime], monkeypatch: pytest.MonkeyPatch
) -> None:
    of_the_course = exams_of(desk)[0]
    drafts = tuple(ItemRecord((template,)) for template in ("25k", "25r", "17k"))
    monkeypatch.setattr(opening, "exams_of", lambda _: (replace(of_the_course, tasks=drafts),))
    at = past("hanako")
    paper, right = paper_of(hanako), solutions(desk)
    with drawer(desk) as drawing:
        drills = [drawing.drill(each) for each in ExamStore(desk).all()[0].drills]
    for task, drill in zip(paper.tasks, drills, strict=True):
        assert drill is not None
        assert f"```sql\n{drill.exercise.drafts['ja']}\n```" in task.prompt  # the draft that is spoken of
    answers = {1: right[1], 2: right[2].replace("'b' AS verdict", "'a' AS verdict"), 3: "使える"}
    assert answers[2] != right[2]
    send(hanako, write(ExamSheet(paper.key), answers, at + MINUTE), at + 10 * MINUTE)
    collect(desk)
    [exam] = mark_exams(desk)
    assert exam.result is not None
    assert [each.outcome for each in exam.result.tasks] == ["accepted", "partly", "refuted"]
    assert [each.points for each in exam.result.tasks] == [10, 6.6667, 0]
