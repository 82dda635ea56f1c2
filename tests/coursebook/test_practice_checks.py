"""What an author is told about a template or a test that does not hold."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import duckdb
import pytest

from coursebook.format import Bilingual
from coursebook.kinds import decide, fix, predict, write
from coursebook.practice import ExamRecord, ItemRecord, Library, ReviewRecord, Slot, TemplateRecord, Wrong
from coursebook.practice.checks import TEMPLATE_CHECKS, gates_hold, try_out
from coursebook.practice.draw import Rows
from coursebook.schema import Schema
from sqlgrade.record import RowOrder, Rules

SAME = Bilingual("同じ", "same")
TEMPLATE = TemplateRecord(
    id="02a",
    skill="S02",
    kind=write.KIND,
    title=Bilingual("{area}の人", "Casts in {area}"),
    prompt=Bilingual("{area}の在籍者の cast_id を出してください。", "List cast_id of active casts in {area}."),
    solution="SELECT cast_id FROM casts WHERE area = '{area}' AND active",
    idea=SAME,
    success=SAME,
    explanation=SAME,
    wrong=(
        Wrong("retired-too", "SELECT cast_id FROM casts WHERE area = '{area}'", SAME, "E20", "WHERE"),
        Wrong("anywhere", "SELECT cast_id FROM casts WHERE active", SAME, "E20", "WHERE"),
    ),
    slots={"area": Slot(values=("A0", "A1"))},
    rules=Rules(row_order=RowOrder.IGNORED),
)
AREAS = [f"A{number}" for number in range(24)]
WIDE = replace(TEMPLATE, slots={"area": Slot(values=tuple(AREAS))})


@cache
def casts() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    values = ", ".join(f"({n}, '{area}', {n % 2 == 0})" for n, area in enumerate([*AREAS, *AREAS[::-1]] * 2))
    connection.execute(f"CREATE TABLE casts AS SELECT * FROM (VALUES {values}) AS t(cast_id, area, active)")
    return connection


def run(sql: str) -> Rows:
    return casts().execute(sql).fetchall()


def codes(template: TemplateRecord) -> set[str]:
    tried = try_out(template, Path("02a.toml"), {"ja": run, "en": run}, Schema())
    return {problem.code for check in TEMPLATE_CHECKS for problem in check(tried)}


def test_a_template_with_few_values_cannot_be_drawn_often_enough() -> None:
    assert "instances_few" in codes(TEMPLATE)
    assert "instances_few" not in codes(WIDE)


@pytest.mark.parametrize(
    ("template", "code"),
    [
        (replace(WIDE, slots={**WIDE.slots, "spare": Slot(values=("1",))}), "slot_unused"),
        (replace(WIDE, idea=Bilingual("{who}", "{who}")), "slot_unknown"),
        (replace(WIDE, slots={"area": Slot(values=tuple(AREAS), ja=("一",))}), "slot_lengths"),
        (replace(WIDE, solution="SELECT nothing FROM casts"), "query_fails"),
        (replace(WIDE, wrong=()), "near_misses_few"),
        (replace(WIDE, idea=Bilingual("a", "a")), "not_in_ja"),
        (replace(WIDE, idea=Bilingual("在籍者(いまの人)", "members")), "bracket_half_width"),
        (replace(WIDE, skill="S99"), "skill_unknown"),
        (replace(WIDE, prompt=Bilingual("{area}の人", "Casts")), "slots_differ"),
        (replace(WIDE, kind=fix.KIND, starter="SELECT 1"), "unchanged_missing"),
    ],
)
def test_a_fault_of_a_template_is_named(template: TemplateRecord, code: str) -> None:
    assert code in codes(template)


def test_drills_that_differ_in_their_words_alone_are_one() -> None:
    words = replace(WIDE, title=Bilingual("{area}", "{area}"), solution="SELECT cast_id FROM casts WHERE active")
    words = replace(words, wrong=(replace(WIDE.wrong[0], sql="SELECT cast_id FROM casts"), WIDE.wrong[1]))
    assert "instances_few" in codes(replace(words, wrong=words.wrong[:1]))


def test_a_choice_whose_answer_is_mostly_the_same_is_named() -> None:
    asked = replace(
        WIDE,
        kind=decide.KIND,
        starter="SELECT '___' AS answer",
        solution="SELECT '{answer}' AS answer",
        wrong=(Wrong("other", "SELECT 'z' AS answer", SAME),),
    )
    answers = {
        "uneven": "SELECT CASE WHEN '{area}' < 'A15' THEN 'a' ELSE 'b' END",
        "even": "SELECT substr('abcd', 1 + CAST(substr('{area}', 2) AS INTEGER) % 4, 1)",
    }
    found = {
        name: codes(replace(asked, slots={**WIDE.slots, "answer": Slot(query=query)}))
        for name, query in answers.items()
    }
    assert "answers_alike" in found["uneven"]
    assert "answers_alike" not in found["even"]


def test_a_review_of_too_few_written_items_is_named() -> None:
    items = tuple(ItemRecord(("02a",)) for _ in range(7))
    review = ReviewRecord("R1", "L4", 1, SAME, (*items, ItemRecord(("gone",))))
    library = Library({"02a": replace(TEMPLATE, kind=predict.KIND)}, {}, (), reviews=(review,))
    assert {problem.code for problem in gates_hold(library, Path())} == {"template_unknown", "written_few"}


def test_a_level_test_is_of_its_size_and_its_tasks_templates_are_alike() -> None:
    other = replace(TEMPLATE, id="02b", minutes=TEMPLATE.minutes + 3)
    tasks = (ItemRecord(("02a", "02b")), *(ItemRecord(("02a",)),) * 5)
    library = Library(
        {"02a": TEMPLATE, "02b": other}, {}, (), exams=(ExamRecord(1, 30, tasks), ExamRecord(2, 30, tasks[1:2]))
    )
    found = [(each.code, each.params["level"]) for each in gates_hold(library, Path())]
    assert ("exam_unlike", 1) in found
    assert ("exam_twice", 1) in found
    assert ("exam_size", 2) in found
    assert ("exam_level", 2) in found
    assert ("exam_size", 1) not in found
