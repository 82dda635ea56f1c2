import duckdb
import pytest
from sqlglot import parse_one

from sqlgrade.engine.ddl import read_schema
from sqlgrade.mutate import OPERATORS, Mutant, MutantStatus, SchemaColumns, mutate

DDL = """
CREATE TABLE customers (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, city VARCHAR, joined DATE NOT NULL, left_on DATE);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INTEGER NOT NULL REFERENCES customers (id),
  status VARCHAR NOT NULL, coupon VARCHAR, amount INTEGER NOT NULL, fee INTEGER, made_at TIMESTAMP NOT NULL);
CREATE TABLE refunds (id INTEGER PRIMARY KEY, order_id INTEGER NOT NULL REFERENCES orders (id), amount INTEGER NOT NULL,
  status VARCHAR NOT NULL, made_at TIMESTAMP NOT NULL);
"""
JOINED = "FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.status = 'paid'"

EXAMPLES = {
    "spine_drop": [
        (
            "SELECT d.day, COUNT(o.id) FROM generate_series(DATE '2024-01-01', DATE '2024-01-31', INTERVAL 1 DAY) d(day) "
            "LEFT JOIN orders o ON o.made_at = d.day GROUP BY d.day"
        ),
        (
            "WITH RECURSIVE days AS (SELECT DATE '2024-01-01' AS d UNION ALL SELECT d + 1 FROM days WHERE d < DATE '2024-02-01') "
            "SELECT days.d, COUNT(o.id) FROM days LEFT JOIN orders o ON o.made_at = days.d GROUP BY days.d"
        ),
    ],
    "mature_drop": [
        "SELECT id FROM customers WHERE joined + INTERVAL 30 DAY <= DATE '2024-06-30'",
        "SELECT id FROM customers WHERE city = 'x' AND joined <= DATE '2024-06-30' - INTERVAL 1 MONTH",
    ],
    "asof_drop": [
        "SELECT c.id, COUNT(o.id) FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND o.made_at < c.left_on GROUP BY c.id",
        "SELECT c.id FROM customers c JOIN orders o ON o.customer_id = c.id WHERE o.made_at <= c.joined",
    ],
    "survivor": [
        f"SELECT c.city, COUNT(o.id) / COUNT(c.id) {JOINED} GROUP BY c.city",
        f"SELECT AVG(o.amount) {JOINED}",
    ],
    "denom_filter": [
        "SELECT COUNT(*) FILTER (WHERE status = 'paid') / COUNT(*) FROM orders",
        "SELECT SUM(CASE WHEN status = 'paid' THEN 1 ELSE 0 END) / COUNT(*) FROM orders",
    ],
    "denom_level": [
        "SELECT status, SUM(amount) / SUM(SUM(amount)) OVER () FROM orders GROUP BY status",
        "SELECT status, coupon, COUNT(*) / SUM(COUNT(*)) OVER (PARTITION BY status) FROM orders GROUP BY status, coupon",
    ],
    "cohort_denom": [
        "WITH k AS (SELECT city, COUNT(*) AS size, COUNT(left_on) AS gone FROM customers GROUP BY city) SELECT city, gone / size FROM k",
        "SELECT COUNT(o.id) / COUNT(DISTINCT o.customer_id) FROM orders o",
    ],
    "avg_ratio": ["SELECT AVG(fee / amount) FROM orders", "SELECT SUM(fee) / NULLIF(SUM(amount), 0) FROM orders"],
    "left_zero": [f"SELECT c.id, COUNT(o.id) {JOINED} GROUP BY c.id", f"SELECT COUNT(o.amount) {JOINED}"],
    "ts_between": [
        "SELECT id FROM orders WHERE made_at >= TIMESTAMP '2024-01-01' AND made_at < TIMESTAMP '2024-02-01'",
        "SELECT id FROM customers WHERE joined BETWEEN DATE '2024-01-01' AND DATE '2024-01-31'",
    ],
    "tz_shift": [
        "SELECT made_at AT TIME ZONE 'Asia/Tokyo' FROM orders",
        "SELECT CAST(made_at + INTERVAL 9 HOUR AS DATE) FROM orders WHERE made_at + INTERVAL 9 HOUR > TIMESTAMP '2024-01-01'",
    ],
    "trunc_unit": [
        "SELECT date_trunc('month', made_at) FROM orders",
        "SELECT date_trunc('week', joined) FROM customers",
    ],
    "diff_unit": [
        "SELECT date_diff('day', joined, left_on) FROM customers",
        "SELECT datediff('month', joined, left_on) FROM customers",
    ],
    "month_arith": ["SELECT joined + INTERVAL 1 MONTH FROM customers", "SELECT last_day(joined) FROM customers"],
    "touch_tie": [
        "SELECT arg_min(status, made_at) FROM orders",
        "SELECT customer_id, MIN(made_at) FROM orders GROUP BY 1",
    ],
    "conj_drop": ["SELECT id FROM orders WHERE status = 'paid' AND amount > 3", f"SELECT c.id {JOINED}"],
    "cmp_op": [
        "SELECT id FROM orders WHERE amount > 3",
        "SELECT status FROM orders GROUP BY status HAVING COUNT(*) >= 2",
    ],
    "join_type": [f"SELECT c.id, o.id {JOINED}", "SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id"],
    "tab_drop": [
        "SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id WHERE c.city = 'x'",
        "SELECT o.id, c.id FROM orders o JOIN customers c ON c.id = o.customer_id",
    ],
    "grp_drop": [
        "SELECT status, COUNT(*) FROM orders GROUP BY status",
        "SELECT COUNT(*) FROM orders GROUP BY status, coupon",
    ],
    "grp_add": [
        "SELECT status, COUNT(*) FROM orders GROUP BY status",
        "SELECT city, COUNT(*) FROM customers GROUP BY 1",
    ],
    "conn_swap": [
        "SELECT id FROM orders WHERE amount > 3 AND fee > 1",
        "SELECT id FROM orders WHERE amount > 3 OR fee > 1",
    ],
    "paren_drop": [
        "SELECT id FROM orders WHERE (amount > 3 OR fee > 1) AND status = 'paid'",
        "SELECT id FROM orders WHERE status = 'paid' AND (amount > 3 OR fee > 1)",
    ],
    "reassoc": [
        "SELECT id FROM orders WHERE status = 'paid' AND amount > 3 OR fee > 1",
        "SELECT id FROM orders WHERE amount > 3 OR fee > 1 AND status = 'paid'",
    ],
    "not_toggle": ["SELECT id FROM orders WHERE NOT amount > 3", "SELECT id FROM orders WHERE amount > 3"],
    "const_step": ["SELECT id FROM orders WHERE amount > 3", "SELECT id FROM orders WHERE status IN ('a', 'b')"],
    "null_test": ["SELECT id FROM orders WHERE coupon IS NULL", "SELECT id FROM orders WHERE fee IS NOT NULL"],
    "like_eq": ["SELECT id FROM customers WHERE name LIKE 'A%'", "SELECT id FROM customers WHERE city LIKE '%b'"],
    "like_pos": ["SELECT id FROM customers WHERE name LIKE 'A%'", "SELECT id FROM customers WHERE name ILIKE '%b%'"],
    "like_wild": ["SELECT id FROM customers WHERE name LIKE 'A%'", "SELECT id FROM customers WHERE name LIKE 'A_'"],
    "pred_col": ["SELECT id FROM orders WHERE amount > 3", "SELECT id FROM customers WHERE name LIKE 'A%'"],
    "col_to_str": ["SELECT id FROM orders WHERE status = 'paid'", "SELECT id FROM customers WHERE city IS NULL"],
    "on_where": [
        f"SELECT c.id {JOINED}",
        "SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.status = 'paid'",
    ],
    "pred_move": [
        "SELECT status, COUNT(*) FROM orders WHERE status <> 'x' GROUP BY status",
        "SELECT id FROM orders WHERE amount > 3 QUALIFY row_number() OVER (ORDER BY made_at, id) = 1",
    ],
    "pred_level": [
        "SELECT x.id FROM (SELECT id, amount FROM orders WHERE amount > 3) x",
        "WITH x AS (SELECT *, row_number() OVER (ORDER BY id) AS n FROM orders) SELECT x.id FROM x WHERE x.status = 'paid'",
    ],
    "anti_form": [
        "SELECT id FROM customers WHERE id NOT IN (SELECT customer_id FROM orders)",
        "SELECT c.id FROM customers c WHERE NOT EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id)",
        "SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id WHERE o.id IS NULL",
    ],
    "join_col": [
        "SELECT c.id, o.id FROM customers c JOIN orders o ON o.customer_id = c.id",
        f"SELECT c.id, o.id {JOINED}",
    ],
    "join_op": [
        "SELECT c.id, o.id FROM customers c JOIN orders o ON o.customer_id = c.id",
        f"SELECT c.id, o.id {JOINED}",
    ],
    "on_drop": [
        "SELECT c.id, o.id FROM customers c JOIN orders o ON o.customer_id = c.id",
        f"SELECT c.id, o.id {JOINED}",
    ],
    "tab_swap": ["SELECT amount, status FROM refunds", "SELECT made_at FROM orders"],
    "tab_add": [
        "SELECT name FROM customers",
        "SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer_id",
    ],
    "fanout": ["SELECT COUNT(*) FROM customers", "SELECT SUM(amount) FROM orders"],
    "agg_distinct": ["SELECT SUM(amount) FROM orders", "SELECT COUNT(DISTINCT customer_id) FROM orders"],
    "agg_fn": ["SELECT SUM(amount) FROM orders", "SELECT MAX(made_at) FROM orders"],
    "count_form": ["SELECT COUNT(*) FROM orders", "SELECT COUNT(coupon) FROM orders"],
    "agg_arg": ["SELECT SUM(amount) FROM orders", "SELECT COUNT(coupon) FROM orders"],
    "coalesce_drop": ["SELECT COALESCE(fee, 0) FROM orders", "SELECT id FROM orders WHERE COALESCE(coupon, '') = ''"],
    "else_drop": ["SELECT CASE WHEN amount > 3 THEN 1 ELSE 0 END FROM orders", "SELECT AVG(fee) FROM orders"],
    "div_kind": ["SELECT fee / amount FROM orders", "SELECT 100.0 * fee / NULLIF(amount, 0) FROM orders"],
    "arith_op": ["SELECT amount - fee FROM orders", "SELECT amount * fee FROM orders"],
    "round_early": ["SELECT ROUND(AVG(amount), 2) FROM orders", "SELECT ROUND(amount / 3, 1) FROM orders"],
    "sel_distinct": ["SELECT city FROM customers", "SELECT DISTINCT city FROM customers"],
    "union_all": [
        "SELECT amount FROM orders UNION SELECT amount FROM refunds",
        "SELECT amount FROM orders EXCEPT SELECT amount FROM refunds",
    ],
    "col_drop": ["SELECT id, name FROM customers", "SELECT id, amount FROM orders ORDER BY id"],
    "col_add": ["SELECT id FROM customers", "SELECT status FROM orders"],
    "col_swap": ["SELECT amount, fee FROM orders", "SELECT name, city FROM customers"],
    "col_other": ["SELECT amount FROM orders", "SELECT name FROM customers"],
    "comma_drop": ["SELECT id, name FROM customers", "SELECT name, city, joined FROM customers"],
    "win_part": [
        "SELECT SUM(amount) OVER (PARTITION BY customer_id) FROM orders",
        "SELECT rank() OVER (PARTITION BY customer_id, status ORDER BY amount) FROM orders",
    ],
    "win_order": [
        "SELECT rank() OVER (ORDER BY amount) FROM orders",
        "SELECT row_number() OVER (PARTITION BY customer_id ORDER BY made_at, id) FROM orders",
    ],
    "win_frame": [
        "SELECT SUM(amount) OVER (ORDER BY id ROWS BETWEEN 2 PRECEDING AND CURRENT ROW) FROM orders",
        "SELECT last_value(amount) OVER (ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) FROM orders",
    ],
    "rank_fn": [
        "SELECT rank() OVER (ORDER BY amount) FROM orders",
        "SELECT row_number() OVER (ORDER BY amount) FROM orders",
    ],
    "lag_lead": [
        "SELECT lag(amount) OVER (ORDER BY id) FROM orders",
        "SELECT lead(amount, 2) OVER (ORDER BY id) FROM orders",
    ],
    "rows_range": [
        "SELECT SUM(amount) OVER (ORDER BY made_at) FROM orders",
        "SELECT SUM(amount) OVER (ORDER BY made_at ROWS UNBOUNDED PRECEDING) FROM orders",
    ],
    "ord_drop": ["SELECT id FROM orders ORDER BY amount, id", "SELECT id FROM orders ORDER BY id"],
    "ord_swap": ["SELECT id FROM orders ORDER BY amount, id", "SELECT id FROM orders ORDER BY status DESC, id"],
    "ord_dir": ["SELECT id FROM orders ORDER BY amount, id", "SELECT id FROM orders ORDER BY id DESC"],
    "ord_nulls": ["SELECT id FROM orders ORDER BY fee, id", "SELECT id FROM orders ORDER BY fee NULLS FIRST"],
    "ord_key": ["SELECT id, amount FROM orders ORDER BY amount", "SELECT id, amount, fee FROM orders ORDER BY 1"],
    "limit_step": ["SELECT id FROM orders ORDER BY id LIMIT 3", "SELECT id FROM orders ORDER BY id LIMIT 3 OFFSET 1"],
    "clause_drop": ["SELECT id FROM orders WHERE amount > 3", "SELECT id FROM orders ORDER BY id LIMIT 3"],
}


