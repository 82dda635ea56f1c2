"""PostgreSQL, MySQL, SQL Server and Snowflake: what a text gives here is what it gives there, by their manuals; else it is refused by name."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from sqlgrade.dialect.heading import SYSTEMS
from sqlgrade.dialect.spoken import Spoken, spoken
from sqlgrade.engine.ddl import read_schema
from sqlgrade.record import ExerciseFault
from sqlgrade.service.batch import judge_line
from sqlgrade.tables.result import RunError

TABLES = {
    "t": {
        "id": "INTEGER",
        "n": "INTEGER",
        "m": "DECIMAL(10,2)",
        "d": "DATE",
        "ts": "TIMESTAMP",
        "x": "VARCHAR",
        "y": "VARCHAR",
    }
}
ROWS = """CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, m DECIMAL(10,2), d DATE, ts TIMESTAMP, x VARCHAR, y VARCHAR);
INSERT INTO t VALUES (1, 5, 2.50, '2024-03-03', '2024-04-01 10:30:00', 'Abc', 'k'), (2, 2, 7.00, '2024-03-04', '2024-03-04 23:59:59', 'abc', 'k'),
(3, NULL, 1.00, '2024-02-29', '2024-03-30 00:00:00', NULL, 'l');"""


def read(sql, system):
    return spoken(sql, TABLES, system, {}, {"t": ("id",)})


def run(sql, system):
    found = read(sql, system)
    assert isinstance(found, Spoken), found
    with duckdb.connect() as connection:
        connection.execute(ROWS)
        return connection.execute(found.sql).fetchall()


def value(expression, system, where="id = 1"):
    return run(f"SELECT {expression} FROM t WHERE {where}", system)[0][0]


@pytest.mark.parametrize(
    ("system", "expression", "wanted"),
    [
        ("postgres", "5/2", 2), ("tsql", "5/2", 2), ("mysql", "5/2", 2.5), ("snowflake", "5/2", 2.5),
        ("postgres", "n/2", 2), ("postgres", "-n/2", -2), ("postgres", "n/2.0", 2.5), ("postgres", "n::numeric/2", 2.5),
        ("postgres", "1.0*n/2", 2.5), ("postgres", "SUM(n)/2", 2), ("postgres", "AVG(n)/2", 2.5), ("postgres", "COUNT(*)/2", 0),
        ("postgres", "EXTRACT(YEAR FROM d)/5000 > 0", True), ("tsql", "YEAR(d)/5000", 0), ("tsql", "m/2", 1.25),
        ("tsql", "CASE WHEN n > 1 THEN 1 ELSE 0 END/2", 0), ("mysql", "n DIV 2", 2), ("mysql", "n/0", None),
        ("postgres", "(SELECT n FROM t WHERE id = 2)/4", 0), ("tsql", "CAST(n AS DECIMAL(10,2))/2", 2.5),
        ("mysql", "0 || 1", True), ("mysql", "1 && 0", False), ("postgres", "x || y", "Abck"), ("tsql", "x + '-' + y", "Abc-k"),
        ("tsql", "n + 1", 6), ("mysql", 'CONCAT(x, "y")', "Abcy"), ("mysql", "`x`", "Abc"), ("tsql", "[x]", "Abc"),
        ("postgres", "x ILIKE 'abc'", True), ("snowflake", "x ILIKE 'abc'", True), ("postgres", "x ~ '^A'", True), ("postgres", "x ~* '^a'", True),
        ("postgres", "TO_CHAR(ts, 'YYYY-MM-DD HH24:MI:SS')", "2024-04-01 10:30:00"), ("postgres", "TO_CHAR(d, 'FMMonth FMDay')", "March Sunday"),
        ("postgres", "TO_CHAR(d, 'yyyy-mm')", "2024-03"), ("postgres", "TO_CHAR(d, 'Mon DD, YYYY')", "Mar 03, 2024"),
        ("snowflake", "TO_CHAR(d, 'YYYY/MM')", "2024/03"), ("mysql", "DATE_FORMAT(ts, '%Y-%m %H:%i')", "2024-04 10:30"),
        ("mysql", "DATE_FORMAT(d, '%M %e')", "March 3"), ("tsql", "FORMAT(d, 'yyyy-MM')", "2024-03"), ("tsql", "DATENAME(month, d)", "March"),
        ("postgres", "DATE_TRUNC('month', d)", dt.datetime.fromisoformat("2024-03-01")), ("snowflake", "DATE_TRUNC('month', d)", dt.date(2024, 3, 1)),
        ("mysql", "DATEDIFF('2024-03-10', d)", 7), ("tsql", "DATEDIFF(day, d, '2024-03-10')", 7), ("snowflake", "DATEDIFF('day', d, '2024-03-10'::date)", 7),
        ("tsql", "DATEDIFF(month, d, ts)", 1), ("mysql", "TIMESTAMPDIFF(MONTH, d, ts)", 0), ("mysql", "TIMESTAMPDIFF(DAY, d, ts)", 29),
        ("mysql", "DATE_ADD(d, INTERVAL 1 DAY)", dt.date(2024, 3, 4)), ("tsql", "DATEADD(month, 1, d)", dt.date(2024, 4, 3)),
        ("mysql", "DATE_ADD(ts, INTERVAL 1 HOUR)", dt.datetime.fromisoformat("2024-04-01 11:30")), ("postgres", "d + 1", dt.date(2024, 3, 4)),
        ("postgres", "d + INTERVAL '1 day'", dt.datetime.fromisoformat("2024-03-04")), ("postgres", "'2024-03-10'::date - d", 7),
        ("mysql", "DAYOFWEEK(d)", 1), ("mysql", "WEEKDAY(d)", 6), ("tsql", "DATEPART(weekday, d)", 1), ("postgres", "EXTRACT(DOW FROM d)", 0),
        ("snowflake", "DAYOFWEEK(d)", 0), ("tsql", "ISNULL(NULL, n)", 5), ("mysql", "ISNULL(n)", False), ("mysql", "IFNULL(NULL, n)", 5),
        ("mysql", "IF(n > 1, 'a', 'b')", "a"), ("tsql", "IIF(n > 1, 'a', 'b')", "a"), ("snowflake", "IFF(n > 1, 'a', 'b')", "a"),
        ("snowflake", "ZEROIFNULL(n)", 5), ("snowflake", "NVL(NULL, n)", 5), ("tsql", "LEN(x)", 3), ("tsql", "CHARINDEX('c', x)", 3),
        ("mysql", "LOCATE('c', x)", 3), ("mysql", "INSTR(x, 'c')", 3), ("postgres", "POSITION('c' IN x)", 3), ("tsql", "CONVERT(date, ts)", dt.date(2024, 4, 1)),
        ("mysql", "m DIV 1", 2), ("mysql", "-m DIV 2", -1), ("mysql", "0.3 DIV 0.1", 3), ("mysql", "5 DIV (n - 5)", None), ("mysql", "MOD(m, n - 5)", None), ("mysql", "n % 3", 2),
        ("mysql", "CONCAT(n, 'kg') > 10", False), ("mysql", "CONCAT(n, 'kg') IN (4, n)", True), ("mysql", "n = '5'", True),
        ("tsql", "CASE WHEN ts < '20240401 10:31' THEN 1 END", 1), ("tsql", "CASE WHEN ts > '4/1/2024 10:29' THEN 1 END", 1),
        ("tsql", "CAST(m AS INT)", 2), ("tsql", "TRY_CAST(m AS INT)", 2), ("tsql", "CONVERT(INT, m)", 2), ("tsql", "TRY_CONVERT(INT, m)", 2),
        ("tsql", "TRY_CONVERT(INT, x)", None), ("mysql", "CAST(CONCAT(n, '.7a') AS SIGNED)", 5), ("mysql", "CAST(x AS DECIMAL(5,1))", 0),
        ("mysql", "CAST('1e2' AS SIGNED)", 1), ("mysql", "CAST(' -2.5kg' AS DECIMAL(5,1))", -2.5), ("mysql", "'1e2' + n", 105), ("mysql", "CAST(NULLIF(x, x) AS SIGNED)", None),
        ("mysql", "CAST(AVG(m) AS SIGNED)", 3), ("postgres", "AVG(m)::int", 3), ("snowflake", "m::int", 3),
        ("postgres", "x SIMILAR TO '[A-F]%'", True), ("postgres", "x SIMILAR TO '[A-F]_'", False), ("postgres", "x NOT SIMILAR TO 'A.%'", True),
        ("postgres", "MODE() WITHIN GROUP (ORDER BY n DESC)", 5), ("postgres", "TO_CHAR(EXTRACT(MONTH FROM d), 'FM00')", "03"),
        ("postgres", "TO_CHAR(n, '999')", "   5"), ("postgres", "TO_CHAR(-n, '00')", "-05"), ("postgres", "TO_CHAR(n*100, 'FM00')", "##"),
        ("mysql", "FORMAT(m*1000, 1)", "2,500.0"), ("mysql", "LEFT(d, 7)", "2024-03"), ("mysql", "SUBSTR(ts, 12, 5)", "10:30"),
        ("mysql", "AVG(REPLACE(CAST(n*101 AS CHAR), '0', ''))", 55), ("mysql", "'3x' + n", 8), ("tsql", "CASE WHEN d >= '20240303' THEN 1 END", 1),
        ("tsql", "CASE WHEN d < '3/4/2024' THEN 1 END", 1), ("mysql", "d = '20240303'", True), ("mysql", "x LIKE BINARY 'A%'", True),
        ("tsql", "CAST(1.6 AS DECIMAL)", 2), ("postgres", "(1.23456::numeric)", 1.23456), ("mysql", "LOG(1)", 0), ("postgres", "LOG(100)", 2), ("tsql", "LOG(1)", 0),
    ],
)  # fmt: skip
def test_an_expression_gives_what_it_gives_there(system: str, expression: str, wanted: object) -> None:
    assert value(expression, system) == wanted


@pytest.mark.parametrize("system", ["postgres", "tsql", "snowflake"])
def test_a_division_by_zero_is_an_error_there(system: str) -> None:
    for divided in ("m/(n-5)", "n/(n-5)"):
        with pytest.raises(duckdb.Error):
            value(divided, system)
    assert value("NULLIF(m, m)/(n-5)", system) is None


@pytest.mark.parametrize(
    ("system", "sql", "wanted"),
    [
        ("tsql", "SELECT TOP 2 id FROM t ORDER BY n", [(3,), (2,)]),
        ("tsql", "SELECT TOP (1) id FROM dbo.t ORDER BY n DESC", [(1,)]),
        ("tsql", "SELECT id FROM t ORDER BY id OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY", [(2,)]),
        ("mysql", "SELECT id FROM t ORDER BY id LIMIT 1, 2", [(2,), (3,)]),
        ("mysql", "SELECT id FROM t ORDER BY n", [(3,), (2,), (1,)]),
        ("postgres", "SELECT id FROM public.t ORDER BY n", [(2,), (1,), (3,)]),
        ("postgres", "SELECT id FROM t ORDER BY n DESC", [(3,), (1,), (2,)]),
        ("postgres", "SELECT id, RANK() OVER (ORDER BY n DESC) FROM t ORDER BY id", [(1, 2), (2, 3), (3, 1)]),
        ("tsql", "SELECT AVG(n) FROM t", [(3,)]),
        ("tsql", "SELECT AVG(m) FROM t", [(3.5,)]),
        ("postgres", "SELECT t.x, COUNT(*) FROM t GROUP BY t.id ORDER BY t.y, t.id", [("Abc", 1), ("abc", 1), (None, 1)]),
        ("postgres", "SELECT o.*, COUNT(*) FROM t AS o JOIN t AS i ON i.y = o.y WHERE o.id = 1 GROUP BY o.id", [(1, 5, 2.5, dt.date(2024, 3, 3), dt.datetime.fromisoformat("2024-04-01 10:30"), "Abc", "k", 2)]),
        ("mysql", "SELECT x, d, SUM(n) FROM t GROUP BY id HAVING m > 2 ORDER BY 1", [("Abc", dt.date(2024, 3, 3), 5), ("abc", dt.date(2024, 3, 4), 2)]),
        ("mysql", "SELECT y, GROUP_CONCAT(x ORDER BY id SEPARATOR '-') FROM t GROUP BY y ORDER BY y", [("k", "Abc-abc"), ("l", None)]),
        ("postgres", "SELECT y, STRING_AGG(x, ',' ORDER BY id) FROM t GROUP BY y ORDER BY y", [("k", "Abc,abc"), ("l", None)]),
        ("postgres", "WITH c AS (SELECT y, COUNT(*) AS k FROM t GROUP BY y) SELECT k/2 FROM c ORDER BY 1", [(0,), (1,)]),
        ("postgres", "WITH c AS (SELECT * FROM t) SELECT n/2 FROM c WHERE id = 1", [(2,)]),
        ("snowflake", "SELECT id FROM t QUALIFY ROW_NUMBER() OVER (PARTITION BY y ORDER BY id) = 1 ORDER BY id", [(1,), (3,)]),
        ("tsql", "SELECT y, n INTO #k FROM t WHERE n IS NOT NULL;\nSELECT COUNT(*) FROM #k", [(2,)]),
        ("postgres", "CREATE TEMP TABLE k AS SELECT n/2 AS h FROM t; SELECT h FROM k WHERE h > 1", [(2,)]),
    ],
)  # fmt: skip
def test_a_query_gives_what_it_gives_there(system: str, sql: str, wanted: object) -> None:
    assert run(sql, system) == wanted


@pytest.mark.parametrize(
    ("system", "sql", "rule", "name"),
    [
        ("postgres", "SELECT TO_CHAR(d, 'Day') FROM t", "unsupported", "TO_CHAR(…, 'Day')"),
        ("postgres", "SELECT TO_CHAR(n, '9,999') FROM t", "unsupported", "TO_CHAR(n, …)"),
        ("postgres", "SELECT x SIMILAR TO y FROM t", "unsupported", "SIMILAR TO"),
        ("postgres", "SELECT x NOT SIMILAR TO '!%' ESCAPE '!' FROM t", "unsupported", "SIMILAR TO"),
        ("mysql", "SELECT TO_CHAR(d, 'yyyy-MM') FROM t", "no_such", "TO_CHAR"),
        ("tsql", "SELECT DATE_FORMAT(d, '%Y') FROM t", "no_such", "DATE_FORMAT"),
        ("mysql", "SELECT n::DECIMAL / 2 FROM t WHERE x = '::'", "no_such", "::"),
        ("postgres", "SELECT INITCAP(x) FROM t", "unsupported", "INITCAP"),
        ("postgres", "SELECT crosstab(x) FROM t", "unsupported", "CROSSTAB"),
        ("mysql", "SELECT DATE_FORMAT(d, '%D') FROM t", "unsupported", "DATE_FORMAT(…, '%D')"),
        ("mysql", "SELECT WEEK(d) FROM t", "unsupported", "WEEK"),
        ("mysql", "SELECT x FROM t WHERE x ILIKE 'a'", "no_such", "ILIKE"),
        ("tsql", "SELECT x FROM t WHERE x ILIKE 'a'", "no_such", "ILIKE"),
        ("mysql", "SELECT y, SUM(n) FROM t GROUP BY y WITH ROLLUP", "unsupported", "WITH ROLLUP"),
        ("tsql", "SELECT TOP 3 WITH TIES n FROM t ORDER BY n", "unsupported", "WITH TIES"),
        ("tsql", "SELECT TOP 10 PERCENT n FROM t ORDER BY n", "unsupported", "TOP … PERCENT"),
        ("tsql", "SELECT DATEDIFF(week, d, ts) FROM t", "unsupported", "DATEDIFF(week, …)"),
        ("tsql", "SELECT NEWID() FROM t", "unsupported", "NEWID"),
        ("tsql", "SELECT CONVERT(varchar(10), d, 23) FROM t", "unsupported", "CONVERT(VARCHAR(10), d, 23)"),
        ("snowflake", "SELECT f.value FROM t, LATERAL FLATTEN(input => t.x) f", "unsupported", "FLATTEN(input => t.x)"),
        ("snowflake", "DELETE FROM t", "unsupported", "DELETE"),
    ],
)
def test_what_is_not_known_to_mean_the_same_is_refused_by_name(system: str, sql: str, rule: str, name: str) -> None:
    found = read(sql, system)
    assert isinstance(found, RunError)
    assert (found.subtype, found.name, found.candidates) == (f"dialect_system_{rule}", name, (SYSTEMS[system],))


def test_backticks_are_no_quotes_in_postgresql() -> None:
    assert isinstance(read("SELECT `x` FROM t", "postgres"), RunError)


def test_a_line_in_a_text_names_duckdb_and_bigquery_alone() -> None:
    found = spoken("SELECT 1 -- dialect: mysql\n-- dialect: mysql", TABLES)
    assert isinstance(found, RunError)
    assert found.subtype == "dialect_unknown"


POSTGRES = """SET search_path = shop; CREATE DOMAIN shop.year AS integer CHECK (VALUE > 1900);
CREATE TABLE shop.orders (id SERIAL, person integer NOT NULL, pieces integer NOT NULL CHECK (pieces >= 0), price numeric NOT NULL,
  at timestamp without time zone DEFAULT now() NOT NULL, made shop.year);
