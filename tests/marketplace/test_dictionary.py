"""The data dictionary agrees with the schema in both languages, and can be searched."""

import re

import pytest

import marketplace
from marketplace.data_dictionary import faults, texts
from marketplace.structure import shapes_of

LANGS = ("ja", "en")


@pytest.mark.parametrize("lang", LANGS)
def test_every_table_and_column_has_its_sentences_and_none_is_extra(lang):
    assert faults(lang) == ()


@pytest.mark.parametrize("lang", LANGS)
def test_the_dictionary_lists_the_tables_in_the_order_of_the_schema(lang):
    assert tuple(entry.name for entry in marketplace.dictionary(lang)) == marketplace.TABLES


def test_types_keys_and_references_are_those_of_the_schema():
    payments = next(entry for entry in marketplace.dictionary("ja") if entry.name == "payments")
    guest = payments.column("guest_id")
    assert payments.key == ("payment_id",)
    assert (guest.type, guest.nullable, guest.fk) == ("INTEGER", False, "guests.guest_id")


def test_both_languages_name_a_trap_at_the_same_columns():
    trapped = [
        {(entry.name, column.name) for entry in marketplace.dictionary(lang) for column in entry.columns if column.trap}
        for lang in LANGS
    ]
    assert trapped[0] == trapped[1]


def test_each_entry_says_what_one_row_is():
    assert all(entry.grain.startswith("1行 = ") for entry in marketplace.dictionary("ja"))
    assert all(entry.grain.startswith("one row = ") for entry in marketplace.dictionary("en"))


def test_values_a_check_allows_are_named_in_the_meaning():
    allowed = re.findall(r"CHECK \((\w+) IN \((.+?)\)\)", marketplace.ddl())
    for lang in LANGS:
        meanings = [
            column.meaning
            for entry in marketplace.dictionary(lang)
            for column in entry.columns
            if column.name == "status"
        ]
        for value in re.findall(r"'(\w+)'", dict(allowed)["status"]):
            assert any(value in meaning or "appointments.status" in meaning for meaning in meanings), value


def test_english_sentences_hold_no_japanese_but_quoted_values():
    kana = re.compile(r"[ぁ-んァ-ヶ]")
    assert not [line for line in str(texts("en")).split("',") if kana.search(line)]


@pytest.mark.parametrize(
    ("name", "words"), [("guests", "1行 = "), ("guests.email", "退会"), ("guest_rating", "未評価")]
)
def test_a_table_a_column_and_a_bare_column_name_are_described(name, words):
    assert words in marketplace.describe_text(name, "ja")


def test_a_column_of_several_tables_is_described_for_each():
    text = marketplace.describe_text("cast_id", "en")
    assert "casts.cast_id" in text
    assert "talks.cast_id" in text


def test_an_unknown_name_is_not_described():
    assert marketplace.describe_text("no_such_thing") is None
    assert marketplace.describe_text("guests.no_such_column") is None


def test_a_search_ranks_the_name_before_a_mention():
    assert marketplace.search("refund", "en")[0].table == "payments"
    assert marketplace.search("guest_rating", "ja")[0].column == "guest_rating"


def test_a_search_ignores_the_width_and_the_case_of_letters():
    assert marketplace.search("ＵＴＣ", "ja") == marketplace.search("utc", "ja")


def test_an_empty_search_finds_nothing():
    assert marketplace.search("  ") == ()


def test_a_composite_key_is_read_in_its_order():
    log = next(shape for shape in shapes_of(marketplace.ddl()) if shape.name == "appointment_status_log")
    assert log.key == ("appointment_id", "seq")
