"""Of all that a wrong answer and a right one differ in, only what makes it wrong is left."""

from types import SimpleNamespace

import duckdb
import pytest
from sqlglot import exp

from sqlgrade.diagnose import refuted
from sqlgrade.diagnose.reading.query_pair import QueryPair
from sqlgrade.diagnose.repairs import minimal
from sqlgrade.diagnose.repairs.from_answer.conditions import replace_condition
from sqlgrade.diagnose.repairs.rewritten import in_names_of, qualified
from sqlgrade.diagnose.repairs.steps import steps_between
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, Solution
from sqlgrade.verdict import Status

DDL = """
CREATE TABLE people (id INTEGER PRIMARY KEY, city VARCHAR, age INTEGER, is_test BOOLEAN NOT NULL);
CREATE TABLE visits (
  id INTEGER PRIMARY KEY, person_id INTEGER NOT NULL REFERENCES people (id), yen INTEGER NOT NULL,
  came_at TIMESTAMP NOT NULL, is_paid BOOLEAN NOT NULL
);
"""
STEPS = """
WITH paid AS (
  SELECT v.person_id, SUM(v.yen) AS yen FROM visits AS v
  WHERE v.is_paid AND v.came_at >= TIMESTAMP '2025-12-01' AND v.came_at < TIMESTAMP '2026-01-01' GROUP BY v.person_id
),
grown AS (SELECT id, city FROM people WHERE age >= 20 AND NOT is_test)
SELECT g.city, COUNT(*) AS people, ROUND(SUM(p.yen) / COUNT(*), 1) AS mean
FROM grown AS g JOIN paid AS p ON p.person_id = g.id GROUP BY g.city ORDER BY mean DESC, g.city LIMIT 3
"""
OTHER_STYLE = """
WITH v2 AS (
  SELECT person_id AS pid, SUM(yen) AS total FROM visits
  WHERE is_paid = TRUE AND came_at BETWEEN TIMESTAMP '2025-12-01' AND TIMESTAMP '2025-12-31 23:59:59.999999' GROUP BY 1
),
g2 AS (SELECT people.id, people.city FROM people WHERE is_test = FALSE AND 20 <= age)
SELECT x.city, COUNT(x.id) AS n, ROUND(SUM(y.total) * 1.0 / COUNT(*), 1) AS m
FROM g2 AS x JOIN v2 AS y ON x.id = y.pid GROUP BY 1 ORDER BY 3 DESC, x.city LIMIT 3
"""
WRONG = {
    "a condition too many beside others in another style": (
        ("is_test = FALSE AND 20 <= age", "is_test = FALSE AND 20 <= age AND people.city <> ''"),
        {"empties_dropped"},
    ),
    "a bound among all the style": (("20 <= age", "20 < age"), {"bound_excluded"}),
    "a condition left out of a step": (("is_paid = TRUE AND ", ""), {"condition_missing_in"}),
    "a join's kind": (("JOIN v2", "LEFT JOIN v2"), {"partners_kept"}),
    "a direction": (("3 DESC", "3"), {"order_ascending"}),
    "a denominator": (("/ COUNT(*)", "/ COUNT(DISTINCT x.city)"), {"denominator", "distinct_of_other", "rows_for_people", "distinct_merges"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def pack():
    return build_pack(Exercise("d", DDL, (Solution(STEPS),)))


@pytest.fixture(scope="module")
def judge():
    return Judge()


@pytest.mark.parametrize("claim", WRONG)
def test_a_long_answer_in_another_style_is_told_its_one_mistake(claim, pack, judge):
    (written, wrong), names = WRONG[claim]
    finding = judge.grade(pack, OTHER_STYLE.replace(written, wrong), deep=True).findings[0]
    assert finding.mistake in names


def test_of_two_mistakes_the_one_that_decides_which_rows_there_are_is_named_and_both_are_credited(pack, judge):
    answer = OTHER_STYLE.replace("20 <= age", "20 < age").replace("3 DESC", "3")
    findings = judge.grade(pack, answer, deep=True).findings
    assert findings[0].mistake == "bound_excluded"
    assert [finding.clause for finding in findings] == ["WHERE", "ORDER BY"]


def test_a_matter_of_style_is_no_mistake_on_a_slow_machine_either(pack, judge, monkeypatch):
    """With no time left for a search: what no one tried to do without was told as further mistakes."""
    monkeypatch.setattr(refuted, "_SECONDS", 0.0)
    answer = OTHER_STYLE.replace("20 <= age", "20 < age").replace("3 DESC", "3")
    findings = judge.grade(pack, answer, deep=True).findings
    assert [finding.clause for finding in findings] == ["WHERE", "ORDER BY"]


def test_a_right_query_reads_as_the_learner_would_write_it(pack):
    schema = SchemaColumns.of(pack.schema)
    own = qualified(Query(OTHER_STYLE, schema))
    tree = in_names_of(own, Query(STEPS, schema))
    assert tree is not None
    assert {cte.alias for cte in tree.ctes} == {"v2", "g2"}
    assert "SUM(y.total)" in tree.sql("duckdb")
    assert steps_between(own.tree, own.tree) == []


HANDED_ON = "WITH n AS (SELECT person_id, COUNT(*) AS {0} FROM visits GROUP BY person_id), m AS (SELECT {0}, {1} FROM n) SELECT {2} FROM m"
TAKEN = "WITH n AS (SELECT v.id, v.{}, v.came_at FROM visits AS v) SELECT n.id, n.{} AS what FROM n"
KEPT = "SELECT p.id, v.yen FROM people AS p {} JOIN visits AS v ON v.person_id = p.id CROSS JOIN (SELECT 20 AS age) AS q WHERE p.age >= q.age"


def taken_over(answer: str, right: str) -> str:
    """A right query in an answer's names, and the answer with every step to it taken."""
    schema = SchemaColumns.of(build_pack(Exercise("q", DDL, (Solution(right),))).schema)
    own = qualified(Query(answer, schema))
    wanted = in_names_of(own, Query(right, schema))
    assert wanted is not None
    steps = steps_between(own.tree, wanted)
    tree = own.tree.copy()
    blocks = list(tree.find_all(exp.Select, bfs=False))
    for step in steps:
        step.take(blocks[step.block])
    assert duckdb.connect().execute(DDL).execute(tree.sql("duckdb")).fetchall() == []
    return tree.sql("duckdb")


def test_a_count_that_a_step_hands_on_is_read_by_one_name_by_all_that_come_after():
    more = "SUM({}) OVER (ORDER BY {}) AS total"
    answer = HANDED_ON.format("n", more.format("n", "n"), "n - total")
    right = HANDED_ON.format("visits", more.format("visits", "visits") + ", person_id", "visits - total")
    assert taken_over(answer, right).endswith("SELECT m.n - m.total FROM m")


LATER = "WITH n AS (SELECT person_id, COUNT(*) AS c FROM visits GROUP BY person_id), m AS (SELECT c, LAG(c) OVER (ORDER BY person_id) AS b{} FROM n) SELECT COUNT(*) AS n, SUM({}) AS s FROM m{}"


def test_a_condition_on_the_number_of_a_row_is_one_mistake_with_the_number_itself_beside_another_one(judge):
    right = LATER.format(", ROW_NUMBER() OVER (ORDER BY person_id) AS place", "c - b", " WHERE place > 2")
    found = judge.grade(build_pack(Exercise("d", DDL, (Solution(right),))), LATER.format("", "b - c", ""), deep=True)
    assert {each.mistake for each in found.findings} == {"qualify_missing", "difference_turned"}


def test_a_column_that_is_exchanged_in_a_step_keeps_the_name_by_which_it_is_read():
    assert "v.id AS " not in (sql := taken_over(TAKEN.format("yen", "yen"), TAKEN.format("person_id", "person_id")))
    assert 'v.person_id AS "yen"' in sql


def test_an_outer_join_stands_where_the_answer_has_it():
    right = "SELECT p.id, v.yen FROM (SELECT 20 AS age) AS q JOIN people AS p ON p.age >= q.age LEFT JOIN visits AS v ON v.person_id = p.id"
    schema = SchemaColumns.of(build_pack(Exercise("q", DDL, (Solution(right),))).schema)
    wanted = in_names_of(qualified(Query(KEPT.format(""), schema)), Query(right, schema))
    assert wanted is not None
    assert "FROM people AS p LEFT JOIN visits AS v ON v.person_id = p.id JOIN (SELECT" in wanted.sql("duckdb")


def test_two_columns_that_changed_places_are_told_as_that_however_long_the_answer(pack, judge):
    ends = (
        "COUNT(x.id) AS n, ROUND(SUM(y.total) * 1.0 / COUNT(*), 1) AS m",
        "ROUND(SUM(y.total) / COUNT(x.id), 1) AS n, COUNT(*) AS m",
    )
    finding = judge.grade(pack, OTHER_STYLE.replace(*ends), deep=True).findings[0]
    assert finding.mistake == "columns_exchanged"


def test_a_difference_that_was_turned_reads_as_one_once_it_is_taken_over(pack):
    schema = SchemaColumns.of(pack.schema)
    grown = (
        "SELECT MAX(CASE WHEN city = '{}' THEN age END) - MAX(CASE WHEN city = '{}' THEN age END) AS grown FROM people"
    )
    own, wanted = (qualified(Query(grown.format(*cities), schema)) for cities in ("ab", "ba"))
    tree = own.tree.copy()
    for step in steps_between(own.tree, wanted.tree):
        step.take(tree)
    assert tree.sql("duckdb") == wanted.tree.sql("duckdb")


def test_queries_that_are_built_otherwise_are_not_held_against_each_other(pack):
    schema = SchemaColumns.of(pack.schema)
    assert in_names_of(qualified(Query("SELECT id FROM people", schema)), Query(STEPS, schema)) is None


def test_a_step_sees_no_column_of_the_block_that_reads_it():
    sql = "WITH c AS (SELECT CAST(came_at AS DATE) AS d FROM visits GROUP BY d), e AS (SELECT d FROM c) SELECT d FROM e"
    assert (
        "GROUP BY d)"
        in qualified(Query(sql, SchemaColumns.of(build_pack(Exercise("q", DDL, (Solution(sql),))).schema))).tree.sql()
    )


def test_a_step_that_is_not_read_is_told_as_missing_with_what_is_taken_in_its_place(judge):
    """Its number is divided by, and so two parts differ: none of them alone makes the answer right."""
    goal = "WITH goal AS (SELECT 800 AS yen), daily AS (SELECT id, yen FROM visits) "
    share = "SELECT d.id, ROUND(d.yen * 1.0 / g.yen, 3) AS share FROM daily AS d CROSS JOIN goal AS g ORDER BY d.id"
    pack = build_pack(Exercise("goal", DDL, (Solution(goal + share),)))
    answer = (goal + share).replace("g.yen", "SUM(d.yen) OVER ()").replace(" CROSS JOIN goal AS g", "")
    (first, *_) = judge.grade(pack, answer, deep=True).findings
    assert (first.mistake, first.params["table"]) == ("join_missing", "goal")


PER_CITY = "SELECT city, COUNT(age) AS people, AVG(age) AS mean FROM people GROUP BY city HAVING {} >= 3 AND {} < 40 ORDER BY city"


@pytest.mark.parametrize("asked", [("COUNT(age)", "AVG(age)"), ("people", "mean")])
@pytest.mark.parametrize("written", [("n", "m"), ("COUNT(age)", "AVG(COALESCE(age, 0))")])
def test_a_bound_on_an_output_is_told_by_whatever_name_beside_a_mistake_in_the_output(judge, asked, written):
    pack = build_pack(Exercise("named", DDL, (Solution(PER_CITY.format(*asked)),)))
    answer = PER_CITY.format(*written).replace("AS people, AVG(age) AS mean", "AS n, AVG(COALESCE(age, 0)) AS m")
    findings = judge.grade(pack, answer.replace(">= 3", "> 3"), deep=True).findings
    assert findings[0].mistake == "bound_excluded"
    assert findings[0].params["condition"] == f"{written[0]} > 3"


def test_an_answer_that_takes_one_row_of_each_is_not_told_to_number_them(judge):
    latest = "SELECT person_id, id FROM visits QUALIFY ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY came_at DESC, id) = 1"
    pack = build_pack(Exercise("latest", DDL, (Solution(latest),)))
    right = "SELECT DISTINCT ON (person_id) person_id, id FROM visits ORDER BY person_id, came_at DESC, id"
    assert judge.grade(pack, right).status is Status.ACCEPTED
    findings = judge.grade(pack, right.replace("came_at DESC", "came_at"), deep=True).findings
    assert findings[0].mistake != "qualify_missing"


FIRST_VISIT = """
SELECT person_id, id, yen FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY came_at, id) AS n FROM visits
) WHERE n = 1 ORDER BY person_id
"""
NO_VISIT_BEFORE = """
SELECT v.person_id, v.id, v.yen FROM visits AS v WHERE NOT EXISTS (
  SELECT 1 FROM visits AS e
  WHERE e.person_id = v.person_id AND (e.came_at < v.came_at OR (e.came_at = v.came_at AND e.id < v.id))
) ORDER BY v.person_id
"""
FIRST_OF_EACH = "SELECT DISTINCT ON (person_id) person_id, id, yen FROM visits ORDER BY person_id, {}"
FIRST_BESIDE = """
SELECT p.id, f.id AS visit_id, f.yen FROM people AS p
CROSS JOIN LATERAL (SELECT * FROM visits AS v WHERE v.person_id = p.id ORDER BY {} LIMIT 1) AS f ORDER BY p.id
"""


@pytest.mark.parametrize("written", [FIRST_OF_EACH, FIRST_BESIDE])
@pytest.mark.parametrize("order", ["came_at DESC, id", "came_at, id DESC"])
def test_a_first_row_picked_in_another_order_is_told_by_the_order_however_it_is_picked(written, order, judge):
    """An accepted answer that asks for "no earlier visit" made it a missing condition."""
    pack = build_pack(Exercise("first", DDL, (Solution(FIRST_VISIT), Solution(NO_VISIT_BEFORE))))
    assert judge.grade(pack, written.format("came_at, id"), deep=True).status is Status.ACCEPTED
    (first, *_) = judge.grade(pack, written.format(order), deep=True).findings
    assert (first.mistake, first.clause) == ("order_descending", "ORDER BY")


def test_the_key_that_decides_a_pick_is_told_as_missing(judge):
    pack = build_pack(Exercise("first", DDL, (Solution(FIRST_VISIT), Solution(NO_VISIT_BEFORE))))
    (first, *_) = judge.grade(pack, FIRST_OF_EACH.format("yen"), deep=True).findings
    assert (first.mistake, first.clause) == ("order_key_after", "ORDER BY")


def test_a_step_that_only_another_one_needed_is_left_out_with_it(monkeypatch):
    join, name, bound = (SimpleNamespace(name=each, is_side=False, halves=(), then=None) for each in "jnb")
    monkeypatch.setattr(minimal, "_mends", lambda _, steps, __: {s.name for s in steps} in ({"b"}, {"j", "b"}))
    assert minimal._fewest(None, [join, name, bound], None, None) == [bound]


def test_one_end_of_a_period_is_not_exchanged_for_both_where_the_other_end_stands_beside_it():
    schema = SchemaColumns.of(build_pack(Exercise("d", DDL, (Solution("SELECT id FROM visits"),))).schema)
    answer = "SELECT id FROM visits WHERE came_at >= TIMESTAMP '2025-11-30 20:00' AND came_at < TIMESTAMP '2026-01-01'"
    days = "CAST(came_at + INTERVAL 4 HOUR AS DATE)"
    right = f"SELECT id FROM visits WHERE {days} BETWEEN DATE '2025-12-01' AND DATE '2025-12-31'"
    found = {
        str(edit.node): edit.tree for edit in replace_condition(QueryPair(Query(answer, schema), Query(right, schema)))
    }
    assert len(found) == 2
    for own, tree in found.items():
        assert tree.find(exp.Between) is None
        asked = next(each for each in tree.find_all(exp.GTE, exp.LTE) if each.this.find(exp.Interval))
        assert isinstance(asked, exp.GTE if ">=" in own else exp.LTE)