CREATE TABLE shop.people (id integer NOT NULL, name character varying(40) NOT NULL);
ALTER TABLE ONLY shop.people ADD CONSTRAINT people_pkey PRIMARY KEY (id);
ALTER TABLE ONLY shop.orders ADD CONSTRAINT orders_fk FOREIGN KEY (person) REFERENCES shop.people(id) ON DELETE CASCADE;
CREATE INDEX i ON shop.orders USING btree (person); INSERT INTO shop.people VALUES (1, 'a');"""
MYSQL = """CREATE TABLE `people` (`id` int(11) unsigned NOT NULL AUTO_INCREMENT, `name` varchar(40) COLLATE utf8_bin NOT NULL DEFAULT '' COMMENT 'x',
  kind ENUM('a','b') NOT NULL, since year(4), PRIMARY KEY (`id`), KEY `n` (`name`), UNIQUE KEY `u` (`name`)) ENGINE=InnoDB DEFAULT CHARSET=utf8;
CREATE TABLE orders (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, person int unsigned NOT NULL, pieces int NOT NULL,
  CONSTRAINT fk FOREIGN KEY (person) REFERENCES people (id) ON UPDATE CASCADE);"""
TSQL = """CREATE TABLE [dbo].[People] ([Id] INT IDENTITY(1,1) NOT NULL, [Name] NVARCHAR(40) NOT NULL, CONSTRAINT [PK] PRIMARY KEY CLUSTERED ([Id] ASC))
GO
CREATE TABLE [dbo].[Orders] ([Id] INT NOT NULL PRIMARY KEY, [Person] INT NOT NULL, [Pieces] INT NOT NULL DEFAULT 1) ON [PRIMARY]
GO
ALTER TABLE [dbo].[Orders] WITH CHECK ADD CONSTRAINT [FK] FOREIGN KEY([Person]) REFERENCES [dbo].[People] ([Id])
GO
ALTER TABLE [dbo].[Orders] CHECK CONSTRAINT [FK]
GO"""


@pytest.mark.parametrize(("system", "ddl"), [("postgres", POSTGRES), ("mysql", MYSQL), ("tsql", TSQL)])
def test_a_ddl_is_read_with_its_keys(system: str, ddl: str) -> None:
    schema = read_schema(ddl, dialect=system)
    people, orders = sorted(schema.tables, key=lambda table: table.name.lower(), reverse=True)
    assert [name.lower() for name in people.primary_key] == ["id"]
    assert [(link.parent, link.columns[0].lower()) for link in orders.foreign_keys] == [(people.name, "person")]
    assert not people.column(people.columns[0].name).nullable


def test_a_dump_is_read_for_its_tables_alone() -> None:
    """What its functions, rows and settings say need not be readable, and keys in a circle lose one of them."""
    schema = read_schema(
        """SET statement_timeout = 0; COMMENT ON SCHEMA public IS 'x'; CREATE TYPE public.kind AS ENUM ('a', 'b');
