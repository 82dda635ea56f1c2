"""A starter is what its kind promises: blanks to fill, the bug to fix, the lines to arrange, a chart to choose."""

from collections.abc import Iterator
from pathlib import Path

from coursebook.answer_cell import count_blanks, cut_chart
from coursebook.exercise import LessonExercise
from coursebook.kinds.parsons import piece_lines
from coursebook.lesson import Lesson
from coursebook.problem import Problem


def starters_fit_kind(lesson: Lesson) -> Iterator[Problem]:
    """Starters without blanks, without the solution's lines, or without their own near miss."""
    for exercise in lesson.exercises:
        yield from starter_fits_kind(exercise)


def starter_fits_kind(exercise: LessonExercise) -> Iterator[Problem]:
    """What the starter of one exercise lacks."""
    if exercise.kind in "BPQ" and not count_blanks(exercise.starter):
        yield Problem(exercise.folder / "starter.sql", 1, "starter_without_blanks", {"kind": exercise.kind})
    elif exercise.kind == "F":
        yield from _unchanged_is_a_near_miss(exercise)
    elif exercise.kind == "J":
        yield from _pieces_suffice(exercise)
    elif exercise.kind == "C":
        yield from _chart_is_asked(exercise)


def _unchanged_is_a_near_miss(exercise: LessonExercise) -> Iterator[Problem]:
    unchanged = next((each for each in exercise.near_misses if each.stem == "unchanged"), None)
    if unchanged is None:
        yield Problem(exercise.folder / "exercise.toml", 1, "unchanged_missing")
    elif _squeezed(unchanged.text) != _squeezed(exercise.starter):
        yield Problem(unchanged.path, 1, "unchanged_differs")


def _pieces_suffice(exercise: LessonExercise) -> Iterator[Problem]:
    path, pieces = exercise.folder / "starter.sql", piece_lines(exercise.starter)
    for solution in exercise.solutions[:1]:
        for line in piece_lines(solution.sql):
            if line not in pieces:
                yield Problem(path, 1, "piece_missing", {"line": line})
        if piece_lines(solution.sql) == pieces:
            yield Problem(path, 1, "pieces_in_order")


def _chart_is_asked(exercise: LessonExercise) -> Iterator[Problem]:
    if exercise.record.chart is None:
        yield Problem(exercise.folder / "exercise.toml", 1, "chart_record_missing")
    for path, text in ((exercise.folder / "starter.sql", exercise.starter), *_texts(exercise)):
        if cut_chart(text)[1] is None:
            yield Problem(path, max(len(text.splitlines()), 1), "chart_line_missing")


def _texts(exercise: LessonExercise) -> list[tuple[Path, str]]:
    return [(each.path, each.text) for each in (*exercise.solutions, *exercise.near_misses)]


def _squeezed(sql: str) -> str:
    lines = (line for line in sql.splitlines() if not line.lstrip().startswith("--"))
    return " ".join(" ".join(lines).split()).rstrip("; ")
