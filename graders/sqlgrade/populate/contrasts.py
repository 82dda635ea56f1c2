"""Databases for what only one of two queries asks: a condition in one of several blocks, a rounded number, a tie that may be NULL.

Two blocks that read one table, January's guests and February's, come together on the rows that they share. A row of each
that belong together is tried with the value, in the row of the second, that the second takes and the first or another
refuses. Where one query ties tables by a column that may be NULL and the other by another, a row is tried that only the
other tie reaches.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any, TypeVar

from sqlgrade.populate.atoms import read_conditions
from sqlgrade.populate.blocks import blocks_of
from sqlgrade.populate.composition import Composition
from sqlgrade.populate.rounded import RoundedGroups
from sqlgrade.populate.roundings import roundings_of
from sqlgrade.tables.result import Result
from sqlgrade.tables.sqltype import WHOLE
from sqlgrade.tables.values import given_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlgrade.engine.runner import Runner
    from sqlgrade.populate.atoms import Conditions
    from sqlgrade.populate.blocks import Block
    from sqlgrade.populate.columns_used import ColumnId
    from sqlgrade.populate.keys import KeyClasses
    from sqlgrade.populate.pools import Pools
    from sqlgrade.tables.model import SchemaModel

_T = TypeVar("_T")
_MOST_OF_BLOCKS, _MOST_OF_ROUNDINGS, _MOST_TIES = 12, 8, 3
_MOST_READ, _MOST_LEFT_OUT = 3, 4


def differ(answer: str, solutions: Sequence[str], schema: SchemaModel) -> bool:
    """Whether blocks, what is rounded, or ties that may be NULL are written otherwise in an answer than in its solutions."""
    readings = (blocks_of, roundings_of, _loose_ties)
    return any(all(read(sql, schema) != read(answer, schema) for sql in solutions) for read in readings)


def _loose_ties(sql: str, schema: SchemaModel) -> frozenset[tuple[ColumnId, int]]:
    """The columns that may be NULL and are equated with others, and how often."""
    ties = Counter(column for pair in read_conditions(sql, schema).joined for column in pair)
    return frozenset(tie for tie in ties.items() if schema.table(tie[0][0]).column(tie[0][1]).nullable)


def _nearest(ours: frozenset[_T], theirs: Iterable[frozenset[_T]]) -> frozenset[_T]:
    """What the solution has that is most like an answer in it."""
    return min(theirs, key=lambda each: len(each ^ ours))


Taken = dict["ColumnId", frozenset[int]]
"""For each column that a block asks about the places, in the column's pool, of the values it takes."""


