"""The conditions of queries that decide on rows: which columns they touch, their constants, and sizes that matter."""

from __future__ import annotations

import functools
import itertools
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from sqlgrade.parse import all_parsed
from sqlgrade.populate.bundles import STARTS, Bundle, bundles_of
from sqlgrade.populate.columns_used import Atom, ColumnFinder, ColumnId
from sqlgrade.populate.crafted import crafted_values
from sqlgrade.populate.lookups import derived_atoms
from sqlgrade.populate.nested import part_names, parts_in
from sqlgrade.populate.questions import Member, Question, joint_members, members_of, questions_of
from sqlgrade.populate.regexes import PARTS, REGEXES, regex_of_condition

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlgrade.tables.model import SchemaModel

_COMPARISONS = (exp.EQ, exp.NEQ, exp.GT, exp.GTE, exp.LT, exp.LTE, exp.NullSafeEQ, exp.NullSafeNEQ)
_PATTERNS = (exp.Like, exp.ILike, exp.Glob, *REGEXES, *PARTS)
_STEPS = (exp.Floor, exp.Ceil, exp.Round, exp.Trunc, exp.IntDiv, exp.Mod)
_BARE = (*_COMPARISONS, *_PATTERNS, exp.Between, exp.In, exp.Is, exp.Not, exp.Paren)
"""What a column stands in by itself, so that the constants beside it are where the condition turns."""
_TRUTHS = (exp.Where, exp.And, exp.Or, exp.Not, exp.Paren, exp.Join, exp.Filter, exp.If)
_COUNTED = (exp.Count, exp.CountIf, exp.Case, exp.If)  # what makes an aggregate one of rows, not of what they hold
_FAR = 5
"""Rows that a window looks back over, from which on databases made by chance may have too few."""
_LARGEST_SIZE, _LARGEST_SUM = 1000, 12


