"""A term with forty learners and lesson 1 through the real nbgrader, from init to export.

In Japanese; `PENGUIN_LANG=en uv run pytest tests/browser/test_term.py` plays it in English.
"""

from __future__ import annotations

import csv
import json
import sys
from typing import TYPE_CHECKING

import duckdb
import pytest
from cohort import seeded
from nbgrader.exchange.default import ExchangeFetchFeedback, ExchangeSubmit
from serving import SHOTS, stop, wait_for_url
from term import (
    LEARNERS,
    Desk,
    Mentor,
    change_the_rule,
    handed_in,
    kind_of,
    notebook_of,
    term_course,
    worked,
)

from classroom.language import chosen_language
from classroom.mentor.classpage.export import export_class
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.folder import MentorFolder
from classroom.messages import say

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(sys.platform == "win32", reason="nbgrader's exchange needs a Unix system"),
    pytest.mark.filterwarnings("ignore"),  # nbgrader's own, on this Python and this SQLAlchemy
]

EARNED = {
    "right": {"L1-01": 10.0, "L1-03": 10.0, "L1-07": 10.0},
    "does not run": {"L1-03": 10.0},
    "empty": {},
    "copied cell": {"L1-01": 10.0, "L1-03": 10.0, "L1-07": 10.0},
    "free form": {},
}
"""Points that are known beforehand by kind of hand-in; what is not named earns nothing."""


def points_of(folder: MentorFolder) -> dict[str, dict[str, float | None]]:
    """Points by learner and exercise, as the gradebook has them."""
    return {
        student: {name: mark.points for name, mark in read_marks(folder, "L1", student).exercises.items()}
        for student in LEARNERS
    }


