"""A mistake is named for what it is, whatever the right answer looks like and whatever else is there."""

import pytest

from sqlgrade.diagnose.classifier import Classifier, Named
from sqlgrade.diagnose.diagnosis import _near_miss
from sqlgrade.diagnose.facts.known_values import KnownValues, how_it_misses
from sqlgrade.diagnose.mistakes import KNOWN
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import LANGUAGES, mistake_sentence, verdict_sentences
from sqlgrade.pack.building import build_pack
from sqlgrade.pack.contents import KnownMistake
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, NearMiss, Solution

DDL = """
CREATE TABLE people (
  id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, city VARCHAR, grade VARCHAR NOT NULL, age INTEGER,
  joined_at TIMESTAMP NOT NULL, is_test BOOLEAN NOT NULL, CHECK (grade IN ('gold', 'silver', 'plain'))
);
CREATE TABLE visits (id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), yen INTEGER);
"""


@pytest.fixture(scope="module")
def pack():
    return build_pack(Exercise("x", DDL, (Solution("SELECT id FROM people"),)))


def named(answer, repaired, pack):
    return Classifier(Query(answer, SchemaColumns.of(pack.schema)), answer, KnownValues(pack)).name(repaired)


ALIKE = {
    "a label in place of another, filled once more": (
        "SELECT COALESCE(city, '-') AS c FROM people",
        "SELECT COALESCE(COALESCE(city, '?'), '-') AS c FROM people",
        "label_other",
    ),
    "a total in COALESCE that is worked out in another way": (
        "SELECT COALESCE(SUM(DISTINCT yen), 0) AS y FROM visits",
        "SELECT COALESCE(COALESCE(MAX(id), 0), 0) AS y FROM visits",
        "amounts_merged",
    ),
    "an OR without brackets beside a condition that is written in another way": (
        "SELECT id FROM people WHERE grade = 'gold' OR grade = 'silver' AND joined_at >= '2025-12-01'",
        "SELECT id FROM people WHERE grade IN ('gold', 'silver') AND CAST(joined_at AS DATE) >= DATE '2025-12-01'",
        "or_unbracketed",
    ),
    "a CASE that fills blanks by itself": (
        "SELECT CASE WHEN city IS NULL THEN '-' ELSE city END AS c FROM people",
        "SELECT COALESCE(city, '?') AS c FROM people",
        "calculation_other",
    ),
    "rows counted where blanks were to be left out": (
        "SELECT city, COUNT(*) AS n, AVG(age) AS a FROM people GROUP BY city",
        "SELECT city, COUNT(*) AS n, AVG(age) AS a FROM people WHERE age IS NOT NULL GROUP BY city",
        "blanks_counted",
    ),
    "the rows of the other side counted by the key of the same name": (
        "SELECT p.id, COUNT(p.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id GROUP BY p.id",
        "SELECT p.id, COUNT(v.id) AS n FROM people p LEFT JOIN visits v ON v.person_id = p.id GROUP BY p.id",
        "outer_rows_counted",
    ),
    "a condition put into COUNT": (
        "SELECT COUNT(NOT is_test) AS n FROM people",
        "SELECT COUNT(NOT is_test) AS n FROM people WHERE NOT is_test",
        "truth_counted",
    ),
    "the last day of a year that the right answer takes as a number": (
        "SELECT id FROM people WHERE joined_at BETWEEN '2024-01-01' AND '2024-12-31'",
        "SELECT id FROM people WHERE year(joined_at) = 2024",
        "last_day_lost",
    ),
    "a whole division that is rounded, where the right answer rounds nothing": (
        "SELECT ROUND(SUM(yen) // COUNT(*), 4) AS r FROM visits",
        "SELECT SUM(yen) / COUNT(*) AS r FROM visits",
        "division_whole",
    ),
    "a condition in one FILTER of several, and no groups": (
        "SELECT COUNT(*) FILTER (WHERE age > 20) AS n, AVG(id) AS a FROM people",
        "SELECT COUNT(*) FILTER (WHERE age > 20) AS n, AVG(id) AS a FROM people WHERE age > 20",
        "filter_missing",
    ),
    "the smallest of each column where one row is asked for": (
        "SELECT person_id, MIN(id) AS i, MIN(yen) AS y FROM visits GROUP BY person_id",
        "SELECT person_id, id AS i, yen AS y FROM visits QUALIFY ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY id) = 1",
        "value_of_other_row",
    ),
    "a pattern on one side of an OR": (
        "SELECT id FROM people WHERE (name LIKE '%A' OR name LIKE 'B%') AND is_test",
        "SELECT id FROM people WHERE (name LIKE 'A%' OR name LIKE 'B%') AND is_test",
        "pattern_other",
    ),
    "another fraction of a quantile": (
        "SELECT ROUND(quantile_cont(yen, 0.95), 1) AS p FROM visits",
        "SELECT ROUND(quantile_cont(yen, 0.9), 1) AS p FROM visits",
        "number_other",
    ),
    "another year": (
        "SELECT id FROM people WHERE year(joined_at) = 2024",
        "SELECT id FROM people WHERE year(joined_at) = 2025",
        "value_other",
    ),
}


@pytest.mark.parametrize("case", ALIKE)
def test_what_looks_alike_is_told_apart(case, pack):
    answer, repaired, mistake = ALIKE[case]
    assert named(answer, repaired, pack).mistake.key == mistake


def test_a_coalesce_too_many_is_named_where_the_right_answer_computes_in_another_way():
    exercise = Exercise("f", DDL, (Solution("SELECT age - age % 10 AS band FROM people"),))
    verdict = Judge().grade(build_pack(exercise), "SELECT COALESCE(age // 10 * 10, 0) AS band FROM people", deep=True)
    assert verdict.findings[0].mistake == "blank_replaced"


