"""DDL scripts as they come: what of them DuckDB does not have is left out and told, and costs nothing else."""

import pytest

from sqlgrade import judge_line
from sqlgrade.engine.ddl import read_schema
from sqlgrade.judging.of_schema import schema_remarks
from sqlgrade.messages import LANGUAGES
from sqlgrade.messages.sentences import remark_sentence
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.model import SchemaModel

POSTGRES = """CREATE SCHEMA shop CREATE TABLE items (id int PRIMARY KEY, words tsvector, shape geometry(POLYGON, 4326), how regconfig)
  CREATE TABLE sales (id bigint PRIMARY KEY, item smallint REFERENCES shop.items (id), sold date CHECK (sold < no_such(1)));
CREATE TABLE shop.odd (id int, cube CUBE, half numeric(4,2) GENERATED ALWAYS AS (id / 2.0) VIRTUAL NOT NULL);
CREATE TABLE shop.part PARTITION OF shop.sales FOR VALUES FROM (1) TO (9);
CREATE VIEW shop.told AS SELECT own_function(id) FROM shop.items; CREATE VIEW shop.plain AS SELECT id FROM shop.items;
COPY shop.items (id) FROM stdin DELIMITER '|';
1|it's
\\.
"""
MYSQL = """CREATE TABLE a (id int(11) NOT NULL, kind binary(16), code varchar(9), PRIMARY KEY `named` (id), UNIQUE INDEX `u` (code ASC));
CREATE TABLE b (id int PRIMARY KEY, a smallint, c int, FOREIGN KEY (a) REFERENCES a (id), FOREIGN KEY (c) REFERENCES a (nothing));
CREATE TABLE d (id int NOT NULL, day int NOT NULL); CREATE UNIQUE INDEX one ON d (id, day); CREATE UNIQUE INDEX some ON d (day) WHERE day > 3;
CREATE VIEW named AS SELECT CONCAT(code, _utf8' ', id) AS n FROM a;"""
TSQL = """\ufeffCREATE TYPE [dbo].[Code] FROM nvarchar(9)
GO
CREATE TABLE [dbo].[Staff] ([Id] INT NOT NULL ROWGUIDCOL, [Chief] INT NULL, [Name] sysname NOT NULL, [Kind] [Code], [Text] VARCHAR(MAX),
  [Born] DATETIME CHECK ([Born] < GETDATE()), [Twice] AS ([Id] * 2) PERSISTED, [Level] AS [Kind].GetLevel(), [Secret] INT MASKED WITH (FUNCTION = 'default()'),
  CONSTRAINT [P] PRIMARY KEY CLUSTERED ([Id] ASC), CONSTRAINT [U] UNIQUE NONCLUSTERED ([Name] ASC) ON [USERDATA], FOREIGN KEY ([Chief]) REFERENCES [dbo].[Staff] ([Id]))
GO
"""


def left_out(schema: SchemaModel) -> list[tuple[str, str]]:
    return [(each.kind, each.name.rpartition("shop.")[2]) for each in schema.left_out]


def test_what_duckdb_has_not_is_left_out_of_a_postgresql_schema() -> None:
    schema = read_schema(POSTGRES, dialect="postgres")
    assert sorted(schema.by_name) == ["items", "odd", "sales"]
    assert [column.type.text for column in schema.by_name["items"].columns[1:]] == ["VARCHAR", "BLOB", "VARCHAR"]
    assert schema.by_name["sales"].foreign_keys[0].parent == "items"
    assert schema.by_name["sales"].column("item").type.text == "INTEGER"
    assert [column.name for column in schema.by_name["odd"].columns] == ["id", "cube", "half"]
    told = left_out(schema)
    assert ("type", "items.words") in told
    assert ("type", "items.how") in told
    assert ("check", "sales") in told
    assert ("table", "part") in told
    assert [name for kind, name in told if kind == "part"] == ["odd"] * 2
    assert [name for kind, name in told if kind == "view"] == ["told"]


def test_keys_of_mysql_are_read_by_any_of_their_forms() -> None:
    schema = read_schema(MYSQL, dialect="mysql")
    a, b, d = (schema.by_name[name] for name in "abd")
    assert (a.primary_key, a.uniques) == (("id",), (("id",), ("code",)))
    assert [(link.columns, link.parent) for link in b.foreign_keys] == [(("a",), "a")]
    assert b.column("a").type.text == "INTEGER"
    assert d.uniques == (("id", "day"),)
    assert left_out(schema) == [("key", "b")]
    assert len(schema.prelude) == 1


def test_sql_servers_words_of_storage_and_computed_columns_cost_nothing_else() -> None:
    schema = read_schema(TSQL, dialect="tsql")
    staff = schema.by_name["Staff"]
    assert (staff.primary_key, staff.uniques) == (("Id",), (("Id",), ("Name",)))
    assert [link.parent for link in staff.foreign_keys] == ["Staff"]
    assert staff.column("Twice").generated
    assert not staff.column("Level").generated
    assert [column.type.text for column in staff.columns if column.name in ("Name", "Kind", "Text")] == ["VARCHAR"] * 3
    assert [kind for kind, _ in left_out(schema)] == ["part", "part", "check"]


