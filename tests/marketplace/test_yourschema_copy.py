"""Profile, copy and check two public-style schemas: nothing private leaves, and everything a query needs holds."""

import json
from pathlib import Path

import duckdb
import pytest

from marketplace.yourschema import (
    CopySettings,
    YourSchemaError,
    copy_schema,
    copying,
    home_script,
    infer_mapping,
    read_schema,
    read_schema_file,
)
from marketplace.yourschema.comparing import compare_profiles
from marketplace.yourschema.mapping_file import read_mapping
from marketplace.yourschema.privacy import K
from marketplace.yourschema.profile import read_profile
from marketplace.yourschema.profile_line import FIELDS

SCHEMAS = Path(__file__).parent / "schemas"
SOURCES = {
    "rental_store": ("rental_store.postgres.sql", "fill_rental_store.sql"),
    "online_shop": ("online_shop.bigquery.sql", "fill_online_shop.sql"),
}


class Case:
    """A filled source, its profile and its copy."""

    def __init__(self, name, folder):
        ddl, fill = SOURCES[name]
        self.schema = read_schema_file(SCHEMAS / ddl)
        self.mapping = infer_mapping(self.schema)
        self.source, self.out = folder / f"{name}.source.duckdb", folder / f"{name}.duckdb"
        with connected(self.source) as con:
            for table in self.schema.tables:
                con.execute(f"CREATE TABLE {table.name} ({', '.join(f'{c.name} {c.type}' for c in table.columns)})")
            con.execute((SCHEMAS / fill).read_text("utf-8"))
        self.text = measured(self.source, self.schema, self.mapping)
        self.profile = read_profile(self.text, self.mapping)
        self.report = copy_schema(self.schema, self.mapping, self.profile, CopySettings(self.out, seed=1))


def connected(path, read_only=False):
    con = duckdb.connect(str(path), read_only=read_only)
    con.execute("SET TimeZone = 'UTC'")
    return con


def measured(path, schema, mapping, level=2):
    with connected(path, read_only=True) as con:
        rows = con.execute(home_script(schema, mapping, "duckdb", level)).fetchall()
    return "\n".join(json.dumps(dict(zip(FIELDS, row, strict=True))) for row in rows)


def one(path, sql):
    with connected(path, read_only=True) as con:
        return con.execute(sql).fetchone()[0]


@pytest.fixture(scope="module", params=SOURCES)
def case(request, tmp_path_factory):
    return Case(request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    return Case("online_shop", tmp_path_factory.mktemp("shop"))


def test_a_copy_has_no_orphans_no_doubles_no_forbidden_null_and_keeps_checks_and_order(case):
    assert {finding.kind for finding in case.report.findings} >= {"orphan", "double", "null", "order"}
    assert [finding for finding in case.report.findings if finding.rows] == []


def test_a_copy_has_about_as_many_rows_as_the_source(case):
    for name, rows in case.report.rows:
        assert rows == pytest.approx(case.profile.rows[name], rel=0.04, abs=2)


def test_words_that_one_row_alone_has_appear_in_neither_profile_nor_copy(case):
    assert "CANARY" not in case.text
    with connected(case.out, read_only=True) as con:
        for table in case.schema.tables:
            assert "CANARY" not in str(con.execute(f"FROM {table.name}").fetchall())


def test_every_cell_of_the_profile_stands_for_enough_rows(case):
    for (table, _), column in case.profile.columns.items():
        for share in [share for _, share in column.weights] + list(column.hours.values()):
            assert (share + 0.00005) * (case.profile.rows[table] + 5) >= K


def test_extremes_are_not_in_the_profile(case):
    text = [line for line in map(json.loads, case.text.splitlines()) if line["stat"] == "quantile"]
    amounts = {line["amount"] for line in text}
    assert not amounts & {"31337.0", "993.37", "987654.32", "8765.0", "1987-06-05", "1999-09-09", "2031-03-07"}


def test_names_of_values_do_not_leave_unless_approved(case):
    named = [
        item for column in case.profile.columns.values() for item, _ in column.weights if not item.startswith("cat_")
    ]
    assert named == []


def test_identifiers_names_and_free_text_give_nothing_but_their_share_of_null(case):
    never = {
        (p.name, c.name) for p in case.mapping.tables for c in p.columns if c.profile == "never" and not c.references
    }
    stats = {
        line["stat"]
        for line in map(json.loads, case.text.splitlines())
        if (line["table_name"], line["column_name"]) in never
    }
    assert stats <= {"null_share", "same_share"}


def test_marginals_and_fan_out_are_kept(case):
    copied = read_profile(measured(case.out, case.schema, case.mapping), case.mapping)
    far = {
        (row.table, row.column, row.stat): row.distance
        for row in compare_profiles(case.profile, copied)
        if row.stat in ("fan_out", "weights", "quantiles", "true_share", "null_share")
        and case.profile.rows[row.table] >= 1000
        and row.column not in ("last_update", "rental_date", "return_date", "payment_date", "product_brand")
        and row.distance > 0.08
    }
    assert far == {}


def test_approved_names_are_told_and_used(shop):
    text = '[tables.orders.columns]\nstatus = { meaning = "category", values = "approved" }'
    mapping = read_mapping(text, shop.schema, shop.mapping)
    profile = read_profile(measured(shop.source, shop.schema, mapping), mapping)
    assert {item for item, _ in profile.column("orders", "status").weights} == {
        "Cancelled",
        "Complete",
        "Processing",
        "Returned",
        "Shipped",
    }


def test_level_one_counts_column_by_column_only(shop):
    text = measured(shop.source, shop.schema, shop.mapping, level=1)
    stats = {line["stat"] for line in map(json.loads, text.splitlines())}
    assert stats == {"rows", "null_share", "weight", "quantile", "multiple_of"}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("profile_not_allowed", {"stat": "weight", "item": "Complete", "amount": "0.5"}),
        ("profile_small_cell", {"stat": "weight", "item": "cat_1", "amount": "0.0001"}),
        ("profile_not_allowed", {"column_name": "order_id", "stat": "quantile", "item": "0.5", "amount": "7"}),
        ("profile_small_cell", {"column_name": "num_of_item", "stat": "quantile", "item": "0.9999", "amount": "7"}),
        ("profile_unknown_column", {"column_name": "nothing", "stat": "null_share", "amount": "0.5"}),
        ("profile_unreadable", {"stat": "null_share", "amount": "many"}),
    ],
)
def test_a_profile_that_breaks_the_privacy_rules_is_refused(shop, code, change):
    line = {"table_name": "orders", "column_name": "status", "stat": "", "item": "", "amount": ""} | change
    rows = {"table_name": "orders", "column_name": "", "stat": "rows", "item": "", "amount": "9960"}
    with pytest.raises(YourSchemaError) as caught:
        read_profile(f"{json.dumps(rows)}\n{json.dumps(line)}", shop.mapping)
    assert caught.value.code == code


