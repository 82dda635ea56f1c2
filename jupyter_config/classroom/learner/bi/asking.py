"""Runs saved queries on the practice data as it is on a night: sealed, read-only, in a process of their own."""

from __future__ import annotations

import logging
import multiprocessing
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

from classroom.learner.bi.parameters import body_of, has_parameters, parameters_of
from classroom.learner.bi.records import Place
from classroom.learner.charts import MAX_ROWS
from classroom.messages import say_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess
    from pathlib import Path

    from classroom.language import Lang
    from classroom.learner.export.paper import Paper
    from classroom.learner.state.desk import Desk
    from classroom.learner.state.parameters import FilledCell
    from classroom.learner.state.reading import NotRun
    from classroom.session.connection import CellStatement
    from classroom.session.result import ResultTable
    from classroom.session.trouble import Trouble

_log = logging.getLogger(__name__)
_PATIENCE_SECONDS = 600.0
"""So long may a query take, a night's data being made before it, until its process is given up."""
MOST_ROWS = MAX_ROWS
"""Rows of a result that are kept; the others are counted."""


@dataclass(frozen=True)
class QueryTask:
    """A query to be run."""

    text: str
    """As it is saved, with the lines that declare its parameters."""
    chosen: Mapping[str, str] = field(default_factory=dict)
    """What is put in for them, by their names; what is not in it is put in as it is declared."""


@dataclass(frozen=True)
class QueryOutcome:
    """What became of a query: a result, or the sentences that say why there is none."""

    result: ResultTable | None
    problem: str = ""
    seconds: float = 0.0
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the lists of its parameters offer."""
    place: Place | None = None
    """Where in the query the trouble is, as far as it is known."""


class Asker(Protocol):
    """Whoever runs queries."""

    def reach(self, night: int) -> str:
        """Have the data after so many nights ready; gives the sentence that says why that can't be, or nothing."""
        ...

    def ask(self, questions: Sequence[QueryTask], night: int) -> list[QueryOutcome]:
        """Run queries one after another, each for itself, on the data after so many nights."""
        ...

    def hand_over(self, question: QueryTask, night: int) -> Paper:
        """A query as it goes to work, measured on the data after so many nights; without SQL where it does not run."""
        ...


class Stoppable(Asker, Protocol):
    """Whoever runs queries that somebody waits for, and may not want to wait for any longer."""

    def over(self, question: QueryTask, nights: Sequence[int], seconds: float) -> list[QueryOutcome]:
        """A query on the data after each of these nights, in their order; fewer, where it was stopped or the seconds were over."""
        ...

    def stop(self) -> None:
        """End what is running now, whoever asked for it."""
        ...


