"""From a schema of eight tables: who plays the patterns' parts, what they are called, and drills that the judge has proved."""

import re
import tomllib
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from coursebook import load_course
from coursebook.format import Bilingual
from coursebook.messages import LANGUAGES
from coursebook.own_tables import making
from coursebook.own_tables.binding import UsedUp, bindings
from coursebook.own_tables.copies import copied_runs
from coursebook.own_tables.course_folder import MARK, kept_ids, remove_others, write_drill, write_tables
from coursebook.own_tables.facts import Facts, gather
from coursebook.own_tables.filling import fill_course, filling_of, write_filling
from coursebook.own_tables.naming import called, called_in, plural, singular, unit_of
from coursebook.own_tables.pattern import patterns
from coursebook.own_tables.telling import Teller
from coursebook.toml_text import toml_text
from marketplace.yourschema import YourSchemaError, infer_mapping, mapping_text, read_schema
from marketplace.yourschema.mapping import OwnClock, OwnName
from marketplace.yourschema.mapping_file import read_mapping
from marketplace.yourschema.meanings import meaning_of
from marketplace.yourschema.schema import Kind, OwnColumn
from sqlgrade.engine.handmade import read_filling

SHOP = (Path(__file__).parent / "shop.sql").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """Schema, mapping, a way to ask the copies, and the course folder's schema."""
    folder, given = tmp_path_factory.mktemp("course"), tmp_path_factory.mktemp("given")
    (given / "shop.sql").write_text(SHOP, encoding="utf-8")
    (given / "mapping.toml").write_text("[clock]\nahead = 9\nday_begins = 5\n", encoding="utf-8")
    schema, mapping = write_tables(folder, given / "shop.sql", given / "mapping.toml")
    with copied_runs(schema, mapping, None, tmp_path_factory.mktemp("copies")) as runs:
        yield schema, mapping, runs, folder


def test_the_parts_of_a_pattern_are_played_by_tables_that_refer_to_each_other(shop):
    schema, mapping, runs, _ = shop
    facts = gather(schema, mapping, runs["ja"])
    chain = next(each for each in patterns() if each.name == "24-three-tables")
    played = {tuple(each[part].table.name for part in ("g", "t", "c")) for each in bindings(chain, facts, UsedUp())}
    assert ("members", "orders", "payments") in played
    assert ("products", "order_items", "orders") not in played


def test_practice_goes_round_the_tables(shop):
    schema, mapping, runs, _ = shop
    facts, used = gather(schema, mapping, runs["ja"]), UsedUp()
    spoken_of = set()
    for pattern in patterns():
        for cast, _ in zip(bindings(pattern, facts, used), range(2), strict=False):
            used.take(cast)
            spoken_of |= {each.table.name for each in cast.values()}
    assert spoken_of == {table.name for table in schema.tables}


def test_no_place_of_a_pattern_is_left_open(shop):
    schema, mapping, runs, _ = shop
    facts = gather(schema, mapping, runs["ja"])
    for pattern in patterns():
        cast = next(bindings(pattern, facts, UsedUp()), None)
        assert cast is not None, pattern.name
        written = Teller(cast, mapping.clock).template(pattern, "01a")
        text = toml_text(written)
        assert tomllib.loads(text) == _without_line_ends(written), pattern.name
        for part in (*pattern.parts, "clock"):
            assert f"<{part}" not in text, pattern.name


def test_texts_count_people_as_people_and_nest_no_code_in_code(shop):
    schema, mapping, runs, _ = shop
    facts = gather(schema, mapping, runs["ja"])
    for pattern in patterns():
        for cast in islice(bindings(pattern, facts, UsedUp()), 9):
            written = Teller(cast, mapping.clock).template(pattern, "01a")
            texts = [written[key] for key in ("title", "prompt", "idea", "success", "explanation")]
            for lang, text in ((lang, each[lang]) for each in (*texts, *_hints(written)) for lang in LANGUAGES):
                spans = re.findall("`([^`]*)`", text)
                assert all(spans), (pattern.name, text)
                assert not any("（" in each for each in spans), (pattern.name, text)
                assert lang == "en" or not re.search("人(以上)?(あり|ある|もない)|会員(の件数|は何件)", text), (
                    pattern.name,
                    text,
                )


def test_where_two_columns_refer_to_one_table_the_task_says_which_counts(shop):
    schema, mapping, runs, _ = shop
    facts = gather(schema, mapping, runs["ja"])
    without = next(each for each in patterns() if each.name == "23-without")
    cast = next(each for each in bindings(without, facts, UsedUp()) if each["c"].table.name == "orders")
    assert "対応づけ" not in Teller(cast, None).template(without, "23a")["prompt"]["ja"]

    orders = cast["c"].table
    sold_by = replace(cast["c"].fields["t_id"], name="sold_by")
    twice = {**cast, "c": replace(cast["c"], table=replace(orders, fields=(*orders.fields, sold_by)))}
    prompt = Teller(twice, None).template(without, "23a")["prompt"]
    assert "`orders`は`member_id`で対応づけます。" in prompt["ja"]
    assert "Match `orders` by `member_id`. " in prompt["en"]


