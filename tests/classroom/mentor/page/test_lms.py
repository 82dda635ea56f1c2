"""Points for a learning platform: the columns that Moodle's importer documents, and a table for Google Sheets."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from classroom.commands.mentor import app
from classroom.mentor.grading.marks import read_marks
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.place.roster import Learner, enrol

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning", "ignore::ResourceWarning")


def exported(folder: MentorFolder, form: str, to: Path) -> list[list[str]]:
    with open_gradebook(folder) as gradebook:
        enrol(gradebook, [Learner("aoki", "葵", "青木", "aoki@example.com")])
    run = CliRunner().invoke(app, ["export", "--form", form, "--to", str(to), "--dir", str(folder.root)])
    assert run.exit_code == 0, run.output
    assert "6人" in run.output
    assert to.read_bytes().startswith(b"\xef\xbb\xbf")
    with to.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_moodle_gets_the_columns_of_its_own_export_and_a_dash_for_no_grade(
    folder: MentorFolder, tmp_path: Path
) -> None:
    head, *rows = exported(folder, "moodle", tmp_path / "moodle.csv")
    assert head[:4] == ["First name", "Last name", "ID number", "Email address"]
    assert [each.split()[0] for each in head[4:]] == ["L1"]
    by_id = {row[2]: row for row in rows}
    assert by_id["aoki"] == ["葵", "青木", "aoki", "aoki@example.com", "100"]
    marks = read_marks(folder, "L1", "doi")
    assert float(by_id["doi"][4]) == pytest.approx(100 * marks.total / marks.possible, abs=0.01)
    assert (by_id["endo"][4], by_id["fujii"][4]) == ("-", "-"), "handed in and not graded; nothing handed in"
    assert all(row[4] == "-" or 0 <= float(row[4]) <= 100 for row in rows), "Moodle refuses the whole file above 100"


def test_google_sheets_gets_a_row_a_learner_below_the_full_marks(folder: MentorFolder, tmp_path: Path) -> None:
    head, full, *rows = exported(folder, "classroom", tmp_path / "classroom.csv")
    assert head[:3] == ["Last Name", "First Name", "Email Address"]
    assert full == ["Points", "", "", "100"]
    assert ["青木", "葵", "aoki@example.com", "100"] in rows
    assert ["藤井", "文也", "", ""] in rows


@pytest.mark.parametrize("form", ["moodle", "classroom"])
def test_no_cell_is_a_formula_whatever_somebody_is_called(folder: MentorFolder, form: str, tmp_path: Path) -> None:
    with open_gradebook(folder) as gradebook:
        enrol(gradebook, [Learner("=1+1", "", "@SUM(A1)", "+x@example.com")])
    to = tmp_path / "grades.csv"
    run = CliRunner().invoke(app, ["export", "--form", form, "--to", str(to), "--dir", str(folder.root)])
    assert run.exit_code == 0, run.output
    with to.open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert {"'=1+1", "'@SUM(A1)", "'+x@example.com"} <= set(cells)
    assert not [each for each in cells if each != "-" and each.startswith(tuple("=+-@"))]


def test_a_form_that_there_is_not_is_refused_before_anything_is_written(folder: MentorFolder, tmp_path: Path) -> None:
    run = CliRunner().invoke(
        app, ["export", "--form", "canvas", "--to", str(tmp_path / "x.csv"), "--dir", str(folder.root)]
    )
    assert run.exit_code == 2
    assert not (tmp_path / "x.csv").exists()