class DeskAsker:
    """Runs them in this very process."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def reach(self, night: int) -> str:
        """As Asker says."""
        import duckdb

        from classroom.session.trouble import no_data
        from marketplace import MarketplaceError

        try:
            if self.desk.night != night:
                self.desk.go_to(night)
        except MarketplaceError as fault:
            return fault.sentence(self.desk.lang)
        except duckdb.Error:
            _log.warning("The practice data can't be opened", exc_info=True)
            return no_data(self.desk.lang, "").cause
        return ""

    def ask(self, questions: Sequence[QueryTask], night: int) -> list[QueryOutcome]:
        """As Asker says."""
        if problem := self.reach(night):
            return [QueryOutcome(None, problem) for _ in questions]
        return [self._one(each) for each in questions]

    def over(self, question: QueryTask, nights: Sequence[int], seconds: float) -> list[QueryOutcome]:
        """As Asker says."""
        until, found = time.monotonic() + seconds, list[QueryOutcome]()
        for night in nights:
            if found and time.monotonic() > until:
                break
            found += self.ask([question], night)
        return found

    def stop(self) -> None:
        """Nothing: who could ask for it waits for the answer."""

    def hand_over(self, question: QueryTask, night: int) -> Paper:
        """As Asker says."""
        from classroom.learner.export.paper import Paper, hand_over, refused
        from classroom.learner.state.reading import NotRun

        if problem := self.reach(night):
            return Paper("", (problem,))
        parameters = parameters_of(question.text)
        try:
            cell = self._filled(question)
            sql = cell.filled.sql if cell else body_of(question.text)
            if self._read(sql).kind == "EXPLAIN":
                return refused("EXPLAIN", self.desk.lang)
            return hand_over(self.desk, body_of(question.text), sql, parameters)
        except NotRun as unrun:
            return Paper("", (_problem(unrun),))

    def _filled(self, question: QueryTask) -> FilledCell | None:
        """The query with values for its parameters; None where it has none."""
        from classroom.learner.state.parameters import fill_with

        if not has_parameters(question.text):
            return None
        return fill_with(self.desk, body_of(question.text), parameters_of(question.text), question.chosen)

    def _read(self, sql: str) -> CellStatement:
        from classroom.learner.state.reading import read_query

        return read_query(self.desk, sql, "query")

    def _one(self, question: QueryTask) -> QueryOutcome:
        from classroom.learner.state.parameters import told_of_quotes
        from classroom.learner.state.reading import NotRun, explained
        from classroom.session.result import run_query

        began, desk = time.perf_counter(), self.desk
        cell: FilledCell | None = None
        try:
            cell = self._filled(question)
            sql = cell.filled.sql if cell else body_of(question.text)  # what may run is judged by what it has become
            statement = self._read(sql)
            with explained(desk, sql), desk.session.watch.over(desk.session.limits.seconds):
                result = run_query(desk.session.connection, statement.sql, MOST_ROWS)
        except NotRun as unrun:
            seconds = time.perf_counter() - began
            told = told_of_quotes(unrun, cell, desk.lang) if cell else unrun
            return QueryOutcome(None, _problem(told), seconds, place=place_in(question.text, told.trouble))
        choices = {each.name: each.choices for each in cell.parameters if each.choices} if cell else {}
        return QueryOutcome(_plain(result), seconds=result.seconds, choices=choices)


def place_in(text: str, trouble: Trouble) -> Place | None:
    """Where a trouble is in a saved query; None where it has no place, or stands in a value that was put in."""
    if trouble.start is None:
        return None
    end = max(trouble.start + 1, trouble.end or 0)
    begin = text.find(trouble.sql)
    spot = trouble.sql[trouble.start : end]
    return Place(begin + trouble.start, spot) if begin >= 0 and spot else None


def _problem(unrun: NotRun) -> str:
    return f"{unrun.trouble.cause} {unrun.trouble.advice}".strip()


def _plain(result: ResultTable) -> ResultTable:
    """The same with values that a file of JSON can hold: a date or moment as people read it, NULL for infinity."""
    return replace(result, rows=tuple(tuple(_plain_value(value) for value in row) for row in result.rows))


def _plain_value(value: Any) -> Any:
    from decimal import Decimal

    from classroom.session.table_view import value_text

    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and not float("-inf") < value < float("inf"):
        return None
    return value if value is None or isinstance(value, bool | int | float | str) else value_text(value)


class ProcessAsker:
    """Runs them in one process beside the server's, so that a query that takes all memory costs nothing but its result.

    Args:
        lang: `ja` or `en`.
        practice: The practice data.
        made: What answers in the process.
    """

    def __init__(self, lang: Lang, practice: Path | None, made: type[DeskAsker] = DeskAsker) -> None:
        self._lang, self._practice, self._made = lang, practice, made
        self._lock = threading.Lock()
        self._child: tuple[BaseProcess, Connection] | None = None
        self._stops = 0
        """How often somebody has stopped what ran."""
        self._stops_before = 0
        """How often, when the process before this one was ended."""

    def reach(self, night: int) -> str:
        """As Asker says."""
        with self._lock:
            problem: str = self._told("reach", night, lost="")
        return problem

    def ask(self, questions: Sequence[QueryTask], night: int) -> list[QueryOutcome]:
        """As Asker says; a process that is lost costs the query that it was at, and Stop those after it as well."""
        with self._lock:
            stops = self._stops
            return [self._one(each, night, stops) for each in questions]

    def over(self, question: QueryTask, nights: Sequence[int], seconds: float) -> list[QueryOutcome]:
        """As Asker says."""
        until, found = time.monotonic() + seconds, list[QueryOutcome]()
        with self._lock:
            stops = self._stops
            for night in nights:
                if found and time.monotonic() > until:
                    break
                outcome = self._one(question, night, stops)
                if self._stops != stops:
                    break
                found.append(outcome)
        return found

    def stop(self) -> None:
        """As Asker says: the process ends, and the next query starts another."""
        self._stops += 1
        if child := self._child:
            child[0].kill()

    def _one(self, question: QueryTask, night: int, stops: int) -> QueryOutcome:
        """One query, unless somebody has stopped what it belongs to."""
        none = QueryOutcome(None, say_in("classroom.learner.bi", "query.lost", self._lang))
        found: QueryOutcome = none if self._stops != stops else self._told("ask", [question], night, lost=[none])[0]
        if self._stops != stops and found.result is None:
            return QueryOutcome(None, say_in("classroom.learner.bi", "query.stopped", self._lang))
        return found

    def hand_over(self, question: QueryTask, night: int) -> Paper:
        """As Asker says."""
        from classroom.learner.export.paper import Paper

        lost = Paper("", (say_in("classroom.learner.bi", "query.lost", self._lang),))
        with self._lock:
            stops = self._stops
            paper: Paper = self._told("hand_over", question, night, lost=lost)
            if paper is lost and self._stops != stops:
                return Paper("", (say_in("classroom.learner.bi", "query.stopped", self._lang),))
        return paper

    def quickly(self, name: str, *arguments: object, lost: Any, busy: Any) -> Any:
        """What another method of the asker in the process gives; `busy` at once where a query is running there."""
        if not self._lock.acquire(blocking=False):
            return busy
        try:
            return self._told(name, *arguments, lost=lost)
        finally:
            self._lock.release()

    def _told(self, name: str, *arguments: object, lost: Any) -> Any:
        """What a method of the asker in the process gives, or `lost` where the process is gone."""
        if self._stops != self._stops_before:
            self.close()  # Stop came when nothing ran there any more
        _, pipe = self._child = self._child or self._start()
        try:
            pipe.send((name, arguments))
            if pipe.poll(_PATIENCE_SECONDS):
                return pipe.recv()
        except (EOFError, OSError):
            _log.warning("The process that runs the queries of the BI room was lost", exc_info=True)
        self.close()
        return lost

    def _start(self) -> tuple[BaseProcess, Connection]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=serve, args=(theirs, self._lang, self._practice, self._made), daemon=True, name="classroom-bi"
        )
        process.start()
        theirs.close()
        return process, ours

    def close(self) -> None:
        """End the process; the next query starts another."""
        self._stops_before = self._stops
        if self._child is None:
            return
        (process, pipe), self._child = self._child, None
        pipe.close()
        process.kill()
        process.join()


def serve(pipe: Connection, lang: Lang, practice: Path | None, made: type[DeskAsker]) -> None:
    """The process's loop: answers until the pipe closes, each query with anew as much memory as a cell has."""
    import signal

    from classroom.learner.state.desk import Desk
    from classroom.session.limits import GRACE_SECONDS, AddressSpace
    from sqlgrade.engine.watchdog import end_process_if_stuck

    end_process_if_stuck(GRACE_SECONDS)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    asker, space = made(Desk(lang=lang, practice=practice)), AddressSpace()
    with suppress(EOFError, OSError):
        while True:
            name, arguments = pipe.recv()
            space.cap()
            pipe.send(getattr(asker, name)(*arguments))
