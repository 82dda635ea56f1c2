import pytest

from sqlgrade.pack.building import build_pack
from sqlgrade.pack.contents import Pack
from sqlgrade.pack.report import Fate
from sqlgrade.record import Alternative, Exercise, NearMiss, RowOrder, Rules, Solution

DDL = """
CREATE TABLE shops (id INTEGER PRIMARY KEY, town VARCHAR NOT NULL);
CREATE TABLE sales (id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL REFERENCES shops (id), amount INTEGER NOT NULL, tip INTEGER);
"""
SOLUTION = "SELECT s.town, SUM(x.amount) AS total FROM sales x JOIN shops s ON s.id = x.shop_id WHERE x.amount > 10 GROUP BY s.town"


def full(**given) -> Pack:
    return build_pack(Exercise("e", DDL, (Solution(SOLUTION),), **given), depth="full")


@pytest.fixture(scope="module")
def pack() -> Pack:
    return full(
        alternatives=(
            Alternative(
                "comma",
                "SELECT town, SUM(amount) FROM shops, sales WHERE shops.id = shop_id AND amount > 10 GROUP BY 1",
            ),
        ),
        near_misses=(
            NearMiss("at_least", SOLUTION.replace("> 10", ">= 10"), "E22", "WHERE"),
            NearMiss("harmless", SOLUTION.replace("JOIN", "LEFT JOIN"), "E27", "FROM"),
        ),
    )


def test_the_gate_refuses_an_exercise_whose_near_miss_is_a_right_answer(pack):
    assert pack.report.near_misses_refuted == ("at_least",)
    assert pack.report.near_misses_accepted == ("harmless",)
    assert not pack.publishable


def test_an_accepted_alternative_is_reported(pack):
    assert pack.report.alternatives_accepted == ("comma",)


def test_every_killed_mutant_names_a_database_that_kills_it(pack):
    killed = [mutant for mutant in pack.report.mutants if mutant.fate is Fate.KILLED]
    assert len(killed) > 20
    assert all(0 <= mutant.killed_by < len(pack.databases) for mutant in killed)


def test_an_inner_join_over_a_not_null_foreign_key_is_explained(pack):
    left = [m for m in pack.report.mutants if m.operator == "join_type" and "x LEFT JOIN" in m.sql]
    assert [m.fate for m in left] == [Fate.EQUIVALENT]
    assert left[0].reason


def test_the_chosen_databases_come_first_and_are_few(pack):
    assert pack.report.chosen == tuple(range(len(pack.report.chosen)))
    assert len(pack.report.chosen) <= 12


def test_behaviours_differ_from_the_solution_somewhere(pack):
    assert all(
        any(mark.endswith("!") for mark in known.marks) for known in pack.report.behaviours if not known.authored
    )


def test_a_wrong_alternative_keeps_an_exercise_from_being_published():
    wrong = full(alternatives=(Alternative("wrong", SOLUTION.replace("> 10", "> 11")),))
    assert wrong.report.alternatives_refuted == ("wrong",)
    assert not wrong.publishable


def test_a_written_reason_excuses_a_mutant_that_is_alive():
    first = full()
    reasons = {mutant.edit: "the task does not say" for mutant in first.report.survivors}
    again = full(alive=reasons)
    assert again.report.survivors == ()
    assert again.publishable


def test_a_sort_order_that_is_not_asked_for_is_no_mutant_to_kill():
    ordered = Exercise("o", DDL, (Solution(SOLUTION + " ORDER BY total"),), rules=Rules(row_order=RowOrder.IGNORED))
    report = build_pack(ordered, depth="full").report
    assert all(m.fate is Fate.EQUIVALENT for m in report.mutants if m.operator == "ord_dir")


def test_a_small_sample_of_pairs_of_killed_mutants_is_killed_too(pack):
    assert pack.report.hidden_pairs == ()
    assert 20 < pack.report.count_pairs(Fate.KILLED) <= 60
    single = {mutant.id for mutant in pack.report.mutants if mutant.fate is Fate.KILLED}
    assert all(set(pair.id.split("+")) <= single for pair in pack.report.pairs)
    assert all(0 <= p.killed_by < len(pack.databases) for p in pack.report.pairs if p.fate is Fate.KILLED)


def test_the_same_seed_draws_the_same_pairs(pack):
    again = full(alternatives=pack.exercise.alternatives, near_misses=pack.exercise.near_misses)
    assert again.report.pairs == pack.report.pairs


@pytest.mark.parametrize(
    ("solution", "hidden"),
    [
        ("SELECT COUNT(*) FROM sales WHERE amount > 2", "NOT (amount <= 2)"),
        ("SELECT shop_id FROM sales GROUP BY shop_id HAVING COUNT(*) > 2", "COUNT(*) >= 3"),
    ],
)
def test_two_changes_that_say_the_same_are_known_to(solution, hidden):
    report = build_pack(Exercise("c", DDL, (Solution(solution),)), depth="full").report
    known = [pair.sql for pair in report.pairs if pair.fate is Fate.EQUIVALENT]
    assert any(hidden in sql for sql in known)
    assert report.hidden_pairs == ()


def test_two_changes_that_hide_each_other_are_told_and_stop_nothing():
    names = "SELECT a.town AS one, b.town AS other FROM shops a JOIN shops b ON a.id < b.id"
    report = build_pack(Exercise("n", DDL, (Solution(names),)), depth="full").report
    assert [pair.sql for pair in report.hidden_pairs] == [
        "SELECT b.town AS one, a.town AS other FROM shops AS a JOIN shops AS b ON a.id > b.id"
    ]
    assert report.publishable


@pytest.mark.parametrize("held", ["closed IS NULL", "NOT trial", "trial", "trial IS FALSE", "town = 'a'"])
def test_grouping_by_a_column_that_where_holds_at_one_value_changes_nothing(held):
    ddl = "CREATE TABLE shops (id INTEGER PRIMARY KEY, town VARCHAR NOT NULL, size INTEGER NOT NULL, trial BOOLEAN NOT NULL, closed DATE);"
    solution = f"SELECT size, COUNT(*) AS n FROM shops WHERE {held} GROUP BY size"
    report = build_pack(Exercise("h", ddl, (Solution(solution),)), depth="full").report
    column = next(name for name in ("closed", "trial", "town") if name in held)
    added = [m for m in report.mutants if m.operator == "grp_add" and column in m.sql.split("GROUP BY")[1]]
    assert {m.fate for m in added} == {Fate.EQUIVALENT}
