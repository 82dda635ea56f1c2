import importlib.util
from dataclasses import replace
from operator import itemgetter
from pathlib import Path

import pytest
import sqlglot

from sqlgrade.diagnose.repairs.from_answer.codes import code_of_condition, code_of_expression
from sqlgrade.diagnose.repairs.replacement import find_replacement
from sqlgrade.judging.judge import Judge
from sqlgrade.messages import finding_sentences, mistake_sentence, render
from sqlgrade.outcomes.trial import Box
from sqlgrade.pack.building import build_pack
from sqlgrade.query.clause import Clause
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, NearMiss, Solution
from sqlgrade.verdict import Level, Status

ROOT = Path(__file__).resolve().parents[2]
DDL = (ROOT / "tests/sqlgrade/wrong_answers/shop/schema.sql").read_text(encoding="utf-8")
PAID = (
    "SELECT c.id, c.name, COUNT(o.id) AS n FROM customers c "
    "LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'paid' GROUP BY c.id, c.name"
)


def answer_sets():
    spec = importlib.util.spec_from_file_location("wrong_answers", ROOT / "bench" / "wrong_answers.py")
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["wrong_answers"] = module
    spec.loader.exec_module(module)
    return module.read_answer_sets()


SETS = {answers.name: answers for answers in answer_sets()}
CASES = {
    f"{name}: {wrong.note}": (name, wrong)
    for name in ("shop/paid_orders_per_customer", "shop/first_order", "school/mixed_conditions", "hospital/insurers")
    for wrong in SETS[name].wrong
}


@pytest.fixture(scope="module")
def judge():
    return Judge()


@pytest.fixture(scope="module")
def packs():
    built = {}

    def pack(name):
        if name not in built:
            built[name] = build_pack(SETS[name].exercise())
        return built[name]

    return pack


@pytest.mark.parametrize("case", sorted(CASES))
def test_the_clause_of_a_single_mistake_is_named_whatever_the_style(case, judge, packs):
    name, wrong = CASES[case]
    verdict = judge.grade(packs(name), wrong.sql, deep=True)
    assert verdict.status is Status.REFUTED
    assert [f.clause in wrong.clauses for f in verdict.findings[:1]] == [True]
    assert 0 < verdict.credit.points < 10


def test_an_exercise_file_holds_a_solution_alternatives_and_labelled_wrong_answers():
    assert len(SETS) >= 20
    assert all(answers.solution and answers.alternatives and answers.wrong for answers in SETS.values())
    assert all(wrong.clauses and wrong.code.startswith("E") for answers in SETS.values() for wrong in answers.wrong)


def pack_with_near_miss():
    missed = NearMiss("on_where", PAID.replace("AND o.status = 'paid'", "WHERE o.status = 'paid'"), "E29", "FROM")
    return build_pack(Exercise("x", DDL, (Solution(PAID),), near_misses=(missed,)))


def test_an_answer_that_behaves_like_a_near_miss_has_its_hint(judge):
    sql = (
        "SELECT k.id, k.name, COUNT(*) FROM customers k LEFT JOIN orders b ON b.customer_id = k.id "
        "WHERE b.status = 'paid' GROUP BY ALL"
    )
    (finding,) = judge.grade(pack_with_near_miss(), sql, deep=True).findings
    assert (finding.level, finding.near_miss, finding.code) == (Level.CERTAIN, "on_where", "E29")


def test_what_undoing_proves_is_told_though_a_near_miss_brings_the_same_rows(judge):
    sql = PAID.replace("LEFT JOIN", "JOIN")
    (finding,) = judge.grade(pack_with_near_miss(), sql, deep=True).findings
    assert (finding.near_miss, finding.mistake, finding.code) == (None, "partners_dropped", "E27")


PER_CITY = "SELECT city, COUNT(*) AS n FROM customers GROUP BY city ORDER BY {}"


@pytest.mark.parametrize("by", ["n", "2"])
def test_a_near_miss_is_known_by_whatever_order_its_ties_stand_in(by, judge):
    """The same query may give its ties in another order when the pack is made than when an answer is judged."""
    missed = NearMiss("by_number", PER_CITY.format(by), "E23", "ORDER BY")
    pack = build_pack(Exercise("x", DDL, (Solution(PER_CITY.format("city")),), near_misses=(missed,)))
    (known,) = pack.near_misses
    backwards = [replace(each, rows=each.rows[::-1]) for each in known.outcomes]
    turned = tuple(replace(each, rows=tuple(sorted(each.rows, key=itemgetter(1)))) for each in backwards)
    assert turned != known.outcomes  # there are ties
    (finding,) = judge.grade(replace(pack, near_misses=(replace(known, outcomes=turned),)), missed.sql).findings
    assert finding.near_miss == "by_number"
    other = judge.grade(pack, PER_CITY.format("city DESC")).findings[0]
    assert other.near_miss is None


FIXED = "SELECT a, v FROM (VALUES (1, 2), (2, 5), (3, 2)) AS t(a, v)"


