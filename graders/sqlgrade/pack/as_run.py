"""The queries of an exercise as the judge's databases take them: without schemas, given views written out, and each script as one query."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from sqlgrade.dialect.given import given_for
from sqlgrade.dialect.spoken import Spoken, spoken
from sqlgrade.engine.given_columns import tables_with_given
from sqlgrade.record import Alternative, ExerciseFault, NearMiss, Solution
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from sqlgrade.record import Exercise
    from sqlgrade.tables.model import SchemaModel

_Query = TypeVar("_Query", Solution, Alternative, NearMiss)


def as_run(exercise: Exercise, schema: SchemaModel) -> Exercise:
    """The exercise with its queries, parameters filled in, as they are run; itself where they are written so.

    Raises:
        ExerciseFault: a right query is a script that does more than ask, or is in a dialect that cannot be read.
    """
    queries = [each.sql for each in exercise.solutions]
    queries += [each.sql for each in exercise.alternatives] + [each.sql for each in exercise.near_misses]
    views = given_for("\n".join(queries), exercise.given)
    tables = tables_with_given(schema, views)

    def read(query: _Query) -> _Query:
        found = spoken(query.sql, tables, exercise.dialect, schema.paths, schema.keys, views)
        if isinstance(found, RunError) and not isinstance(query, NearMiss):
            raise ExerciseFault(f"a query of the task cannot be run here: {found.name or found.message}")
        return replace(query, sql=found.sql) if isinstance(found, Spoken) else query

    made = replace(
        exercise,
        solutions=tuple(map(read, exercise.solutions)),
        alternatives=tuple(map(read, exercise.alternatives)),
        near_misses=tuple(map(read, exercise.near_misses)),
    )
    return exercise if made == exercise else made
