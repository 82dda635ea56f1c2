import functools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sqlgrade.compare import Reference
from sqlgrade.hearing.credit import WRONG_SHARE, ResultAgreement, award, weigh
from sqlgrade.hearing.telling import is_telling
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.building import build_pack
from sqlgrade.record import CLAUSES, DEFAULT_WEIGHTS, Exercise, Solution
from sqlgrade.tables.result import Database, Result
from sqlgrade.verdict import Status

points = st.floats(min_value=1, max_value=100)
shares = st.floats(min_value=0, max_value=1)
agreements = st.builds(ResultAgreement, shares, shares)
clause_sets = st.sets(st.sampled_from(CLAUSES), max_size=4)


@given(points, clause_sets, agreements)
def test_a_wrong_answer_stays_below_half_of_the_points(full, clauses, agreed):
    assert 0 <= award(full, weigh(clauses, {}), agreed).points < round(WRONG_SHARE * full, 2)
    assert award(full, None, agreed).points < round(WRONG_SHARE * full, 2)


@given(points, clause_sets.filter(bool), agreements, st.data())
def test_repairing_one_clause_never_lowers_the_credit(full, clauses, agreed, data):
    repaired = data.draw(st.sampled_from(sorted(clauses)))
    before = award(full, weigh(clauses, {}), agreed).points
    assert award(full, weigh(clauses - {repaired}, {}), agreed).points >= before


@given(points, clause_sets, agreements, agreements)
def test_agreeing_more_never_lowers_the_credit(full, clauses, one, other):
    low = ResultAgreement(min(one.share, other.share), min(one.alike, other.alike))
    high = ResultAgreement(max(one.share, other.share), max(one.alike, other.alike))
    for repairs in (weigh(clauses, {}), None):
        assert award(full, repairs, low).points <= award(full, repairs, high).points


@given(points, st.lists(st.sampled_from(CLAUSES), max_size=6), agreements)
def test_the_same_repairs_and_the_same_agreement_give_the_same_credit(full, clauses, agreed):
    once = award(full, weigh(dict.fromkeys(clauses), {}), agreed)
    assert award(full, weigh(clauses, {}), agreed) == once


@given(points, agreements)
def test_without_a_repair_only_the_agreement_counts(full, agreed):
    assert award(full, None, agreed).points <= round(full * agreed.mean / 4, 2) + 0.01


@given(points, st.sampled_from(CLAUSES), agreements)
def test_a_clause_that_is_lacking_costs_more_than_one_that_is_wrong(full, clause, agreed):
    assert award(full, weigh([clause], {}, {clause}), agreed).points < award(full, weigh([clause], {}), agreed).points


def test_the_authors_weight_comes_before_the_default():
    (repair,) = weigh(["WHERE"], {"WHERE": 0.9})
    assert repair.weight == 0.9
    assert weigh(["HAVING"], {})[0].weight == DEFAULT_WEIGHTS["HAVING"]


def test_a_query_that_returns_the_whole_table_earns_nothing_for_it():
    database = Database({"t": ((1, "a"), (2, "b"))})
    whole = Reference(Result(("x",), ("INTEGER",), ((2,), (1,))))
    part = Reference(Result(("x",), ("INTEGER",), ((2,),)))
    empty = Reference(Result(("x",), ("INTEGER",), ()))
    assert not is_telling(database, whole)
    assert not is_telling(database, empty)
    assert is_telling(database, part)