@pytest.fixture(scope="module")
def connection():
    database = duckdb.connect()
    database.execute(DDL)
    yield database
    database.close()


@pytest.fixture(scope="module")
def binds(connection):
    def takes(sql: str) -> bool:
        try:
            connection.execute(f"EXPLAIN {sql}")
        except duckdb.Error:
            return False
        return True

    return takes


def mutants_of(sql: str, binds, operators=OPERATORS) -> tuple[Mutant, ...]:
    return mutate(sql, SchemaColumns.of(read_schema(DDL)), binds, operators).mutants


def test_an_edit_keeps_its_name_when_the_query_changes_elsewhere_and_two_edits_have_two(binds):
    def edits(sql: str) -> dict[str, str]:
        return {mutant.edit: mutant.id for mutant in mutants_of(sql, binds)}

    before = edits("SELECT status FROM orders WHERE amount > 1 AND fee > 1")
    after = edits("SELECT status, fee FROM orders WHERE amount > 1 AND fee > 1 ORDER BY fee")
    kept = before.keys() & after.keys()
    assert len(before) == len(mutants_of("SELECT status FROM orders WHERE amount > 1 AND fee > 1", binds))
    assert len([edit for edit in kept if edit.startswith("cmp_")]) > 1
    assert all(before[edit] != after[edit] for edit in kept)


