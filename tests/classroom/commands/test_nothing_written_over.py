"""What `--out` names is written over only if the program wrote it."""

import json
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner

from classroom.commands.course import app as course
from classroom.commands.data import app as data
from classroom.commands.judge import app as judge

SCHEMA = "CREATE TABLE guests (guest_id INTEGER PRIMARY KEY, name VARCHAR NOT NULL);"


def ran(app: object, *words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])  # type: ignore[arg-type]
    return done.exit_code, done.output


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    file = tmp_path / "notes.txt"
    file.write_text("shopping list\n")
    return file


@pytest.fixture
def schema(tmp_path: Path) -> Path:
    file = tmp_path / "schema.sql"
    file.write_text(SCHEMA)
    return file


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_build_leaves_a_stranger_s_file(notes: Path, lang: str) -> None:
    code, said = ran(data, "build", "--scale", "0.001", "--out", notes, "--lang", lang)
    assert (code, notes.read_text()) == (2, "shopping list\n")
    assert "notes.txt" in said
    assert [each.name for each in notes.parent.iterdir()] == ["notes.txt"]


def test_build_leaves_a_stranger_s_database_and_folder(tmp_path: Path) -> None:
    own = tmp_path / "own.duckdb"
    with duckdb.connect(str(own)) as connection:
        connection.execute("CREATE TABLE mine (a INTEGER)")
    assert ran(data, "build", "--scale", "0.001", "--out", own)[0] == 2
    with duckdb.connect(str(own)) as connection:
        assert connection.execute("SELECT count(*) FROM mine").fetchone() == (0,)
    folder = tmp_path / "photos"
    folder.mkdir()
    (folder / "one.jpg").write_bytes(b"1")
    assert ran(data, "build", "--scale", "0.001", "--format", "parquet", "--out", folder)[0] == 2
    assert (folder / "one.jpg").is_file()


def test_build_writes_over_its_own_data_whole_or_damaged(tmp_path: Path) -> None:
    out = tmp_path / "data.duckdb"
    assert ran(data, "build", "--scale", "0.001", "--out", out)[0] == 0
    (tmp_path / "data.manifest.json").unlink()
    assert ran(data, "build", "--scale", "0.001", "--seed", "2", "--out", out)[0] == 0
    out.write_bytes(b"half a file")
    assert ran(data, "build", "--scale", "0.001", "--out", out)[0] == 0


def test_copy_and_profile_leave_a_stranger_s_file(notes: Path, schema: Path) -> None:
    for command in (("copy", schema), ("profile", schema)):
        code, said = ran(data, *command, "--out", notes, "--lang", "en")
        assert (code, notes.read_text()) == (2, "shopping list\n")
        assert "notes.txt" in said


def test_copy_and_profile_write_over_their_own(tmp_path: Path, schema: Path) -> None:
    for _ in range(2):
        assert ran(data, "copy", schema, "--out", tmp_path / "copy.duckdb")[0] == 0
        assert ran(data, "profile", schema, "--out", tmp_path / "profile.sql")[0] == 0


def test_a_mapping_that_was_edited_stays(tmp_path: Path, schema: Path) -> None:
    mapping = tmp_path / "mapping.toml"
    asked = ("profile", schema, "--mapping-out", mapping)
    assert [ran(data, *asked)[0] for _ in range(2)] == [0, 0]
    edited = mapping.read_text("utf-8") + "# mine\n"
    mapping.write_text(edited.replace("guest_id", "guest_id ", 1), "utf-8")
    before = mapping.read_text("utf-8")
    assert ran(data, *asked)[0] == 2
    assert mapping.read_text("utf-8") == before


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_judge_adds_nothing_to_a_stranger_s_file(tmp_path: Path, notes: Path, lang: str) -> None:
    line = {"id": 1, "schema": SCHEMA, "solutions": ["SELECT 1"], "answer": "SELECT"}
    batch = tmp_path / "in.jsonl"
    batch.write_text(json.dumps(line))
    code, said = ran(judge, "--batch", batch, "--out", notes, "--lang", lang)
    assert (code, notes.read_text()) == (2, "shopping list\n")
    assert "notes.txt" in said


def test_course_build_leaves_a_stranger_s_notebook(tmp_path: Path) -> None:
    assert ran(course, "build", tmp_path, "--lesson", "L1")[0] == 0
    (notebook,) = tmp_path.iterdir()
    assert ran(course, "build", tmp_path, "--lesson", "L1")[0] == 0
    notebook.write_text("{}")
    assert ran(course, "build", tmp_path, "--lesson", "L1")[0] == 1
    assert notebook.read_text() == "{}"
