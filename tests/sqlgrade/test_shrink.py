from dataclasses import dataclass
from decimal import Decimal

import pytest

from sqlgrade.engine.checker import violations
from sqlgrade.engine.connection import new_runner
from sqlgrade.engine.ddl import read_schema
from sqlgrade.engine.runner import Runner
from sqlgrade.engine.sandbox import Statement, read_statement
from sqlgrade.outcomes.standing import wrong_outcome
from sqlgrade.outcomes.submission import RunOutcome, Submission
from sqlgrade.pack.building import build_pack
from sqlgrade.record import Exercise, RowOrder, Rules, Solution
from sqlgrade.shrink.attempts import Effort
from sqlgrade.shrink.same_way import same_way
from sqlgrade.shrink.shrink import Shrunk, shrink
from sqlgrade.shrink.simplify import plainer_databases
from sqlgrade.tables.model import SchemaModel
from sqlgrade.tables.result import Database, Row
from sqlgrade.verdict import DiffKind

DDL = """
CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, prefecture VARCHAR, age INTEGER);
CREATE TABLE visits (visit_id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL REFERENCES guests (guest_id), amount INTEGER, status VARCHAR);
"""
GUESTS: tuple[Row, ...] = tuple((i, f"guest {i}", ["東京都", "大阪府", None][i % 3], 20 + i) for i in range(1, 10))
VISITS: tuple[Row, ...] = tuple((i, 1 + i % 7, 100 * (i % 4), ["paid", "cancelled", None][i % 3]) for i in range(1, 21))
LARGE = Database({"guests": GUESTS, "visits": VISITS})


@dataclass(frozen=True)
class Trial:
    schema: SchemaModel
    submission: Submission
    database: Database
    outcome: RunOutcome

    def shrunk(self, effort: Effort | None = None) -> Shrunk:
        return shrink(
            self.database, self.outcome, self.submission, self.schema, Runner(self.schema, plain=True), effort
        )


def trial_of(solution: str, answer: str, database: Database = LARGE, order: RowOrder = RowOrder.AS_SOLUTION) -> Trial:
    exercise = Exercise("x", DDL, (Solution(solution),), rules=Rules(row_order=order))
    pack = build_pack(exercise)
    schema = read_schema(DDL, ())
    runner = new_runner(exercise, schema)
    statement = read_statement(answer, runner)
    assert isinstance(statement, Statement)
    submission = Submission(statement, pack.of_variant("main"), exercise.rules, runner)
    outcome = wrong_outcome(submission, database)
    assert outcome is not None
    return Trial(schema, submission, database, outcome)


PAIRS = {
    "missing condition": (
        "SELECT name FROM guests WHERE age > 25",
        "SELECT name FROM guests",
        1,
    ),
    "inner for left join": (
        "SELECT g.guest_id, COUNT(v.visit_id) FROM guests g LEFT JOIN visits v USING (guest_id) GROUP BY ALL",
        "SELECT g.guest_id, COUNT(v.visit_id) FROM guests g JOIN visits v USING (guest_id) GROUP BY ALL",
        1,
    ),
    "fan-out": (
        "SELECT SUM(age) FROM guests",
        "SELECT SUM(age) FROM guests JOIN visits USING (guest_id)",
        1,
    ),
    "rows for people": (
        "SELECT COUNT(DISTINCT guest_id) FROM visits",
        "SELECT COUNT(guest_id) FROM visits",
        3,
    ),
    "a threshold": (
        "SELECT guest_id FROM visits GROUP BY guest_id HAVING COUNT(*) >= 3",
        "SELECT guest_id FROM visits GROUP BY guest_id HAVING COUNT(*) > 3",
        4,
    ),
    "order": (
        "SELECT name FROM guests ORDER BY age",
        "SELECT name FROM guests ORDER BY age DESC",
        2,
    ),
    "no rows at all": (
        "SELECT SUM(amount) FROM visits WHERE amount > 1000",
        "SELECT COALESCE(SUM(amount), 0) FROM visits WHERE amount > 1000",
        0,
    ),
}


@pytest.mark.parametrize(("solution", "answer", "rows"), PAIRS.values(), ids=PAIRS.keys())
def test_a_counterexample_shrinks_to_the_rows_that_matter(solution: str, answer: str, rows: int) -> None:
    assert trial_of(solution, answer).shrunk().database.total_rows == rows


