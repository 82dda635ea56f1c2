"""The nights that a watching query is tried on: a database as it stood on the morning after each of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from sqlgrade.engine.connection import new_runner
from sqlgrade.record import ExerciseFault
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from sqlgrade.record import Exercise, Watch
    from sqlgrade.tables.model import SchemaModel

_COMPARED = re.compile(r"\W+")


@dataclass(frozen=True)
class Night:
    """A night as the author planted it."""

    run: int
    """Which of the fillings it belongs to."""
    day: str
    """Its business day, as ISO writes it."""
    sort: str
    """What it is: a word of the messages `night.<sort>`."""
    rings: bool
    """Whether the alert has to ring."""

    @property
    def schema(self) -> str:
        """Name of the database as it stood."""
        return f"night_{self.run}_{_COMPARED.sub('_', self.day)}"


class Nights:
    """Holds the nights of an exercise in one engine; tables are views over those of the run, cut at the night's morning."""

    def __init__(self, exercise: Exercise, schema: SchemaModel) -> None:
        """Raises ExerciseFault where the author's script does not run or plants no night."""
        if exercise.watch is None:
            raise ExerciseFault("the exercise has no nights")
        self._schema = schema
        self.runner = new_runner(exercise, schema, plain=True)
        try:
            self.all = tuple(night for run in exercise.watch.runs for night in self._laid(exercise.watch, run))
        except duckdb.Error as error:
            raise ExerciseFault(f"the script of the nights does not run: {error}") from error
        if not self.all:
            raise ExerciseFault("the script of the nights plants none in its table watched")

    def _laid(self, watch: Watch, run: int) -> list[Night]:
        """Fills the tables of one run and gives each of its nights its views."""
        name = f"run_{run}"
        tables = [table for table in self._schema.varied if re.search(rf"\b{table.name}\b", watch.script)]
        self.runner.build(name, [table.create_statement(name) for table in tables])
        self.runner.build(name, [watch.script.replace("{run}", str(run))])
        planted = self.runner.fetch("SELECT CAST(day AS VARCHAR), sort, rings FROM watched ORDER BY day", name)
        for (made,) in self.runner.fetch("SELECT table_name FROM duckdb_tables() WHERE temporary", name):
            self.runner.build(name, [f"DROP TABLE temp.{quoted(str(made))}"])  # no answer sees the plan
        nights = [Night(run, str(day), str(sort), bool(rings)) for day, sort, rings in planted]
        sources = {table.name: f"{name}.{table.quoted}" for table in tables}
        sources |= {fixed: f"main.{quoted(fixed)}" for fixed in watch.arrived if fixed in self._schema.fixed}
        for night in nights:
            self.runner.build(night.schema, [_view(each, source, night, watch) for each, source in sources.items()])
        return nights

    def close(self) -> None:
        """Ends the engine."""
        self.runner.close()


def _view(table: str, source: str, night: Night, watch: Watch) -> str:
    condition = watch.arrived.get(table, "TRUE").replace("{day}", night.day)
    return f"CREATE VIEW {night.schema}.{quoted(table)} AS SELECT * FROM {source} WHERE {condition}"
