"""A text laid out anew is word for word what it was, keeps its comments, and stays as it is when laid out once more."""

from __future__ import annotations

from pathlib import Path

import pytest

from sqlgrade.layout import CannotRead, lay_out
from sqlgrade.parse import parsed, same_tree

COURSE = Path(__file__).parents[2] / "course"
TEXTS = sorted(COURSE.glob("lessons/0[1-7]*/exercises/*/*.sql"))


@pytest.mark.parametrize(
    ("written", "laid"),
    [
        pytest.param(
            "select guest_id,nickname from guests where prefecture='大阪府' and not is_test or guest_id in(1,2) order by 1 desc nulls last limit 5",
            "SELECT guest_id, nickname\nFROM guests\nWHERE prefecture = '大阪府' AND NOT is_test\n  OR guest_id IN (1, 2)\n"
            "ORDER BY 1 DESC NULLS LAST\nLIMIT 5",
            id="clauses",
        ),
        pytest.param(
            "with a as (select 1 as n), b as (select n from a) select * from a left join b using(n)",
            "WITH a AS (\n  SELECT 1 AS n\n),\nb AS (\n  SELECT n\n  FROM a\n)\nSELECT *\nFROM a\nLEFT JOIN b USING (n)",
            id="with",
        ),
        pytest.param(
            "select a -- one\n, b /* two */, c\n-- before\nfrom t -- from\n where x between 1 and 2 and y=3 -- last\n\n-- end",
            "SELECT a, -- one\n       b /* two */,\n       c\n-- before\nFROM t -- from\nWHERE x BETWEEN 1 AND 2\n  AND y = 3 -- last\n\n-- end",
            id="comments",
        ),
        pytest.param(
            "select -1, - -1, a-1, x::int, j->>'$.a', t [ 1 ], {'a':1}, count ( * ), left(a, 1), cast(a as date), DATE '2025-01-01' - interval 1 day",
            "SELECT -1,\n       - -1,\n       a - 1,\n       x::int,\n       j->>'$.a',\n       t[1],\n       {'a':1},\n       count(*),\n"
            "       left(a, 1),\n       CAST(a AS date),\n       DATE '2025-01-01' - INTERVAL 1 day",
            id="signs",
        ),
        pytest.param(
            "select n from t where d >= '{{ from }}' and area={{area}} and x not in (1) and y is not null and c!=1",
            "SELECT n\nFROM t\nWHERE d >= '{{ from }}'\n  AND area = {{area}}\n  AND x NOT IN (1)\n  AND y IS NOT NULL\n  AND c != 1",
            id="parameters and what is written is kept",
        ),
        pytest.param(
            "select ___ from guests where",
            "SELECT ___\nFROM guests\nWHERE",
            id="half written",
        ),
        pytest.param("select 1;\n\n\nselect 2", "SELECT 1;\n\nSELECT 2", id="statements"),
    ],
)
def test_the_rules_of_layout(written: str, laid: str) -> None:
    assert lay_out(written) == laid
    assert lay_out(laid) == laid


@pytest.mark.parametrize(
    ("written", "code", "at"),
    [
        ("SELECT 'Osaka\nFROM guests", "quote", "'"),
        ("SELECT 1 /* open", "quote", "/"),
        ("SELECT (1\nFROM guests", "bracket", "("),
        ("SELECT 1)\nFROM guests", "bracket", ")"),
        ("SELECT (1]", "bracket", "]"),
    ],
)
def test_what_is_open_is_told_with_its_place(written: str, code: str, at: str) -> None:
    with pytest.raises(CannotRead) as caught:
        lay_out(written)
    assert (caught.value.code, written[caught.value.place]) == (code, at)


def test_names_stay_as_they_were_written_and_the_grammars_words_stand_in_capitals() -> None:
    laid = lay_out('select Date, first, "select", t.left as End, Count(*) filter (where true) from T as t')
    assert laid == 'SELECT Date, first, "select", t.left AS End, Count(*) FILTER (WHERE TRUE)\nFROM T AS t'


def test_bigquery_is_read_as_bigquery() -> None:
    text = "select `a.b.c`,r'\\d',\"it's\" # note\nfrom unnest([1,2]) as n with offset as o where n=@p"
    laid = lay_out(text, "bigquery")
    assert laid == "SELECT `a.b.c`, r'\\d', \"it's\" # note\nFROM unnest([1, 2]) AS n WITH OFFSET AS o\nWHERE n = @p"


def test_two_texts_that_only_a_line_break_joins_stay_one() -> None:
    assert lay_out("select 'a'\n  'b' as x") == "SELECT 'a'\n  'b' AS x"


def test_nothing_makes_it_slow_or_fail_in_another_way() -> None:
    for text in (
        "(" * 90 + "1" + ")" * 90,
        "select " + "case when a then " * 200 + "1" + " end" * 200,
        "",
        " \n",
        "-- x",
    ):
        try:
            laid = lay_out(text)
        except CannotRead:
            continue
        assert lay_out(laid) == laid


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_text_of_the_first_lessons_means_what_it_meant(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    laid = lay_out(text)
    assert lay_out(laid) == laid
    assert parsed(text) is None or same_tree(text, laid)
