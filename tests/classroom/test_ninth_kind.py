"""A ninth kind of exercise is one module: this one is registered here, and nothing else is touched.

Frugal: the query must be right and have no more words than [frugal] allows.
"""

from __future__ import annotations

import ast
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

import classroom
import coursebook
from classroom.learner.kernel.execute import run_cell
from classroom.learner.panel.offers import ladder_of, offers_for
from classroom.learner.state.desk import Desk
from classroom.mentor.grading.judged import judgement_of
from classroom.mentor.grading.pool import judge_share
from classroom.mentor.grading.questions import JudgingRules
from classroom.mentor.place.folder import MentorFolder
from classroom.session.case import Case
from classroom.session.verdict.card import verdict_card
from coursebook import Outcome, check_course, compile_lesson, kinds, load_course
from coursebook.answer import with_points
from coursebook.answer_cell import words_of
from coursebook.judgement import Message
from coursebook.kind import Kind
from coursebook.kinds.by_result import judge_by_result
from coursebook.messages import sentences
from coursebook.practice import draw_drill, load_library
from coursebook.problem import Problem
from coursebook.proving import prove
from sqlgrade import Grader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from classroom.session.display import Display
    from coursebook import Course, Judgement, LessonExercise
    from coursebook.answer import Answer

RIGHT = "SELECT cast_id FROM casts WHERE area = 'Ginza'"
LONG = "SELECT cast_id FROM casts WHERE area IN ('Ginza') AND area IS NOT NULL"
WRONG = "SELECT cast_id FROM casts WHERE area <> 'Ginza'"


@dataclass(frozen=True)
class FrugalRecord:
    """[frugal]."""

    most_words: int


def judge_frugal(answer: Answer) -> Judgement:
    judgement = judge_by_result(answer)
    frugal = answer.exercise.record.table(FrugalRecord)
    if frugal is None or judgement.outcome is not Outcome.ACCEPTED or len(words_of(answer.sql)) <= frugal.most_words:
        return judgement
    told = replace(judgement, outcome=Outcome.PARTLY, messages=(Message("too_long", {"most": frugal.most_words}),))
    return with_points(told, judgement.possible / 2)


def most_words_are_told(exercise: LessonExercise) -> Iterator[Problem]:
    if exercise.record.table(FrugalRecord) is None:
        yield Problem(exercise.folder / "exercise.toml", 1, "key_missing", {"key": "frugal"})


