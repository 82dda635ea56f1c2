"""A course made of a company's DDL: what it shows of it, and what hostile ones come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from classroom.chosen_course import VARIABLE
from classroom.commands.start import app
from classroom.learner.panel.schema_view import show_schema
from classroom.learner.state.desk import Desk
from classroom.messages import say
from coursebook import Course, load_course
from coursebook.course_of_tables import MARK, MOST_TABLES, write_course_of_tables
from marketplace.yourschema.fault import YourSchemaError, sentences

if TYPE_CHECKING:
    from pathlib import Path

SHOP = """
CREATE TABLE "order" (
  "select" INTEGER PRIMARY KEY,
  "group by" TIMESTAMP NOT NULL,
  "a""b" TEXT CHECK (secret_check("a""b"))
);
CREATE TABLE line (id INT PRIMARY KEY, order_id INT NOT NULL REFERENCES "order" ("select"), n INT);
COMMENT ON TABLE "order" IS '<script>alert(1)</script> it''s a string';
COMMENT ON COLUMN line.n IS '<img src=x onerror=alert(1)>';
"""


def made(place: Path, ddl: str, mapping: str = "") -> Course:
    script = place / "shop.sql"
    script.write_text(ddl, encoding="utf-8")
    if mapping:
        (place / "mapping.toml").write_text(mapping, encoding="utf-8")
    write_course_of_tables(place / "course", script, place / "mapping.toml" if mapping else None)
    return load_course(place / "course")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    course = made(tmp_path, SHOP)
    course.data.build(tmp_path / "shop-en.duckdb", "en", 1.0)
    monkeypatch.setenv(VARIABLE, str(course.root))
    return Desk(lang="en", practice=tmp_path / "shop-en.duckdb")


def test_names_and_comments_are_shown_and_never_markup(desk: Desk) -> None:
    shown = [show_schema(desk, asked) for asked in ("", "order", "line", '"ORDER"', "string")]
    for each in shown:
        assert "<script>" not in each.data["text/html"]
        assert "<img src=x" not in each.data["text/html"]
    listed, order, line, *_ = (each.data["text/plain"] for each in shown)
    assert "it's a string" in listed
    assert "group by" in order
    assert "→ order.select" in line
    assert "onerror" in line
    desk.close()


def test_what_may_be_searched_for_is_taken_from_the_tables_at_hand(desk: Desk) -> None:
    listed = show_schema(desk, "").data
    assert "%schema group by;" in listed["text/plain"]
    assert 'placeholder="Find a table or column (order, group by …)"' in listed["text/html"]
    desk.close()


def test_a_diagram_of_odd_names_is_drawn(desk: Desk) -> None:
    assert "data:image/svg+xml" in show_schema(desk, "er").data["text/html"]
    desk.close()


def test_a_word_of_the_grammar_is_written_with_quotes(desk: Desk) -> None:
    assert "&quot;\\&quot;order\\&quot;&quot;" in show_schema(desk, "order").data["text/html"]
    desk.close()


@pytest.mark.parametrize(
    ("code", "ddl"),
    [
        ("ddl_empty", "SELECT 1;"),
        ("ddl_no_columns", "CREATE TABLE t ();"),
        ("ddl_duplicate_column", 'CREATE TABLE t (id INT, "ID" INT);'),
        ("ddl_unreadable", "CREATE TABLE t (id INT,\n oops oops oops,,);"),
        ("ddl_unreadable", "CREATE TABLE t (id INT CHECK (" + "(" * 3000 + "id" + ")" * 3000 + " > 0));"),
        ("too_many_tables", "".join(f"CREATE TABLE t{n} (id INT);" for n in range(10_000))),
    ],
)
def test_what_cannot_be_practised_on_is_said(code: str, ddl: str, tmp_path: Path) -> None:
    with pytest.raises(YourSchemaError) as raised:
        made(tmp_path, ddl)
    assert raised.value.code == code
    assert not (tmp_path / "course").exists()
    assert all(code in sentences(lang) for lang in ("ja", "en"))


def test_a_course_of_somebodys_own_is_never_written_over(tmp_path: Path) -> None:
    made(tmp_path, "CREATE TABLE t (id INT);")
    assert made(tmp_path, "CREATE TABLE u (id INT);").schema.model.tables[0].name == "u"
    record = tmp_path / "course" / "course.toml"
    changed = record.read_text(encoding="utf-8").removeprefix(f"{MARK}\n").replace("least_drills = 1", "")
    record.write_text(changed, encoding="utf-8")
    with pytest.raises(YourSchemaError) as raised:
        made(tmp_path, "CREATE TABLE v (id INT);")
    assert raised.value.code == "course_not_ours"
    assert record.read_text(encoding="utf-8") == changed
    assert "TABLE u" in (tmp_path / "course" / "schema.sql").read_text(encoding="utf-8")
    assert all("course_not_ours" in sentences(lang) for lang in ("ja", "en"))


def test_a_mapping_without_end_is_said(tmp_path: Path) -> None:
    with pytest.raises(YourSchemaError) as raised:
        made(tmp_path, "CREATE TABLE t (id INT);", "x = " + "[" * 5000)
    assert raised.value.code == "mapping_unreadable"


def test_a_list_of_columns_becomes_a_script(tmp_path: Path) -> None:
    course = made(
        tmp_path, "table_name,column_name,data_type,is_nullable\norder,select,integer,NO\norder,x y,text,YES\n"
    )
    (table,) = course.schema.model.tables
    assert (table.name, [each.name for each in table.columns]) == ("order", ["select", "x y"])


def test_too_many_is_more_than_five_hundred(tmp_path: Path) -> None:
    few = "".join(f"CREATE TABLE t{n} (id INT);" for n in range(MOST_TABLES))
    assert len(made(tmp_path, few).data.shapes()) == MOST_TABLES


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_does_not_go_together_is_said(lang: str, tmp_path: Path) -> None:
    (tmp_path / "s.sql").write_text("CREATE TABLE t (id INT);", encoding="utf-8")
    at = ["--dir", str(tmp_path / "room"), "--lang", lang, "--prepare-only"]
    both = CliRunner().invoke(app, [*at, "--schema", str(tmp_path / "s.sql"), "--course", str(tmp_path)])
    assert (both.exit_code, both.output.strip()) == (2, say("start.course_or_schema", lang))
    alone = CliRunner().invoke(app, [*at, "--mapping", "m.toml"])
    assert (alone.exit_code, alone.output.strip()) == (2, say("start.of_a_schema", lang, file="m.toml"))
    assert not (tmp_path / "room").exists()
