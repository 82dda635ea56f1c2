"""What questions say of groups with one cell left open, and at which of its values their answers turn."""

from __future__ import annotations

import itertools
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import sqlglot
from sqlglot import exp

from sqlgrade.populate.boundaries import Axis
from sqlgrade.populate.questions import cell_of
from sqlgrade.tables.result import Result
from sqlgrade.tables.sqltype import WHOLE
from sqlgrade.tables.values import given_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.group import Group
    from sqlgrade.populate.questions import Question
    from sqlgrade.tables.sqltype import SqlType
    from sqlgrade.tables.values import Given

_MOST_HALVINGS = 24
_MOST_LITERALS = 8
_POWERS = (0, 1, 2, 3, 4, 6)
_MOST_TRIED = 3
"""Turns of one question in groups of one size that are closed in on."""
_MOST_KINDS = 2
"""Turns of other kinds that are tried beside them."""
_MOST_TURNS = 2
"""Turns of one question in one group: where it begins and where it ends to hold."""

Told = tuple[bool | None, ...]
Turn = tuple[int, int, int, int]
"""Group, question, and the places between which its answer changes."""


class Asker:
    """Asks about groups of joined rows, many at a time."""

    def __init__(
        self,
        runner: Runner,
        questions: Sequence[Question],
        kinds: Mapping[ColumnId, SqlType],
        numbered: Collection[ColumnId],
    ) -> None:
        """Take questions over columns of these types; a numbered column's cells hold the number of what they name."""
        self._runner, self._kinds = runner, kinds
        self._held = {column: WHOLE if column in numbered else kind for column, kind in kinds.items()}
        within = [q for q in questions if all(column in kinds for column in q.columns)]
        self.questions = [q for q in within if self._bears(q)]
        """Those that can be asked of such groups."""

    def told(self, groups: Sequence[Group]) -> list[Told]:
        """What all questions say of each group as it stands."""
        rows, given = self._rows('"#p"', groups, range(len(groups)))
        answers = self._answers(f"WITH cells AS {rows} ", given)
        return [tuple(each.get(number) for each in answers) for number in range(len(groups))]

    def turning(
        self, bases: Sequence[Group], column: ColumnId, values: Sequence[Any]
    ) -> Iterator[tuple[int, Told, Group]]:
        """Groups on both sides of where a question turns as a column's cell in their first rows changes.

        The values are worth trying there.

        Yields:
            The number of the question, what all questions say of the group, the group.
        """
        literals = self._literals()
        axis = Axis.of(self._kinds[column], literals)
        if axis is None:
            return
        starts = [*_starts(literals), *(Decimal(str(value)) for value in values)]
        grid = sorted({place for number in starts if (place := axis.place(number)) is not None})
        told: dict[tuple[int, int], Told] = {}
        self._ask(bases, column, axis, [(group, place) for group in range(len(bases)) for place in grid], told)
        turns = [turn for group in range(len(bases)) for turn in _changes(group, grid, told, len(self.questions))]
        turns = _best(turns, told, [len(base) for base in bases])
        for group, question, low, high in self._closed_in(bases, column, axis, turns, told):
            for place in (low, high):
                row = {**bases[group][0], column: axis.value(place)}
                yield question, told[group, place], (row, *bases[group][1:])

    def _closed_in(
        self, bases: Sequence[Group], column: ColumnId, axis: Axis, turns: list[Turn], told: dict[tuple[int, int], Told]
    ) -> list[Turn]:
        for _ in range(_MOST_HALVINGS):
            open_ = [(group, (low + high) // 2) for group, _, low, high in turns if high - low > 1]
            if not open_:
                break
            self._ask(bases, column, axis, list(dict.fromkeys(open_)), told)
            turns = [_halved(turn, told) for turn in turns]
        return turns

    def _ask(
        self,
        bases: Sequence[Group],
        column: ColumnId,
        axis: Axis,
        tried: Sequence[tuple[int, int]],
        told: dict[tuple[int, int], Told],
    ) -> None:
        """Notes what all questions say of each group with each value in its open cell."""
        values = [(number, group, axis.value(place)) for number, (group, place) in enumerate(tried)]
        cell = cell_of(column).sql(dialect="duckdb")
        cells = [
            f'CASE WHEN "#r" = 0 THEN "#v" ELSE {cell} END AS {cell}' if each == column else _cell(each)
            for each in self._kinds
        ]
        base, given = self._rows('"#g"', bases, sorted({group for group, _ in tried}))
        opened, further = given_rows([('"#p"', WHOLE), ('"#g"', WHOLE), ('"#v"', axis.kind)], values, after=len(given))
        source = (
            f"WITH base AS {base}, tried AS {opened}, "
            f'cells AS (SELECT "#p", {", ".join(cells)} FROM tried JOIN base USING ("#g")) '
        )
        answers = self._answers(source, (*given, *further))
        for number, key in enumerate(tried):
            told[key] = tuple(answers[question].get(number) for question in range(len(self.questions)))

    def _answers(self, source: str, given: Given) -> list[dict[int, bool | None]]:
        """For each question what it says, by the number of what was tried; nothing where it has no rows or fails."""
        found: list[dict[int, bool | None]] = [{} for _ in self.questions]
        alike: dict[str, list[int]] = defaultdict(list)
        for number, question in enumerate(self.questions):
            alike[question.rows].append(number)
        for rows, numbers in alike.items():
            asked = ", ".join(f"({self.questions[number].sql})::BOOLEAN" for number in numbers)
            sql = f'{source} SELECT "#p", {asked} FROM cells WHERE {rows} GROUP BY "#p"'
            result = self._runner.ask(sql, given, cap=100_000)
            for row in result.rows if isinstance(result, Result) else ():
                for number, answer in zip(numbers, row[1:], strict=True):
                    found[number][row[0]] = answer
        return found

    def _rows(self, number: str, bases: Sequence[Group], wanted: Sequence[int]) -> tuple[str, Given]:
        """The rows of groups, each under its group's number and its own, and the parameters."""
        columns = [(number, WHOLE), ('"#r"', WHOLE), *((_cell(column), kind) for column, kind in self._held.items())]
        rows = [
            (group, place, *(row[column] for column in self._held))
            for group in wanted
            for place, row in enumerate(bases[group])
        ]
        return given_rows(columns, rows)

    def _bears(self, question: Question) -> bool:
        """True if DuckDB takes the question over cells of these types."""
        cells = ", ".join(f"NULL::{kind.text} AS {_cell(column)}" for column, kind in self._held.items())
        cells = cells or "1 AS one"
        found = self._runner.run(
            f"SELECT ({question.sql})::BOOLEAN FROM (SELECT {cells}) WHERE {question.rows}", "main"
        )
        return isinstance(found, Result)

    def _literals(self) -> list[Decimal]:
        """The numbers that stand in the questions."""
        trees = [sqlglot.parse_one(question.sql, dialect="duckdb") for question in self.questions]
        found = [each.this for tree in trees for each in tree.find_all(exp.Literal) if not each.is_string]
        return [Decimal(each) for each in dict.fromkeys(found)]


def _cell(column: ColumnId) -> str:
    return cell_of(column).sql(dialect="duckdb")


def _starts(literals: Sequence[Decimal]) -> Iterator[Decimal]:
    for number in (Decimal(0), *literals[:_MOST_LITERALS], *(Decimal(10) ** power for power in _POWERS)):
        yield from (number, -number)


def _changes(group: int, grid: Sequence[int], told: Mapping[tuple[int, int], Told], count: int) -> Iterator[Turn]:
    for question in range(count):
        answers = [told[group, place][question] for place in grid]
        turns = [
            (group, question, *places)
            for places, (one, other) in zip(itertools.pairwise(grid), itertools.pairwise(answers), strict=True)
            if None not in (one, other) and one != other
        ]
        yield from turns[:_MOST_TURNS]


def _best(turns: list[Turn], told: Mapping[tuple[int, int], Told], sizes: Sequence[int]) -> list[Turn]:
    """For each question, and each size of group, the turns beside which the most others are met, and some of other kinds.

    A turn of another kind is one beside which others of the questions are met: there a condition on the sum holds and the
    one on a single row does not.
    """

    def met(turn: Turn) -> int:
        group, _, low, high = turn
        return max(sum(each is True for each in told[group, place]) for place in (low, high))

    def kind(turn: Turn) -> frozenset[Told]:
        group, _, low, high = turn
        return frozenset((told[group, low], told[group, high]))

    kept: dict[tuple[int, int], list[Turn]] = defaultdict(list)
    for turn in sorted(turns, key=met, reverse=True):
        alike = kept[turn[1], sizes[turn[0]]]
        is_new = len(alike) < _MOST_TRIED + _MOST_KINDS and kind(turn) not in map(kind, alike)
        if len(alike) < _MOST_TRIED or is_new:
            alike.append(turn)
    return [turn for those in kept.values() for turn in those]


def _halved(turn: Turn, told: Mapping[tuple[int, int], Told]) -> Turn:
    group, question, low, high = turn
    if high - low <= 1:
        return turn
    middle = (low + high) // 2
    if told[group, low][question] != told[group, middle][question]:
        return group, question, low, middle
    return group, question, middle, high