@pytest.mark.parametrize(("solution", "answer", "rows"), PAIRS.values(), ids=PAIRS.keys())
def test_no_row_can_be_left_out(solution: str, answer: str, rows: int) -> None:
    trial = trial_of(solution, answer)
    small = trial.shrunk()
    assert small.minimal
    for table, kept in small.database.tables.items():
        for number in range(len(kept)):
            fewer = small.database.replace(table, kept[:number] + kept[number + 1 :])
            if not violations(trial.schema, fewer):
                assert wrong_outcome(trial.submission, fewer) is None


@pytest.mark.parametrize(("solution", "answer", "rows"), PAIRS.values(), ids=PAIRS.keys())
def test_the_shrunk_database_is_valid_and_the_answer_wrong_on_it_as_reported(
    solution: str, answer: str, rows: int
) -> None:
    trial = trial_of(solution, answer)
    small = trial.shrunk()
    again = wrong_outcome(trial.submission, small.database)
    assert violations(trial.schema, small.database) == []
    assert again is not None
    assert (again.diff, again.learner) == (small.outcome.diff, small.outcome.learner)


def test_the_same_counterexample_comes_out_every_time() -> None:
    solution, answer, _ = PAIRS["a threshold"]
    first, second = (trial_of(solution, answer).shrunk() for _ in range(2))
    assert (first.database.tables, first.tests) == (second.database.tables, second.tests)


def test_a_parent_goes_with_its_children() -> None:
    solution, answer, _ = PAIRS["rows for people"]
    tables = trial_of(solution, answer).shrunk().database.tables
    assert {row[1] for row in tables["visits"]} == {row[0] for row in tables["guests"]}


def test_two_parents_are_merged_when_one_will_do() -> None:
    guests = ((1, "a", None, 1), (2, "b", None, 2))
    visits = ((1, 1, 5, "paid"), (2, 2, 5, "paid"))
    trial = trial_of(
        "SELECT DISTINCT amount FROM visits",
        "SELECT amount FROM visits",
        Database({"guests": guests, "visits": visits}),
    )
    assert trial.shrunk().database.total_rows == 3


def test_the_kind_of_difference_is_kept() -> None:
    trial = trial_of("SELECT guest_id FROM guests ORDER BY age", "SELECT guest_id FROM guests ORDER BY name DESC")
    assert trial.shrunk().outcome.diff.kind is DiffKind.ORDER_ONLY  # type: ignore[union-attr]


def test_a_failing_answer_stays_failing() -> None:
    trial = trial_of(
        "SELECT guest_id, age FROM guests WHERE name = 'x'", "SELECT guest_id, CAST(name AS INTEGER) FROM guests"
    )
    small = trial.shrunk()
    assert same_way(trial.outcome, small.outcome)
    assert small.database.total_rows == 1


def test_a_width_difference_keeps_a_row_to_look_at() -> None:
    assert trial_of("SELECT name FROM guests", "SELECT name, age FROM guests").shrunk().database.total_rows == 1


def test_a_spent_effort_gives_the_best_so_far_and_says_so() -> None:
    solution, answer, _ = PAIRS["a threshold"]
    small = trial_of(solution, answer).shrunk(Effort(tests=3))
    assert not small.minimal
    assert small.database.total_rows <= LARGE.total_rows


def test_a_value_that_decides_nothing_becomes_plain() -> None:
    guests = ((1, "a", None, 1987), (2, "b", None, -4123))
    trial = trial_of(
        "SELECT guest_id, age IS NULL FROM guests",
        "SELECT guest_id, age IS NOT NULL FROM guests",
        Database({"guests": guests, "visits": ()}),
    )
    ((_, _, _, age),) = trial.shrunk().database.tables["guests"]
    assert age == 1


def test_a_plain_value_is_one_that_the_column_can_hold() -> None:
    schema = read_schema("CREATE TABLE weights (weight_id INTEGER PRIMARY KEY, weight DECIMAL(3, 2));", ())
    database = Database({"weights": ((1, Decimal("-7.25")),)})
    proposed = plainer_databases(database, schema, ["SELECT weight FROM weights"])
    assert [each.tables["weights"][0][1] for each in proposed] == [Decimal(1)]


def test_a_difference_that_rows_show_does_not_shrink_to_what_is_given_for_none() -> None:
    trial = trial_of(
        "SELECT COUNT(*) FILTER (WHERE status = 'paid') AS paid, COUNT(*) FILTER (WHERE amount > 100) AS large FROM visits",
        "SELECT SUM(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) AS paid, COUNT(*) AS large FROM visits",
    )
    small = trial.shrunk()
    assert small.database.tables["visits"]
    assert small.outcome.diff is not None
    assert small.outcome.diff.extra[0][0] is not None
