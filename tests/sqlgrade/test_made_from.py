"""Where no mistake has a name, one row is shown with the rows that it is made from."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from sqlgrade.diagnose.facts import made_from
from sqlgrade.diagnose.facts.rows_apart import rows_apart
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, remark_sentence
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, Solution
from sqlgrade.tables.result import Database
from sqlgrade.verdict import Remark

if TYPE_CHECKING:
    import pytest

    from sqlgrade.tables.result import Row

DDL = (
    "CREATE TABLE talks (talk_id INTEGER PRIMARY KEY, area VARCHAR NOT NULL, opened_at TIMESTAMP NOT NULL, "
    "minutes INTEGER NOT NULL)"
)
BY_DAY = (
    "SELECT CAST(opened_at AS DATE) AS day, SUM(minutes) AS minutes FROM talks WHERE area = 'TOKYO' GROUP BY day "
    "ORDER BY day"
)
LONG_DAYS = (
    "WITH d AS (SELECT DISTINCT CAST(opened_at AS DATE) AS day FROM talks WHERE area = 'TOKYO') SELECT d.day, "
    "(SELECT SUM(x.minutes) FROM talks AS x WHERE x.area = 'TOKYO' AND x.opened_at >= d.day "
    "AND x.opened_at < d.day + INTERVAL 30 HOUR) AS minutes FROM d ORDER BY d.day"
)


def keys(told: object) -> set[str]:
    return set(re.findall(r"\d+", str(told)))


def test_one_row_is_followed_to_the_rows_that_it_is_made_from() -> None:
    verdict = Judge().grade(build_pack(Exercise("x", DDL, (Solution(BY_DAY),))), LONG_DAYS)
    assert not any(each.mistake for each in verdict.findings)
    assert verdict.diff is not None
    assert verdict.counterexample is not None
    (fact,) = (each for each in verdict.diff.facts if each.code.startswith("made_"))
    assert fact.code in {"made_from", "made_from_left"}
    assert fact.params["own"] != fact.params["expected"]
    talks = {str(row[0]): row for row in verdict.counterexample.tables["talks"].rows}
    expected = {
        key
        for key, (_, area, opened_at, _) in talks.items()
        if area == "TOKYO" and f"day = {opened_at.date()}" == fact.params["row"]
    }
    assert keys(str(fact.params["expected_rows"]).removeprefix("talks")) == expected
    assert keys(fact.params["own_rows"]) != expected
    for lang in LANGUAGES:
        said = remark_sentence("shape", fact, lang)
        assert all(key in said for key in expected)
        assert str(fact.params["own"]) in said


def test_where_a_limit_is_hit_nothing_is_said_of_the_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was cut off says nothing of the row that was taken away for it."""
    monkeypatch.setattr(made_from, "_SECONDS", 0.0)
    verdict = Judge().grade(build_pack(Exercise("x", DDL, (Solution(BY_DAY),))), LONG_DAYS)
    assert verdict.diff is not None
    assert not any(each.code.startswith("made_") for each in verdict.diff.facts)


def test_a_mistake_whose_name_says_no_more_than_where_it_is_is_followed() -> None:
    pack = build_pack(Exercise("x", DDL, (Solution("SELECT talk_id, LENGTH(area) * 3 AS n FROM talks"),)))
    verdict = Judge().grade(pack, "SELECT talk_id, minutes % 7 AS n FROM talks")
    assert [each.mistake for each in verdict.findings] == ["calculation_other"]
    assert verdict.diff is not None
    assert [each.code for each in verdict.diff.facts if each.code.startswith("made_")] == ["made_from_same_alone"]


def test_a_mistake_that_has_a_name_is_not_followed() -> None:
    pack = build_pack(Exercise("x", DDL, (Solution(BY_DAY),)))
    verdict = Judge().grade(pack, BY_DAY.replace("SUM", "MAX"))
    assert [each.mistake for each in verdict.findings] == ["aggregate_max"]
    assert verdict.diff is not None
    assert not any(each.code.startswith("made_") for each in verdict.diff.facts)


def test_what_stays_without_either_of_two_equal_rows_is_not_said_to_be_made_without_them() -> None:
    """A mean of two equal numbers is the same without either, and is made from both."""
    pack = build_pack(
        Exercise("x", DDL, (Solution("SELECT SUM(minutes) * 1.0 / COUNT(DISTINCT area) AS n FROM talks"),))
    )
    verdict = Judge().grade(pack, "SELECT AVG(COALESCE(minutes, 0)) AS n FROM talks", deep=True)
    assert verdict.diff is not None
    assert not any(each.code.startswith("made_from_left") for each in verdict.diff.facts)


def test_the_kind_of_rows_that_one_side_alone_uses_is_told_where_no_other_row_is_of_it() -> None:
    (talks,) = build_pack(Exercise("x", DDL, (Solution(BY_DAY),))).schema.varied
    day = dt.datetime(2025, 6, 9)  # noqa: DTZ001 (a TIMESTAMP has no zone)
    tokyo, tama, late = ((1, "TOKYO", day, 5), (2, "TAMA", day, 5), (3, "TAMA", None, [7]))

    def told(queries: tuple[str, str], mine: tuple[Row, ...], theirs: tuple[Row, ...]) -> list[Remark]:
        sides = ([(talks, row) for row in side] for side in (mine, theirs))
        return list(rows_apart(Database({"talks": (tokyo, tama, late)}), queries, *sides))

    by_area = ("SELECT AVG(minutes) FROM talks", "SELECT AVG(minutes) FROM talks WHERE area = 'TOKYO'")
    of_tama = Remark("made_apart_value", {"column": "area", "table": "talks", "value": "TAMA"})
    assert told(by_area, (tokyo, tama, late), (tokyo,)) == told(by_area, (tama, late), ()) == [of_tama]
    assert told(by_area, (tokyo, tama), (tokyo, late)) == [of_tama]
    assert told(by_area, (tama,), (late,)) == [of_tama]
    assert told(by_area, (), (tama,)) == []  # another row is of that area as well
    by_day = ("SELECT CAST(opened_at AS DATE) FROM talks", "SELECT 1 FROM talks")
    assert [each.code for each in told(by_day, (), (late,))] == ["made_apart_blank"]
    assert told(("SELECT 1 FROM talks WHERE opened_at IS NULL", ""), (), (late,)) == []
