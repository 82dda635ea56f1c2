"""Facts about rows: one plain condition that all extra (or all missing) rows meet and no other row does."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from sqlgrade.compare.cells import canonical, family, kind_of
from sqlgrade.diagnose.facts.evidence import sample
from sqlgrade.tables.values import literal
from sqlgrade.verdict import DiffKind, Remark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlgrade.diagnose.facts.evidence import Evidence, LookUp
    from sqlgrade.tables.model import Table
    from sqlgrade.tables.result import Row

_ENOUGH = 8
"""Fewer rows than this are told apart by some column or other just by chance."""

_ENOUGH_FOR_A_THRESHOLD = 12
_FEWEST_A_SIDE = 2
_MOST_LISTED = 3


@dataclass(frozen=True)
class Feature:
    """One property of the rows in question (`inside`) and of the others (`outside`)."""

    name: str
    inside: tuple[Any, ...]
    outside: tuple[Any, ...]
    child: str = ""
    """Set if the property is whether a row of this table refers to it."""
    table: str = ""


Separation: TypeAlias = tuple[str, dict[str, Any]] | None


def row_facts(evidence: Evidence, pool: Sequence[Evidence]) -> Iterator[Remark]:
    """Describe the extra rows, or else the missing ones, if one condition separates them from all others.

    A value tells rows apart by chance as well: it is said only of columns that a condition looks at.
    """
    if not evidence.same_width or evidence.diff.kind in {DiffKind.DUPLICATES_ONLY, DiffKind.ORDER_ONLY}:
        return
    if evidence.pairs and evidence.diff.kind is DiffKind.VALUES:
        return
    for side, count in (("extra", len(evidence.diff.extra)), ("missing", len(evidence.diff.missing))):
        if not count:
            continue
        total = evidence.diff.extra_count if side == "extra" else evidence.diff.missing_count
        found = _described([evidence, *pool], side)
        if found is not None:
            code, params = found
            yield Remark(f"{side}_{code}", {"count": total or count, **params})
            return


def repeated_keys(evidence: Evidence, pool: Sequence[Evidence]) -> Iterator[Remark]:
    """A first column that names one row wherever rows are expected, and stands in several of the learner's."""
    if not evidence.same_width or not evidence.diff.extra or evidence.diff.kind is DiffKind.DUPLICATES_ONLY:
        return
    if evidence.names_exchanged:
        return
    shown = {canonical(row[0]): row[0] for row in evidence.learner.rows}
    own = Counter(canonical(row[0]) for row in evidence.learner.rows)
    value, count = max(own.items(), key=lambda each: each[1])
    theirs = [[canonical(row[0]) for row in each.expected.rows] for each in (evidence, *pool) if each.same_width]
    once = all(len(set(values)) == len(values) for values in theirs) and sum(map(len, theirs)) >= _ENOUGH
    if count > 1 and once and value is not None:
        yield Remark("key_repeated", {"column": evidence.called(0), "value": str(shown[value]), "count": count})


def _described(pool: Sequence[Evidence], side: str) -> Separation:
    features = _pooled([_features(evidence, side) for evidence in pool if evidence.same_width])
    cut = any(evidence.cut for evidence in pool)  # then whatever grows with the order has a threshold at the cut
    asked = pool[0].asked
    for separate in (each for each in _SEPARATIONS if not (cut and each is _threshold)):
        for feature in features if separate in _SURE else _only(features, asked):
            found = separate(feature)
            if found is not None:
                return found
    return None


def _features(evidence: Evidence, side: str) -> list[Feature]:
    """The output columns of the rows, then the columns of the tables their keys lead to."""
    extra = side == "extra"
    inside = sample(evidence.diff.extra if extra else evidence.diff.missing)
    outside = sample(evidence.kept_by_learner if extra else evidence.kept_of_expected)
    names = [evidence.called(column) for column in range(len(evidence.expected.columns))]
    found = [
        Feature(name, tuple(row[c] for row in inside), tuple(row[c] for row in outside)) for c, name in enumerate(names)
    ]
    if evidence.look_up is not None:
        for column, table, key in _keys(evidence, evidence.look_up):
            found += _base_features(evidence.look_up, table, key, column, inside, outside)
    return found


def _keys(evidence: Evidence, look_up: LookUp) -> Iterator[tuple[int, Table, str]]:
    """Output columns that hold the single-column key of a table: place, table, key column."""
    sources = evidence.sources if len(evidence.sources) == len(evidence.expected.columns) else ()
    for place, name in enumerate(evidence.expected.columns):
        shown = {name.casefold(), sources[place].casefold() if sources else ""}
        for table in look_up.schema.tables:
            for key in table.uniques:
                if len(key) == 1 and key[0].casefold() in shown:
                    yield place, table, key[0]


def _base_features(
    look_up: LookUp, table: Table, key: str, place: int, inside: Sequence[Row], outside: Sequence[Row]
) -> list[Feature]:
    ours, theirs = [row[place] for row in inside], [row[place] for row in outside]
    if None in ours or None in theirs:
        return []
    if {kind_of(canonical(value)) for value in (*ours, *theirs)} != {family(table.column(key).type.text)}:
        return []  # what stands there is no key of this table
    values = list(dict.fromkeys([*ours, *theirs]))
    rows = look_up.rows(table, key, values)
    if any(value not in rows for value in values):
        return []
    found = [
        Feature(f"{table.name}.{c.name}", tuple(rows[v][n] for v in ours), tuple(rows[v][n] for v in theirs))
        for n, c in enumerate(table.columns)
        if c.name != key
    ]
    for child, column in _children(look_up, table, key):
        named = look_up.referred(child, column, values)
        here, there = (tuple(v in named for v in side) for side in (ours, theirs))
        found.append(Feature("", here, there, child.name, table.name))
    return found


