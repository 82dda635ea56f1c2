import pytest

from sqlgrade.mutate import Mutant, MutantStatus
from sqlgrade.pack.second_order import sample_pairs
from sqlgrade.query.clause import Clause

SOLUTION = "SELECT town FROM shops WHERE size > 10 AND town <> 'O''Hara' ORDER BY town"


def mutant(name: str, old: str, new: str) -> Mutant:
    return Mutant(name, name, "E22", Clause.WHERE, None, SOLUTION.replace(old, new), MutantStatus.BINDS)


MORE = mutant("more", "> 10", ">= 10")
FEWER = mutant("fewer", "'O''Hara'", "'Ōsaka'")


def pairs(growths: dict[Mutant, dict[int, int]], seed: int = 0) -> list[str]:
    return [pair.sql for pair in sample_pairs(SOLUTION, growths, seed)]


def test_a_pair_holds_both_changes():
    assert pairs({MORE: {3: 1}, FEWER: {3: -1}}) == [
        "SELECT town FROM shops WHERE size >= 10 AND town <> 'Ōsaka' ORDER BY town"
    ]


@pytest.mark.parametrize(("one", "other"), [({3: 1}, {3: 1}), ({3: -1}, {3: -1}), ({3: 1}, {4: -1})])
def test_two_that_both_add_rows_or_are_never_wrong_together_hide_nothing(one, other):
    assert pairs({MORE: one, FEWER: other}) == []


def test_two_that_change_values_alone_may_hide_each_other():
    assert len(pairs({MORE: {3: 0}, FEWER: {3: 0}})) == 1


def test_two_changes_of_one_place_are_no_pair():
    other = mutant("other", "> 10", "= 10")
    assert pairs({MORE: {3: 1}, other: {3: -1}}) == []


def test_a_pair_that_is_a_mutant_itself_is_left_out():
    both = mutant("both", "> 10 AND town <> 'O''Hara'", ">= 10 AND town <> 'Ōsaka'")
    assert pairs({MORE: {3: 1}, FEWER: {3: -1}, both: {4: 1}}) == []
