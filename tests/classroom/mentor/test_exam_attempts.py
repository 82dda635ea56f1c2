"""Attempts to cheat at a level test, each alone: what its log gives away, and what no log can and the pages for mentors say."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from classroom.exchange.exam import ANSWER, AWAY, BEGIN, END, RUN, ExamSheet, as_notebook
from classroom.exchange.exam_paper import ExamPaper, ExamTask
from classroom.mentor.collecting.received import ReceivedLetter
from classroom.mentor.exam.doubts import doubts_of, same_slips
from classroom.mentor.place.exam_store import ExamResult, OpenedExam, TaskResult
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[3]
OPENED = dt.datetime(2027, 2, 1, 9, tzinfo=dt.UTC)
MINUTE, ESTIMATED = dt.timedelta(minutes=1), 30.0
LONG = "SELECT area, count(*) AS guests FROM guests WHERE registered_at > '2026-01-01' GROUP BY area ORDER BY area"


@dataclass(frozen=True)
class Came:
    """What reached the desk: the sheet that counts with its letter, and what came before."""

    sheet: ExamSheet
    letter: ReceivedLetter
    earlier: tuple[tuple[ReceivedLetter, ExamSheet], ...] = ()


def exam() -> OpenedExam:
    tasks = tuple(ExamTask(number, "", "", "", 10.0) for number in (1, 2))
    closes = (OPENED + 40 * MINUTE).isoformat()
    paper = ExamPaper("key", 1, OPENED.isoformat(), closes, 70, tasks)
    return OpenedExam("hanako", "sato", ("P01a-1", "P02a-2"), paper)


def letter(minute: float, **others: object) -> ReceivedLetter:
    at = (OPENED + minute * MINUTE).isoformat()
    made = ReceivedLetter("digest", "hand-in", "code", "hanako", "EXAM", at, at, at, 0.0, "here", 1, "folder")
    return replace(made, **others)  # type: ignore[arg-type]


def sheet_of(*entries: tuple[str, float, dict[str, object]], key: str = "key") -> ExamSheet:
    """Kind, minute after the opening, and content of each."""
    made = ExamSheet(key)
    for kind, minute, content in entries:
        made = made.with_entry(kind, content, OPENED + minute * MINUTE)
    return made


def answer(task: int, minute: float, sql: str = "SELECT 1", **more: object) -> tuple[str, float, dict[str, object]]:
    return ANSWER, minute, {"task": task, "sql": sql, **more}


BEGUN, ENDED = (BEGIN, 1.0, {}), (END, 26.0, {})
HONEST = (BEGUN, answer(1, 10, LONG), (RUN, 11.0, {}), (AWAY, 12.0, {"seconds": 20}), answer(2, 25), ENDED)


def honest(*entries: tuple[str, float, dict[str, object]], **of_letter: object) -> Came:
    return Came(sheet_of(*(entries or HONEST)), letter(27, **of_letter))


def changed(at: int, /, **fields: object) -> Came:
    """An honest log in which one entry was changed by hand."""
    came = honest()
    log = list(came.sheet.log)
    log[at] = replace(log[at], **fields)  # type: ignore[arg-type]
    return replace(came, sheet=ExamSheet("key", tuple(log)))


def log_of(*kept: int) -> Came:
    """These entries of an honest log, in this order."""
    came = honest()
    return replace(came, sheet=ExamSheet("key", tuple(came.sheet.log[each] for each in kept)))


def log_without(*gone: int) -> Came:
    return log_of(*(each for each in range(len(HONEST)) if each not in gone))


def after(first: ExamSheet, then: ExamSheet, at: float = 12) -> Came:
    return Came(then, letter(27), ((letter(at), first),))


EARLY_LATE = sheet_of(BEGUN, answer(1, 5, "SELECT 9"))
ATTEMPTS: dict[str, tuple[Callable[[], Came], str]] = {
    "an answer changed in the log": (lambda: changed(1, content='{"task":1,"sql":"SELECT 2"}'), "log"),
    "a time changed in the log": (lambda: changed(4, at=(OPENED + 20 * MINUTE).isoformat()), "log"),
    "a kind changed in the log": (lambda: changed(3, kind=RUN), "log"),
    "an entry numbered otherwise": (lambda: changed(2, number=9), "log"),
    "an entry of another paper": (lambda: changed(1, who="other"), "log"),
    "time away taken out": (lambda: log_without(3), "log"),
    "the beginning taken out": (lambda: log_without(0), "log"),
    "a log that begins with its answers": (lambda: honest(*HONEST[1:]), "log"),
    "two entries exchanged": (lambda: log_of(0, 3, 2, 1, 4, 5), "log"),
    "an entry copied and put in again": (lambda: log_of(0, 1, 1, 2, 3, 4, 5), "log"),
    "the clock set back in between": (lambda: honest(BEGUN, answer(1, 10), answer(2, 8), ENDED), "clock"),
    "the clock set ahead": (lambda: honest(BEGUN, answer(1, 10), answer(2, 600), (END, 601.0, {})), "clock"),
    "written on after the end, the hand-in dated before it": (
        lambda: honest(*HONEST[:4], answer(2, 45), (END, 46.0, {})),
        "clock",
    ),
    "begun before it was opened": (lambda: honest((BEGIN, -30.0, {}), *HONEST[1:]), "early"),
    "answers from before the opening": (lambda: honest((BEGIN, -40.0, {}), answer(1, -20), *HONEST[4:]), "early"),
    "a time that is none": (lambda: changed(0, at="once"), "early"),
    "a clock a day behind, as told by the way": (
        lambda: honest(*[(kind, minute, said) for kind, minute, said in HONEST], clock_off=-86_400.0, came="x"),
        "early",
    ),
    "a new log under the same paper": (lambda: after(EARLY_LATE, sheet_of(*HONEST)), "rewritten"),
    "an answer taken back from the log": (
        lambda: after(sheet_of(*HONEST[:2]), sheet_of(BEGUN, *HONEST[4:])),
        "rewritten",
    ),
    "the folder copied and written on at two computers": (
        lambda: after(sheet_of(*HONEST[:2], answer(2, 14)), sheet_of(*HONEST[:2], answer(1, 15), *HONEST[4:]), at=14),
        "rewritten",
    ),
    "the file of the test deleted and the paper begun again": (
        lambda: after(sheet_of(*HONEST[:4]), sheet_of((BEGIN, 14.0, {}), answer(1, 15, LONG), *HONEST[4:]), at=13),
        "rewritten",
    ),
    "an entry dated before what was handed in without it": (
        lambda: after(sheet_of(*HONEST[:2]), sheet_of(*HONEST[:2], answer(2, 10.5), ENDED), at=20),
        "backdated",
    ),
    "a letter without the learner's key": (lambda: honest(signed=0), "unsigned"),
    "found long after the end, when nobody had looked": (
        lambda: honest(seen=(OPENED + 120 * MINUTE).isoformat()),
        "unproven",
    ),
    "the network off until the end": (lambda: honest(seen=(OPENED + 50 * MINUTE).isoformat()), "unproven"),
    "the clock stopped while all is answered": (
        lambda: honest(BEGUN, answer(1, 1, LONG), answer(2, 1), (END, 1.0, {})),
        "fast",
    ),
    "all answers within seconds": (lambda: honest(BEGUN, answer(1, 1.2), answer(2, 1.4), ENDED), "fast"),
    "a whole answer pasted": (lambda: honest(BEGUN, answer(1, 10, LONG, pasted=len(LONG)), *HONEST[4:]), "pasted"),
    "pasted, then a letter typed": (
        lambda: honest(BEGUN, answer(1, 10, LONG, pasted=len(LONG)), answer(1, 11, f"{LONG} "), *HONEST[4:]),
        "pasted",
    ),
    "pasted, then written over": (
        lambda: honest(BEGUN, answer(1, 10, LONG, pasted=len(LONG)), answer(1, 15, "SELECT 3"), *HONEST[4:]),
        "pasted",
    ),
    "all but a few letters pasted": (
        lambda: honest(BEGUN, answer(1, 10, LONG, pasted=len(LONG) - 10), *HONEST[4:]),
        "pasted",
    ),
    "the page closed and opened again": (
        lambda: honest(*HONEST[:2], (AWAY, 14.0, {"seconds": 90}), *HONEST[4:]),  # as the page tells it
        "away",
    ),
    "long away": (lambda: honest(*HONEST[:2], (AWAY, 12.0, {"seconds": 61}), *HONEST[4:]), "away"),
    "away again and again": (
        lambda: honest(*HONEST[:2], *((AWAY, 12.0 + n / 10, {"seconds": 13}) for n in range(5)), *HONEST[4:]),
        "away",
    ),
    "time away made good by a negative one": (
        lambda: honest(*HONEST[:2], (AWAY, 12.0, {"seconds": 300}), (AWAY, 13.0, {"seconds": -300}), *HONEST[4:]),
        "away",
    ),
}
"""What was done, and the doubt that it raises."""


def doubts(came: Came) -> tuple[str, ...]:
    return doubts_of(exam(), came.letter, came.sheet, came.earlier, ESTIMATED)


def test_an_honest_sheet_raises_no_doubt() -> None:
    assert doubts(honest()) == ()
    assert doubts(after(sheet_of(*HONEST[:4]), sheet_of(*HONEST), at=13)) == ()


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_an_attempt_is_seen(attempt: str) -> None:
    came, doubt = ATTEMPTS[attempt]
    assert doubt in doubts(came()), attempt


def slip(sql: str, drill: str = "P01a-1", outcome: str = "refuted", points: float = 4.0) -> TaskResult:
    return TaskResult(1, drill, outcome, points, 10.0, sql)


@pytest.mark.parametrize(
    "copied",
    [
        LONG,
        LONG.lower(),
        LONG.replace(" ", "\n  "),
        LONG.replace("2026-01-01", "2025-04-01"),
        LONG.replace("'2026-01-01'", "'it''s'"),
    ],
)
def test_a_slip_copied_from_another_is_seen_in_whatever_clothes(copied: str) -> None:
    others = [ExamResult("code", OPENED.isoformat(), (slip(LONG, "P01a-9"),))]
    assert same_slips([slip(copied)], others)
    assert not same_slips([slip(copied, "P07b-1")], others), "another task"
    assert not same_slips([slip(copied, points=10.0, outcome="accepted")], others), "many write the right answer alike"


SLIPS = {"a wrong answer copied from another", "a wrong answer copied with other numbers, words or layout"}
SECTIONS = (37, 9, 6, 9)
"""Attempts that are seen, that count for nothing, that can't be made, and that nobody sees."""


