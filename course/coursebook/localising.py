"""Exercises and verdicts in another language of the data; an exercise that names none of its words stays one for all."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from sqlglot import exp

from coursebook.settings import in_words as parameter_in_words
from coursebook.wording import Wording
from sqlgrade.dialect.given import reads_given
from sqlgrade.parse import parsed
from sqlgrade.tables.result import Row
from sqlgrade.verdict import Counterexample, Diff, SmallTable, Verdict

if TYPE_CHECKING:
    from coursebook.exercise import LessonExercise, SqlFile

_COMPARED = (exp.Ordered, exp.Min, exp.Max)
"""Where the order of words decides, and words have another order in another language."""


def localised(exercise: "LessonExercise", lang: str, *, always: bool = False) -> "LessonExercise":
    """The exercise in the words of a language, or itself where its queries are the same in both and `always` is False."""
    wording = exercise.schema.wording(lang)
    if not (always or _differs(exercise, lang)):
        return exercise
    record, sql = exercise.record, wording.sql

    def worded(files: "tuple[SqlFile, ...]") -> "tuple[SqlFile, ...]":
        return tuple(replace(each, text=sql(each.text)) for each in files)

    return replace(
        exercise,
        record=replace(
            record,
            column_names=tuple(str(wording.value(each)) for each in record.column_names),
            assume=tuple(map(sql, record.assume)),
            pools={column: tuple(map(wording.value, values)) for column, values in record.pools.items()},
            parameters={name: parameter_in_words(each, wording) for name, each in record.parameters.items()},
        ),
        schema=exercise.schema.in_language(lang),
        starter=sql(exercise.starter),
        solutions=worded(exercise.solutions),
        also_right=worded(exercise.also_right),
        near_misses=worded(exercise.near_misses),
        lesson_databases=tuple(map(sql, exercise.lesson_databases)),
        databases=tuple(map(sql, exercise.databases)),
        predict_query=sql(exercise.predict_query),
        drafts={spoken: sql(text) for spoken, text in exercise.drafts.items()},
        truth=sql(exercise.truth),
    )


def in_words(verdict: Verdict, wording: Wording) -> Verdict:
    """A verdict whose small tables are shown in the words of a language; the practice data speak it already."""
    shown, diff = verdict.counterexample, verdict.diff
    return replace(
        verdict,
        counterexample=shown and _shown_in_words(shown, wording),
        diff=diff and _diff_in_words(diff, wording),
    )


def _differs(exercise: "LessonExercise", lang: str) -> bool:
    wording = exercise.schema.wording(lang)
    if not (wording.words or wording.patterns):  # the language that the data speak
        return False
    if any(wording.sql(text) != text for text in _queries(exercise, lang)):
        return True
    if any(parameter_in_words(each, wording) != each for each in exercise.record.parameters.values()):
        return True
    columns = exercise.schema.worded_columns(wording)
    return any(_compares(each.sql, columns) for each in exercise.solutions)


def _queries(exercise: "LessonExercise", lang: str) -> Iterator[str]:
    """What it asks, with the views that this reads as far as they have words: to write one out takes a while."""
    yield from (exercise.starter, exercise.predict_query, exercise.truth, *exercise.drafts.values())
    worded = exercise.schema.worded_views(lang)
    for files in (exercise.solutions, exercise.also_right, exercise.near_misses):
        for each in files:
            yield exercise.written_out(each.text) if reads_given(each.text, worded) else each.text


def _compares(sql: str, columns: frozenset[str]) -> bool:
    """Whether rows are put in order, or a least one is found, by a column whose words differ."""
    if not any(column in sql for column in columns):
        return False
    tree = parsed(sql)
    if tree is None:
        return False
    by_place = [each for ordered in tree.find_all(exp.Ordered) for each in _at_place(ordered)]
    found = [column.name for node in (*tree.find_all(*_COMPARED), *by_place) for column in node.find_all(exp.Column)]
    return any(name in columns for name in found)


def _at_place(ordered: exp.Ordered) -> list[exp.Expr]:
    """What ORDER BY 2 stands for."""
    select = ordered.find_ancestor(exp.Select)
    place = ordered.this
    if select is None or not isinstance(place, exp.Literal) or place.is_string:
        return []
    return select.expressions[int(place.name) - 1 : int(place.name)]


def _rows_in_words(rows: tuple[Row, ...], wording: Wording) -> tuple[Row, ...]:
    return tuple(tuple(map(wording.value, row)) for row in rows)


def _table_in_words(table: SmallTable | None, wording: Wording) -> SmallTable | None:
    return table and replace(table, rows=_rows_in_words(table.rows, wording))


def _shown_in_words(shown: Counterexample, wording: Wording) -> Counterexample:
    tables = {name: replace(each, rows=_rows_in_words(each.rows, wording)) for name, each in shown.tables.items()}
    learner, expected = (_table_in_words(each, wording) for each in (shown.learner, shown.expected))
    return replace(shown, tables=tables, learner=learner, expected=expected)


def _diff_in_words(diff: Diff, wording: Wording) -> Diff:
    missing, extra = (_rows_in_words(each, wording) for each in (diff.missing, diff.extra))
    pairs = (_rows_in_words(pair, wording) for pair in diff.changed)
    return replace(diff, missing=missing, extra=extra, changed=tuple((one, other) for one, other in pairs))