SHOP = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, city VARCHAR);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id), pieces INTEGER NOT NULL);
"""
PARTS = {
    "SELECT": ("COUNT(o.id)", "COUNT(*)", "SUM(o.id)"),
    "FROM": ("LEFT JOIN", "JOIN"),
    "WHERE": ("c.city = 'Oita'", "c.city <> 'Oita'", "TRUE"),
    "HAVING": ("MAX(c.id) > 1", "MAX(c.id) >= 1", "MIN(o.id) > 1"),
}
"""The right part of each clause, then wrong ones."""

choices = st.fixed_dictionaries({clause: st.sampled_from(parts) for clause, parts in PARTS.items()})


def written(chosen):
    return (
        f"SELECT c.id, {chosen['SELECT']} AS n FROM customers c {chosen['FROM']} orders o ON o.customer_id = c.id "
        f"WHERE {chosen['WHERE']} GROUP BY c.id HAVING {chosen['HAVING']}"
    )


RIGHT = {clause: parts[0] for clause, parts in PARTS.items()}


@pytest.fixture(scope="module")
def judged():
    judge = Judge()
    pack = build_pack(Exercise("credit", SHOP, (Solution(written(RIGHT)),)))
    return functools.cache(lambda sql: judge.grade(pack, sql))


@settings(max_examples=25, deadline=None)
@given(choices, st.data())
def test_mending_a_clause_that_has_to_change_never_lowers_an_answers_credit(judged, chosen, data):
    before = judged(written(chosen))
    to_mend = [
        repair.clause for repair in before.credit.repairs if chosen.get(repair.clause) != RIGHT.get(repair.clause)
    ]
    if to_mend:
        mended = data.draw(st.sampled_from(to_mend))
        after = judged(written({**chosen, mended: RIGHT[mended]}))
        assert after.credit.points >= before.credit.points


@settings(max_examples=25, deadline=None)
@given(choices)
def test_only_an_accepted_answer_has_full_points(judged, chosen):
    verdict = judged(written(chosen))
    assert (verdict.credit.points == 10) is (verdict.status is Status.ACCEPTED)


names = st.from_regex(r"[a-z]{2}[0-9]{2}", fullmatch=True)
STYLES = (
    ("SELECT {a}.id, COUNT({b}.id) FROM customers {a} LEFT JOIN orders {b} ON {a}.id = {b}.customer_id "
    "WHERE 'Oita' = {a}.city AND {a}.id > 1 GROUP BY 1"),
    ("WITH {a} AS (SELECT id FROM customers WHERE city = 'Oita') SELECT id, (SELECT COUNT(*) FROM orders {b} "
    "WHERE {b}.customer_id = {a}.id) FROM {a} WHERE NOT id <= 1"),
    ("FROM orders {b} RIGHT JOIN customers {a} ON customer_id = {a}.id SELECT {a}.id, COUNT(customer_id) "
    "WHERE city IN ('Oita') GROUP BY ALL HAVING {a}.id >= 2"),
    ("SELECT {b}.id, COALESCE(n, 0) FROM customers {b} LEFT JOIN (SELECT customer_id, SUM(1) AS n FROM orders GROUP BY 1) {a} "
    "ON {b}.id = {a}.customer_id WHERE {b}.city LIKE 'Oita' AND {b}.id > 1"),
)  # fmt: skip


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(STYLES), names, names)
def test_a_right_answer_has_full_points_whatever_its_style(judged, style, one, other):
    verdict = judged(style.format(a=f"{one}a", b=f"{other}b"))
    assert (verdict.status, verdict.credit.points) == (Status.ACCEPTED, 10)


@settings(max_examples=10, deadline=None)
@given(choices, names)
def test_the_same_behaviour_and_the_same_repairs_have_the_same_credit(judged, chosen, name):
    sql = written(chosen)
    renamed = f"-- {name}\n" + sql.replace("c.", f"{name}.").replace("customers c", f"customers AS {name}")
    assert judged(renamed).credit == judged(sql).credit


@settings(deadline=None)
@given(
    st.sampled_from(
        [
            "SELECT id, 0 FROM customers WHERE FALSE",
            "SELECT id, id FROM customers",
            "SELECT id, pieces FROM orders",
            "SELECT 0, 0",
            "SELECT 1 AS id, 1 AS n WHERE FALSE",
        ]
    )
)
def test_a_trivial_answer_earns_nothing(judged, sql):
    verdict = judged(sql)
    assert (verdict.status, verdict.credit.points) == (Status.REFUTED, 0)
