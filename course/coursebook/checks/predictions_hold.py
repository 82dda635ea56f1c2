"""A predicted query returns the literals of the solution, and every wrong belief predicts something else."""

from collections.abc import Iterator

import duckdb

from coursebook.exercise import LessonExercise, SqlFile
from coursebook.judgement import Message
from coursebook.kind import AnswerForm
from coursebook.lesson import Lesson
from coursebook.literals import Literals, agree, read_literals
from coursebook.problem import Problem
from sqlgrade.engine.sealed import open_sealed
from sqlgrade.record import ExerciseFault


def predictions_hold(lesson: Lesson) -> Iterator[Problem]:
    """Solutions of P and Q that aren't literals, that the query contradicts, or that a near miss repeats."""
    for exercise in (variant for each in lesson.exercises for variant in each.variants):
        if exercise.kind.answer is AnswerForm.VALUES and exercise.solutions:
            yield from literals_hold(exercise)


def literals_hold(exercise: LessonExercise) -> Iterator[Problem]:
    """What is wrong with the literals of one P or Q exercise."""
    expected = read_literals(exercise.solutions[0].sql)
    if isinstance(expected, Message):
        yield _not_literals(exercise.solutions[0], expected)
        return
    if not all(expected.names):
        yield Problem(exercise.solutions[0].path, 1, "literal_without_name")
    if exercise.predict_query:
        yield from _query_agrees(exercise, expected)
    for near_miss in exercise.near_misses:
        belief = read_literals(near_miss.sql)
        if isinstance(belief, Message):
            yield _not_literals(near_miss, belief)
        elif _same(belief, expected):
            yield Problem(near_miss.path, 1, "belief_is_right")


def _query_agrees(exercise: LessonExercise, expected: Literals) -> Iterator[Problem]:
    path = exercise.folder / (exercise.record.predict.query if exercise.record.predict else "")
    try:
        with open_sealed() as connection:
            connection.execute(exercise.schema.runnable)
            cursor = connection.execute(exercise.predict_query)
            names = tuple(each[0] for each in cursor.description or ())
            rows = cursor.fetchall()
    except ExerciseFault:
        return  # schema_whole tells it
    except duckdb.Error as fault:
        yield Problem(path, 1, "query_fails", {"detail": str(fault).splitlines()[0]})
        return
    if len(rows) != 1 or not _same(Literals(names, tuple(rows[0])), _proved(names, expected)):
        shown = ", ".join(str(value) for value in (rows[0] if rows else ()))
        yield Problem(exercise.solutions[0].path, 1, "prediction_differs", {"rows": len(rows), "found": shown})


def _proved(names: tuple[str, ...], expected: Literals) -> Literals:
    """The columns that a query with these names can prove: all, or those it names if it names no others."""
    if not set(names) <= set(expected.names):
        return expected
    return Literals(names, tuple(expected.values[expected.names.index(name)] for name in names))


def _same(one: Literals, other: Literals) -> bool:
    width = len(other.values)
    return len(one.values) == width and all(
        agree(one.pick(name, position, width), value)
        for position, (name, value) in enumerate(zip(other.names, other.values, strict=True))
    )


def _not_literals(file: SqlFile, message: Message) -> Problem:
    return Problem(file.path, 1, "not_literals", {"detail": message.sentence("en")})
