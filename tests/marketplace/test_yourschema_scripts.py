"""The scripts that companies run at home are read-only SQL that each engine accepts, and keep the privacy rules at the source."""

from pathlib import Path

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from marketplace.yourschema import (
    YourSchemaError,
    home_script,
    infer_mapping,
    read_schema,
    read_schema_file,
    write_text,
)
from marketplace.yourschema.schema import Kind

SCHEMAS = Path(__file__).parent / "schemas"
EVERY_STATISTIC = """
CREATE TABLE country (country_id INTEGER PRIMARY KEY, country VARCHAR, is_open BOOLEAN, opened_at TIMESTAMP, tier VARCHAR);
CREATE TABLE orders (order_id INTEGER PRIMARY KEY, country_id INTEGER REFERENCES country, tier VARCHAR, points INTEGER, price DECIMAL(8, 2),
  created_at TIMESTAMP, paid_on DATE, country_tier VARCHAR);
"""
STATISTICS = (
    "rows",
    "null_share",
    "true_share",
    "weight",
    "quantile",
    "multiple_of",
    "hour",
    "weekday",
    "rows_per_parent",
)
STATISTICS += ("seconds_after_parent", "seconds_after", "same_share")
FILES = ("rental_store.postgres.sql", "online_shop.bigquery.sql")


@pytest.fixture(params=FILES)
def schema(request):
    return read_schema_file(SCHEMAS / request.param)


def test_the_small_schema_asks_for_every_statistic():
    schema = read_schema(EVERY_STATISTIC)
    script = home_script(schema, infer_mapping(schema), "duckdb")
    assert all(f"'{stat}'" in script for stat in STATISTICS)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "bigquery"])
def test_a_script_is_one_query_that_only_reads(schema, dialect):
    statements = sqlglot.parse(home_script(schema, infer_mapping(schema), dialect), read=dialect)
    assert len([statement for statement in statements if statement]) == 1
    assert isinstance(statements[0], exp.Query)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "bigquery"])
def test_a_script_never_reads_names_addresses_or_free_text_for_values(dialect):
    schema = read_schema("CREATE TABLE people (id INTEGER PRIMARY KEY, email VARCHAR, note VARCHAR, card_fp VARCHAR)")
    script = home_script(schema, infer_mapping(schema), dialect)
    assert "null_share" in script
    assert not any(stat in script for stat in ("'weight'", "'quantile'", "GROUP BY 1"))


def test_a_script_says_in_both_languages_what_stays_at_home(schema):
    script = home_script(schema, infer_mapping(schema), "duckdb")
    assert "Kept out" in script
    assert "出さないもの" in script


def test_google_sql_accepts_the_bigquery_script():
    from zetasql import api, types

    schema = read_schema(EVERY_STATISTIC)
    kinds = {
        Kind.INTEGER: "INT64",
        Kind.NUMBER: "DOUBLE",
        Kind.BOOLEAN: "BOOL",
        Kind.DATE: "DATE",
        Kind.TIMESTAMP: "TIMESTAMP",
    }
    language = types.LanguageOptions.maximum_features()
    builtin = types.ZetaSQLBuiltinFunctionOptions(language_options=language)
    catalog = api.CatalogBuilder("home").with_builtin_functions(builtin)
    for table in schema.tables:
        builder = api.TableBuilder(table.name)
        for column in table.columns:
            builder.add_column(column.name, types.TypeKind[f"TYPE_{kinds.get(column.kind, 'STRING')}"])
        catalog.add_table(builder.build())
    analyzer = api.Analyzer(types.AnalyzerOptions(language_options=language), catalog.build())
    analyzer.analyze_statement(home_script(schema, infer_mapping(schema), "bigquery").rstrip().rstrip(";"))


def test_duckdb_runs_the_script_on_empty_tables(schema):
    with duckdb.connect(":memory:") as con:
        for table in schema.tables:
            con.execute(f"CREATE TABLE {table.name} ({', '.join(f'{c.name} {c.type}' for c in table.columns)})")
        rows = con.execute(home_script(schema, infer_mapping(schema), "duckdb")).fetchall()
    assert {row[2:] for row in rows} == {("rows", "", "0")}


def test_a_prefix_goes_before_every_table_on_bigquery(schema):
    script = home_script(schema, infer_mapping(schema), "bigquery", prefix="project.dataset.")
    assert all(f"`project.dataset.{table.name}`" in script for table in schema.tables)


def test_a_cell_that_too_few_rows_have_stays_at_home():
    schema = read_schema("CREATE TABLE t (id INTEGER PRIMARY KEY, status VARCHAR NOT NULL)")
    with duckdb.connect(":memory:") as con:
        con.execute(
            "CREATE TABLE t AS SELECT i AS id, CASE WHEN i < 19 THEN 'rare' ELSE 'usual' END AS status FROM range(100) r(i)"
        )
        rows = con.execute(home_script(schema, infer_mapping(schema), "duckdb")).fetchall()
    assert [row[3:] for row in rows if row[2] == "weight"] == [("cat_1", "1.0")]


@pytest.mark.parametrize(("code", "options"), [("dialect_unknown", ("oracle", 2)), ("level_unknown", ("duckdb", 3))])
def test_an_unknown_dialect_or_level_says_what_to_do(code, options):
    schema = read_schema("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    with pytest.raises(YourSchemaError) as caught:
        home_script(schema, infer_mapping(schema), *options)
    assert caught.value.code == code


def test_a_text_is_written_whole_or_not_at_all(tmp_path):
    write_text(tmp_path / "new" / "script.sql", "SELECT 1")
    assert (tmp_path / "new" / "script.sql").read_text() == "SELECT 1"
    with pytest.raises(YourSchemaError):
        write_text(tmp_path / "new" / "script.sql" / "below.sql", "SELECT 1")
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["script.sql"]