def test_every_operator_has_examples():
    assert {operator.__name__ for operator in OPERATORS} == set(EXAMPLES)


@pytest.mark.parametrize("operator", OPERATORS, ids=lambda operator: operator.__name__)
def test_every_operator_applies_to_two_queries_and_makes_mutants_that_bind(operator, binds):
    for sql in EXAMPLES[operator.__name__]:
        found = mutants_of(sql, binds, (operator,))
        assert any(mutant.status is MutantStatus.BINDS for mutant in found), sql


@pytest.mark.parametrize("sql", sorted({sql for examples in EXAMPLES.values() for sql in examples}))
def test_every_mutant_prints_differs_and_points_into_the_solution(sql, binds):
    mutation = mutate(sql, SchemaColumns.of(read_schema(DDL)), binds)
    printed = parse_one(sql, dialect="duckdb").sql("duckdb")
    assert mutation.skipped == ()
    assert len({mutant.sql for mutant in mutation.mutants}) == len(mutation.mutants)
    for mutant in mutation.mutants:
        assert mutant.sql != printed
        assert mutant.site is None or 0 <= mutant.site.start < mutant.site.end <= len(sql)


def test_ids_are_the_same_for_the_same_sql(binds):
    sql = EXAMPLES["pred_move"][0]
    assert [m.id for m in mutants_of(sql, binds)] == [m.id for m in mutants_of(sql, binds)]


