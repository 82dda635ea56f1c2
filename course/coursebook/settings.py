"""The parameters of an exercise as a panel offers them, and the settings that its answers are judged with."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from coursebook.parameters import Parameter, ParameterKind, texts_of

if TYPE_CHECKING:
    from coursebook.exercise import LessonExercise
    from coursebook.format import ParameterRecord
    from coursebook.wording import Wording


def parameters_of(exercise: "LessonExercise", lang: str) -> tuple[Parameter, ...]:
    """The exercise's parameters in the order in which they are declared, labelled in a language."""
    return tuple(_parameter(name, each, each.label[lang]) for name, each in exercise.record.parameters.items())


def settings_of(exercise: "LessonExercise") -> tuple[Mapping[str, str], ...]:
    """The texts for all names of its parameters, time after time: the first values of all, then the second ones, and so on.

    A parameter with fewer values than another begins anew.

    Raises:
        BadValue: a value is nothing that may be put in.
    """
    records = exercise.record.parameters
    times = max((len(each.values) for each in records.values()), default=0)
    return tuple(dict(_texts(records, time, exercise.schema.today)) for time in range(times))


def as_text(value: str | float) -> str:
    """A value as exercise.toml holds it, as the text that is put in."""
    return str(value)


def in_words(record: "ParameterRecord", wording: "Wording") -> "ParameterRecord":
    """A parameter whose values and query are in the words of a language."""

    def worded(values: tuple[str | float, ...]) -> tuple[str | float, ...]:
        return tuple(str(wording.value(each)) if isinstance(each, str) else each for each in values)

    (default,) = worded((record.default,))
    return replace(
        record,
        default=default,
        choices=worded(record.choices),
        values=worded(record.values),
        query=wording.sql(record.query),
    )


def _texts(records: Mapping[str, "ParameterRecord"], time: int, today: dt.date) -> Iterator[tuple[str, str]]:
    for name, record in records.items():
        if record.values:
            parameter = _parameter(name, record, "")
            if record.query:  # nobody knows here what the query gives on a learner's data
                parameter = replace(parameter, kind=ParameterKind.TEXT)
            yield from texts_of(parameter, as_text(record.values[time % len(record.values)]), today).items()


def _parameter(name: str, record: "ParameterRecord", label: str) -> Parameter:
    choices = tuple(map(as_text, record.choices))
    return Parameter(name, record.kind, as_text(record.default), choices, record.query, label)
