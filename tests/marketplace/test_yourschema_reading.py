"""A company's schema is read from three dialects or a dump, and a mapping is proposed, edited and read back."""

import re
from pathlib import Path

import pytest

from marketplace.yourschema import YourSchemaError, infer_mapping, mapping_text, read_schema, read_schema_file
from marketplace.yourschema.fault import sentences
from marketplace.yourschema.mapping import SameAs
from marketplace.yourschema.mapping_file import read_mapping
from marketplace.yourschema.meanings import snake

SCHEMAS = Path(__file__).parent / "schemas"
MEMBERS = "CREATE TABLE members (member_id INTEGER PRIMARY KEY, mail VARCHAR, 都道府県 VARCHAR, 状態 VARCHAR, withdrawn_at TIMESTAMP)"


@pytest.fixture(scope="module")
def rental():
    return read_schema_file(SCHEMAS / "rental_store.postgres.sql")


@pytest.fixture(scope="module")
def shop():
    return read_schema_file(SCHEMAS / "online_shop.bigquery.sql")


def fault_of(code, action):
    with pytest.raises(YourSchemaError) as caught:
        action()
    assert caught.value.code == code
    assert caught.value.sentence("ja").endswith("。") or caught.value.sentence("ja").endswith(")。")
    return caught.value


def test_enums_domains_and_later_constraints_of_postgres_are_read(rental):
    film, store = rental.table("film"), rental.table("store")
    assert film.column("rating").choices == ("G", "PG", "PG-13", "R", "NC-17")
    assert film.column("release_year").type == "INT"
    assert [(r.columns, r.table) for r in store.references] == [
        (("address_id",), "address"),
        (("manager_staff_id",), "staff"),
    ]
    assert store.unique == (("manager_staff_id",),)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres"])
@pytest.mark.parametrize("kept", ["VIRTUAL", "STORED", ""])
def test_a_computed_column_is_read_as_a_column(dialect, kept):
    film = read_schema(
        f"CREATE TABLE film (length INT, hours NUMERIC(4, 2) GENERATED ALWAYS AS (round(length / 60.0, 2)) {kept})",
        dialect,
    ).table("film")
    assert [column.name for column in film.columns] == ["length", "hours"]


def test_a_partition_that_a_dump_attaches_is_no_table_of_its_own():
    schema = read_schema(
        "CREATE TABLE public.payment (payment_id INT, paid_at TIMESTAMP) PARTITION BY RANGE (paid_at);"
        "CREATE TABLE public.payment_2024 (payment_id INT, paid_at TIMESTAMP);"
        "ALTER TABLE ONLY public.payment ATTACH PARTITION public.payment_2024 FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');",
        "postgres",
    )
    assert [table.name for table in schema.tables] == ["payment"]


def test_the_kind_of_a_device_or_account_is_a_category_and_its_number_is_not():
    ddl = "CREATE TABLE t (id INTEGER PRIMARY KEY, device_type VARCHAR, account_status VARCHAR, priority VARCHAR, device_id VARCHAR, account_no VARCHAR)"
    plan = infer_mapping(read_schema(ddl)).table("t")
    assert [column.meaning for column in plan.columns] == ["key", *["category"] * 3, *["identifier"] * 2]


def test_comments_and_options_become_comments(rental, shop):
    assert rental.table("rental").comment == "One row per rented copy"
    assert shop.table("users").column("traffic_source").comment == "How the user came"


def test_the_dialect_is_guessed(rental, shop):
    assert (rental.dialect, shop.dialect) == ("postgres", "bigquery")


def test_keys_and_references_are_read_from_the_names_where_none_are_declared(shop):
    items = infer_mapping(shop).table("order_items")
    assert items.key == ("id",)
    assert items.column("order_id").references == ("orders", "order_id")
    assert infer_mapping(shop).table("inventory_items").column("product_distribution_center_id").guessed


def test_columns_that_repeat_the_row_referred_to_are_found(shop, rental):
    assert infer_mapping(shop).table("order_items").column("user_id").same_as == SameAs("order_id", "user_id")
    assert infer_mapping(shop).table("inventory_items").column("product_brand").same_as == SameAs("product_id", "brand")
    assert infer_mapping(rental).table("customer").column("address_id").same_as is None


def test_meanings_are_found_in_english_and_japanese():
    plan = infer_mapping(read_schema(MEMBERS)).table("members")
    found = {column.name: column.meaning for column in plan.columns}
    assert found == {
        "member_id": "key",
        "mail": "email",
        "都道府県": "prefecture",
        "状態": "category",
        "withdrawn_at": "deleted_at",
    }