def test_a_mutant_that_does_not_bind_is_kept_as_stillborn(binds):
    found = mutants_of("SELECT status, COUNT(*) FROM orders GROUP BY status", binds)
    assert any(mutant.status is MutantStatus.STILLBORN and mutant.code == "E06" for mutant in found)


def test_a_query_that_cannot_be_parsed_has_no_mutants(binds):
    assert mutants_of("SELECT FROM WHERE", binds) == ()


def test_a_count_of_a_column_without_nulls_is_no_mutant_of_count_star(binds):
    found = mutants_of("SELECT COUNT(*) FROM orders", binds)
    assert not any("COUNT(orders.amount)" in mutant.sql for mutant in found)


def test_the_clause_of_a_mutant_is_where_it_was_changed(binds):
    sql = "SELECT city, COUNT(*) AS n FROM customers WHERE joined > DATE '2024-01-01' GROUP BY city HAVING COUNT(*) > 1 ORDER BY n"
    clauses = {mutant.operator: mutant.clause for mutant in mutants_of(sql, binds)}
    assert clauses["grp_add"] == "GROUP BY"
    assert clauses["ord_dir"] == "ORDER BY"
    assert {m.clause for m in mutants_of(sql, binds) if m.operator == "cmp_op"} == {"WHERE", "HAVING"}