@pytest.mark.parametrize(
    ("value", "how"),
    [("Gold", "case"), ("ｇｏｌｄ", "width"), ("gold, silver", "list"), ("golden", "near"), ("platinum", "unknown")],
)
def test_a_value_that_is_not_there_is_told_by_how_it_misses(value, how):
    assert how_it_misses(value, ["gold", "silver", "plain"])[0] == how


def test_columns_named_with_and_without_their_table_are_the_same(pack):
    answer = "SELECT id FROM people WHERE age > 20 AND grade = 'gold'"
    repaired = "SELECT people.id FROM people WHERE people.age >= 20 AND people.grade = 'gold'"
    found = named(answer, repaired, pack)
    assert (found.mistake.key, found.others) == ("bound_excluded", 0)


@pytest.mark.parametrize("counted", ["COUNT(DISTINCT id)", "COUNT(id)"])
def test_blanks_that_a_count_leaves_out_are_told_whatever_the_right_answer_counts(counted, pack):
    answer, repaired = "SELECT COUNT(city) AS n FROM people", f"SELECT {counted} AS n FROM people"
    assert named(answer, repaired, pack).mistake.key == "count_leaves_blanks"


GOLD = "SELECT id FROM people WHERE grade = 'gold' AND city IS NULL"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_was_done_is_said_in_the_learners_own_words(lang):
    verdict = Judge().grade(build_pack(Exercise("g", DDL, (Solution(GOLD),))), GOLD.replace("'gold'", "'Gold'"))
    said = mistake_sentence(verdict.findings[0], lang)
    assert "'Gold'" in said
    assert "grade" in said
    assert said in verdict_sentences(verdict, lang)


def test_a_near_miss_that_leaves_as_little_is_not_taken_for_another_mistake():
    """Both find no row whatever the data are; only one of them is a matter of capital letters."""
    near = NearMiss("capital", GOLD.replace("'gold'", "'Gold'"), "E22", "WHERE")
    pack = build_pack(Exercise("n", DDL, (Solution(GOLD),), near_misses=(near,)))
    told = [Judge().grade(pack, GOLD.replace("'gold'", value)).findings[0] for value in ("'GOLD'", "'金'")]
    assert [(each.near_miss, each.mistake) for each in told] == [("capital", "value_case"), (None, "value_unknown")]


def test_a_value_that_the_column_cannot_hold_is_told_beside_other_mistakes():
    solution = "SELECT city, COUNT(*) AS n FROM people WHERE grade = 'gold' GROUP BY city"
    answer = "SELECT name, MAX(age) - MIN(id) AS n FROM people WHERE grade = 'Gold' GROUP BY name HAVING COUNT(*) > 1"
    verdict = Judge().grade(build_pack(Exercise("s", DDL, (Solution(solution),))), answer, deep=True)
    assert (verdict.findings[0].mistake, verdict.findings[0].clause) == ("value_case", "WHERE")


TOTAL = "SELECT id, SUM(yen) OVER (ORDER BY id"
LEAST = "SELECT person_id, MIN(id) AS a, MIN(yen) AS b FROM visits AS v WHERE yen > 5"
TRUE_OF_IT = [
    (
        "SELECT COUNT(yen > 5 AND id < 9) AS n FROM visits",
        "SELECT COUNT(CASE WHEN yen > 5 AND id < 9 THEN 1 END) AS n FROM visits",
        "truth_counted",
    ),
    (
        f"{LEAST} GROUP BY person_id",
        f"{LEAST} AND NOT EXISTS (SELECT 1 FROM visits AS e WHERE e.person_id = v.person_id AND e.id < v.id) GROUP BY person_id",
        "value_of_other_row",
    ),
    (
        f"{TOTAL} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS n FROM visits",
        f"{TOTAL}) AS n FROM visits",
        "frame_ends_early",
    ),
    ("SELECT COUNT(id) AS n FROM visits", "SELECT COUNT(*) AS n FROM visits", "aggregate_of_other"),
    (
        "SELECT ROUND((SUM(yen) + 20) / SUM(id), 3) AS r FROM visits",
        "SELECT ROUND((SUM(yen) + 20) / (SUM(id) + 20), 3) AS r FROM visits",
        "denominator",
    ),
    ("SELECT SUM(yen) AS r FROM visits", "SELECT SUM(yen + 20) AS r FROM visits", "calculation_unfinished"),
    (
        "SELECT sqrt(age * 2 + id * 3) AS r FROM people",
        "SELECT sqrt(age * id + age * 2 + age + id * 3) AS r FROM people",
        "operand_not_added",
    ),
    ("SELECT age + id AS r FROM people", "SELECT age + age * id + id AS r FROM people", "operand_not_added"),
    (
        "SELECT ROUND(AVG(yen), 3) AS r FROM visits",
        "SELECT ROUND(AVG(yen) + 20, 3) AS r FROM visits",
        "amount_too_small",
    ),
    ("SELECT 9 - (age - 5) AS r FROM people", "SELECT 9 - age AS r FROM people", "calculation_part"),
]


@pytest.mark.parametrize(("answer", "repaired", "told"), TRUE_OF_IT)
def test_a_name_is_not_given_where_its_sentence_would_be_false(answer, repaired, told, pack):
    assert named(answer, repaired, pack).mistake.key == told


@pytest.mark.parametrize(("others", "told"), [(0, "value_other"), (1, "")])
def test_of_several_differences_what_the_author_foresaw_is_the_one_told(others, told):
    known = KnownMistake("late", "SELECT 1", "E22", "WHERE", authored=True)
    named = Named(KNOWN["value_other"].at("WHERE"), None, others, "SELECT 2")
    assert _near_miss(known, None, [], named).mistake == told
