"""What is said of an answer in BigQuery's dialect: its own words quoted, the near misses that the course foresees told."""

import re
from collections.abc import Iterator

import pytest

from sqlgrade import Exercise, NearMiss, Solution, build_pack
from sqlgrade.dialect.spoken import Spoken, spoken
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import keys, placeholders, render, verdict_sentences

LINE = "-- dialect: bigquery\n"
COLUMNS = {
    "talk_id": "INTEGER",
    "minutes": "INTEGER",
    "yen": "INTEGER",
    "area": "VARCHAR",
    "day": "DATE",
    "at_utc": "TIMESTAMP",
}
DDL = f"CREATE TABLE talks ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())}, PRIMARY KEY (talk_id))"


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    judge = Judge()
    yield judge
    judge.forget()


@pytest.mark.parametrize(
    ("solution", "answer", "quoted"),
    [
        (
            "SELECT area, avg(yen) AS a FROM talks GROUP BY area",
            "SELECT area, AVG(IFNULL(yen, 0)) AS a FROM talks GROUP BY area",
            "IFNULL(yen, 0)",
        ),
        (
            "SELECT area, avg(yen) AS a FROM talks GROUP BY area",
            "SELECT area, SAFE_DIVIDE(SUM(yen), COUNT(*)) AS a FROM talks GROUP BY area",
            "COUNT(*)",
        ),
        (
            "SELECT talk_id FROM talks WHERE CAST(at_utc + INTERVAL 4 HOUR AS DATE) = DATE '2025-12-01'",
            "SELECT talk_id FROM talks WHERE DATE(DATETIME_ADD(at_utc, INTERVAL 9 HOUR)) = '2025-12-01'",
            "DATE(DATETIME_ADD(at_utc, INTERVAL 9 HOUR)) = '2025-12-01'",
        ),
        (
            "SELECT talk_id FROM talks WHERE date_diff('minute', at_utc, TIMESTAMP '2025-12-01 10:00:00') < 90",
            "SELECT talk_id FROM talks WHERE TIMESTAMP_DIFF(TIMESTAMP '2025-12-01 10:00:00', TIMESTAMP(at_utc), MINUTE) <= 90",
            "TIMESTAMP_DIFF(TIMESTAMP '2025-12-01 10:00:00', TIMESTAMP(at_utc), MINUTE) <= 90",
        ),
    ],
)
def test_a_finding_quotes_the_answer_in_its_own_words(judge: Judge, solution: str, answer: str, quoted: str) -> None:
    verdict = judge.grade(build_pack(Exercise("own words", DDL, (Solution(solution),))), LINE + answer)
    site = verdict.findings[0].site
    assert site is not None
    assert (LINE + answer)[site.start : site.end] == quoted
    told = " ".join(verdict_sentences(verdict, "en", level=2, answer=LINE + answer))
    assert not any(word in told for word in ("COUNT_IF", "COALESCE(yen", "CASE WHEN", "AS TIMESTAMP", "DATE_SUB"))


@pytest.mark.parametrize(
    ("answer", "made", "quoted"),
    [
        ("SELECT DIV(minutes, 10) * 10 AS m FROM talks", "minutes // 10", "DIV(minutes, 10)"),
        ("SELECT SAFE_DIVIDE(yen, 10) AS m FROM talks", "yen / NULLIF(10, 0)", "SAFE_DIVIDE(yen, 10)"),
        ("SELECT yen, minutes FROM talks", "yen, minutes", "yen, minutes"),
    ],
)
def test_what_became_a_sign_is_quoted_as_the_call_that_it_was(answer: str, made: str, quoted: str) -> None:
    found = spoken(LINE + answer, {"talks": COLUMNS})
    assert isinstance(found, Spoken)
    assert found.places.quoted(made) == quoted


@pytest.mark.parametrize(
    ("wrong", "form"),
    [
        ("SELECT yen // 10 * 10 AS m FROM talks", "SELECT DIV(yen, 10) * 10 AS m FROM talks"),
        ("SELECT median(yen) AS m FROM talks", "SELECT APPROX_QUANTILES(yen, 2)[OFFSET(1)] AS m FROM talks"),
        ("SELECT any_value(yen) AS m FROM talks", "SELECT ANY_VALUE(yen) AS m FROM talks"),
    ],
)
def test_what_a_function_is_called_there_hides_no_near_miss(judge: Judge, wrong: str, form: str) -> None:
    """A near miss is known by its tree, so a translation names what the course names."""
    solution = Solution("SELECT avg(yen) AS m FROM talks")
    known = build_pack(
        Exercise("told alike", DDL, (solution,), near_misses=(NearMiss("foreseen", wrong, "E22", "SELECT"),))
    )
    for answer in (wrong, LINE + form):
        assert [each.near_miss for each in judge.grade(known, answer).findings] == ["foreseen"]


DUCKDBS_ALONE = re.compile(r"(?<![:/])//|::|\bquantile_|\bMEDIAN|FILTER|isodow|strftime|date_trunc|DATE_TRUNC\('")
"""What a mistake's sentence may name of DuckDB's SQL that GoogleSQL does not have."""


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_mistakes_sentence_names_to_each_what_its_dialect_has(lang: str) -> None:
    told = {
        code: render(code, dict.fromkeys(placeholders(code, lang), "x"), lang)
        for code in keys(lang)
        if code.startswith("mistake.") or re.fullmatch(r"E\d+\..*", code)
    }
    own = [code for code, text in told.items() if DUCKDBS_ALONE.search(text)]
    assert own
    assert [code for code in own if f"{code}_bigquery" not in told or code.endswith("_bigquery")] == []
