import pytest

from sqlgrade import judge_line

DDL = """
CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL, email VARCHAR);
CREATE TABLE events (event_id INTEGER PRIMARY KEY, guest_id INTEGER NOT NULL REFERENCES guests (guest_id), seen TIMESTAMP NOT NULL, day DATE NOT NULL);
"""
WRONG = {
    "a length on its boundary": ("SELECT name FROM guests WHERE length(name) > 15", "SELECT name FROM guests WHERE length(name) >= 15"),
    "spaces around a text": ("SELECT trim(name) FROM guests", "SELECT name FROM guests"),
    "capitals inside a word": (
        "SELECT upper(left(name, 1)) || lower(substr(name, 2)) FROM guests",
        "SELECT upper(left(name, 1)) || substr(name, 2) FROM guests",
    ),
    "a text split in more than two": (
        "SELECT split_part(email, '@', 2) FROM guests",
        "SELECT split_part(email, '@', -1) FROM guests",
    ),
    "a day cut in local time": (
        "SELECT CAST(seen + INTERVAL 9 HOUR AS DATE), count(*) FROM events GROUP BY 1",
        "SELECT CAST(seen AS DATE), count(*) FROM events GROUP BY 1",
    ),
    "a business day cut an hour late": (
        "SELECT CAST(seen - INTERVAL 5 HOUR AS DATE), count(*) FROM events GROUP BY 1",
        "SELECT CAST(seen - INTERVAL 6 HOUR AS DATE), count(*) FROM events GROUP BY 1",
    ),
    "a day cut in a named zone": (
        "SELECT CAST(seen AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tokyo' AS DATE) FROM events",
        "SELECT CAST(seen AS DATE) FROM events",
    ),
    "within seven days, the seventh included": (
        "SELECT event_id FROM events e WHERE day <= (SELECT min(day) FROM events f WHERE f.guest_id = e.guest_id) + 7",
        "SELECT event_id FROM events e WHERE day < (SELECT min(day) FROM events f WHERE f.guest_id = e.guest_id) + 7",
    ),
    "thirty days or thirty-one": (
        "SELECT e.event_id FROM events e JOIN events f USING (guest_id) WHERE date_diff('day', e.day, f.day) BETWEEN 1 AND 30",
        "SELECT e.event_id FROM events e JOIN events f USING (guest_id) WHERE date_diff('day', e.day, f.day) BETWEEN 1 AND 31",
    ),
    "a time of day on its boundary": (
        "SELECT event_id FROM events WHERE seen::TIME < TIME '05:00'",
        "SELECT event_id FROM events WHERE seen::TIME <= TIME '05:00'",
    ),
    "a window that reaches a day too far": (
        "SELECT event_id, count(*) OVER (ORDER BY day RANGE BETWEEN INTERVAL 6 DAY PRECEDING AND CURRENT ROW) FROM events",
        "SELECT event_id, count(*) OVER (ORDER BY day RANGE BETWEEN INTERVAL 7 DAY PRECEDING AND CURRENT ROW) FROM events",
    ),
    "a second counted from 1970": (
        "SELECT event_id FROM events WHERE epoch(seen) > 1700000000",
        "SELECT event_id FROM events WHERE epoch(seen) >= 1700000000",
    ),
    "the size of a negative number": (
        "SELECT event_id FROM events WHERE abs(event_id) < 5",
        "SELECT event_id FROM events WHERE event_id < 5",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("solution", "answer"), WRONG.values(), ids=WRONG.keys())
def test_values_that_a_function_or_shift_tells_apart_are_generated(solution: str, answer: str) -> None:
    line = {"id": 1, "schema": DDL, "solutions": [solution], "answer": answer, "row_order": "ignored"}
    assert judge_line(line)["verdict"] == "refuted"


MAIL = "^[A-Za-z][A-Za-z0-9_.-]*@shop[.]jp$"


@pytest.mark.parametrize(
    "wrong",
    [
        MAIL.replace("[.]", "."),
        MAIL.replace("[A-Za-z][", "["),
        MAIL.replace("*@", "+@"),
        MAIL.replace("[A-Za-z][", "[a-z]["),
        MAIL.replace("_.-", "_-"),
        MAIL.removesuffix("$"),
        MAIL.removeprefix("^"),
    ],
)
def test_regular_expressions_are_told_apart(wrong: str) -> None:
    ddl = "CREATE TABLE users (user_id INTEGER PRIMARY KEY, mail VARCHAR NOT NULL);"
    query = "SELECT user_id FROM users WHERE regexp_matches(mail, '{}')"
    found = judge_line({"id": 1, "schema": ddl, "solutions": [query.format(MAIL)], "answer": query.format(wrong)})
    assert found["verdict"] == "refuted"


def test_groups_grow_under_a_key_of_two_columns() -> None:
    ddl = "CREATE TABLE courses (student VARCHAR, class VARCHAR, PRIMARY KEY (student, class));"
    query = "SELECT class FROM courses GROUP BY class HAVING count(*) {}"
    line = {"id": 1, "schema": ddl, "solutions": [query.format(">= 5")], "answer": query.format("BETWEEN 5 AND 7")}
    assert judge_line(line)["verdict"] == "refuted"


def test_an_id_below_one_refutes_nothing() -> None:
    ddl = "CREATE TABLE seats (id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);"
    odd = "SELECT name FROM seats WHERE id % 2 = 1"
    line = {"id": 1, "schema": ddl, "solutions": [odd], "answer": "SELECT name FROM seats WHERE NOT id % 2 = 0"}
    assert judge_line(line)["verdict"] == "accepted"


@pytest.mark.parametrize(
    "wrong",
    [
        "SELECT id FROM products WHERE tags[1] = 'new'",
        "SELECT id FROM products WHERE array_to_string(tags, ',') LIKE '%new%'",
        "SELECT id FROM products WHERE list_contains(tags, 'New')",
        "SELECT id FROM products WHERE list_contains(list_distinct(tags), 'new') AND len(tags) = len(list_distinct(tags))",
    ],
)
def test_lists_hold_the_constants_they_are_searched_for(wrong: str) -> None:
    ddl = "CREATE TABLE products (id INTEGER PRIMARY KEY, tags VARCHAR[]);"
    line = {
        "id": 1,
        "schema": ddl,
        "solutions": ["SELECT id FROM products WHERE list_contains(tags, 'new')"],
        "answer": wrong,
    }
    assert judge_line(line)["verdict"] == "refuted"


VALUES = "CREATE TABLE facts (fact_id INTEGER PRIMARY KEY, note VARCHAR, hours DOUBLE, author STRUCT(name VARCHAR, age INTEGER));"
UNLIKE = {
    "an escaped per cent sign": ("note LIKE '%50!%%' ESCAPE '!'", "note LIKE '50!%%' ESCAPE '!'"),
    "an escaped per cent sign or any text": ("note LIKE '%50!%%' ESCAPE '!'", "note LIKE '%50%'"),
    "a word's start after a hyphen": (r"regexp_matches(note, '\bAB1')", "note LIKE 'AB1%' OR note LIKE '% AB1%'"),
    "one of many letters of a class": ("regexp_matches(note, '^[a-z][a-z0-9_.-]*@shop.com$')", "regexp_matches(note, '^[a-z][a-z0-9.-]*@shop.com$')"),
    "where a text stands in another": ("strpos(note, '50%') > 0", "strpos(note, '50%') > 1"),
    "a fraction that a cast rounds away": ("hours > 8", "CAST(hours AS INTEGER) > 8"),
    "a fraction that is cut": ("hours > 8", "floor(hours) > 8"),
    "a part of a struct on its boundary": ("author.age >= 18", "author.age > 18"),
    "a part of a struct in brackets": ("author['age'] >= 18", "author['age'] >= 17"),
    "letters or bytes": ("length(note) > 3", "strlen(note) > 3"),
    "a blank at the end": ("length(note) > 15", "length(trim(note)) > 15"),
    "two parts of a struct": ("author.age >= 18 AND author.name = 'Kai'", "author.age >= 18 OR author.name = 'Kai'"),
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong"), UNLIKE.values(), ids=UNLIKE.keys())
def test_conditions_on_patterns_fractions_and_parts_are_told_apart(right: str, wrong: str) -> None:
    query = "SELECT fact_id FROM facts WHERE {}"
    line = {"id": 1, "schema": VALUES, "solutions": [query.format(right)], "answer": query.format(wrong)}
    assert judge_line(line)["verdict"] == "refuted"


def test_a_text_is_longer_than_where_it_is_cut() -> None:
    line = {"id": 1, "schema": VALUES, "solutions": ["SELECT lower(substr(note, 2)) FROM facts"]}
    assert judge_line({**line, "answer": "SELECT lower(substr(note, 2, 12)) FROM facts"})["verdict"] == "refuted"


@pytest.mark.parametrize(
    "wrong",
    [
        "sum(CASE WHEN hours > 8 THEN 1 END) = count(*)",
        "bool_and(coalesce(hours, 0) > 8)",
        "min(coalesce(hours, 0)) > 8",
    ],
)
def test_one_blank_among_fitting_values_is_tried(wrong: str) -> None:
    query = "SELECT note FROM facts GROUP BY note HAVING {}"
    line = {"id": 1, "schema": VALUES, "solutions": [query.format("min(hours) > 8")], "answer": query.format(wrong)}
    assert judge_line(line)["verdict"] == "refuted"


def test_a_length_that_is_shown_is_tried_on_blanks_and_wide_letters() -> None:
    line = {"id": 1, "schema": VALUES, "solutions": ["SELECT length(note) FROM facts"]}
    for wrong in ("strlen(note)", "length(trim(note))", "length(replace(note, ' ', ''))"):
        assert judge_line({**line, "answer": f"SELECT {wrong} FROM facts"})["verdict"] == "refuted"
