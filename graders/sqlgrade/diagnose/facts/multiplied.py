"""A join that repeats the rows of another table, so that counts and sums grow: told by counting on the databases."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import TYPE_CHECKING

import sqlglot
from sqlglot import exp

from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.diagnose.reading.contrast import printed
from sqlgrade.diagnose.reading.trees import joins_of
from sqlgrade.tables.result import Result

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlgrade.outcomes.trial import Trial
    from sqlgrade.query.query import Query, Source

_MOST_HELD = 8
_SHAPING = ("group", "having", "qualify", "order", "limit", "offset", "distinct", "windows")


def multiplied(learner: Query, trial: Trial) -> tuple[exp.AggFunc, tuple[exp.Join, ...], str] | None:
    """The total that is wrong wherever joins repeat its rows and nowhere else, those joins, and the table repeated."""
    suspects = list(_suspects(learner))
    own = learner.tree.sql("duckdb")
    wrong = list(trial.wrong_on(own)) if suspects else []
    kept = [name for name in trial.databases if name not in wrong]
    if not wrong or not kept:
        return None
    for total, source, key, join in suspects:
        probe = _probe(learner, source, key, learner.tree.args["joins"].index(join))
        if not all(_repeats(trial, probe, name) for name in wrong):
            continue
        once = _each_once(learner, total, source, key)
        if once and not _matters_where_wrong(trial, own, once, wrong, kept):
            continue
        if total.find(exp.Column) is None and any(_repeats(trial, probe, name) for name in kept):
            continue  # of COUNT(*) nobody knows what it is to count: repeated rows have to be what is wrong
        return total, _repeating(learner, source, key, join, trial, wrong), source.table or source.alias
    return None


def _matters_where_wrong(trial: Trial, own: str, once: str, wrong: list[str], kept: list[str]) -> bool:
    """Whether counting each row once changes the answer wherever it is wrong, and nowhere where it is right."""
    everywhere = all(_differ(trial, own, once, name) for name in wrong[:_MOST_HELD])
    return everywhere and not any(_differ(trial, own, once, name) for name in kept[:_MOST_HELD])


def _repeating(
    learner: Query, source: Source, key: tuple[str, ...], last: exp.Join, trial: Trial, names: list[str]
) -> tuple[exp.Join, ...]:
    """Of the joins up to one, those that bring in rows of the source again on some of the databases."""
    joins = learner.tree.args["joins"]
    counts = [
        [_times(trial, _probe(learner, source, key, at), name) for name in names]
        for at in range(-1, joins.index(last) + 1)
    ]
    grown = (any(b > a for a, b in zip(*pair, strict=True)) for pair in itertools.pairwise(counts))
    return tuple(join for join, more in zip(joins, grown, strict=False) if more) or (last,)


def _suspects(learner: Query) -> Iterator[tuple[exp.AggFunc, Source, tuple[str, ...], exp.Join]]:
    """Totals over one of several joined tables, with what names one of its rows and a join that may repeat them."""
    block = learner.tree
    joins = joins_of(block)
    if not isinstance(block, exp.Select) or not joins:
        return
    for total in block.find_all(exp.Sum, exp.Count, exp.Avg, bfs=False):
        column = total.find(exp.Column)
        source = learner.source_of(column) if column is not None else next(iter(learner.sources(block).values()), None)
        if total.find_ancestor(exp.Select) is not block or isinstance(total.this, exp.Distinct) or source is None:
            continue
        keys = learner.schema.keys.get(source.table or "", ()) or _keys_of_step(learner, source)
        others = [join for join in joins if join.this.alias_or_name.lower() != source.alias]
        for join in others if keys else ():
            yield total, source, keys[0], join


def _keys_of_step(learner: Query, source: Source) -> tuple[tuple[str, ...], ...]:
    """The output columns that a step is grouped by, which name one of its rows; none where a key is not shown."""
    block = learner.block_of(source)
    keys = {printed(key) for key in grouping_keys(block)} if block is not None else set()
    shown = (
        {printed(item.unalias()): item.alias_or_name.lower() for item in block.expressions} if block is not None else {}
    )
    return (tuple(sorted(shown[key] for key in keys)),) if keys and keys <= shown.keys() else ()


def _probe(learner: Query, source: Source, key: tuple[str, ...], last: int) -> str:
    """Count the rows once the joins up to one are made, those that the source itself needs among them."""
    tree = learner.tree.copy()
    kept = [
        join
        for at, join in enumerate(tree.args["joins"])
        if at <= last or join.this.alias_or_name.lower() == source.alias
    ]
    tree.set("joins", kept)
    if len(kept) < len(learner.tree.args["joins"]):
        tree.set("where", None)  # it may ask for tables that are left out
    for name in _SHAPING:
        tree.set(name, None)
    columns = [exp.column(name, table=source.alias) for name in key]
    filled = exp.Count(this=columns[0].copy())
    tuples = columns[0] if len(columns) == 1 else exp.Tuple(expressions=columns)
    tree.set("expressions", [filled, exp.Count(this=exp.Distinct(expressions=[tuples]))])
    return tree.sql("duckdb", copy=False)


def _each_once(learner: Query, total: exp.AggFunc, source: Source, key: tuple[str, ...]) -> str:
    """The query with the total taken over rows that count once each, however often a join repeats them."""
    if isinstance(total.parent, exp.Filter | exp.Window):
        return ""
    tree, place = learner.copy(total)
    keys = [exp.column(name, table=source.alias).sql("duckdb") for name in key]
    if isinstance(total, exp.Count):
        there = "TRUE" if isinstance(total.this, exp.Star) else f"({total.this.sql('duckdb')}) IS NOT NULL"
        once = f"COUNT(DISTINCT CASE WHEN {there} THEN ROW({', '.join(keys)}) END)"
    else:
        rows = f"list_distinct(list(ROW({', '.join(keys)}, {total.this.sql('duckdb')})))"
        once = f"list_{total.key}(list_transform({rows}, pair -> pair[{len(keys) + 1}]))"
    place.replace(sqlglot.parse_one(once, dialect="duckdb"))
    return tree.sql("duckdb", copy=False)


def _differ(trial: Trial, own: str, other: str, name: str) -> bool:
    results = [trial.run(sql, name) for sql in (own, other)]
    rows = [sorted(map(_plain, each.rows)) if isinstance(each, Result) else None for each in results]
    return None in rows or rows[0] != rows[1]


def _plain(row: Iterable[object]) -> str:
    """A row as text, without what the order of adding up leaves in a last digit."""
    return repr([f"{value:.9g}" if isinstance(value, float | int | Decimal) else value for value in row])


def _repeats(trial: Trial, probe: str, name: str) -> bool:
    return _times(trial, probe, name) > 0


def _times(trial: Trial, probe: str, name: str) -> int:
    """How many rows too many a probe counts."""
    found = trial.run(probe, name)
    return found.rows[0][0] - found.rows[0][1] if isinstance(found, Result) and found.rows else 0
