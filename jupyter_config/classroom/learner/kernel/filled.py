"""Runs SQL with parameters: their panel above, the result below, and both anew when other values are chosen."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from uuid import uuid4

from classroom.learner.panel.parameter_view import show_parameters
from classroom.learner.state.parameters import choose, fill_with, told_of_quotes
from classroom.learner.state.reading import NotRun, check_reads_only, statements_of
from classroom.session.display import page
from classroom.session.trouble import of_own_schema, show_trouble
from coursebook.own_schema import own_statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from classroom.learner.state.desk import Desk
    from classroom.learner.state.parameters import FilledCell
    from classroom.session.display import Display

    Publish = Callable[[Display], None]
    RunStatement = Callable[[str], Display]


@dataclass
class FilledRun:
    """One run of such SQL, which the panel above it repeats."""

    desk: Desk
    cell: FilledCell
    publish: Publish
    run_statement: RunStatement
    scope: str
    speaks: str
    """The dialect of the cell."""
    places: list[str] = field(default_factory=list)
    """Where the results stand, one after another."""

    def begin(self) -> None:
        """Show the panel and the results.

        Raises:
            NotRun: the SQL does not run with these values, or is not allowed; the panel stands above whatever is said of it.
        """
        self.publish(show_parameters(self.cell, self.desk, self._again))
        self._take_place()
        for number, display in enumerate(self._results(self.cell)):
            if number == len(self.places):
                self._take_place()
            self._put(number, display)

    def _again(self, chosen: dict[str, str]) -> FilledCell | str:
        """Run it with other choices; a choice that cannot be put in leaves what stands there, and is told."""
        try:
            cell = fill_with(self.desk, self.cell.written, self.cell.parameters, chosen)
        except NotRun as unrun:
            return unrun.trouble.cause
        choose(self.desk, self.scope, cell, chosen)
        try:
            for number, display in enumerate(self._results(cell)):
                self._put(min(number, len(self.places) - 1), display)
        except NotRun as unrun:
            self._put(0, show_trouble(unrun.trouble, self.desk.lang))
        return cell

    def _results(self, cell: FilledCell) -> Iterator[Display]:
        """The result of each statement of the filled text; what may run is judged on that."""
        try:
            statements = statements_of(self.desk, cell.filled.sql, self.speaks)
        except NotRun as unrun:
            raise told_of_quotes(unrun, cell, self.desk.lang) from unrun
        for statement in statements:
            if own_statement(statement.sql):  # it would keep the values of now, while the panel goes on offering others
                raise NotRun(of_own_schema("parameters", self.desk.lang, statement.sql))
            check_reads_only(self.desk, statement)
            try:
                yield self.run_statement(statement.sql)
            except NotRun as unrun:
                raise told_of_quotes(unrun, cell, self.desk.lang) from unrun
        if len(statements) == 1:
            self.desk.last_written = cell.written

    def _take_place(self) -> None:
        self.places.append(uuid4().hex)
        self.publish(replace(page("", ""), place=self.places[-1]))

    def _put(self, number: int, display: Display) -> None:
        self.publish(replace(display, place=self.places[number], replaces=True))