def test_a_profile_may_be_saved_as_csv_or_as_a_json_array(shop):
    lines = [json.loads(line) for line in shop.text.splitlines()]
    table = "\n".join([",".join(FIELDS), *(",".join(line[field] for field in FIELDS) for line in lines)])
    assert read_profile(table, shop.mapping) == shop.profile
    assert read_profile(json.dumps(lines), shop.mapping) == shop.profile


def test_the_same_seed_gives_the_same_copy_and_another_seed_another(shop, tmp_path):
    digest = "SELECT sum(hash(columns(*)))::VARCHAR FROM orders"
    digest = "SELECT bit_xor(hash(o)) FROM orders o"
    for name, seed in (("again", 1), ("other", 2)):
        copy_schema(shop.schema, shop.mapping, shop.profile, CopySettings(tmp_path / name, seed=seed))
    assert one(tmp_path / "again", digest) == one(shop.out, digest)
    assert one(tmp_path / "other", digest) != one(shop.out, digest)


def test_without_statistics_a_copy_is_still_whole(case, tmp_path):
    report = copy_schema(case.schema, case.mapping, None, CopySettings(tmp_path / "plain.duckdb", locale="en"))
    assert report.ok
    assert sum(rows for _, rows in report.rows) > 5_000


def test_scale_multiplies_what_grows_and_leaves_lookup_tables(shop, tmp_path):
    report = copy_schema(shop.schema, shop.mapping, shop.profile, CopySettings(tmp_path / "big.duckdb", scale=2))
    rows = dict(report.rows)
    assert rows["orders"] == pytest.approx(2 * shop.profile.rows["orders"], rel=0.05)
    assert rows["distribution_centers"] == 10
    assert report.ok


def test_references_that_go_in_a_circle_are_all_filled():
    schema = read_schema_file(SCHEMAS / "rental_store.postgres.sql")
    names = {(r.table, t.name) for t in schema.tables for r in t.references}
    assert {("staff", "store"), ("store", "staff")} <= names


def test_a_table_that_refers_to_itself_gets_a_tree(tmp_path):
    schema = read_schema(
        "CREATE TABLE staff (id INTEGER PRIMARY KEY, name VARCHAR, boss_id INTEGER REFERENCES staff (id))"
    )
    copy_schema(schema, infer_mapping(schema), None, CopySettings(tmp_path / "staff.duckdb"))
    assert one(tmp_path / "staff.duckdb", "SELECT count(*) FROM staff WHERE boss_id >= id") == 0
    assert one(tmp_path / "staff.duckdb", "SELECT count(*) FROM staff WHERE boss_id IS NOT NULL") > 0


