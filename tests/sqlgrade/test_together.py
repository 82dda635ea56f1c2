"""What one run on many databases foresees is what a run on each of them gives, and it never has the last word."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from sqlgrade import Exercise, Reason, Solution, Status, build_pack
from sqlgrade.compare import fingerprint
from sqlgrade.engine.ddl import read_schema
from sqlgrade.engine.runner import Runner
from sqlgrade.engine.sandbox import Statement, read_statement
from sqlgrade.hearing.prepared import Prepared
from sqlgrade.judging.judge import Judge
from sqlgrade.outcomes.submission import RunOutcome, Submission, foresee
from sqlgrade.populate import Generator
from sqlgrade.tables.result import Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.verdict import Verdict

DDL = """CREATE TYPE state AS ENUM ('new', 'paid', 'void');
CREATE TABLE guests (id INTEGER PRIMARY KEY, name VARCHAR, area VARCHAR);
CREATE TABLE orders (id INTEGER PRIMARY KEY, guest_id INTEGER REFERENCES guests (id), state state,
    amount DECIMAL(8, 2), ordered_on DATE, twice DECIMAL(9, 2) GENERATED ALWAYS AS (amount * 2));"""
JOINED = "SELECT g.name, o.amount FROM guests g LEFT JOIN orders o ON o.guest_id = g.id AND o.state = 'paid'"
QUERIES = {
    "no rows, no groups": "SELECT count(*), sum(amount) FROM orders WHERE amount > 100000",
    "outer join": f"{JOINED} WHERE g.area IS NOT NULL",
    "groups": "SELECT guest_id, count(*), avg(amount) FROM orders GROUP BY guest_id HAVING count(*) > 1",
    "groups of groups": "SELECT n, count(*) FROM (SELECT guest_id, count(*) n FROM orders GROUP BY 1) GROUP BY n",
    "grouping sets": "SELECT state, guest_id, count(*) FROM orders GROUP BY ROLLUP (state, guest_id)",
    "filter": "SELECT count(*) FILTER (WHERE state = 'paid') / nullif(count(*), 0) FROM orders",
    "a subquery of one cell": "SELECT id, amount - (SELECT avg(amount) FROM orders) FROM orders",
    "a correlated one": "SELECT name, (SELECT max(amount) FROM orders o WHERE o.guest_id = g.id) FROM guests g",
    "not exists": "SELECT id FROM guests g WHERE NOT EXISTS (FROM orders o WHERE o.guest_id = g.id)",
    "not in": "SELECT id FROM guests WHERE id NOT IN (SELECT guest_id FROM orders)",
    "all": "SELECT id FROM orders WHERE amount >= ALL (SELECT amount FROM orders WHERE amount IS NOT NULL)",
    "a name hidden by a CTE": "WITH orders AS (SELECT * FROM orders WHERE amount > 1) SELECT count(*) FROM orders",
    "a recursive CTE": """WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n WHERE i < 3)
        SELECT i, count(o.id) FROM n LEFT JOIN orders o ON o.guest_id = i GROUP BY i""",
    "set operations": "SELECT id FROM guests EXCEPT SELECT guest_id FROM orders UNION ALL SELECT 1",
    "distinct": "SELECT DISTINCT state, guest_id FROM orders",
    "a rank": "SELECT id, rank() OVER (PARTITION BY guest_id ORDER BY amount) FROM orders QUALIFY rank() OVER "
    "(PARTITION BY guest_id ORDER BY amount) <= 2",
    "a cross join": "SELECT a.id, b.id FROM guests a, guests b WHERE a.id < b.id",
    "a full join": "SELECT * FROM guests g FULL JOIN orders o ON o.guest_id = g.id",
    "one name twice": "SELECT g.id, o.id FROM guests g JOIN orders o ON o.guest_id = g.id",
    "a computed column": "SELECT sum(twice) FROM orders",
    "no table": "SELECT 1 AS one",
    "a comment at the end": "SELECT count(*) FROM guests -- how many",
    "values": "SELECT count(*) FROM (VALUES (1), (2)) v(i) JOIN guests ON id = i",
}
ORDERED = {
    "every row": "SELECT id, amount FROM orders ORDER BY amount DESC NULLS LAST, id",
    "by place": "SELECT state, count(*) FROM orders GROUP BY state ORDER BY 2 DESC, 1",
    "of a union": "SELECT id FROM guests UNION SELECT guest_id FROM orders ORDER BY id NULLS FIRST",
}


@pytest.fixture(scope="module")
def held() -> tuple[Runner, list[str]]:
    schema = read_schema(DDL)
    runner = Runner(schema)
    made = Generator(schema, [*QUERIES.values(), *ORDERED.values()], Runner(schema)).databases()
    return runner, [runner.load(database) for database in itertools.islice(made, 30)]


def _foreseen(runner: Runner, names: Sequence[str], sql: str) -> list[tuple[Result, Result]]:
    statement = read_statement(sql, runner)
    assert isinstance(statement, Statement)
    found = foresee(statement, runner, names, ordered=True)
    assert set(found) == set(names)
    alone = {name: runner.run(sql, name) for name in names}
    return [(found[name], each) for name, each in alone.items() if isinstance(each, Result)]


@pytest.mark.parametrize("what", QUERIES)
def test_what_is_foreseen_is_what_each_run_gives(held: tuple[Runner, list[str]], what: str) -> None:
    pairs = _foreseen(*held, QUERIES[what])
    assert len(pairs) == len(held[1])
    for together, alone in pairs:
        assert together.types == alone.types
        assert Counter(together.rows) == Counter(alone.rows)


@pytest.mark.parametrize("what", ORDERED)
def test_an_order_is_kept(held: tuple[Runner, list[str]], what: str) -> None:
    pairs = _foreseen(*held, ORDERED[what])
    assert max(len(alone.rows) for _, alone in pairs) > 2
    for together, alone in pairs:
        assert together.rows == alone.rows


@pytest.mark.parametrize("sql", ["SELECT error(name) FROM guests", "SELECT random()", "SELECT no_such FROM guests"])
def test_what_fails_or_hangs_on_chance_is_not_foreseen(held: tuple[Runner, list[str]], sql: str) -> None:
    runner, names = held
    assert runner.foresee(sql, names) == {}
    assert isinstance(runner.run("SELECT count(*) FROM guests", names[0]), Result)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT id FROM orders ORDER BY amount",
        "SELECT id FROM orders ORDER BY id LIMIT 1",
        "SELECT id, row_number() OVER (ORDER BY amount) FROM orders",
        "SELECT DISTINCT ON (guest_id) guest_id, id FROM orders",
    ],
)
def test_what_hangs_on_an_order_that_is_not_seen_is_not_foreseen(held: tuple[Runner, list[str]], sql: str) -> None:
    runner, names = held
    statement = read_statement(sql, runner)
    assert isinstance(statement, Statement)
    assert foresee(statement, runner, names, ordered=True) == {}


def test_a_group_goes_with_the_first_of_its_databases() -> None:
    schema = read_schema(DDL)
    runner = Runner(schema)
    made = list(itertools.islice(Generator(schema, ["FROM guests"], Runner(schema)).databases(), 3))
    names = [runner.load(database) for database in made]
    assert len(runner.foresee("FROM guests", names)) == 3
    runner.drop(names[1])
    rest = [names[0], names[2]]
    assert set(runner.foresee("FROM guests", rest)) == set(rest)
    for name in rest:
        runner.drop(name)
    schemas = runner.fetch("SELECT count(*) FROM duckdb_schemas() WHERE schema_name SIMILAR TO '[dg][0-9]+'", "main")
    assert schemas == [(0,)]


SOLUTION = "SELECT g.id, count(o.id) AS n FROM guests g LEFT JOIN orders o ON o.guest_id = g.id GROUP BY g.id"
RIGHT = "SELECT id, (SELECT count(*) FROM orders o WHERE o.guest_id = guests.id) FROM guests"
WRONG = "SELECT g.id, count(*) AS n FROM guests g LEFT JOIN orders o ON o.guest_id = g.id GROUP BY g.id"


def _judged(sql: str) -> Verdict:
    pack = build_pack(Exercise("t", DDL, (Solution(SOLUTION),)))
    return Judge().grade(pack, sql, deep=True)


@pytest.mark.parametrize("rows", [(), ((1, 1),), None])
def test_what_is_foreseen_wrongly_refutes_nobody(
    monkeypatch: pytest.MonkeyPatch, rows: tuple[tuple[int, int], ...] | None
) -> None:
    def amiss(_: Runner, __: str, names: Sequence[str], order: str | None = None) -> dict[str, Result]:
        del order
        found = () if rows is None else rows
        return {} if rows is None else {name: Result(("id", "n"), ("INTEGER", "BIGINT"), found) for name in names}

    usual = [_judged(RIGHT), _judged(WRONG)]
    monkeypatch.setattr(Runner, "foresee", amiss)
    found = [_judged(RIGHT), _judged(WRONG)]
    assert [v.status for v in found] == [Status.ACCEPTED, Status.REFUTED]
    assert found[1].counterexample == usual[1].counterexample
    assert found[0].databases == usual[0].databases


@pytest.mark.parametrize("sql", [WRONG, "SELECT g.id, o.id FROM guests g JOIN orders o ON o.guest_id = g.id", RIGHT])
def test_once_proved_what_is_foreseen_wrong_saves_its_run(monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    pack = build_pack(Exercise("t", DDL, (Solution(SOLUTION),)))

    def outcomes() -> tuple[list[RunOutcome], int]:
        ready = Prepared(pack)
        statement = read_statement(sql, ready.runner)
        assert isinstance(statement, Statement)
        submission = Submission(statement, pack.solutions, pack.exercise.rules, ready.runner)
        before = ready.runner.runs
        return [outcome for _, outcome in ready.outcomes(submission, pack.variants[0])], ready.runner.runs - before

    together, few = outcomes()
    monkeypatch.setattr(Runner, "foresee", lambda *_: {})
    alone, many = outcomes()
    assert few <= 3 < many
    for one, other in zip(together, alone, strict=True):
        assert fingerprint(one.learner) == fingerprint(other.learner)
        assert isinstance(one.learner, Result)
        assert isinstance(other.learner, Result)
        assert (one.learner.columns, one.learner.types) == (other.learner.columns, other.learner.types)
        assert one.diff is other.diff is None or _told(one) == _told(other)


def _told(outcome: RunOutcome) -> tuple[object, ...]:
    diff = outcome.diff
    assert diff is not None
    return diff.kind, Counter(diff.missing), Counter(diff.extra), diff.learner_rows, diff.expected_rows


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT id, "of which database" FROM guests',
        'SELECT id, "databases told apart"."of which database" FROM guests',
        "SELECT id, found.n FROM guests",
    ],
)
def test_names_of_the_joint_run_are_nothing_to_an_answer(sql: str) -> None:
    verdict = _judged(sql)
    assert (verdict.status, verdict.reason) == (Status.INVALID, Reason.DOES_NOT_RUN)