def _children(look_up: LookUp, table: Table, key: str) -> Iterator[tuple[Table, str]]:
    """The tables that name a table by this key, each with the column in which they do."""
    for child in look_up.schema.tables:
        for link in child.foreign_keys:
            if link.parent == table.name and link.parent_columns == (key,):
                yield child, link.columns[0]


def _pooled(lists: Sequence[Sequence[Feature]]) -> list[Feature]:
    """The features that every difference has, with the rows of all of them together."""
    if not lists:
        return []
    rest = [{(f.name, f.child): f for f in features} for features in lists[1:]]
    pooled = []
    for first in lists[0]:
        others = [known[first.name, first.child] for known in rest if (first.name, first.child) in known]
        inside = first.inside + tuple(v for f in others for v in f.inside)
        outside = first.outside + tuple(v for f in others for v in f.outside)
        if len(others) == len(rest):
            pooled.append(Feature(first.name, inside, outside, first.child, first.table))
    return pooled


def _is_null(feature: Feature) -> Separation:
    if feature.child or not _enough(feature):
        return None
    separates = all(v is None for v in feature.inside) and all(v is not None for v in feature.outside)
    return ("condition", {"condition": f"{feature.name} IS NULL"}) if separates else None


def _no_match(feature: Feature) -> Separation:
    if not feature.child or not _enough(feature):
        return None
    separates = not any(feature.inside) and all(feature.outside)
    return ("no_match", {"table": feature.table, "child": feature.child}) if separates else None


def _is_zero(feature: Feature) -> Separation:
    """A figure of the result that is 0 in these rows and in no other: those that have nothing to count."""
    if feature.child or "." in feature.name or len(feature.inside) < _FEWEST_A_SIDE or not feature.outside:
        return None
    figures = all(isinstance(v, int) and not isinstance(v, bool) for v in (*feature.inside, *feature.outside))
    separates = figures and not any(feature.inside) and all(feature.outside)
    return ("condition", {"condition": f"{feature.name} = 0"}) if separates else None


def _one_day(feature: Feature) -> Separation:
    """Different times of one calendar day."""
    cells = (*feature.inside, *feature.outside)
    if feature.child or not _enough(feature) or not all(isinstance(v, dt.datetime | None) for v in cells):
        return None
    days = {v.date() if v is not None else None for v in feature.inside}
    others = {v.date() for v in feature.outside if v is not None}
    if len(set(feature.inside)) < _FEWEST_A_SIDE or len(days) > 1 or days & {*others, None}:
        return None
    return "condition", {"condition": f"CAST({feature.name} AS DATE) = '{days.pop()}'"}


def _equals(feature: Feature) -> Separation:
    """One value, or a few, that all rows in question have and no other row has."""
    if feature.child or not _enough(feature):
        return None
    values = {canonical(v): v for v in feature.inside}
    if None in values.values() or values.keys() & {canonical(v) for v in feature.outside}:
        return None
    if len(values) == 1:
        (value,) = values.values()
        return "condition", {"condition": f"{feature.name} = {literal(value)}"}
    if len(values) <= _MOST_LISTED and len(feature.inside) >= _ENOUGH * len(values):
        listed = ", ".join(sorted(literal(v) for v in values.values()))
        return "condition", {"condition": f"{feature.name} IN ({listed})"}
    return None


def _threshold(feature: Feature) -> Separation:
    """All on one side of a value."""
    if feature.child or len(feature.inside) + len(feature.outside) < _ENOUGH_FOR_A_THRESHOLD or not _enough(feature):
        return None
    if not (_comparable(feature.inside) and _comparable(feature.outside)):
        return None
    if {type(v) for v in feature.inside} != {type(v) for v in feature.outside}:
        return None
    low, high = min(feature.inside), max(feature.inside)
    if high < min(feature.outside):
        return "condition", {"condition": f"{feature.name} <= {literal(high)}"}
    return ("condition", {"condition": f"{feature.name} >= {literal(low)}"}) if low > max(feature.outside) else None


def _only(features: Sequence[Feature], asked: frozenset[str] | None) -> Sequence[Feature]:
    return [each for each in features if asked is None or each.name.rpartition(".")[2].lower() in asked]


_SEPARATIONS: tuple[Callable[[Feature], Separation], ...] = (
    _no_match,
    _is_null,
    _is_zero,
    _one_day,
    _equals,
    _threshold,
)

_SURE = (_no_match, _is_null, _is_zero)
"""What hardly ever happens by chance."""


def _enough(feature: Feature) -> bool:
    sides = (len(feature.inside), len(feature.outside))
    return min(sides) >= _FEWEST_A_SIDE and sum(sides) >= _ENOUGH


def _comparable(values: Sequence[Any]) -> bool:
    numbers = all(isinstance(v, (int, float, Decimal)) and not isinstance(v, bool) for v in values)
    return numbers or all(type(v) in (dt.date, dt.datetime) for v in values)