@dataclass
class Conditions:
    """What the queries ask about: constants by column, testable atoms, joins, sizes of groups and windows."""

    constants: dict[ColumnId, list[str]] = field(default_factory=dict)
    """SQL of the constant expressions compared with something made of the column."""
    patterns: dict[ColumnId, list[str]] = field(default_factory=dict)
    """What the column is matched against, as regular expressions."""
    loose: list[str] = field(default_factory=list)
    """SQL of the other literals."""
    atoms: list[Atom] = field(default_factory=list)
    links: list[tuple[ColumnId, ColumnId]] = field(default_factory=list)
    """Columns compared with each other: they should share values."""
    joined: list[tuple[ColumnId, ColumnId]] = field(default_factory=list)
    """Columns equated with each other."""
    counts: set[int] = field(default_factory=set)
    """Row counts at which a HAVING or another condition on an aggregate turns."""
    limits: set[int] = field(default_factory=set)
    """Row counts at which a LIMIT, an OFFSET or a condition on a rank turns."""
    reaches: set[int] = field(default_factory=set)
    """How many rows back or ahead a window looks, where that is more than a few."""
    cast_text: dict[ColumnId, str] = field(default_factory=dict)
    """Text columns that are read as numbers ("number") or dates ("date")."""
    crafted: dict[ColumnId, list[Any]] = field(default_factory=dict)
    """Values that functions and shifts applied to the column tell apart."""
    turns: dict[ColumnId, list[str]] = field(default_factory=dict)
    """Conditions on something made of the column, written "c"."""
    steps: dict[ColumnId, list[str]] = field(default_factory=dict)
    """What is made of the column, written "c", and holds the same for many values of it: a part, a whole number of tens."""
    parts: dict[str, list[str]] = field(default_factory=dict)
    """SQL of the constant expressions compared with parts of nested columns, by the part's name in lower case."""
    bundles: list[Bundle] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    """What is asked of groups of rows."""
    members: list[Member] = field(default_factory=list)
    """Columns of which a group may hold some values and lack others."""
    used: set[str] = field(default_factory=set)
    """Tables that the queries read."""
    columns: set[ColumnId] = field(default_factory=set)
    """Columns that the queries name."""

    def within(self, other: Conditions) -> bool:
        """True if databases made for the other conditions serve these as well."""
        by_name: list[tuple[dict[Any, Any], dict[Any, Any]]] = [
            (self.constants, other.constants),
            (self.patterns, other.patterns),
            (self.turns, other.turns),
            (self.steps, other.steps),
            (self.crafted, other.crafted),
            (self.parts, other.parts),
        ]
        together: list[tuple[Iterable[Any], Iterable[Any]]] = [
            (self.atoms, other.atoms),
            (map(frozenset, self.joined), map(frozenset, other.joined)),
            (self.counts, other.counts),
            (self.limits, other.limits),
            (self.reaches, other.reaches),
            (self.cast_text, other.cast_text),
            (self.bundles, other.bundles),
            ((q for q in self.questions if not q.aside), other.questions),
            (self.members if self.questions else (), other.members),
            (self.used, other.used),
        ]
        together += [(texts, theirs.get(name, ())) for ours, theirs in by_name for name, texts in ours.items()]
        return all(set(ours) <= set(theirs) for ours, theirs in together)

    def merged(self, other: Conditions) -> Conditions:
        """The conditions of both."""
        return Conditions(
            {c: self.constants.get(c, []) + other.constants.get(c, []) for c in (*self.constants, *other.constants)},
            {c: self.patterns.get(c, []) + other.patterns.get(c, []) for c in (*self.patterns, *other.patterns)},
            self.loose + other.loose,
            list(dict.fromkeys(self.atoms + other.atoms)),
            self.links + other.links,
            self.joined + other.joined,
            self.counts | other.counts,
            self.limits | other.limits,
            self.reaches | other.reaches,
            {**self.cast_text, **other.cast_text},
            {c: self.crafted.get(c, []) + other.crafted.get(c, []) for c in (*self.crafted, *other.crafted)},
            {c: self.turns.get(c, []) + other.turns.get(c, []) for c in (*self.turns, *other.turns)},
            {c: self.steps.get(c, []) + other.steps.get(c, []) for c in (*self.steps, *other.steps)},
            {n: self.parts.get(n, []) + other.parts.get(n, []) for n in (*self.parts, *other.parts)},
            list(dict.fromkeys(self.bundles + other.bundles)),
            list(dict.fromkeys(self.questions + other.questions)),
            joint_members(self.members + other.members),
            self.used | other.used,
            self.columns | other.columns,
        )


@functools.lru_cache(maxsize=1024)
def read_conditions(sql: str, schema: SchemaModel) -> Conditions:
    """The conditions of one query; empty for text that sqlglot cannot read."""
    trees = all_parsed(sql)
    if not trees:
        return Conditions(used={t.name for t in schema.tables})
    found = Conditions()
    for tree in trees:
        _Reader(tree, schema, found).read()
    return found


