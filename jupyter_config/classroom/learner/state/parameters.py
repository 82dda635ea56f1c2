"""The parameters of the cell that runs: which there are, what was chosen for each, and the SQL with the values in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from classroom.learner.state.dialects import in_duckdb
from classroom.learner.state.reading import NotRun, check_reads_only, explained, statements_of
from classroom.messages import say
from classroom.session.result import run_query
from classroom.session.trouble import Trouble
from coursebook.parameters import BadValue, Parameter, ParameterKind, declared_in, filling, for_names
from sqlgrade.parameters import BadTemplate, Filled, fill, in_braces, is_template, names_in, names_outside_quotes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from classroom.learner.state.desk import Desk
    from coursebook import LessonExercise

MOST_CHOICES = 500
"""Rows of a query that are offered as a list."""
_SECONDS = 10.0


@dataclass(frozen=True)
class FilledCell:
    """SQL with the values in it."""

    written: str
    """As it stands in the cell."""
    filled: Filled
    """With the values in place."""
    parameters: tuple[Parameter, ...]
    """Its parameters, a list with its choices."""
    chosen: Mapping[str, str]
    """What is chosen for each, by name."""
    texts: Mapping[str, str]
    """The text for each name between the braces."""

    @property
    def broken_out(self) -> tuple[str, ...]:
        """The names of free texts whose value does not stay the one word or text that it stands in, but becomes SQL."""
        free = [each.name for each in self.parameters if each.kind is ParameterKind.TEXT and self.texts[each.name]]
        return tuple(name for name in free if self._shape(self.texts) != self._shape({**self.texts, name: "0"}))

    @property
    def unquoted(self) -> tuple[str, ...]:
        """The names of texts and days that stand without quotes, so that the engine looks for a column or does a sum."""
        quoted_kinds = (each for each in self.parameters if each.kind is not ParameterKind.NUMBER)
        names = {name for each in quoted_kinds for name in each.names if not self.texts[name].isdecimal()}
        return tuple(each for each in names_outside_quotes(self.written) if each in names)

    def _shape(self, texts: Mapping[str, str]) -> tuple[int, int]:
        """How many words and signs the filled text has for the engine, and whether its quotes are all closed."""
        import duckdb

        sql = fill(self.written, texts).sql
        return len(duckdb.tokenize(sql)), sql.count("'") % 2


def begin_cell(
    desk: Desk, cell: str, scope: str, exercise_of: Callable[[], LessonExercise | None] | None = None
) -> None:
    """Take up the parameters of a cell that is about to run: those of its exercise, and those that its lines declare."""
    book = desk.parameters
    book.scope, book.declared, book.is_closed = scope, {}, False
    if not is_template(cell):
        return
    from coursebook.settings import parameters_of

    exercise = exercise_of() if exercise_of is not None else None
    own = {each.name: each for each in parameters_of(exercise, desk.lang)} if exercise is not None else {}
    book.declared, book.is_closed = {**declared_in(cell), **own}, exercise is not None


def choose(desk: Desk, scope: str, cell: FilledCell, chosen: Mapping[str, str]) -> None:
    """Remember what was chosen for the parameters of a cell."""
    for each in cell.parameters:
        desk.parameters.chosen[scope, replace(each, choices=())] = chosen[each.name]


def fill_cell(desk: Desk, sql: str) -> FilledCell | None:
    """The SQL of the cell that runs, with what is chosen in place of its parameters; None where it has none.

    Raises:
        NotRun: braces are none of a parameter, a value cannot be put in, or a list's query gives nothing.
    """
    if not is_template(sql):
        return None
    book = desk.parameters
    known = tuple(book.declared.values()) if book.is_closed else for_names(names_in(sql), book.declared)
    names = names_in(sql)
    used = tuple(each for each in known if any(name in names for name in each.names))
    return fill_with(desk, sql, used, _chosen(desk, used), known=known)


def fill_with(
    desk: Desk,
    sql: str,
    parameters: Iterable[Parameter],
    chosen: Mapping[str, str],
    *,
    known: Iterable[Parameter] | None = None,
) -> FilledCell:
    """The SQL with given choices in place of its parameters; raises NotRun as fill_cell does."""
    used = tuple(parameters)
    try:
        listed = tuple(_with_choices(desk, each) for each in used)
        values = {each.name: _still_there(each, chosen.get(each.name, each.first)) for each in listed}
        texts = filling(listed, values, today(desk))
        for each in known or used:
            texts |= dict.fromkeys((name for name in each.names if name not in texts), "")
        return FilledCell(sql, fill(sql, texts), listed, values, texts)
    except BadValue as bad:
        raise NotRun(_of_value(bad, desk.lang, sql)) from bad
    except BadTemplate as bad:
        names = [name for each in known or used for name in each.names]
        raise NotRun(_of_template(bad, names, desk.lang, sql)) from bad


def as_run(desk: Desk, exercise: LessonExercise, sql: str) -> str:
    """An exercise's query with what the learner has chosen in place of its parameters, in DuckDB's dialect."""
    from coursebook.settings import parameters_of

    if not is_template(sql):
        return in_duckdb(desk, sql)
    parameters = parameters_of(exercise, desk.lang)
    return in_duckdb(desk, fill_with(desk, sql, parameters, _chosen(desk, parameters, exercise.id)).filled.sql)


def today(desk: Desk) -> dt.date:
    """The business day that is going on at the desk: the one after the last night that has gone by."""
    return desk.marker.course.schema.today + dt.timedelta(days=desk.night)


def told_of_quotes(unrun: NotRun, cell: FilledCell, lang: str) -> NotRun:
    """Why the engine did not understand a filled text: where a text or day stands without quotes, that before all else."""
    trouble, names = unrun.trouble, cell.unquoted
    if not trouble.engine or not names:
        return unrun
    told = {"names": ", ".join(map(in_braces, names)), "form": f"'{in_braces(names[0])}'"}
    cause, advice = say("parameter.unquoted", lang, **told), say("parameter.unquoted_advice", lang, **told)
    return NotRun(replace(trouble, cause=cause, advice=advice, start=None, code="E04", key="parameter_unquoted"))


def refuse_line(argument: str, bad: BadValue, lang: str) -> NotRun:
    """What is said of a line that declares no parameter."""
    return NotRun(_of_value(bad, lang, argument))


def _chosen(desk: Desk, parameters: Iterable[Parameter], scope: str | None = None) -> dict[str, str]:
    book = desk.parameters
    place = book.scope if scope is None else scope
    return {
        each.name: book.chosen[place, replace(each, choices=())]
        for each in parameters
        if (place, replace(each, choices=())) in book.chosen
    }


def _still_there(parameter: Parameter, written: str) -> str:
    """What was chosen, or the first choice where a list does not offer it: on another night a query may give another list."""
    gone = parameter.kind is ParameterKind.LIST and parameter.query and written not in parameter.choices
    return parameter.choices[0] if gone else written


def _with_choices(desk: Desk, parameter: Parameter) -> Parameter:
    """A list with the choices that its query gives."""
    if not parameter.query:
        return parameter
    statements = statements_of(desk, parameter.query)
    for each in statements:
        check_reads_only(desk, each)
    with explained(desk, parameter.query), desk.session.watch.over(_SECONDS):
        rows = run_query(desk.session.connection, parameter.query, MOST_CHOICES).rows
    choices = tuple(dict.fromkeys(str(row[0]) for row in rows if row[0] is not None))
    if not choices:
        raise BadValue("no_rows", name=parameter.label or parameter.name)
    return replace(parameter, choices=choices)


def _of_value(bad: BadValue, lang: str, sql: str) -> Trouble:
    cause, advice = bad.sentence(lang), say("parameter.advice", lang)
    return Trouble(
        say("parameter.title", lang), cause, advice, sql=sql, code="not_allowed", key=f"parameter_{bad.code}"
    )


def _of_template(bad: BadTemplate, known: list[str], lang: str, sql: str) -> Trouble:
    from sqlgrade.errors import template_card
    from sqlgrade.messages import render

    card = template_card(bad, sql, known)
    cause, advice = (render(f"error.{card.key}.{part}", card.params, lang) for part in ("cause", "try"))
    place = (card.start, card.end, card.line)
    return Trouble(say("error.title", lang), cause, advice, "", sql, *place, code=card.code, key=card.key)
