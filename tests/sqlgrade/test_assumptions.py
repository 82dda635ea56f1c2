"""What an author assumes is kept by every generated database, whether it is about one row or about several."""

import datetime as dt
import itertools

import pytest

from sqlgrade.engine.checker import violations
from sqlgrade.engine.ddl import read_schema
from sqlgrade.engine.runner import Runner
from sqlgrade.populate import Generator
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.model import SchemaModel
from sqlgrade.tables.result import Database

DDL = """
CREATE TABLE days (day DATE PRIMARY KEY);
INSERT INTO days SELECT CAST(d AS DATE) FROM range(DATE '2025-01-01', DATE '2026-01-01', INTERVAL 1 DAY) AS all_days (d);
CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, email VARCHAR, left_at TIMESTAMP, CHECK ((email IS NULL) = (left_at IS NOT NULL)));
CREATE TABLE payments (payment_id BIGINT PRIMARY KEY, guest_id INTEGER NOT NULL REFERENCES guests (guest_id),
  kind VARCHAR NOT NULL CHECK (kind IN ('purchase', 'refund')), yen INTEGER NOT NULL, method VARCHAR NOT NULL, card VARCHAR,
  original_id BIGINT, paid TIMESTAMP NOT NULL, changed TIMESTAMP NOT NULL,
  CHECK ((kind = 'refund') = (original_id IS NOT NULL)), CHECK ((kind = 'refund') = (yen < 0)), CHECK (yen <> 0),
  CHECK ((method = 'card') = (card IS NOT NULL)), CHECK (changed >= paid));
CREATE TABLE events (event_id VARCHAR NOT NULL, guest_id INTEGER NOT NULL, seen TIMESTAMP NOT NULL, arrived TIMESTAMP NOT NULL);
"""
ON_A_DAY = "SELECT 1 FROM payments WHERE CAST(paid AS DATE) NOT IN (SELECT day FROM days)"
REFUNDS = "SELECT 1 FROM payments WHERE original_id NOT IN (SELECT payment_id FROM payments)"
OF_PURCHASES = (
    "SELECT 1 FROM payments AS r JOIN payments AS p ON p.payment_id = r.original_id "
    "WHERE p.kind <> 'purchase' OR p.guest_id <> r.guest_id OR r.paid < p.paid"
)
SENT_AGAIN = "SELECT 1 FROM events GROUP BY event_id HAVING COUNT(DISTINCT guest_id) > 1 OR COUNT(DISTINCT seen) > 1"
PAID_BY_LEAVERS = (
    "SELECT 1 FROM payments AS p JOIN guests AS g ON g.guest_id = p.guest_id WHERE p.paid > g.left_at + INTERVAL 1 DAY"
)
SOMETHING = "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM payments WHERE kind = 'purchase')"
QUERIES = (
    "SELECT guest_id, SUM(yen) FROM payments WHERE kind = 'refund' AND paid >= TIMESTAMP '2025-12-01' GROUP BY guest_id",
    "SELECT event_id, COUNT(*) FROM events GROUP BY event_id HAVING COUNT(*) > 1",
    "SELECT g.guest_id, p.payment_id FROM guests AS g LEFT JOIN payments AS p ON p.guest_id = g.guest_id WHERE g.email IS NOT NULL",
)


def schema(*assume: str) -> SchemaModel:
    return read_schema(DDL, assume, ("days",))


def databases(model: SchemaModel, query: str, count: int = 40) -> list[Database]:
    runner = Runner(model)
    made = list(itertools.islice(Generator(model, [query], runner).databases(), count))
    runner.close()
    return made


@pytest.mark.parametrize("assume", [ON_A_DAY, REFUNDS, OF_PURCHASES, SENT_AGAIN, PAID_BY_LEAVERS, SOMETHING])
@pytest.mark.parametrize("query", QUERIES)
def test_every_database_keeps_an_assumption(assume: str, query: str) -> None:
    model = schema(assume)
    runner = Runner(model)
    for database in databases(model, query):
        with runner.loaded(database) as name:
            assert runner.fetch(assume, name) == []
    runner.close()


@pytest.mark.parametrize("query", QUERIES)
def test_databases_still_bear_rows_under_many_rules(query: str) -> None:
    model = schema(ON_A_DAY, REFUNDS, OF_PURCHASES, SENT_AGAIN)
    runner = Runner(model)
    fruitful = 0
    made = databases(model, query)
    for database in made:
        assert not violations(model, database)
        with runner.loaded(database) as name:
            fruitful += bool(runner.fetch(query, name))
    runner.close()
    assert len(made) == 40
    assert fruitful > 20


def test_what_is_said_of_one_row_is_a_check_and_what_names_a_row_a_foreign_key() -> None:
    model = schema(ON_A_DAY, REFUNDS, OF_PURCHASES)
    assert model.assume == (OF_PURCHASES,)
    assert any("days" in check for check in model.table("payments").checks)
    assert [link.parent for link in model.table("payments").foreign_keys] == ["guests", "payments"]


def test_a_refund_names_an_earlier_purchase_of_the_same_guest() -> None:
    model = schema(REFUNDS, OF_PURCHASES)
    refunds = 0
    for database in databases(model, QUERIES[0]):
        rows = {row[0]: row for row in database.tables["payments"]}
        for row in (row for row in rows.values() if row[2] == "refund"):
            named = rows[row[6]]
            assert (named[1], named[2]) == (row[1], "purchase")
            assert named[7] <= row[7]
            refunds += 1
    assert refunds > 40


def test_a_row_that_is_sent_again_repeats_the_first_one_but_for_its_arrival() -> None:
    twins = 0
    for database in databases(schema(SENT_AGAIN), QUERIES[1]):
        for one, other in itertools.combinations(database.tables["events"], 2):
            if one[0] == other[0]:
                assert one[1:3] == other[1:3]
                twins += one[3] != other[3]
    assert twins > 5


def test_an_assumption_that_does_not_run_is_the_authors_fault() -> None:
    with pytest.raises(ExerciseFault, match="does not run"):
        schema("SELECT 1 FROM payments WHERE nothing = 1")
    model = schema("SELECT 1 FROM payments AS p JOIN guests AS g USING (guest_id) WHERE p.nothing = g.email")
    with pytest.raises(ExerciseFault, match="does not run"):
        databases(model, QUERIES[0])


def test_what_one_exercise_assumes_of_a_table_is_asked_of_no_other_on_the_same_tables() -> None:
    """Such an assumption becomes a CHECK of the table; a process judges exercises of either kind, in any order."""
    strict, free = read_schema(DDL, ("SELECT 1 FROM payments WHERE yen > 500",)), read_schema(DDL)
    assert strict.assume == free.assume == ()
    assert strict != free
    payment = (1, 1, "purchase", 900, "cash", None, None, *(dt.datetime(2025, 3, 1),) * 2)  # noqa: DTZ001  (as DuckDB has it)
    database = Database({"guests": [(1, "a@example.jp", None)], "payments": [payment]})
    assert [each.rule for each in violations(strict, database)] == ["CHECK"]
    assert violations(free, database) == []