class _Reader:
    def __init__(self, tree: exp.Expr, schema: SchemaModel, found: Conditions) -> None:
        self._tree, self._schema, self._found = tree, schema, found
        self._finder = ColumnFinder(tree, schema)

    def read(self) -> None:
        names = {t.name.lower(): t.name for t in self._schema.tables}
        self._found.used |= {names[t.name.lower()] for t in self._tree.find_all(exp.Table) if t.name.lower() in names}
        self._found.columns |= set(self._finder.columns(self._tree))
        for column, values in crafted_values(self._tree, self._finder).items():
            self._found.crafted.setdefault(column, []).extend(values)
        for bundle in bundles_of(self._tree, self._finder):
            self._found.bundles.append(bundle)
            for column in bundle.columns:
                self._found.crafted.setdefault(column, []).extend(STARTS[0] + step for step in bundle.steps)
        self._found.questions += questions_of(self._tree, self._finder)
        self._found.members += members_of(self._tree, self._finder)
        for node in self._tree.walk():
            self._note(node)
        self._found.atoms += derived_atoms(self._tree, self._finder, self._schema, self._found.atoms)

    def _note(self, node: exp.Expr) -> None:
        if isinstance(node, _COMPARISONS):
            self._comparison(node)
        elif isinstance(node, _PATTERNS):
            self._pattern(node)
        elif isinstance(node, exp.Between):
            self._between(node)
        elif isinstance(node, exp.In):
            self._membership(node)
        elif isinstance(node, (exp.Is, exp.Extract)):
            self._add_atom(node, self._finder.columns(node))
        elif isinstance(node, _STEPS):
            self._add_step(node)
        elif isinstance(node, exp.Column) and isinstance(node.parent, _TRUTHS):
            self._flag(node)
        elif isinstance(node, exp.Case) and node.this is not None:
            self._simple_case(node)
        else:
            self._other(node)

    def _comparison(self, node: exp.Binary) -> None:
        for side, other in ((node.this, node.expression), (node.expression, node.this)):
            if _is_constant(other) and not _is_constant(side):
                self._against_constant(node, side, other)
        if not _is_constant(node.this) and not _is_constant(node.expression):
            self._column_pair(node)

    def _against_constant(self, node: exp.Expr, side: exp.Expr, constant: exp.Expr) -> None:
        text = constant.sql(dialect="duckdb")
        self._note_parts(side, [text])
        columns = self._finder.columns(side)
        for column in columns:
            self._found.constants.setdefault(column, []).append(text)
        self._add_atom(node, columns)
        self._note_size(side, constant)
        self._note_text_number(side, constant)

    def _note_parts(self, side: exp.Expr, constants: list[str]) -> None:
        for name in parts_in(side, part_names(self._schema)):
            self._found.parts.setdefault(name, []).extend(constants)

    def _column_pair(self, node: exp.Binary) -> None:
        lefts, rights = self._finder.columns(node.this), self._finder.columns(node.expression)
        pairs = [(a, b) for a in lefts for b in rights if a != b]
        self._found.links += pairs[:6]
        if isinstance(node.this, exp.Column) and isinstance(node.expression, exp.Column):
            self._note_text_pairs(pairs)
            if isinstance(node, exp.EQ):
                self._found.joined += pairs[:2]

    def _between(self, node: exp.Between) -> None:
        low, high = node.args["low"], node.args["high"]
        if _is_constant(low) and _is_constant(high):
            columns = self._finder.columns(node.this)
            for column in columns:
                self._found.constants.setdefault(column, []).extend(p.sql(dialect="duckdb") for p in (low, high))
            self._add_atom(node, columns)
            self._note_size(node.this, low)
            self._note_size(node.this, high)
        else:
            lefts = self._finder.columns(node.this)
            self._found.links += [(a, b) for a in lefts for p in (low, high) for b in self._finder.columns(p) if a != b]

    def _membership(self, node: exp.In) -> None:
        columns = self._finder.columns(node.this)
        members = [m for m in node.expressions if _is_constant(m)]
        self._note_parts(node.this, [m.sql(dialect="duckdb") for m in members])
        for column in columns:
            self._found.constants.setdefault(column, []).extend(m.sql(dialect="duckdb") for m in members)
        query = node.args.get("query")
        if members:
            self._add_atom(node, columns)
            for member in members:
                self._note_text_number(node.this, member)
        inner = query.unnest() if isinstance(query, exp.Subquery) else query
        if isinstance(inner, exp.Select):
            self._members_of(node.this.unnest(), inner.selects)

    def _members_of(self, sought: exp.Expr, selects: list[exp.Expr]) -> None:
        """A column sought among those of a query shares its values; so do those inside expressions, if less surely."""
        sides = sought.expressions if isinstance(sought, exp.Tuple) else [sought]
        for left, right in zip(sides, (s.unalias() for s in selects), strict=False):
            pairs = [(a, b) for a in self._finder.columns(left) for b in self._finder.columns(right) if a != b][:2]
            self._found.links += pairs
            if isinstance(left, exp.Column) and isinstance(right, exp.Column):
                self._found.joined += pairs

    def _pattern(self, node: exp.Expr) -> None:
        pattern = node.args.get("substr") if isinstance(node, exp.StrPosition) else node.args.get("expression")
        if not isinstance(pattern, exp.Literal):
            return
        columns = self._finder.columns(node.this)
        for column in columns:
            self._found.patterns.setdefault(column, []).append(regex_of_condition(node, pattern.this))
        if not isinstance(node, exp.StrPosition):
            self._add_atom(node.parent if isinstance(node.parent, exp.Escape) else node, columns)

    def _flag(self, node: exp.Column) -> None:
        """A column of a fixed table that is a condition by itself: elsewhere half of all rows meet it anyway."""
        columns = self._finder.direct(node)
        if len(columns) == 1 and columns[0][0] in self._schema.fixed:
            self._add_atom(node, columns)

    def _simple_case(self, node: exp.Case) -> None:
        columns = self._finder.columns(node.this)
        for branch in node.args.get("ifs", ()):
            for column in columns:
                self._found.constants.setdefault(column, []).append(branch.this.sql(dialect="duckdb"))

    def _other(self, node: exp.Expr) -> None:
        if isinstance(node, exp.Join) and node.args.get("using"):
            for name in node.args["using"]:
                named = sorted(self._finder.columns(exp.column(name.name)))
                pairs = list(itertools.pairwise(named))
                self._found.joined += pairs
                self._note_text_pairs(pairs)
        elif isinstance(node, exp.Join) and node.method == "NATURAL":
            self._natural()
        elif isinstance(node, (exp.Limit, exp.Offset)) and isinstance(node.expression, exp.Literal):
            self._add_size(node.expression, self._found.limits)
        elif isinstance(node, (exp.Lag, exp.Lead, exp.WindowSpec)):
            self._note_reach(node)
        elif isinstance(node, (exp.Cast, exp.TryCast)):
            self._note_cast(node)
        elif isinstance(node, (exp.StrToTime, exp.StrToDate, exp.TsOrDsToDate)):
            self._found.cast_text.update(dict.fromkeys(self._finder.columns(node.this), "date"))
        elif isinstance(node, exp.Literal) and not isinstance(node.parent, (exp.Limit, exp.Offset, exp.DataTypeParam)):
            self._found.loose.append(node.sql(dialect="duckdb"))
        elif isinstance(node, (exp.Add, exp.Sub, exp.Mul, exp.Div)):
            self._note_arithmetic(node)

    def _note_reach(self, node: exp.Expr) -> None:
        """Keeps how far a window looks, where rows made by chance would be too few."""
        for name in ("offset", "start", "end"):
            bound = node.args.get(name)
            if isinstance(bound, exp.Literal) and bound.is_int and int(bound.this) >= _FAR:
                self._add_size(bound, self._found.reaches)

    def _natural(self) -> None:
        """Columns of one name in the tables of the query."""
        alike: dict[str, list[ColumnId]] = defaultdict(list)
        for table in (self._schema.table(name) for name in sorted(self._found.used)):
            for column in table.columns:
                alike[column.name.lower()].append((table.name, column.name))
        self._found.joined += [pair for columns in alike.values() for pair in itertools.pairwise(columns)]

    def _note_arithmetic(self, node: exp.Binary) -> None:
        if not isinstance(node.this, exp.Interval) and not isinstance(node.expression, exp.Interval):
            lefts, rights = self._finder.columns(node.this)[:2], self._finder.columns(node.expression)[:2]
            self._found.links += [(a, b) for a in lefts for b in rights if a != b]

    def _note_cast(self, node: exp.Cast) -> None:
        if not isinstance(node.this, exp.Column):
            return
        kind = (
            "number"
            if node.is_type(*exp.DataType.NUMERIC_TYPES)
            else "date"
            if node.is_type(*exp.DataType.TEMPORAL_TYPES)
            else ""
        )
        if kind:
            self._found.cast_text.update(dict.fromkeys(self._finder.columns(node.this), kind))

    def _note_text_number(self, side: exp.Expr, constant: exp.Expr) -> None:
        """A text column compared with a number is read as one; what is counted or ranked of it is a number anyway."""
        if not isinstance(side, exp.Column) or not isinstance(constant, exp.Literal) or constant.is_string:
            return
        if not any(node.find(exp.Window, exp.AggFunc) for node in self._finder.expressions(side)):
            self._found.cast_text.update(dict.fromkeys(self._finder.columns(side), "number"))

    def _note_text_pairs(self, pairs: Iterable[tuple[ColumnId, ColumnId]]) -> None:
        """A text column held against one of numbers or dates is read as such, and fails where it cannot be."""
        for pair in pairs:
            kinds = [self._schema.column(each).type for each in pair]
            for column, kind, other in zip(pair, kinds, reversed(kinds), strict=True):
                if kind.family == "text" and other.numeric:
                    self._found.cast_text[column] = "number"
                elif kind.family == "text" and other.temporal:
                    self._found.cast_text[column] = "date"

    def _note_size(self, side: exp.Expr, constant: exp.Expr) -> None:
        """A constant compared with a count or a rank turns at that many rows."""
        meant = [side, *(self._finder.expressions(side) if isinstance(side, exp.Column) else ())]
        if any(node.find(exp.Window) for node in meant):
            self._add_size(constant, self._found.limits)
            if any(isinstance(window.this, exp.Count) for node in meant for window in node.find_all(exp.Window)):
                self._add_size(constant, self._found.counts)  # so many rows of a group beside each of them
        elif any(node.find(exp.AggFunc) for node in meant):
            most = _LARGEST_SIZE if any(node.find(*_COUNTED) for node in meant) else _LARGEST_SUM
            self._add_size(constant, self._found.counts, most)

    @staticmethod
    def _add_size(node: exp.Expr, sizes: set[int], most: int = _LARGEST_SIZE) -> None:
        if isinstance(node, exp.Literal) and node.is_int and 0 < int(node.this) <= most:
            sizes.add(int(node.this))

    def _add_atom(self, node: exp.Expr, columns: list[ColumnId]) -> None:
        """Keeps conditions on a single column: DuckDB can say for which values they hold."""
        if len(columns) != 1 or node.find(exp.Select, exp.AggFunc, exp.Window, exp.Placeholder):
            return
        told = self._finder.alone(_as_asked(node), columns[0])
        if told is None:
            return
        text = told.sql(dialect="duckdb")
        if not told.find(exp.Anonymous):
            self._found.atoms.append(Atom(columns[0], text))
        if any(not isinstance(column.parent, _BARE) for column in told.find_all(exp.Column)):
            self._found.turns.setdefault(columns[0], []).extend((text, *_where_it_holds(told)))

    def _add_step(self, node: exp.Expr) -> None:
        """Keeps what is the same for many numbers in a column."""
        columns = self._finder.columns(node)
        if len(columns) != 1 or node.find(exp.Select, exp.AggFunc, exp.Window, exp.Placeholder):
            return
        told = self._finder.alone(node, columns[0])
        if told is not None and self._schema.table(columns[0][0]).column(columns[0][1]).type.numeric:
            self._found.steps.setdefault(columns[0], []).append(told.sql(dialect="duckdb"))


def _where_it_holds(told: exp.Expr) -> list[str]:
    """For an equation, which holds at a point that no halving finds, where its left side comes to its right one."""
    sides = [(told.this.copy(), told.expression.copy())] if isinstance(told, (exp.EQ, exp.NEQ)) else []
    return [exp.GTE(this=left, expression=right).sql(dialect="duckdb") for left, right in sides]


def _as_asked(node: exp.Expr) -> exp.Expr:
    """The condition with the NOT before it, if there is one."""
    outer = node.parent
    while isinstance(outer, exp.Paren):
        outer = outer.parent
    return outer if isinstance(outer, exp.Not) else node


def _is_constant(node: exp.Expr) -> bool:
    return node.find(exp.Column, exp.Select, exp.AggFunc, exp.Window, exp.Star) is None