CREATE FUNCTION public.last(timestamp without time zone) RETURNS date AS $_$ SELECT $1; $_$ LANGUAGE sql;
CREATE TABLE public.staff (id integer PRIMARY KEY, store integer NOT NULL, sort public.kind NOT NULL, odd own_type);
CREATE TABLE public.store (id integer PRIMARY KEY, chief integer NOT NULL); CREATE TABLE public.rent (id integer PRIMARY KEY, staff integer NOT NULL);
CREATE TABLE public.part (CONSTRAINT c CHECK ((id > 1))) INHERITS (public.rent);
CREATE VIEW public.odd AS SELECT own_function(id) FROM public.staff; CREATE VIEW public.plain AS SELECT id FROM public.staff;
COPY public.staff (id) FROM stdin;
1\tO'Brien
\\.
ALTER TABLE ONLY public.staff ADD CONSTRAINT a FOREIGN KEY (store) REFERENCES public.store(id);
ALTER TABLE ONLY public.store ADD CONSTRAINT b FOREIGN KEY (chief) REFERENCES public.staff(id);
ALTER TABLE ONLY public.rent ADD CONSTRAINT d FOREIGN KEY (staff) REFERENCES public.staff(id);""",
        dialect="postgres",
    )
    assert sorted(table.name for table in schema.tables) == ["rent", "staff", "store"]
    assert sum(len(table.foreign_keys) for table in schema.tables) == 2
    assert [statement.split()[2] for statement in schema.prelude] == ["plain"]
    assert schema.by_name["staff"].column("sort").type.text.startswith("ENUM")


def test_sql_server_begins_a_statement_without_a_semicolon() -> None:
    schema = read_schema(
        "CREATE TABLE a (i INT NOT NULL)\nALTER TABLE a ADD PRIMARY KEY NONCLUSTERED (i)\nCREATE TABLE b (j INT)",
        dialect="tsql",
    )
    assert [(table.name, table.primary_key) for table in schema.tables] == [("a", ("i",)), ("b", ())]


def test_a_ddl_of_another_system_is_told_as_the_tasks_fault() -> None:
    with pytest.raises(ExerciseFault, match="cannot be read as one for MySQL"):
        read_schema("CREATE TABLE t (a INT, PRIMARY", dialect="mysql")


def judged(answer, solution, ddl, dialect, **line):
    return judge_line({"id": 1, "schema": ddl, "solutions": [solution], "answer": answer, "dialect": dialect, **line})


MEAN = "SELECT p.name, SUM(o.pieces) / COUNT(*) AS mean FROM shop.people p JOIN shop.orders o ON o.person = p.id GROUP BY p.id"


def test_whole_numbers_are_divided_by_the_systems_rule() -> None:
    rounded = MEAN.replace("SUM(o.pieces) / COUNT(*)", "FLOOR(AVG(o.pieces))")
    assert judged(rounded, MEAN, POSTGRES, "postgres")["verdict"] == "accepted"
    exact = judged(MEAN.replace("SUM(o.pieces) / COUNT(*)", "AVG(o.pieces)"), MEAN, POSTGRES, "postgres")
    assert exact["verdict"] == "refuted"
    assert list(exact["counterexample"]["tables"]) == ["shop.people", "shop.orders"]


def test_the_same_text_means_another_thing_in_mysql() -> None:
    mean = MEAN.replace("shop.", "")
    assert (
        judged(mean.replace("SUM(o.pieces) / COUNT(*)", "AVG(o.pieces)"), mean, MYSQL, "mysql")["verdict"] == "accepted"
    )


@pytest.mark.parametrize(
    ("lang", "said"),
    [("en", "PostgreSQL's TO_CHAR(…, 'Day') is not translated here"), ("ja", "PostgreSQL の TO_CHAR(…, 'Day')")],
)
def test_a_refusal_names_system_and_construct_in_both_languages(lang: str, said: str) -> None:
    found = judged("SELECT TO_CHAR(at, 'Day') FROM shop.orders", MEAN, POSTGRES, "postgres", lang=lang)
    assert found["verdict"] == "invalid"
    assert any(said in sentence for sentence in found["sentences"])
