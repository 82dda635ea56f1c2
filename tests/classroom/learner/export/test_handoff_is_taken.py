"""What is handed over is looked up in GoogleSQL's list and read back: it says the same there, or it is refused with what stands in the way."""

import re

import duckdb
import pytest

import marketplace
from classroom.learner.export import to_bigquery
from classroom.learner.export.differences import DIFFERENCES
from classroom.messages import say_in
from classroom.session.schema_index import SchemaIndex, read_schema
from sqlgrade.dialect.spoken import Spoken, spoken


@pytest.fixture(scope="module")
def schema() -> SchemaIndex:
    with duckdb.connect() as connection:
        connection.execute(marketplace.ddl())
        return read_schema(connection)


def handed(sql: str, schema: SchemaIndex) -> tuple[str | None, tuple[str, ...], tuple[str, ...]]:
    tables = {each.name: {one.name: one.type for one in each.columns.values()} for each in schema.tables.values()}
    handoff = to_bigquery(sql, schema.column_types, tables)
    if handoff.sql is not None and "{{" not in sql:
        assert isinstance(spoken(f"-- dialect: bigquery\n{handoff.sql}", tables), Spoken)
    text = re.sub(r"\s+", " ", handoff.sql) if handoff.sql is not None else None
    return text and re.sub(r"(?<=\() | (?=\))", "", text), handoff.refused, handoff.differences


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("dayname(starts_on)", "FORMAT_DATE('%A', DATE(`starts_on`))"),
        ("monthname(starts_on)", "FORMAT_DATE('%B', DATE(`starts_on`))"),
        ("split_part(name_en, '-', 2)", "SPLIT(`name_en`, '-')[SAFE_ORDINAL(2)]"),
        ("concat_ws('-', name_en, cost_yen)", "ARRAY_TO_STRING([CAST(`name_en` AS STRING), CAST(`cost_yen` AS STRING)], '-')"),
        ("concat(name_en, NULL)", "ARRAY_TO_STRING("),
        ("epoch(starts_on)", "UNIX_MICROS(TIMESTAMP(`starts_on`)) / 1000000"),
        ("epoch_ms(starts_on)", "UNIX_MILLIS(TIMESTAMP(`starts_on`))"),
        ("extract(doy FROM starts_on)", "EXTRACT(DAYOFYEAR FROM `starts_on`)"),
        ("name_en[1]", "SUBSTR(`name_en`, 1, 1)"),
        ("name_en[2:4]", "SUBSTR(`name_en`, 2, 3)"),
        ("format('{:,} yen', cost_yen)", "FORMAT('%\\'d yen', `cost_yen`)"),
        ("printf('%d%%', cost_yen)", "FORMAT('%d%%', `cost_yen`)"),
        ("sum(cost_yen > 5)", "SUM(CAST(`cost_yen` > 5 AS INT64))"),
        ("name_en LIKE 'a!_%' ESCAPE '!'", "`name_en` LIKE 'a\\\\_%'"),
        ("strftime('%Y-%m', starts_on)", "FORMAT_DATE('%Y-%m', `starts_on`)"),
        ("strftime(starts_on, '%Y-%m')", "FORMAT_DATE('%Y-%m', `starts_on`)"),
        ("log(cost_yen)", "LOG10(`cost_yen`)"),
        ("contains(name_en, 'A')", "STRPOS(`name_en`, 'A') > 0"),
        ("(cost_yen / 7)::DECIMAL(10, 2)", "ROUND(CAST("),
        ("try_cast(name_en AS INTEGER)", "SAFE_CAST(ROUND(SAFE_CAST(`name_en` AS FLOAT64)) AS INT64)"),
        ("regexp_replace(name_en, 'a', '', 'g')", "REGEXP_REPLACE(`name_en`, 'a', '')"),
        ("string_agg(name_en, ', ' ORDER BY starts_on)", "STRING_AGG(`name_en`, ', ' ORDER BY `starts_on` IS NULL, `starts_on`)"),
        ("array_agg(name_en ORDER BY starts_on DESC)", "ARRAY_AGG(`name_en` ORDER BY `starts_on` DESC)"),
        ("date_add(starts_on, INTERVAL 7 DAY)", "DATETIME(DATE_ADD(`starts_on`, INTERVAL 7 DAY))"),
        ("date_sub('day', starts_on, ends_on)", "TIMESTAMP_DIFF(TIMESTAMP(`ends_on`), TIMESTAMP(`starts_on`), DAY)"),
        ("minute(TIMESTAMP '2025-01-01 10:20:00')", "EXTRACT(MINUTE FROM"),
    ],
)  # fmt: skip
def test_what_is_called_otherwise_there_is_written_so(written: str, form: str, schema: SchemaIndex) -> None:
    told, refused, _ = handed(f"SELECT {written} AS x FROM campaigns", schema)
    assert told is not None, refused
    assert form in told


def test_seconds_between_two_moments_are_counted(schema: SchemaIndex) -> None:
    told, refused, _ = handed("SELECT epoch(closed_at_utc - opened_at_utc) / 60 AS minutes FROM talks", schema)
    assert told is not None, refused
    assert "DATETIME_DIFF(`closed_at_utc`, `opened_at_utc`, MICROSECOND) / 1000000" in told


@pytest.mark.parametrize(
    "written",
    [
        "time_bucket(INTERVAL '1 day', starts_on)",
        "quantile_cont(cost_yen, [0.25, 0.5])",
        "percentile_cont(0.5) WITHIN GROUP (ORDER BY cost_yen)",
        "regexp_replace(name_en, 'a', '')",
        "typeof(cost_yen)",
        "strftime(starts_on, '%-d')",
        "kurtosis(cost_yen)",
        "list_contains(list(name_en), 'a')",
        "max(cost_yen, 3)",
    ],
)
def test_what_there_is_not_is_refused_by_name_and_in_no_librarys_words(written: str, schema: SchemaIndex) -> None:
    told, refused, _ = handed(f"SELECT {written} AS x FROM campaigns", schema)
    assert told is None
    assert refused
    assert not any("supported" in each or "Argument" in each for each in refused)


@pytest.mark.parametrize("rows", ["LIMIT 10%", "USING SAMPLE 10"])
def test_a_part_of_the_rows_is_refused(rows: str, schema: SchemaIndex) -> None:
    assert handed(f"SELECT * FROM areas {rows}", schema)[0] is None


def test_a_parameter_is_no_reason_to_refuse(schema: SchemaIndex) -> None:
    sql = "SELECT guest_id FROM guests WHERE registered_at_utc >= DATE '{{ p.start }}' AND guest_id > {{ n }} LIMIT {{ most }}"
    assert handed(sql, schema)[0] is not None


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_difference_has_its_sentence(lang: str) -> None:
    for code, _ in DIFFERENCES:
        assert say_in("classroom.learner.export", f"difference.{code}", lang)


def test_a_fraction_as_a_text_is_said(schema: SchemaIndex) -> None:
    assert "fraction_as_text" in handed("SELECT (cost_yen / 4)::VARCHAR AS x FROM campaigns", schema)[2]
