"""What a task demands of a query's form, decided on the syntax tree and never on its text (`require`, `forbid`)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.parse import parsed
from sqlgrade.record import Exercise, ExerciseFault
from sqlgrade.tables.result import NOT_ALLOWED, RunError

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWN = {
    "star": "SELECT *",
    "group": "GROUP BY",
    "order": "ORDER BY",
    "window": "OVER",
    "cte": "WITH",
    "in": "IN",
    "subquery": "( SELECT … )",
    "sub": "A - B",
    "neg": "-A",
    "intdiv": "//",
}
"""What a learner reads for a construct whose SQL word is another than its name."""
_JOINS = ("left_join", "right_join", "full_join", "cross_join")


def constructs_in(sql: str) -> frozenset[str] | None:
    """Name the constructs of a query: sqlglot's class names in lower case, and left_join, right_join, full_join, cross_join.

    Returns None for a text that cannot be parsed: nothing is held against it.
    """
    tree = parsed(sql)
    return None if tree is None else constructs_of(tree)


def constructs_of(tree: exp.Expr) -> frozenset[str]:
    """Name the constructs of a tree; a call that was kept as it is written goes by its own name."""
    found: set[str] = set()
    for node in tree.walk():
        if isinstance(node, exp.Star) and not isinstance(node.parent, exp.Select):
            continue  # count(*) is no SELECT *
        if isinstance(node, exp.Order) and isinstance(node.parent, exp.Window):
            continue  # the ORDER BY of a window sorts no result
        found.add(node.name.lower().replace("_", "") if isinstance(node, exp.Anonymous) else type(node).key)
        if isinstance(node, exp.Join):
            found |= {f"{word.lower()}_join" for word in (node.side, node.kind) if word}
    return frozenset(found)


def missing(sql: str, require: Sequence[str], written: frozenset[str] | None = None) -> tuple[str, ...]:
    """List the demands that a query does not meet; "a|b" is met by either, and by what was translated into something else."""
    found = constructs_in(sql) if require else None
    met = None if found is None else found | (written or frozenset())
    return () if met is None else tuple(each for each in require if not met & set(each.split("|")))


def forbidden(sql: str, forbid: Sequence[str], written: frozenset[str] | None = None) -> tuple[str, ...]:
    """List the constructs in a query that the task rules out; of a translated one those that were written."""
    found = constructs_in(sql) if forbid else None
    own = found if found is None or written is None else found & written
    return () if own is None else tuple(name for each in forbid for name in each.split("|") if name in own)


def ruled_out(sql: str, forbid: Sequence[str], written: frozenset[str] | None = None) -> RunError | None:
    """The refusal of a query with a construct that the task rules out; None if it has none.

    Args:
        sql: The query as it is run.
        forbid: What the task rules out.
        written: The constructs of the text that the query was translated from, if it was.
    """
    found = forbidden(sql, forbid, written)
    if not found:
        return None
    name = shown(found[0])
    return RunError(NOT_ALLOWED, name, subtype="forbidden", name=name)


def shown(demand: str) -> str:
    """Give a demand in SQL words: "window|qualify" is OVER / QUALIFY."""
    return " / ".join(_SHOWN.get(name, name.replace("_", " ").upper()) for name in demand.split("|"))


def check_constructs(exercise: Exercise) -> None:
    """Hold the author's own right answers to what the task demands.

    Raises:
        ExerciseFault: a construct has no such name, or a right answer of the author would not pass.
    """
    names = {name for each in (*exercise.require, *exercise.forbid) for name in each.split("|")}
    unknown = sorted(names - _known())
    if unknown:
        raise ExerciseFault(f"require/forbid: no construct is called {', '.join(unknown)}")
    right = [*((s.variant, s.sql) for s in exercise.solutions), *((a.name, a.sql) for a in exercise.alternatives)]
    for name, sql in right:
        for kind, found in (("lacks", missing(sql, exercise.require)), ("has", forbidden(sql, exercise.forbid))):
            if found:
                raise ExerciseFault(f"the right answer {name} {kind} {', '.join(map(shown, found))}")


@cache
def _known() -> frozenset[str]:
    classes, names = [exp.Expr], set(_JOINS)
    while classes:
        kind = classes.pop()
        names.add(kind.key)
        classes += kind.__subclasses__()
    return frozenset(names)
