"""Parameters stand in the queries, can be judged with several values, and those values tell who ignores one."""

from collections.abc import Iterator
from dataclasses import replace

from coursebook.checks.examined import Examined
from coursebook.exercise import LessonExercise
from coursebook.format import ParameterRecord
from coursebook.kind import AnswerForm
from coursebook.lesson import Lesson
from coursebook.parameters import BadValue, Parameter, ParameterKind, is_name, texts_of
from coursebook.problem import Problem
from coursebook.records import line_of_key
from coursebook.settings import as_text, parameters_of
from sqlgrade.parameters import in_braces, names_in
from sqlgrade.verdict import Status

LEAST_VALUES = 2
"""Values that a parameter is judged with at least."""


def parameters_told(lesson: Lesson) -> Iterator[Problem]:
    """Parameters that cannot be put in, that are judged with one value only, or that right answers lack or do not know."""
    for exercise in lesson.exercises:
        if not exercise.record.parameters:
            continue
        if exercise.kind.answer is not AnswerForm.QUERY:
            yield _problem(exercise, (), "parameters_of_no_query", kind=exercise.kind.letter)
            continue
        for parameter in parameters_of(exercise, "en"):
            record = exercise.record.parameters[parameter.name]
            yield from _of_one(exercise, replace(parameter, label=""), record)
        yield from _in_queries(exercise)


def parameters_matter(examined: Examined) -> Iterator[Problem]:
    """Parameters whose first value can be written in their place, and the answer is still right."""
    for name, verdict in examined.frozen.items():
        if verdict.status is Status.ACCEPTED:
            yield _problem(examined.exercise, (name.partition(".")[0],), "parameter_not_told", name=in_braces(name))


def _of_one(exercise: LessonExercise, parameter: Parameter, record: ParameterRecord) -> Iterator[Problem]:
    name = parameter.name
    if not is_name(name):
        yield _problem(exercise, (name,), "parameter_name", name=name)
    if (parameter.kind is ParameterKind.LIST) != bool(record.choices or record.query):
        yield _problem(exercise, (name,), "parameter_choices", name=name)
        return
    if len(set(record.values)) < LEAST_VALUES:
        yield _problem(exercise, (name, "values"), "parameter_values_few", name=name, count=len(set(record.values)))
    free = replace(parameter, kind=ParameterKind.TEXT) if record.query else parameter
    for key, values in (("values", record.values), ("default", (free.first,))):
        for value in values:
            try:
                texts_of(free, as_text(value), exercise.schema.today)
            except BadValue as bad:
                yield _problem(exercise, (name, key), "parameter_value", detail=bad.sentence("en"))


def _in_queries(exercise: LessonExercise) -> Iterator[Problem]:
    wanted = [name for each in parameters_of(exercise, "en") for name in each.names]
    for file in (*exercise.solutions, *exercise.also_right):
        written = names_in(file.sql)
        for name in (each for each in wanted if each not in written):
            yield Problem(file.path, 1, "parameter_missing", {"name": in_braces(name)})
        for name in (each for each in written if each not in wanted):
            yield Problem(file.path, 1, "parameter_unknown", {"name": in_braces(name)})


def _problem(exercise: LessonExercise, key: tuple[str, ...], code: str, **params: object) -> Problem:
    path = exercise.folder / "exercise.toml"
    line = line_of_key(path.read_text(encoding="utf-8"), ("parameters", *key))
    return Problem(path, line, code, params)