@pytest.mark.parametrize(
    ("right", "near", "answer"),
    [
        (
            f"{FIXED} ORDER BY v DESC, a",
            (f"{FIXED} ORDER BY v, a", "E23", "ORDER BY"),
            f"{FIXED} ORDER BY v DESC, a DESC",
        ),
        (
            "SELECT id FROM customers WHERE city IN ('Kobe', 'Nara') AND referred_by IS NULL",
            ("SELECT id FROM customers WHERE city = 'Kobe' AND city = 'Nara' AND referred_by IS NULL", "E11", "WHERE"),
            "SELECT id FROM customers WHERE city IN ('Kobe', 'Nara') AND referred_by IS NULL AND id < 0",
        ),
    ],
)
def test_another_wrong_order_or_other_empty_result_is_not_taken_for_the_near_miss(judge, right, near, answer):
    pack = build_pack(Exercise("x", DDL, (Solution(right),), near_misses=(NearMiss("known", *near),)))
    told = [judge.grade(pack, sql).findings[0].near_miss for sql in (near[0], answer)]
    assert told == ["known", None]


LATE = "SELECT id, pulse - before AS rise FROM (SELECT *, lag(pulse) OVER (PARTITION BY who ORDER BY id) AS before FROM pulses WHERE ok) AS p"
LINES = (
    "SELECT o.customer_id, COUNT(l.order_id) AS n FROM orders o LEFT JOIN order_lines l "
    "ON l.order_id = o.id AND l.quantity > 1 GROUP BY o.customer_id"
)
LATER = (
    "WITH o AS (SELECT id AS order_id, customer_id FROM orders) SELECT o.customer_id, COUNT(l.order_id) AS n "
    "FROM o LEFT JOIN order_lines l USING (order_id) WHERE l.quantity > 1 GROUP BY o.customer_id"
)
HINTS = {
    "a condition too many": (PAID.replace("GROUP", "WHERE c.id > 1 GROUP"), "mistake.condition_extra.idea", "c.id > 1"),
    "rows without a partner lost": (PAID.replace("LEFT JOIN", "JOIN"), "mistake.partners_dropped.idea", "JOIN orders o"),
    "a table too many": (
        PAID.replace("GROUP", "LEFT JOIN order_lines l ON l.order_id = o.id GROUP"), "mistake.join_extra_repeats.idea", "LEFT JOIN order_lines"
    ),
    "a condition after the join, with USING": (
        LATER,
        "E29.idea", "l.quantity > 1"
    ),
    "another value": (PAID.replace("'paid'", "'open'"), "mistake.value_other.idea", "o.status = 'open'"),
}  # fmt: skip


@pytest.mark.parametrize(("answer", "idea", "place"), HINTS.values(), ids=HINTS.keys())
def test_the_hint_says_which_way_round_the_mistake_is_and_quotes_enough(judge, answer, idea, place):
    solution = LINES if "USING" in answer else PAID
    (finding,) = judge.grade(build_pack(Exercise("h", DDL, (Solution(solution),))), answer, deep=True).findings
    said = " ".join(finding_sentences(finding, "en", 2, answer))
    assert render(idea, finding.params, "en") in said
    assert f"Where: {place}" in said


def test_a_condition_too_many_is_told_as_such_though_another_is_written_differently(judge):
    solution = "SELECT id FROM customers WHERE name LIKE 'A%'"
    answer = "SELECT id FROM customers WHERE starts_with(name, 'A') AND city IS NOT NULL"
    (finding,) = judge.grade(build_pack(Exercise("c", DDL, (Solution(solution),))), answer, deep=True).findings
    assert finding.mistake == "blanks_dropped"
    assert "city IS NOT NULL drops the rows" in mistake_sentence(finding, "en")


def test_a_filter_on_the_wrong_side_of_a_window_is_told_as_such(judge):
    ddl = "CREATE TABLE pulses (id INTEGER PRIMARY KEY, who INTEGER NOT NULL, pulse INTEGER NOT NULL, ok BOOLEAN NOT NULL)"
    early = LATE.replace(" WHERE ok) AS p", ") AS p WHERE ok")
    (finding,) = judge.grade(build_pack(Exercise("l", ddl, (Solution(LATE),))), early, deep=True).findings
    assert render("E37.WHERE", {}, "en") in finding_sentences(finding, "en")


CONDITIONS = {
    ("a.x - INTERVAL 1 MONTH < a.y", "EXISTS (SELECT 1 FROM b WHERE a.x <= b.y)"): "E20",
    ("year IN (1)", "year = 1 OR year = 2"): "E22",
    ("year = 1 OR mail IS NOT NULL", "mail IS NOT NULL"): "E10",
    ("year = 1 OR tall", "year = 1"): "E21",
    ("NOT year IN (1, 2)", "year IN (1, 2)"): "E46",
    ("id NOT IN (SELECT id FROM a)", "id NOT IN (SELECT id FROM a WHERE paid)"): "E20",
    ("n > 3", "n >= 3"): "E22",
    ("a.x = b.y", "a.x = b.z"): "E28",
}


