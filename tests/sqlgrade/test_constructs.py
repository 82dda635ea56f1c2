"""What a task demands of a query's form."""

from __future__ import annotations

import pytest

from sqlgrade import Exercise, ExerciseFault, Pack, Reason, Solution, Status, build_pack, verdict_sentences
from sqlgrade.judging.judge import Judge
from sqlgrade.query.constructs import constructs_in, shown

DDL = "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL, g VARCHAR NOT NULL);"
WINDOW = "SELECT id, rank() OVER (PARTITION BY g ORDER BY n DESC) AS place FROM t"
COUNTED = "SELECT id, (SELECT 1 + count(*) FROM t o WHERE o.g = t.g AND o.n > t.n) AS place FROM t"
STAR = "SELECT * FROM (SELECT id, rank() OVER (PARTITION BY g ORDER BY n DESC) AS place FROM t)"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return build_pack(Exercise("form", DDL, (Solution(WINDOW),), require=("window|qualify",), forbid=("star",)))


def test_the_form_asked_for_earns_full_points(pack: Pack) -> None:
    verdict = Judge().grade(pack, WINDOW)
    assert (verdict.status, verdict.credit.points) == (Status.ACCEPTED, 10.0)
    assert not verdict.notes


@pytest.mark.parametrize(("lang", "said"), [("ja", "OVER / QUALIFY を使うことも"), ("en", "asks for OVER / QUALIFY")])
def test_a_right_result_in_another_form_is_accepted_and_told(pack: Pack, lang: str, said: str) -> None:
    verdict = Judge().grade(pack, COUNTED)
    assert (verdict.status, verdict.credit.points) == (Status.ACCEPTED, 5.0)
    assert verdict.notes[0].code == "construct_missing"
    assert any(said in sentence for sentence in verdict_sentences(verdict, lang))


def test_a_wrong_result_is_judged_by_its_data_alone(pack: Pack) -> None:
    verdict = Judge().grade(pack, COUNTED.replace("1 + count(*)", "count(*)"))
    assert verdict.status is Status.REFUTED
    assert "construct_missing" not in {note.code for note in verdict.notes}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_forbidden_construct_is_named(pack: Pack, lang: str) -> None:
    verdict = Judge().grade(pack, STAR)
    assert (verdict.status, verdict.reason) == (Status.INVALID, Reason.NOT_ALLOWED)
    assert any("SELECT *" in sentence for sentence in verdict_sentences(verdict, lang))


def test_what_is_ruled_out_is_looked_for_in_the_text_as_it_was_written() -> None:
    solution = Solution("SELECT CAST(floor(a / 10) AS BIGINT) AS d FROM n WHERE a >= 0")
    pack = build_pack(Exercise("tens", "CREATE TABLE n (a INTEGER)", (solution,), forbid=("intdiv",)))
    told = Judge().grade(pack, "-- dialect: bigquery\nSELECT DIV(a, 10) AS d FROM n WHERE a >= 0")
    assert (told.status, told.credit.points) == (Status.ACCEPTED, 10.0)
    assert Judge().grade(pack, "SELECT a // 10 AS d FROM n WHERE a >= 0").reason is Reason.NOT_ALLOWED


def test_constructs_are_read_from_the_tree() -> None:
    found = constructs_in("SELECT count(*) AS \"window\", 'left join' FROM a RIGHT JOIN b USING (x) ORDER BY 1")
    assert found is not None
    assert {"right_join", "order"} <= found
    assert not {"star", "window", "left_join"} & found


@pytest.mark.parametrize(
    "demand",
    [{"require": ("windw",)}, {"require": ("qualify",)}, {"forbid": ("window",)}],
    ids=["no such name", "the solution lacks it", "the solution has it"],
)
def test_a_demand_the_solution_fails_is_the_authors_fault(demand: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(ExerciseFault):
        build_pack(Exercise("form", DDL, (Solution(WINDOW),), **demand))


def test_columns_whose_names_contradict_their_contents_are_not_put_right() -> None:
    swapped = "SELECT {} AS low, {} AS high FROM t"
    pack = build_pack(Exercise("names", DDL, (Solution(swapped.format("min(n)", "max(n)")),)))
    assert Judge().grade(pack, swapped.format("max(n)", "min(n)")).status is Status.REFUTED
    assert Judge().grade(pack, "SELECT max(n) AS high, min(n) AS low FROM t").status is Status.ACCEPTED
    assert Judge().grade(pack, "SELECT max(n), min(n) FROM t").status is Status.ACCEPTED


def test_a_construct_that_is_a_sign_is_told_as_that_sign() -> None:
    assert shown("intdiv") == "//"