def test_an_unknown_column_gets_a_neutral_meaning_that_is_never_profiled():
    plan = infer_mapping(read_schema("CREATE TABLE t (id INTEGER PRIMARY KEY, zzqx VARCHAR)")).table("t").column("zzqx")
    assert (plan.meaning, plan.profile) == ("neutral", "never")


def test_card_and_device_numbers_are_identifiers_and_never_profiled():
    ddl = "CREATE TABLE t (id INTEGER PRIMARY KEY, card_fp VARCHAR, card_no BIGINT, device_id VARCHAR, CustomerCode INTEGER)"
    plan = infer_mapping(read_schema(ddl)).table("t")
    assert {column.profile for column in plan.columns} == {"never"}


def test_camel_case_names_are_read_as_words():
    assert [snake(name) for name in ("CustomerId", "createdAt", "HTTPStatus")] == [
        "customer_id",
        "created_at",
        "http_status",
    ]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_mapping_file_says_the_same_when_read_back(rental, shop, lang):
    for schema in (rental, shop):
        proposed = infer_mapping(schema)
        assert read_mapping(mapping_text(proposed, lang), schema, proposed) == proposed


def test_what_nothing_is_made_for_may_be_blank_in_the_copy():
    ddl = "CREATE TABLE films (id INTEGER PRIMARY KEY, found_by tsvector NOT NULL, more jsonb NOT NULL, title text NOT NULL);"
    (table,) = read_schema(ddl, "postgres").tables
    assert [column.nullable for column in table.columns] == [False, True, False, False]


def test_an_information_schema_dump_is_read_as_a_schema():
    dump = (
        "table_name,column_name,ordinal_position,data_type,is_nullable,character_maximum_length\n"
        "users,id,1,bigint,NO,\nusers,name,2,character varying,YES,30\norders,user_id,2,bigint,YES,\norders,order_id,1,bigint,NO,\n"
    )
    schema = read_schema(dump)
    assert [column.name for column in schema.table("orders").columns] == ["order_id", "user_id"]
    assert schema.table("users").column("name").length == 30
    assert infer_mapping(schema).table("orders").column("user_id").references == ("users", "id")


def test_ddl_that_does_not_parse_names_the_line():
    fault = fault_of(
        "ddl_unreadable",
        lambda: read_schema("CREATE TABLE a (id INT);\nCREATE TABLE b (id INT,\n x INT NOT VERY GOOD (;"),
    )
    assert fault.params["line"] in (2, 3)


@pytest.mark.parametrize(
    ("code", "ddl"),
    [
        ("ddl_empty", "SELECT 1"),
        ("ddl_duplicate_table", "CREATE TABLE a (id INT); CREATE TABLE A (id INT)"),
        ("ddl_unknown_reference", "CREATE TABLE a (id INT, b_id INT REFERENCES b (id))"),
        ("dump_columns", "table_name,column_name\na,b"),
    ],
)
def test_a_schema_that_cannot_be_used_says_what_to_do(code, ddl):
    fault_of(code, lambda: read_schema(ddl))


def test_a_missing_file_and_an_unknown_dialect_say_what_to_do(tmp_path):
    fault_of("file_missing", lambda: read_schema_file(tmp_path / "none.sql"))
    fault_of("dialect_unknown", lambda: read_schema("CREATE TABLE a (id INT)", "oracle"))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("mapping_unreadable", "[tables.members\n"),
        ("mapping_unknown_table", "[tables.nobody]\nrows = 1"),
        ("mapping_unknown_column", "[tables.members.columns]\nemail = { meaning = 'email' }"),
        ("mapping_unknown_meaning", "[tables.members.columns]\nmail = { meaning = 'e-mail' }"),
        ("mapping_unknown_key", "[tables.members.columns]\nmail = { meening = 'email' }"),
        ("mapping_unknown_role", "[tables.members]\nrole = 'boss'"),
        ("mapping_bad_value", "[tables.members]\nrows = -5"),
        ("mapping_bad_value", "[tables.members.columns]\nmail = { null_share = 7 }"),
        ("mapping_bad_reference", "[tables.members.columns]\nmail = { references = 'nobody.id' }"),
        ("mapping_bad_value", "[tables.members.columns]\nmail = 'email'"),
        ("mapping_bad_value", "tables = 3"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_what_to_do(code, text):
    schema = read_schema(MEMBERS)
    fault_of(code, lambda: read_mapping(text, schema, infer_mapping(schema)))


def test_both_languages_have_the_same_sentences_with_the_same_gaps():
    ja, en = sentences("ja"), sentences("en")
    assert set(ja) == set(en)
    gaps = {code: [set(re.findall(r"\{(\w+)\}", text[code])) for text in (ja, en)] for code in ja}
    assert [code for code, (one, other) in gaps.items() if one != other] == []