def test_a_term_from_init_to_export(browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lang = chosen_language() or "ja"
    course = term_course(tmp_path / "course")
    monkeypatch.setenv("PENGUIN_COURSE", str(course.root))
    mentor = Mentor(tmp_path / "sql", tmp_path / "exchange", lang)
    folder = released_to_forty(mentor, tmp_path)
    notebook, released = notebook_of(mentor.root)

    for student in LEARNERS:
        place = tmp_path / "learners" / student
        (place / "L1").mkdir(parents=True)
        text = json.dumps(handed_in(course, student, lang, released), ensure_ascii=False)
        (place / "L1" / f"{notebook}.ipynb").write_text(text, encoding="utf-8")
        if student == LEARNERS[1]:
            worked(place / "L1")
        mentor.exchanged(ExchangeSubmit, student, place)
    assert say(
        "desk.collected", lang, count=40, what=say("desk.collected_of", lang, lesson="L1", count=40)
    ) in mentor.at("collect", "L1")
    assert say("desk.graded", lang, graded=40, questions=18, skipped=0) in mentor.at("grade", "L1")
    check_scores(points_of(folder))

    seen_and_marked(mentor, browser, notebook)
    marked = points_of(folder)
    comments = {student: read_marks(folder, "L1", student).exercises["L1-07"].comment for student in LEARNERS}
    (by_hand,) = (student for student, comment in comments.items() if comment == "by hand")
    assert marked[by_hand]["L1-07"] == 9.5
    grouped = {student for student, comment in comments.items() if comment == "group"}
    assert {marked[student]["L1-07"] for student in grouped} == {6.5}
    assert by_hand == LEARNERS[1] or marked[LEARNERS[1]]["L1-07"] == 6.5  # nbgrader's random numbers choose by_hand
    free_form = read_marks(folder, "L1", LEARNERS[7]).exercises["L1-11"]
    assert (free_form.points, free_form.possible) == (1.5, 10.0)

    mentor.at("feedback", "L1")
    page = fetched(mentor, by_hand, tmp_path)
    assert say("feedback.comment", lang) in page
    assert "by hand" in page
    assert "<script" not in page

    change_the_rule(course)
    said = mentor.at("grade", "L1", "--again")
    moved = [line for line in said.splitlines() if "L1-01" in line and "→" in line]
    assert sorted(student for student in LEARNERS if any(f"{student} L1-01" in line for line in moved)) == [
        student
        for student in LEARNERS
        if kind_of(student) in ("right", "copied cell", "near miss", "also that near miss")
    ]
    again = points_of(MentorFolder(mentor.root))
    swapped = {"right": 5.0, "copied cell": 5.0, "near miss": 10.0, "also that near miss": 10.0}
    for student in LEARNERS:
        assert again[student].pop("L1-01") == swapped.get(kind_of(student), 0.0)
        marked[student].pop("L1-01")
    assert again == marked
    exported(mentor, tmp_path)


def released_to_forty(mentor: Mentor, place: Path) -> MentorFolder:
    roster = place / "roster.csv"
    lines = [f"{each},<b>{each}</b>,Yamada" for each in LEARNERS]
    roster.write_text("\n".join(["id,first_name,last_name", *lines, ""]), encoding="utf-8")
    mentor.exchange.mkdir()
    mentor.exchange.chmod(0o777)
    where = ["--roster", str(roster), "--exchange", str(mentor.exchange)]
    mentor.run("init", str(seeded(mentor.root)), "--lang", mentor.lang, *where)
    mentor.at("release", "L1", "--due", "2099-01-31T23:59+09:00")
    return MentorFolder(mentor.root)


def check_scores(points: dict[str, dict[str, float | None]]) -> None:
    assert all(len(each) == 11 for each in points.values())
    for student, earned in points.items():
        kind = kind_of(student)
        if kind in EARNED:
            wanted = {**dict.fromkeys(earned, 0.0), **EARNED[kind]}
            assert earned == ({**wanted, "L1-11": None} if kind == "free form" else wanted), kind
    near, also, tampered = (points[LEARNERS[number]] for number in (1, 2, 5))
    assert near == also
    assert near["L1-01"] == 5.0
    assert 0.0 < (near["L1-07"] or 0.0) < 10.0
    assert tampered["L1-07"] == near["L1-07"]
    assert sum(each or 0.0 for each in tampered.values()) == tampered["L1-07"]


def seen_and_marked(mentor: Mentor, browser: Browser, notebook: str) -> None:
    """The mentor's evening in the browser: the class seen, a group and a question answered, two answers marked by hand."""
    process = mentor.start(8960)
    context = browser.new_context(viewport={"width": 1440, "height": 1500})
    try:
        context.set_default_timeout(150_000)  # a machine may be busy
        desk = Desk(context.new_page(), wait_for_url(process), mentor.lang, SHOTS)
        desk.open_class()
        assert not desk.page.get_by_text("from classroom").first.is_visible()
        desk.shoot("board")
        desk.tab("stuck", "· L1-05")
        desk.shoot("stuck")
        desk.comment_on_group("L1-07", 15, "group", "6.5")
        desk.tab("items", "L1-07")
        desk.shoot("items")
        desk.answer_question("DESC")
        desk.mark_by_rubric()
        desk.open_submission(notebook, 1)
        desk.grade_by_hand("L1-07", "9.5", "by hand")
        desk.shoot("formgrader")
        assert "owned" not in desk.page.title()
    finally:
        context.close()
        stop(process)


def fetched(mentor: Mentor, student: str, place: Path) -> str:
    """A learner's feedback page, as the exchange gives it."""
    home = place / "learners" / student
    mentor.exchanged(ExchangeFetchFeedback, student, home)
    return next(home.rglob("feedback/**/*.html")).read_text(encoding="utf-8")


def exported(mentor: Mentor, place: Path) -> None:
    """Scores as CSV, everything as Parquet."""
    mentor.at("export", "--to", str(place / "grades.csv"))
    with (place / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == "L1"]
    assert len(rows) == 40 * 11
    answers = export_class(MentorFolder(mentor.root), ["L1"], place / "tables")[0]
    query = f"SELECT count(DISTINCT student), count(*) FROM '{answers}'"
    assert duckdb.sql(query).fetchall() == [(40, 440)]