def listed(page: str) -> list[list[tuple[str, str]]]:
    """The rows of each section's table."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    tables = [re.findall(r"^\| (.+?) \| (.+?) \|$", each, re.MULTILINE)[1:] for each in text.split("\n## ")[1:]]
    return [[(attempt, what) for attempt, what in each if set(attempt) != {"-"}] for each in tables]


def test_the_page_lists_each_attempt_that_is_seen_and_those_that_are_not() -> None:
    pages = [listed(each) for each in ("exam-attempts.md", "exam-attempts.ja.md")]
    seen = dict(pages[0][0])
    assert seen == {**{each: doubt for each, (_, doubt) in ATTEMPTS.items()}, **dict.fromkeys(SLIPS, "same")}
    for page in pages:
        assert [len(each) for each in page] == list(SECTIONS)
        assert [doubt for _, doubt in page[0]] == list(seen.values())
        attempts = [attempt for section in page for attempt, _ in section]
        assert len(set(attempts)) == len(attempts) >= 40


def test_each_doubt_is_told_in_words() -> None:
    for lang in ("ja", "en"):
        for doubt in {doubt for _, doubt in ATTEMPTS.values()} | {"same", "again"}:
            assert say(f"desk.exam.doubt.{doubt}", lang) != f"desk.exam.doubt.{doubt}"


def test_a_sheet_brings_answers_alone_and_no_paper() -> None:
    """So the end, the points and the pass mark are the desk's, whatever the room's file says."""
    told = as_notebook(honest().sheet)["metadata"]["penguin"]["exam"]
    assert sorted(told) == ["key", "log"]


UNSEEN = {
    "mentors.md": ("another person at the keyboard", "second computer", "typed off", "talk", "another window"),
    "mentors.ja.md": ("別の人が解答", "別のパソコン", "書き写した", "その場での会話", "別の画面"),
}


@pytest.mark.parametrize("page", UNSEEN)
def test_what_no_log_can_see_is_said(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert [each for each in UNSEEN[page] if each not in text] == []