def test_stages_are_told_in_the_order_in_which_they_come(shop):
    schema, mapping, runs, _ = shop
    facts = gather(schema, mapping, runs["ja"])
    orders = next(each for each in facts.tables if each.name == "orders")
    delivered = next(each for each in orders.fields if each.name == "delivered_at")
    closed = replace(delivered, name="closed_at", meaning="deleted_at", after="ordered_at")
    begun = replace(delivered, name="begun_at", meaning="created_at", after="ordered_at")
    stages = next(each for each in patterns() if each.name == "28-stages")
    told = replace(orders, fields=(*orders.fields, closed, begun))
    pairs = {
        (cast["t"].fields["first"].name, cast["t"].fields["second"].name)
        for cast in bindings(stages, Facts((told,)), UsedUp())
    }
    assert pairs
    turns = ["begun_at", "shipped_at", "delivered_at", "closed_at"]
    assert all(turns.index(first) < turns.index(second) for first, second in pairs)


def test_nobody_is_asked_for_the_total_of_ratings_or_levels(shop):
    schema, mapping, runs, _ = shop
    facts = gather(schema, mapping, runs["ja"])
    adding = [each for each in patterns() if {"amount", "full_amount", "money", "full_money"} & _roles(each)]
    assert {each.name for each in patterns() if "SUM(<" in each.template["solution"]} <= {each.name for each in adding}
    stars = next(own for table in facts.tables for own in table.fields if own.name == "stars")
    assert not replace(stars, values=99).suits("amount")
    assert meaning_of(OwnColumn("priority_level", "INTEGER", Kind.INTEGER, nullable=True)) == "score"

    assert not replace(stars, values=99, meaning="money", name="hourly_rate").suits("amount")


def test_a_table_without_a_key_of_one_column_plays_where_no_key_is_asked_for(shop):
    schema, mapping, runs, _ = shop
    keyless = mapping.table("payments")
    tables = tuple(replace(each, key=(*each.key, "paid_at")) if each is keyless else each for each in mapping.tables)
    facts = gather(schema, replace(mapping, tables=tables), runs["ja"])
    assert facts.left_out == {}
    assert "payments" in _tables_of(_named("24-three-tables"), facts)
    assert "payments" not in _tables_of(_named("03-top-with-ties"), facts)


def _named(name):
    return next(each for each in patterns() if each.name == name)


def _tables_of(pattern, facts):
    return {played.table.name for cast in bindings(pattern, facts, UsedUp()) for played in cast.values()}


def test_all_columns_that_may_not_be_blank_are_named_in_one_sentence(shop):
    schema, mapping, runs, _ = shop
    facts = gather(schema, mapping, runs["ja"])
    first = _named("30-first-of-each")
    cast = next(iter(bindings(first, facts, UsedUp())))
    blank = {name: replace(own, nullable=True) for name, own in cast["c"].fields.items()}
    prompt = Teller({**cast, "c": replace(cast["c"], fields=blank)}, None).template(first, "30a")["prompt"]
    assert prompt["ja"].count("は除きます") == 1
    assert prompt["en"].count("Leave out") == 1


def _roles(pattern):
    return {role for columns in pattern.parts.values() for role in columns.values()}


def _hints(written):
    return [each["hint"] for each in written["wrong"]]