@pytest.mark.parametrize(
    ("ddl", "keys"),
    [
        (
            "CREATE TABLE `d.t` (id INT64 NOT NULL, tags ARRAY<STRUCT<n STRING>>, PRIMARY KEY (id) NOT ENFORCED) PARTITION BY day;",
            1,
        ),
        (
            "PRAGMA foreign_keys = ON; CREATE TABLE [t] ([id] INTEGER PRIMARY KEY AUTOINCREMENT, x TEXT REFERENCES u ON DELETE CASCADE);",
            1,
        ),
        ("CREATE TABLE t (id INTEGER); ALTER TABLE t ADD CONSTRAINT p PRIMARY KEY (id);", 1),
    ],
)
def test_a_script_that_names_no_dialect_is_read_as_the_one_that_fits(ddl: str, keys: int) -> None:
    (table,) = read_schema(ddl).tables
    assert (table.columns[0].name, len(table.uniques)) == ("id", keys)


def test_a_script_of_which_no_table_can_be_read_is_the_tasks_fault() -> None:
    with pytest.raises(ExerciseFault):
        read_schema("CREATE TABLE t (SELECT FROM)", dialect="postgres")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_left_out_is_told(lang: str) -> None:
    line = {
        "id": 1,
        "schema": POSTGRES,
        "solutions": ["SELECT id FROM shop.items"],
        "answer": "SELECT id FROM shop.items",
        "dialect": "postgres",
    }
    told = judge_line({**line, "lang": lang})
    assert told["verdict"] == "accepted"
    assert [each["code"] for each in told["schema"]] == [
        f"{kind}_left_out" for kind in ("table", "view", "type", "check", "part")
    ]
    assert "told" in told["schema"][1]["sentence"]


def test_many_names_are_counted_and_mysqls_comparisons_are_told() -> None:
    many = "".join(f"CREATE VIEW v{n} AS SELECT none() FROM a;" for n in range(9))
    remarks = schema_remarks(read_schema(MYSQL + many, dialect="mysql"), "mysql")
    assert [(each.code, each.params.get("more")) for each in remarks] == [
        ("view_left_out_and_more", 4),
        ("key_left_out", None),
        ("case_counts", None),
    ]
    assert all(remark_sentence("schema", each, "en").endswith(".") for each in remarks)


def test_a_bit_is_a_number_where_the_system_takes_it_for_one() -> None:
    schema = read_schema("CREATE TABLE t (id INT PRIMARY KEY, a BIT NOT NULL, b BIT(3))", dialect="mysql")
    assert [column.type.text for column in schema.tables[0].columns[1:]] == ["UTINYINT", "UBIGINT"]
    assert schema.tables[0].checks == ("(a IN (0, 1))",)
    line = {"id": 1, "schema": "CREATE TABLE [t] ([id] INT PRIMARY KEY, [on] BIT NOT NULL)", "dialect": "tsql"}
    told = judge_line(
        {**line, "solutions": ["SELECT id FROM t WHERE [on] = 1"], "answer": "SELECT id FROM t WHERE [on] <> 0"}
    )
    assert told["verdict"] == "accepted"
    assert (
        judge_line({**line, "solutions": ["SELECT id FROM t WHERE [on] = 1"], "answer": "SELECT id FROM t"})["verdict"]
        == "refuted"
    )


def test_what_is_shown_fits_the_columns_that_it_stands_in() -> None:
    ddl = "CREATE TABLE t (id INT PRIMARY KEY, state CHAR(2) NOT NULL, city VARCHAR(17) NOT NULL, note VARCHAR(MAX))"
    assert read_schema(ddl, dialect="tsql").tables[0].checks == ("(length(state) <= 2)",)
    line = {"id": 1, "schema": ddl, "dialect": "tsql", "solutions": ["SELECT id FROM t WHERE city LIKE 'A%'"]}
    told = judge_line({**line, "answer": "SELECT id FROM t WHERE city LIKE '%A%'"})
    rows = told["counterexample"]["tables"]["t"]
    assert told["verdict"] == "refuted"
    assert [len(row[1]) <= 2 for row in rows] == [True] * len(rows) != []


@pytest.mark.parametrize("kind", ["BIT", "UNION(a INTEGER)", "INTEGER[3]"])
def test_a_column_that_must_hold_what_nobody_can_make_becomes_a_text(kind: str) -> None:
    line = {"id": 1, "schema": f"CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, c {kind} NOT NULL)"}
    told = judge_line(
        {**line, "solutions": ["SELECT id FROM t WHERE n > 3"], "answer": "SELECT id FROM t WHERE n >= 4"}
    )
    assert told["verdict"] == "accepted"
    assert [each["code"] for each in told["schema"]] == ["type_left_out"]
