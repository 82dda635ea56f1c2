from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from classroom.commands.data import app, progress_of
from marketplace.workplace import manifest_path

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def penguin_data(*words: str | Path) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def test_build_makes_the_file_checks_it_and_writes_what_was_found(tmp_path: Path) -> None:
    out = tmp_path / "m.duckdb"
    done = penguin_data("build", "--scale", "small", "--seed", "2", "--out", out, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "all of them green" in done.output
    manifest = json.loads(manifest_path(out).read_text("utf-8"))
    assert manifest["found"]["132-experiment-real"]
    assert manifest["fingerprints"]["all"]


def test_check_prints_a_table_in_the_readers_language(small: Path) -> None:
    done = penguin_data("check", small, "--lang", "ja")
    assert done.exit_code == 0
    assert "見つかったこと" in done.output
    assert "差はない" in done.output
    assert "no difference" in penguin_data("check", small, "--lang", "en").output


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("build", "--scale", "huge"), "使えません"),
        (("build", "--seed", "-1"), "0 以上の整数"),
        (("build", "--seed", "x"), "0 以上の整数"),
        (("build", "--memory", "lots"), "2GB や 800MB"),
        (("check", "nowhere.duckdb"), "penguin data build"),
        (("measure", "--effect", "huge"), "none、small、real、harmful"),
        (("describe", "ghosts"), "という表や列はありません"),
        (("copy", "nowhere.sql"), "nowhere.sql"),
    ],
)
def test_bad_input_is_answered_with_one_sentence(words: tuple[str, ...], sentence: str) -> None:
    done = penguin_data(*words, "--lang", "ja")
    assert done.exit_code == 2
    assert sentence in done.output
    assert "Traceback" not in done.output


def test_describe_explains_a_column(tmp_path: Path) -> None:
    assert "prefecture" in penguin_data("describe", "guests.prefecture", "--lang", "en").output
    assert "appointments" in penguin_data("describe", "--lang", "ja").output


def test_measure_tells_the_mentor_where_the_truth_is(small: Path, tmp_path: Path) -> None:
    out = tmp_path / "measure.duckdb"
    done = penguin_data("measure", "--effect", "real", "--data", small, "--out", out, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "measure.manifest.json" in done.output.replace("\n", "")


def test_a_schema_is_profiled_and_copied(tmp_path: Path) -> None:
    schema = tmp_path / "shop.sql"
    schema.write_text("CREATE TABLE buyer (buyer_id INT PRIMARY KEY, email VARCHAR(80));", "utf-8")
    script, copied = tmp_path / "p.sql", tmp_path / "c.duckdb"
    assert penguin_data("profile", schema, "--out", script, "--lang", "en").exit_code == 0
    assert "SELECT" in script.read_text("utf-8")
    done = penguin_data("copy", schema, "--out", copied, "--lang", "en")
    assert done.exit_code == 0, done.output
    assert copied.exists()


def test_making_exercises_of_a_schema_says_how_far_it_is_before_the_first_proof_too(
    capsys: pytest.CaptureFixture[str],
) -> None:
    told = progress_of("lessons_command", "en")
    for step in (("", 9, 25), ("", 10, 25), ("", 25, 25), ("L1-01", 1, 25)):
        told(*step)
    assert capsys.readouterr().err.splitlines() == [
        "Data to judge by: 10 of 25.",
        "Data to judge by: 25 of 25.",
        "1 of 25: L1-01",
    ]