@pytest.mark.parametrize(("pair", "code"), CONDITIONS.items(), ids=str)
def test_the_code_of_a_condition_says_what_is_wrong_with_it(pair, code):
    own, wanted = (sqlglot.parse_one(text, dialect="duckdb") for text in pair)
    assert code_of_condition(own, wanted) == code


EXPRESSIONS = {
    ("SUM(CASE WHEN paid THEN 1 ELSE 0 END) * 1.0 / COUNT(id)", "100.0 * COUNT(*) FILTER (WHERE paid) / COUNT(*)"): "E32",
    ("CASE WHEN b.id IS NULL THEN '-' ELSE a.name END", "COALESCE(b.name, '-')"): "E43",
    ("COUNT(credits)", "COALESCE(SUM(credits), 0)"): "E45",
    ("SUM(credits)", "COALESCE(SUM(credits), 0)"): "E33",
    ("COUNT(id) * 1.0 / COUNT(DISTINCT who)", "COUNT(DISTINCT id) * 1.0 / COUNT(DISTINCT who)"): "E24",
    ("date_diff('minute', a - b, c) / 60.0", "date_diff('minute', a + b, c) / 60.0"): "E43",
    ("COUNT(*)", "COUNT(id)"): "E30",
    ("COUNT(DISTINCT city)", "COUNT(DISTINCT name)"): "E25",
    ("COUNT(*) - 1", "COUNT(*)"): "E43",
    ("AVG(x)", "ROUND(AVG(x), 1)"): "E48",
    ("COUNT(id)", "COUNT(DISTINCT id)"): "E24",
    ("ROUND(AVG(x), 2)", "ROUND(AVG(x), 4)"): "E48",
    ("100 * AVG(x)", "AVG(x)"): "E43",
    ("SUM(price)", "SUM(price * pieces)"): "E25",
}  # fmt: skip


@pytest.mark.parametrize(("pair", "code"), EXPRESSIONS.items(), ids=str)
def test_the_code_of_an_expression_says_what_is_wrong_with_it(pair, code):
    own, wanted = (sqlglot.parse_one(text, dialect="duckdb") for text in pair)
    assert code_of_expression(own, wanted) == code


def test_the_place_is_in_the_learners_own_text(judge, packs):
    sql = "-- mine\nSELECT s.id,\n  s.name\nFROM students s\nWHERE s.year IN (1, 2)\n  AND s.email <> ''"
    (finding,) = judge.grade(packs("school/mixed_conditions"), sql, deep=True).findings
    assert sql[finding.site.start : finding.site.end] == "s.email <> ''"


def test_no_clause_is_named_when_none_is_certain(judge, packs):
    sql = "SELECT name, id FROM wards WHERE beds > 3 ORDER BY beds LIMIT 2"
    pack = build_pack(
        Exercise("y", SETS["hospital/rise"].ddl, (Solution("SELECT sex, COUNT(*) FROM patients GROUP BY sex"),))
    )
    verdict = judge.grade(pack, sql, deep=True)
    assert verdict.status is not Status.ACCEPTED
    assert all(finding.clause is None for finding in verdict.findings)


def test_the_same_answer_has_the_same_findings_twice(packs):
    wrong = SETS["shop/first_order"].wrong[0].sql
    pack = packs("shop/first_order")
    assert Judge().grade(pack, wrong).findings == Judge().grade(pack, wrong).findings


def test_two_mistakes_are_both_named_and_cost_both_weights(judge):
    sql = PAID.replace("COUNT(o.id)", "SUM(o.id)").replace("'paid'", "'open'")
    (first, second) = judge.grade(build_pack(Exercise("z", DDL, (Solution(PAID),))), sql, deep=True).findings
    assert (first.clause, second.clause) == ("FROM", "SELECT")


def test_a_database_that_the_search_found_is_given_back(judge):
    pack = build_pack(
        Exercise("w", "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER)", (Solution("SELECT id FROM t"),))
    )
    runner = judge.prepare(pack).runner

    def refuted_by_the_search():
        verdict = judge.grade(pack, "SELECT id FROM t WHERE n IS DISTINCT FROM 777", deep=True)
        assert (verdict.status, verdict.search.stopped_by) == (Status.REFUTED, "found")
        return runner.fetch("SELECT count(*) FROM duckdb_schemas()", "main")

    assert refuted_by_the_search() == refuted_by_the_search()


def test_what_differs_in_a_step_is_not_told_of_how_the_tables_meet():
    """With the solution's FROM come all of its steps, so that its being right says nothing of the joins."""
    columns = SchemaColumns.of(build_pack(Exercise("s", DDL, (Solution(PAID),))).schema)
    plain = (Query(PAID, columns), Query(PAID.replace("LEFT JOIN", "JOIN"), columns))
    stepped = tuple(Query(f"WITH s AS ({each.sql}) SELECT * FROM s", columns) for each in plain)

    class Agreeing:
        def agrees(self, sql: str) -> bool:
            return "LEFT JOIN" in sql

    for right, wrong, told in ((*plain, True), (*stepped, False)):
        found = find_replacement(wrong, [right], Agreeing(), Box(40, 1.0))
        assert (found.clauses, found.same_style) == ((Clause.FROM,), told)