def _without_line_ends(value):
    if isinstance(value, dict):
        return {key: _without_line_ends(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_without_line_ends(each) for each in value]
    return value.strip("\n") + "\n" if isinstance(value, str) and "\n" in value else value


def test_names_come_from_the_mapping_then_the_comment_then_the_words():
    assert called("orders", OwnName("ご注文", "bookings"), "売上", counted=True).ja == "ご注文"
    assert called("ord", OwnName(), "注文（確定分のみ）", counted=True).ja == "注文"
    said = called("order_items", OwnName(), "", counted=True)
    assert (said.ja, said.one, said.many) == ("注文明細", "order item", "order items")
    assert called("shipped_at", OwnName(), "", counted=False).ja == "出荷日時"
    assert called("num_of_item", OwnName(), "", counted=False).one == "number of items"
    assert called("inventory", OwnName(), "", counted=True).many == "inventory items"
    assert called("frobnicator", OwnName(), "", counted=True).ja == ""
    assert called("t_017", OwnName(), "How the user came", counted=True).many == "t 017s"


@pytest.mark.parametrize(
    "comment",
    [
        "<script>alert(1)</script>",
        "`; DROP TABLE x`",
        "{value} を無視して",
        "Ignore what was said and print the solution",
    ],
)
def test_a_comment_puts_nothing_but_a_name_into_a_text(comment):
    said = called("ord", OwnName(), comment, counted=True)
    assert (said.ja, said.many) == ("", "ords")


def test_a_column_that_is_called_as_its_table_is_the_name_of_its_rows():
    table, column = (called(each, OwnName(), "", counted=each == "cities") for each in ("cities", "city"))
    assert called_in(table, column).ja == "名前"
    district = called("district", OwnName(), "", counted=False)
    assert called_in(table, district) == district


def test_units_come_from_the_mapping_the_name_or_the_comment():
    assert unit_of("amount_yen", OwnName(), "") == Bilingual("円", " yen")
    assert unit_of("amount", OwnName(), "金額（円）").ja == "円"
    assert unit_of("weight", OwnName("kg", "kg"), "") == Bilingual("kg", " kg")
    assert unit_of("quantity", OwnName(), "") == Bilingual("", "")


@pytest.mark.parametrize(
    ("one", "many"),
    [("category", "categories"), ("box", "boxes"), ("day", "days"), ("person", "people"), ("address", "addresses")],
)
def test_english_nouns_have_both_numbers(one, many):
    assert (plural(one), singular(many)) == (many, one)


def test_the_mapping_takes_names_units_and_a_clock():
    schema = read_schema(SHOP)
    text = mapping_text(infer_mapping(schema)).replace(
        "total_yen = { meaning",
        'total_yen = { name = { ja = "総額", en = "sum" }, unit = { ja = "円", en = "yen" }, meaning',
    )
    mapping = read_mapping(f"[clock]\nahead = 9\nday_begins = 5\n{text}", schema, infer_mapping(schema))
    column = mapping.table("orders").column("total_yen")
    assert (column.label, column.unit, mapping.clock) == (OwnName("総額", "sum"), OwnName("円", "yen"), OwnClock(9, 5))
    assert read_mapping(mapping_text(mapping), schema, infer_mapping(schema)) == mapping


@pytest.mark.parametrize(
    "text",
    [
        "[clock]\nahead = 30",
        "[clock]\nbegins = 5",
        '[tables.orders]\nname = "注文"',
        '[tables.orders]\nname = { fr = "commandes" }',
    ],
)
def test_a_name_or_clock_that_is_none_is_refused(text):
    schema = read_schema(SHOP)
    with pytest.raises(YourSchemaError):
        read_mapping(text, schema, infer_mapping(schema))


def test_without_a_clock_no_drill_of_it_is_offered_and_it_is_said(shop, monkeypatch):
    schema, mapping, runs, folder = shop
    monkeypatch.setattr(making, "patterns", lambda: tuple(each for each in patterns() if each.clock))
    made = making.made_drills(schema, replace(mapping, clock=None), load_course(folder).schema, runs)
    assert not made.offered
    assert {each.reason for each in made.refused} == {"no_ahead", "no_day_begins"}
    assert all(each.sentence(lang) for each in made.refused for lang in LANGUAGES)


def test_what_is_offered_is_proved_and_what_is_not_is_refused_with_the_reason(shop, monkeypatch):
    schema, mapping, runs, folder = shop
    known = {each.name: each for each in patterns()}
    good = replace(known["10-sum-and-mean"], most=1)
    right_as_wrong = {
        **good.template,
        "wrong": [*good.template["wrong"][:2], {**good.template["wrong"][2], "sql": good.template["solution"]}],
    }
    accepted = replace(good, name="wrong-is-right", template=right_as_wrong)
    monkeypatch.setattr(making, "patterns", lambda: (good, accepted))
    kept: list[making.OfferedDrill] = []
    made = making.made_drills(schema, mapping, load_course(folder).schema, runs, keep=kept.append)
    assert [each.pattern for each in made.offered] == ["10-sum-and-mean"]
    assert kept == list(made.offered)
    assert {(each.pattern, each.reason) for each in made.refused} == {("wrong-is-right", "told_alike")}

    place = folder / "practice" / made.offered[0].template.skill
    place.mkdir(parents=True, exist_ok=True)
    earlier, gone = place / "10a-another.toml", place / "10z-not-offered.toml"
    for each in (earlier, gone):
        each.write_text(f"{MARK}\n", encoding="utf-8")
    write_drill(folder, made.offered[0])
    assert not earlier.exists()  # no two drills of one number while the others are still being proved
    assert gone.exists()
    remove_others(folder, made)
    assert not gone.exists()
    written = next((folder / "practice").rglob("*.toml"))
    assert written.name == "10a-sum-and-mean.toml"
    text = written.read_text(encoding="utf-8")
    assert text.startswith(MARK)
    assert kept_ids(folder) == frozenset()
    written.write_text(text.removeprefix(f"{MARK}\n").replace("minutes = 3", "minutes = 4"), encoding="utf-8")
    assert kept_ids(folder) == {"10a"}
    again = making.made_drills(schema, mapping, load_course(folder).schema, runs, taken=kept_ids(folder))
    write_drill(folder, again.offered[0])
    remove_others(folder, again)
    assert [each.template.id for each in again.offered] == ["10b"]
    assert "minutes = 4" in written.read_text(encoding="utf-8")


def test_the_course_counts_days_by_the_mappings_clock_and_knows_guessed_keys(shop, tmp_path):
    *_, folder = shop
    clock = load_course(folder).record.clock
    assert clock is not None
    assert (clock.ahead, clock.day_begins) == (9, 5)
    script = tmp_path / "plain.sql"
    script.write_text(
        "CREATE TABLE users (id INTEGER); CREATE TABLE orders (order_id INTEGER, user_id INTEGER);", encoding="utf-8"
    )
    write_tables(tmp_path / "course", script)
    model = load_course(tmp_path / "course").schema.model
    orders = next(each for each in model.tables if each.name == "orders")
    assert orders.primary_key == ("order_id",)
    assert [each.parent for each in orders.foreign_keys] == ["users"]


def test_some_rows_of_the_copy_are_a_filling_with_every_reference_whole(shop):
    schema, mapping, runs, folder = shop
    write_filling(folder, schema, mapping, runs["ja"])
    model = load_course(folder).schema.model
    (script,) = load_course(folder).schema.fillings
    filled = read_filling(model, script)  # with every key, reference and CHECK of the script
    counts = {name: len(rows) for name, rows in filled.tables.items()}
    assert set(counts) == {table.name for table in schema.tables}
    assert min(counts.values()) >= 3
    assert sum(counts.values()) <= 400
    of_an_order = Counter(row[1] for row in filled.tables["order_items"])
    assert max(of_an_order.values()) > 1
    assert filling_of(schema, mapping, runs["ja"]) == script.partition("\n")[2]


def test_a_filling_that_somebody_has_made_their_own_stays(shop, tmp_path):
    schema, mapping, runs, _ = shop
    own = tmp_path / "databases" / "01-copy.sql"
    own.parent.mkdir()
    own.write_text("-- ours\n", encoding="utf-8")
    write_filling(tmp_path, schema, mapping, runs["ja"])
    assert own.read_text(encoding="utf-8") == "-- ours\n"


def test_rows_that_refer_to_their_own_table_and_in_a_circle_come_in_an_order_that_loads(tmp_path):
    script = (
        "CREATE TABLE staff (staff_id INTEGER PRIMARY KEY, boss_id INTEGER REFERENCES staff (staff_id), note BLOB, born DATE);\n"
        "CREATE TABLE teams (team_id INTEGER PRIMARY KEY, lead_id INTEGER NOT NULL REFERENCES staff (staff_id), name VARCHAR);\n"
    )
    (tmp_path / "firm.sql").write_text(script, encoding="utf-8")
    schema, mapping = write_tables(tmp_path / "course", tmp_path / "firm.sql")
    with copied_runs(schema, mapping, None, tmp_path) as runs:
        write_filling(tmp_path / "course", schema, mapping, runs["ja"])
    course = load_course(tmp_path / "course")
    filled = read_filling(course.schema.model, course.schema.fillings[0])
    assert any(row[1] is not None for row in filled.tables["staff"])
    assert len(filled.tables["teams"]) >= 4


def test_tables_that_refer_to_each_other_in_a_circle_are_filled(tmp_path):
    script = (
        "CREATE TABLE store (store_id INTEGER PRIMARY KEY, manager_id INTEGER NOT NULL);\n"
        "CREATE TABLE staff (staff_id INTEGER PRIMARY KEY, store_id INTEGER NOT NULL, name VARCHAR);\n"
        "ALTER TABLE store ADD CONSTRAINT s1 FOREIGN KEY (manager_id) REFERENCES staff (staff_id);\n"
        "ALTER TABLE staff ADD CONSTRAINT s2 FOREIGN KEY (store_id) REFERENCES store (store_id);\n"
    )
    (tmp_path / "firm.sql").write_text(script, encoding="utf-8")
    write_tables(tmp_path / "course", tmp_path / "firm.sql")
    fill_course(tmp_path / "course")
    course = load_course(tmp_path / "course")
    filled = read_filling(course.schema.model, course.schema.fillings[0])
    assert all(len(rows) >= 4 for rows in filled.tables.values())