FRUGAL = Kind(
    "X",
    "frugal",
    judge_frugal,
    table=("frugal", FrugalRecord),
    least_near_misses=1,
    starter_faults=most_words_are_told,
    simpler=None,
    counts_as_written=True,
    messages_are_behaviour=True,
)
SENTENCES = {
    "ja": {"kind.X": "短く書く", "judge.too_long": "正しい結果です。ただし{most}語までで書けます。"},
    "en": {"kind.X": "Write it short", "judge.too_long": "The result is right, but {most} words are enough."},
}
FILES = {
    "exercise.toml": 'id = "L1-09"\nkind = "X"\npoints = 10\ncolumn_names = ["cast_id"]\n'
    '[frugal]\nmost_words = 8\n[near_misses.others]\ncode = "E13"\nclause = "WHERE"\n',
    "ja.md": "# 銀座\n\n`Ginza` のキャストを、短いクエリで。\n\n## idea\n\nWHERE です。\n\n## success\n\nはい。\n\n"
    "## explanation\n\n`=` です。\n\n## near-miss: others\n\n逆です。\n",
    "en.md": "# Ginza\n\nThe casts of `Ginza`, in a short query.\n\n## idea\n\nIt is WHERE.\n\n## success\n\nYes.\n\n"
    "## explanation\n\nIt is `=`.\n\n## near-miss: others\n\nThe others came.\n",
    "starter.sql": "-- cast_id\n",
    "solution.sql": f"{RIGHT}\n",
    "near-misses/others.sql": f"{WRONG}\n",
}
TEMPLATE = """
id = "01z"
skill = "S01"
kind = "X"
title = {ja = "銀座", en = "Ginza"}
prompt = {ja = "銀座", en = "Ginza"}
solution = "SELECT 1 AS n"
idea = {ja = "数", en = "A number"}
success = {ja = "はい", en = "Yes"}
explanation = {ja = "1", en = "1"}
"""


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a new module of kinds/ and its line in kinds/__init__.py do, and its sentences in messages/."""
    monkeypatch.setattr(kinds, "KINDS", (*kinds.KINDS, FRUGAL))
    for lang, texts in SENTENCES.items():
        for code, sentence in texts.items():
            monkeypatch.setitem(sentences(lang), code, sentence)  # type: ignore[arg-type]


@pytest.fixture
def root(sample_course_with: Callable[[str, Mapping[str, str]], Path]) -> Path:
    """The sample course with a ninth exercise."""
    root = sample_course_with("09-short", FILES)
    (root / "practice").mkdir()
    (root / "practice" / "01z.toml").write_text(TEMPLATE, encoding="utf-8")
    return root


@pytest.fixture
def course(root: Path) -> Course:
    return load_course(root)


def test_its_exercise_is_read_and_proved_like_any_other(course: Course) -> None:
    assert check_course(course) == []
    assert prove(course, exercise="L1-09").problems == ()


def test_what_its_own_table_and_starter_lack_is_told_at_their_place(root: Path) -> None:
    path = root / "lessons" / "01-sample" / "exercises" / "09-short" / "exercise.toml"
    path.write_text(FILES["exercise.toml"].replace("[frugal]\nmost_words = 8\n", ""), encoding="utf-8")
    (problem,) = check_course(load_course(root))
    assert (problem.code, problem.file) == ("key_missing", path)
    path.write_text(FILES["exercise.toml"].replace("most_words = 8", 'most_words = "8"'), encoding="utf-8")
    assert "wrong_type" in {each.code for each in check_course(load_course(root))}


def test_it_is_compiled_with_its_name_in_both_languages(course: Course) -> None:
    for lang, texts in SENTENCES.items():
        for edition in ("source", "learner"):
            cells = json.loads(compile_lesson(course.lesson("L1"), lang, edition))["cells"]  # type: ignore[arg-type]
            task, answer = (
                next(each for each in cells if each["id"] == f"{role}-L1-09") for role in ("task", "answer")
            )
            assert texts["kind.X"] in "".join(task["source"])
            assert answer["metadata"]["penguin"]["kind"] == "X"


def test_a_learner_is_judged_by_it_and_gets_what_it_offers(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    practice = tmp_path / "practice.duckdb"
    with duckdb.connect(str(practice)) as connection:
        connection.execute((root / "schema.sql").read_text(encoding="utf-8"))
        connection.execute("INSERT INTO casts VALUES (1, 'Ginza', 'gold', TRUE), (2, 'Umeda', 'gold', TRUE)")
    monkeypatch.setenv("PENGUIN_COURSE", str(root))
    desk = Desk(lang="en", practice=practice)
    try:
        told = {answer: _shown(desk, f"-- Answer L1-09\n{answer}") for answer in (RIGHT, LONG, WRONG)}
        offers = [each.name for each in offers_for(desk.cases["L1-09"])]
        rungs = [each.name for each in ladder_of(desk.cases["L1-09"])]
    finally:
        desk.close()
    assert "✓" in told[RIGHT]
    assert "△" in told[LONG]
    assert "8 words are enough" in told[LONG]
    assert "✗" in told[WRONG]
    assert "steps" in offers
    assert {"shape", "solution"} <= set(rungs)
    assert "simpler" not in rungs


def test_a_mentor_grades_it_groups_it_and_gives_it_back(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PENGUIN_COURSE", str(root))
    folder = MentorFolder(tmp_path)
    folder.desk.mkdir()
    rules = JudgingRules(folder)
    answers = [RIGHT, f"{RIGHT}  -- short", LONG, WRONG]
    asked = [rules.question("L1-09", f"-- Answer L1-09\n{each}") for each in answers]
    assert asked[0].key == asked[1].key
    with Grader(workers=1) as grader:
        kept = {each.key: each for share in rules.shares(asked) for each in judge_share(share, grader)}
    exercise = folder.course.exercise("L1-09")
    back = [judgement_of(kept[each.key], exercise, "en", each.answer) for each in asked]
    assert [each.points for each in back[:3]] == [10, 10, 5]
    assert back[3].near_miss == "others"
    assert len({each.fingerprint for each in kept.values()}) == 3
    card = verdict_card(Case(back[2], exercise, LONG, "en")).data["text/plain"]
    assert "8 words are enough" in str(card)


def test_a_template_of_practice_can_be_of_it(root: Path, course: Course) -> None:
    library = load_library(root)
    assert library.problems == ()
    drill = draw_drill(library.templates["01z"], 0, lambda sql: duckdb.sql(sql).fetchall(), course.schema)
    assert drill is not None
    assert drill.exercise.kind is FRUGAL


def test_no_line_outside_of_kinds_asks_for_a_letter() -> None:
    letters = {each.letter for each in kinds.KINDS}
    found = [
        f"{path.name}:{node.lineno}"
        for package in (coursebook, classroom)
        for path in Path(str(package.__file__)).parent.rglob("*.py")
        if path.parent.name != "kinds"
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _names_a_kind(node, letters)
    ]
    assert found == []


def _names_a_kind(node: ast.AST, letters: set[str]) -> bool:
    """A comparison of something called kind or letter with texts made of the letters, or a set of such letters."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset"):
        return any(isinstance(each, ast.Constant) and set(str(each.value)) <= letters for each in node.args)
    if not isinstance(node, ast.Compare):
        return False
    sides = [node.left, *node.comparators]
    asked = any(isinstance(each, ast.Attribute | ast.Name) and _name(each) in ("kind", "letter") for each in sides)
    texts = [each.value for side in sides for each in ast.walk(side) if isinstance(each, ast.Constant)]
    return asked and any(isinstance(each, str) and each and set(each) <= letters for each in texts)


def _name(node: ast.Attribute | ast.Name) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id


def _shown(desk: Desk, source: str) -> str:
    shown: list[Display] = []
    run_cell(desk, source, shown.append)
    return "\n".join(str(each.data.get("text/plain", "")) for each in shown)