def test_checks_of_one_row_are_kept(tmp_path):
    schema = read_schema(
        "CREATE TABLE offers (id INTEGER PRIMARY KEY, price INTEGER NOT NULL CHECK (price BETWEEN 100 AND 900),"
        " discount INTEGER NOT NULL, kind VARCHAR NOT NULL CHECK (kind IN ('a', 'b')), CHECK (discount < price))"
    )
    mapping = read_mapping("[tables.offers.columns]\ndiscount = { max = 500 }", schema, infer_mapping(schema))
    assert copy_schema(schema, mapping, None, CopySettings(tmp_path / "offers.duckdb")).ok


def test_numbers_keep_their_step(tmp_path):
    schema = read_schema("CREATE TABLE sales (id INTEGER PRIMARY KEY, points INTEGER NOT NULL)")
    mapping = infer_mapping(schema)
    lines = ["table_name,column_name,stat,item,amount", "sales,,rows,,5000", "sales,points,multiple_of,500,1.0"]
    lines += [f"sales,points,quantile,{q},{v}" for q, v in ((0.1, 500), (0.5, 2500), (0.9, 9500))]
    copy_schema(schema, mapping, read_profile("\n".join(lines), mapping), CopySettings(tmp_path / "sales.duckdb"))
    assert one(tmp_path / "sales.duckdb", "SELECT count(*) FROM sales WHERE points % 500 <> 0") == 0


def test_a_copy_can_be_parquet(shop, tmp_path):
    copy_schema(shop.schema, shop.mapping, None, CopySettings(tmp_path / "folder", format="parquet"))
    assert duckdb.execute(f"SELECT count(*) FROM '{tmp_path / 'folder' / 'orders.parquet'}'").fetchall()[0][0] > 0
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


@pytest.mark.parametrize(
    ("code", "settings"),
    [
        ("scale_bad", {"scale": 0}),
        ("scale_bad", {"scale": 5000}),
        ("seed_bad", {"seed": -1}),
        ("format_unknown", {"format": "excel"}),
        ("locale_unknown", {"locale": "fr"}),
    ],
)
def test_settings_that_cannot_be_used_say_what_to_do(code, settings, tmp_path):
    with pytest.raises(YourSchemaError) as caught:
        CopySettings(tmp_path / "x.duckdb", **settings)
    assert caught.value.code == code
    assert caught.value.sentence("ja")


def test_a_fault_leaves_the_older_copy_and_nothing_half_written(tmp_path):
    file = tmp_path / "t.duckdb"
    fine = read_schema("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    copy_schema(fine, infer_mapping(fine), None, CopySettings(file))
    older = file.read_bytes()
    schema = read_schema("CREATE TABLE t (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, CHECK (a > 5 AND a % 7919 = 3))")
    with pytest.raises(YourSchemaError) as caught:
        copy_schema(schema, infer_mapping(schema), None, CopySettings(file))
    assert caught.value.code == "constraint_unmet"
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("t.duckdb", older)]


def test_a_place_that_cannot_be_written_says_so(tmp_path):
    schema = read_schema("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(YourSchemaError) as caught:
        copy_schema(schema, infer_mapping(schema), None, CopySettings(tmp_path / "file" / "t.duckdb"))
    assert caught.value.code == "not_writable"


def test_a_full_disk_says_so_and_leaves_nothing(tmp_path, monkeypatch):
    def full(*_):
        message = "Failed to commit: Could not write file: No space left on device"
        raise duckdb.TransactionException(message)

    monkeypatch.setattr(copying, "_store", full)
    schema = read_schema("CREATE TABLE t (id INTEGER PRIMARY KEY)")
    with pytest.raises(YourSchemaError) as caught:
        copy_schema(schema, infer_mapping(schema), None, CopySettings(tmp_path / "t.duckdb"))
    assert caught.value.code == "disk_full"
    assert list(tmp_path.iterdir()) == []


def test_too_many_rows_are_refused_before_anything_is_made(tmp_path):
    schema = read_schema("CREATE TABLE t (id INTEGER PRIMARY KEY, created_at TIMESTAMP)")
    mapping = read_mapping("[tables.t]\nrows = 900000000", schema, infer_mapping(schema))
    with pytest.raises(YourSchemaError) as caught:
        copy_schema(schema, mapping, None, CopySettings(tmp_path / "t.duckdb"))
    assert caught.value.code == "too_many_rows"
    assert list(tmp_path.iterdir()) == []
