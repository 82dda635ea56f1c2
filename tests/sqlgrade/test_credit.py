from hypothesis import given
from hypothesis import strategies as st

from sqlgrade.compare import Reference
from sqlgrade.credit import award, is_telling, weigh
from sqlgrade.record import CLAUSES, DEFAULT_WEIGHTS
from sqlgrade.result import Database, Result

points = st.floats(min_value=1, max_value=100)
shares = st.floats(min_value=0, max_value=1)
clause_sets = st.sets(st.sampled_from(CLAUSES), max_size=4)


@given(points, clause_sets, shares)
def test_a_refuted_answer_stays_below_full_points(full, clauses, share):
    assert 0 <= award(full, weigh(clauses, {}), share).points < full


@given(points, clause_sets.filter(bool), shares, st.data())
def test_repairing_one_clause_never_lowers_the_credit(full, clauses, share, data):
    repaired = data.draw(st.sampled_from(sorted(clauses)))
    before = award(full, weigh(clauses, {}), share).points
    assert award(full, weigh(clauses - {repaired}, {}), share).points >= before


@given(points, clause_sets, shares, shares)
def test_being_right_on_more_databases_never_lowers_the_credit(full, clauses, one, other):
    low, high = sorted((one, other))
    repairs = weigh(clauses, {})
    assert award(full, repairs, low).points <= award(full, repairs, high).points


@given(points, st.lists(st.sampled_from(CLAUSES), max_size=6), shares)
def test_the_same_repairs_and_the_same_share_give_the_same_credit(full, clauses, share):
    once = award(full, weigh(dict.fromkeys(clauses), {}), share)
    assert award(full, weigh(clauses, {}), share) == once


@given(points, shares)
def test_without_a_repair_only_the_share_counts(full, share):
    assert award(full, None, share).points <= round(0.2 * full * share, 2) + 0.01


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