class Contrasts:
    """The compositions that tell an answer from its solutions where these are not written alike."""

    def __init__(
        self,
        schema: SchemaModel,
        conditions: Conditions,
        pools: Pools,
        keys: KeyClasses,
        used: set[str],
        runner: Runner,
    ) -> None:
        self._schema, self._conditions, self._pools, self._keys, self._runner = schema, conditions, pools, keys, runner
        self._tables = [table.name for table in schema.varied if table.name in used]
        self._rounded = RoundedGroups(schema, conditions, pools, keys, self._tables, runner)

    def compositions(self, answer: str, solutions: Sequence[str]) -> Iterator[Composition]:
        """A few of them, the most telling first."""
        yield from itertools.islice(self._of_blocks(answer, solutions), _MOST_OF_BLOCKS)
        ours = roundings_of(answer, self._schema)
        theirs = _nearest(ours, (roundings_of(sql, self._schema) for sql in solutions))
        odd = sorted(ours ^ theirs, key=repr)
        found = (each for rounding in odd for each in self._rounded.of(rounding))
        yield from itertools.islice(found, _MOST_OF_ROUNDINGS)
        yield from self._of_ties(answer, solutions)

    def foreseen(self, queries: Sequence[str]) -> tuple[Composition, ...]:
        """A few for mistakes in the queries that are often made: a condition left out in one block, a number rounded too early."""
        left_out = (each for sql in queries[:_MOST_READ] for each in self._left_out(sql))
        blocks = tuple(itertools.islice(left_out, _MOST_LEFT_OUT))
        return (*blocks, *self._rounded.foreseen(queries[:_MOST_READ]))

    def _left_out(self, sql: str) -> Iterator[Composition]:
        """Rows for each block, of which one breaks what several blocks ask of them, and beside them rows that are all right."""
        blocks = sorted(blocks_of(sql, self._schema), key=_written)
        beside = {block: [each for each in blocks if each != block and each.atoms & block.atoms] for block in blocks}
        taken = self._taken(blocks) if any(beside.values()) else {}
        for block, others in beside.items():
            shared = {atom.column for each in others for atom in each.atoms & block.atoms}
            laxer = {column: places for column, places in taken.get(block, {}).items() if column not in shared}
            yield from self._laxer_than(block, laxer, {each: taken[each] for each in others})

    def _laxer_than(self, block: Block, laxer: Taken, others: dict[Block, Taken]) -> Iterator[Composition]:
        """Rows of the others, apart from the block's, and one that it takes once it asks less."""
        firsts = {each: taken for each, taken in others.items() if self._apart(taken, laxer)}
        grain = self._grain([*firsts, block])
        if firsts and grain is not None:
            every = [*firsts.values(), laxer]
            yield from itertools.islice(self._of_rows(grain, every[:-1], laxer, every, beside=True), 1)

    def _of_ties(self, answer: str, solutions: Sequence[str]) -> Iterator[Composition]:
        """Rows that meet all that the blocks ask, with NULL in a tie: by itself, then beside rows that are tied."""
        ours = _loose_ties(answer, self._schema)
        theirs = _nearest(ours, (_loose_ties(sql, self._schema) for sql in solutions))
        loose = sorted({column for column, _ in ours ^ theirs if column[0] in self._tables})[:_MOST_TIES]
        row = self._meeting(answer, solutions) if loose else {}
        for column in loose:
            yield Composition(column[0], ((row,),), shared=True, blank=(column, frozenset({0})))
            several = ((row,), (row,), (row, row))
            yield Composition(column[0], several, shared=True, blank=(column, frozenset({0, 2})))

    def _meeting(self, answer: str, solutions: Sequence[str]) -> dict[ColumnId, Any]:
        """What one row of each table holds to be taken by as many blocks as can be met together."""
        blocks = {block for sql in (answer, *solutions) for block in blocks_of(sql, self._schema)}
        met: Taken = {}
        for taken in self._taken(sorted(blocks, key=_written)).values():
            for column, places in taken.items():
                if places:  # where no value at hand is taken, the row goes by the other blocks
                    met[column] = met.get(column, places) & places or met[column]
        return self._row(sorted(met), met) or {}

    def _of_blocks(self, answer: str, solutions: Sequence[str]) -> Iterator[Composition]:
        ours = blocks_of(answer, self._schema)
        theirs = _nearest(ours, (blocks_of(sql, self._schema) for sql in solutions))
        taken = self._taken(sorted({*ours, *theirs}, key=_written))
        by_sight = [
            {self._sight(block, taken): block for block in sorted(blocks, key=_written)} for blocks in (ours, theirs)
        ]
        known = {**by_sight[1], **by_sight[0]}
        met: list[tuple[list[Block], Block]] = []
        for sight in sorted(by_sight[0].keys() ^ by_sight[1].keys()):
            others = [known[other] for other in sorted(known.keys() - {sight})]
            apart = [block for block in others if self._apart(taken[block], taken[known[sight]])]
            met += [(apart, known[sight])] if len(apart) > 1 else []
            met += [([block], known[sight]) for block in others]
        met.sort(key=lambda each: not self._apart(taken[each[0][0]], taken[each[1]]))
        for firsts, second in met:
            grain = self._grain([*firsts, second])
            if grain is not None:
                yield from self._of_rows(grain, [taken[block] for block in firsts], taken[second], list(taken.values()))

    def _grain(self, blocks: list[Block]) -> str | None:
        """The table furthest from its parents that all the blocks read."""
        shared = frozenset.intersection(*(block.tables for block in blocks))
        return next((table for table in reversed(self._tables) if table in shared), None)

    @staticmethod
    def _sight(block: Block, taken: dict[Block, Taken]) -> str:
        """What is alike in blocks that take the same rows, however they are written."""
        asked = sorted((column, sorted(places)) for column, places in taken[block].items())
        return repr(asked or sorted(block.tables))

    @staticmethod
    def _apart(first: Taken, second: Taken) -> bool:
        return any(first[column].isdisjoint(second[column]) for column in first.keys() & second.keys())

    def _taken(self, blocks: Iterable[Block]) -> dict[Block, Taken]:
        """Which values of the pools each block takes, of the columns of which it doesn't take all."""
        asked: dict[ColumnId, dict[str, frozenset[int]]] = defaultdict(dict)
        for block in blocks:
            for atom in block.atoms:
                if atom.column[0] in self._tables and atom.column not in self._keys.number:
                    asked[atom.column][atom.sql] = frozenset()
        for column, texts in asked.items():
            texts.update(self._holding(column, list(texts)))
        found: dict[Block, Taken] = {}
        for block in blocks:
            taken: Taken = {}
            for atom in block.atoms:
                every = frozenset(range(len(self._pools[atom.column].values)))
                held = asked.get(atom.column, {}).get(atom.sql, every)
                taken[atom.column] = taken.get(atom.column, every) & held
            found[block] = {c: places for c, places in taken.items() if len(places) < len(self._pools[c].values)}
        return found

    def _holding(self, column: ColumnId, texts: Sequence[str]) -> dict[str, frozenset[int]]:
        """For each condition the places of the column's values for which it holds; all if it cannot be asked."""
        values, kind = self._pools[column].values, self._schema.column(column).type
        rows, given = given_rows([("place", WHOLE), ("c", kind)], list(enumerate(values)))
        found = self._runner.ask(f"SELECT place, {', '.join(f'({text})' for text in texts)} FROM {rows} t", given)
        if isinstance(found, Result):
            return {text: frozenset(row[0] for row in found.rows if row[n]) for n, text in enumerate(texts, 1)}
        if len(texts) > 1:
            return {text: held for each in texts for text, held in self._holding(column, [each]).items()}
        return {texts[0]: frozenset(range(len(values)))}

    def _of_rows(
        self, grain: str, firsts: list[Taken], second: Taken, every: list[Taken], *, beside: bool = False
    ) -> Iterator[Composition]:
        """A row of each block, that of the last with what others refuse in one of the columns; also one of each as it should be."""
        columns = sorted({column for taken in every for column in taken})
        rows = [row for taken in (*firsts, second) if (row := self._row(columns, taken)) is not None]
        if len(rows) <= len(firsts):
            return
        for column in columns:
            values = self._pools[column].values
            own = second.get(column, frozenset(range(len(values))))
            refused = [own - taken[column] for taken in every if column in taken and own & taken[column]]
            others = [values[place] for places in refused for place in sorted(places)]
            if others:  # the first of them may be NULL
                odd = {**rows[-1], column: others[0]}
                yield Composition(grain, ((*rows[:-1], odd), *([tuple(rows)] if beside else [])), shared=True)
                yield Composition(grain, (tuple(rows[:-1]), (odd,)))

    def _row(self, columns: Sequence[ColumnId], taken: Taken) -> dict[ColumnId, Any] | None:
        """For each column the value that the block takes and that meets the most; None if it takes none of one's."""
        row = {}
        for column in columns:
            pool = self._pools[column]
            places = taken.get(column, frozenset(range(len(pool.values))))
            values = [pool.values[place] for place in sorted(places)]
            if not values:
                return None
            row[column] = max(values, key=lambda value: (value is not None, pool.met[repr(value)]))
        return row


def _written(block: Block) -> tuple[list[str], list[str]]:
    return sorted(repr(atom) for atom in block.atoms), sorted(block.tables)
