"""The Expo's texts: whole in the course, and points that pass or don't."""

from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from coursebook import load_course
from coursebook.checks.expo_whole import expo_whole, problems_of
from coursebook.course import course_root
from coursebook.expo import LETTERS, ExpoTexts, load_expo, passes

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def texts() -> ExpoTexts:
    return load_expo(course_root())


def test_the_courses_own_texts_are_whole(texts: ExpoTexts) -> None:
    assert list(problems_of(course_root())) == []
    assert [each.letter for each in texts.rubric if each.must] == list("ABCDG")


def test_an_expo_passes_with_two_thirds_of_the_points_and_no_zero_in_the_first_four_rows_or_honesty(
    texts: ExpoTexts,
) -> None:
    twos = dict.fromkeys(LETTERS, 2)
    assert passes(texts, twos)
    assert not passes(texts, {**twos, "I": 1})
    assert passes(texts, {**twos, "H": 0, "I": 3, "G": 3})
    assert not passes(texts, {**dict.fromkeys(LETTERS, 3), "D": 0})
    assert not passes(texts, {**dict.fromkeys(LETTERS, 3), "G": 0})


def test_a_missing_anchor_is_told_with_its_file(tmp_path: Path) -> None:
    shutil.copytree(course_root() / "expo", tmp_path / "expo")
    rubric = tmp_path / "expo" / "rubric.toml"
    rubric.write_text(rubric.read_text("utf-8").rpartition("[[rows.anchors]]")[0], "utf-8")
    found = list(problems_of(tmp_path))
    assert [(each.code, each.file) for each in found] == [("expo_order", rubric)]


def test_a_story_with_a_figure_of_the_data_or_a_step_left_out_is_told(tmp_path: Path) -> None:
    shutil.copytree(course_root() / "expo", tmp_path / "expo")
    steps = tmp_path / "expo" / "steps.toml"
    text = steps.read_text("utf-8").replace('"report.decision", ', '"report.finding", ')
    steps.write_text(text.replace('steps = ["second"]', "steps = []"), "utf-8")
    assert [each.code for each in problems_of(tmp_path)] == ["expo_order", "expo_story"]


def test_the_exercise_that_is_reviewed_has_to_be_one_in_words() -> None:
    course = load_course(course_root())
    assert list(expo_whole(course)) == []
    other = SimpleNamespace(root=course.root, exercise=lambda _: course.exercise("L7-10"))
    assert [each.code for each in expo_whole(other)] == ["expo_review"]  # type: ignore[arg-type]


def test_a_course_without_an_expo_has_no_texts(tmp_path: Path) -> None:
    assert load_expo(tmp_path) == ExpoTexts()
