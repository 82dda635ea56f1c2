"""A drill is drawn the same for the same seed, and only where the data tells every wrong variant apart."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from coursebook.format import Bilingual
from coursebook.kinds import predict, write
from coursebook.practice import Drill, Slot, TemplateRecord, Wrong, draw_drill, load_library
from coursebook.schema import Schema
from sqlgrade.record import RowOrder, Rules

SAME = Bilingual("同じ", "same")
TEMPLATE = TemplateRecord(
    id="02a",
    skill="S02",
    kind=write.KIND,
    title=Bilingual("{area}のキャスト", "Casts in {area}"),
    prompt=Bilingual("{area}の在籍キャストの cast_id を出してください。", "List cast_id of active casts in {area}."),
    solution="SELECT cast_id FROM casts WHERE area = '{area}' AND active",
    idea=SAME,
    success=SAME,
    explanation=SAME,
    wrong=(Wrong("retired-included", "SELECT cast_id FROM casts WHERE area = '{area}'", SAME, "E20", "WHERE"),),
    slots={"area": Slot(values=("SHIBUYA", "GINZA"), ja=("渋谷", "銀座"), en=("Shibuya", "Ginza"))},
    rules=Rules(row_order=RowOrder.IGNORED),
)


def drawn(template: TemplateRecord, rows: str, seed: int = 1) -> Drill | None:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE casts AS SELECT * FROM (VALUES {rows}) AS t(cast_id, area, active)")
        return draw_drill(template, seed, lambda sql: connection.execute(sql).fetchall(), Schema())


def test_the_slots_are_filled_in_sql_and_in_both_languages() -> None:
    drill = drawn(TEMPLATE, "(1, 'SHIBUYA', TRUE), (2, 'SHIBUYA', FALSE)")
    assert drill is not None
    assert "area = 'SHIBUYA'" in drill.exercise.solution
    assert drill.exercise.text["ja"].title == "渋谷のキャスト"
    assert drill.exercise.text["en"].title == "Casts in Shibuya"


def test_an_instance_whose_wrong_variant_gives_the_same_rows_is_not_offered() -> None:
    assert drawn(TEMPLATE, "(1, 'SHIBUYA', TRUE), (2, 'GINZA', TRUE)") is None


def test_an_instance_without_rows_is_not_offered() -> None:
    assert drawn(TEMPLATE, "(1, 'UENO', TRUE), (2, 'SHIBUYA', FALSE)") is None


def test_the_same_seed_draws_the_same_drill() -> None:
    rows = "(1, 'SHIBUYA', TRUE), (2, 'SHIBUYA', FALSE), (3, 'GINZA', TRUE), (4, 'GINZA', FALSE)"
    first, again = drawn(TEMPLATE, rows, seed=7), drawn(TEMPLATE, rows, seed=7)
    assert first is not None
    assert again is not None
    assert first.id == "P02a-7"
    assert first.exercise.solution == again.exercise.solution
    assert len({drill.exercise.solution for seed in range(20) if (drill := drawn(TEMPLATE, rows, seed))}) == 2


def test_whether_a_choice_is_fair_is_found_out_once_for_all_draws_of_a_template() -> None:
    asked, fair = list[str](), dict[tuple[str, ...], bool]()

    def run(sql: str) -> list[tuple[object, ...]]:
        asked.append(sql)
        return [(1,)] if "active" in sql else [(1,), (2,)]

    drills = [draw_drill(TEMPLATE, seed, run, Schema(), known=fair) for seed in range(20)]
    assert all(drills)
    assert fair == {("SHIBUYA",): True, ("GINZA",): True}
    assert len(asked) == 4


def test_a_slot_can_take_its_values_from_the_data() -> None:
    template = replace(TEMPLATE, slots={"area": Slot(query="SELECT DISTINCT area FROM casts ORDER BY area")})
    drill = drawn(template, "(1, 'UENO', TRUE), (2, 'UENO', FALSE)")
    assert drill is not None
    assert "'UENO'" in drill.exercise.solution


def test_a_prediction_is_worked_out_from_the_query_that_is_shown() -> None:
    shown = "SELECT COUNT(x) AS n FROM (VALUES {rows}) AS mini(x)"
    template = replace(
        TEMPLATE,
        kind=predict.KIND,
        solution="SELECT {n} AS n",
        predict=shown,
        wrong=(Wrong("rows-counted", "SELECT {n} + 1 AS n", SAME),),
        slots={"rows": Slot(values=("(1), (NULL)",)), "n": Slot(query=shown)},
    )
    drill = drawn(template, "(1, 'SHIBUYA', TRUE)")
    assert drill is not None
    assert drill.exercise.solution == "SELECT 1 AS n"
    assert drill.exercise.predict_query == "SELECT COUNT(x) AS n FROM (VALUES (1), (NULL)) AS mini(x)"


def test_what_a_template_assumes_and_fills_in_reaches_the_judge() -> None:
    template = replace(
        TEMPLATE,
        assume=("SELECT 1 FROM casts WHERE area <> '{area}'",),
        databases=("INSERT INTO areas VALUES ('{area}', '渋谷', 'Shibuya', '首都圏')",),
    )
    drill = drawn(template, "(1, 'SHIBUYA', TRUE), (2, 'SHIBUYA', FALSE)")
    assert drill is not None
    assert "SELECT 1 FROM casts WHERE area <> 'SHIBUYA'" in drill.exercise.sqlgrade.assume
    assert drill.exercise.databases == ("INSERT INTO areas VALUES ('SHIBUYA', '渋谷', 'Shibuya', '首都圏')",)


def test_a_wrong_variant_that_fails_is_told_apart() -> None:
    broken = replace(TEMPLATE, wrong=(Wrong("no-such-column", "SELECT nothing FROM casts", SAME),))
    assert drawn(broken, "(1, 'SHIBUYA', TRUE)") is not None


def test_two_templates_of_one_id_are_a_problem(tmp_path: Path) -> None:
    text = 'id = "02a"\nskill = "S02"\nkind = "W"\nsolution = "SELECT 1"'
    both = "".join(
        f'\n[{name}]\nja = "あ"\nen = "a"\n' for name in ("title", "prompt", "idea", "success", "explanation")
    )
    for name in ("one", "two"):
        folder = tmp_path / "practice" / name
        folder.mkdir(parents=True)
        (folder / "t.toml").write_text(text + both, encoding="utf-8")
    library = load_library(tmp_path)
    assert [problem.code for problem in library.problems] == ["template_twice"]
    assert list(library.templates) == ["02a"]


@pytest.mark.parametrize("seed", [0, 12345])
def test_every_drill_can_be_handed_to_the_judge(seed: int) -> None:
    drill = drawn(
        TEMPLATE, "(1, 'SHIBUYA', TRUE), (2, 'SHIBUYA', FALSE), (3, 'GINZA', TRUE), (4, 'GINZA', FALSE)", seed
    )
    assert drill is not None
    assert [miss.name for miss in drill.exercise.sqlgrade.near_misses] == ["retired-included"]
