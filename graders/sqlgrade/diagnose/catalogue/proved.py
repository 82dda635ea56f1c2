"""Names that say what becomes of rows: none of them is said where undoing just that changes no result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.catalogue.entry import Mistake, changed_output

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlgrade.diagnose.catalogue.entry import Scene
    from sqlgrade.diagnose.contrast import Difference


def happens(mistake: Mistake, difference: Difference, scene: Scene) -> bool:
    """Whether what a name says of the rows shows in a result, as far as it can be undone by itself."""
    node = mistake.node
    if node is None or scene.proof is None or node.root() is not scene.learner.tree:
        return True  # a window that is spelled out of its WINDOW clause has no place in the tree to be undone in
    if mistake.key == "rows_for_people":
        counted = _counted_once(difference)
        return counted is None or scene.tells_apart(node, counted, _every_value(counted) or counted)
    undone = _UNDOING[mistake.key](node) if mistake.key in _UNDOING else None
    return undone is None or scene.matters(node, undone)


def blank_for_zero(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """An output column that is right once its blanks are zeros, in whatever other way it is computed."""
    pair = changed_output(difference)
    if pair is None or scene.proof is None:
        return
    own, wanted = pair
    counts = wanted.find(exp.Count) is not None or any(each.name == "0" for each in wanted.find_all(exp.Literal))
    if not counts or own.find(exp.AggFunc) is None:
        return
    filled = exp.Coalesce(this=own.copy(), expressions=[exp.Literal.number(0)])
    if scene.matters(own, filled) and not scene.tells_apart(own, filled, wanted):
        told = {"own": scene.quote(own), "name": scene.called(own)}
        yield Mistake("zero_missing", "E33", "SELECT", own, told)


def _counted_once(difference: Difference) -> exp.Count | None:
    """The right query's count of different values."""
    counts = difference.changed[1].find_all(exp.Count) if difference.changed is not None else ()
    return next((each for each in counts if isinstance(each.this, exp.Distinct)), None)


def _every_value(total: exp.Expr) -> exp.Expr | None:
    """An aggregate without its DISTINCT."""
    if not isinstance(total.this, exp.Distinct) or len(total.this.expressions) != 1:
        return None
    other = total.copy()
    other.set("this", other.this.expressions[0])
    return other


def _every_row(count: exp.Expr) -> exp.Expr | None:
    return exp.Count(this=exp.Star()) if isinstance(count, exp.Count) else None


def _true_ones(count: exp.Expr) -> exp.Expr | None:
    if not isinstance(count, exp.Count) or not isinstance(count.this, exp.Condition) or count.find(exp.Distinct):
        return None
    return exp.Count(this=exp.Case(ifs=[exp.If(this=count.this.copy(), true=exp.Literal.number(1))]))


def _otherwise(value: exp.Expr | None) -> Callable[[exp.Expr], exp.Expr | None]:
    """An aggregate of a CASE with another ELSE, or with none."""

    def changed(total: exp.Expr) -> exp.Expr | None:
        other = total.copy()
        if not isinstance(other.this, exp.Case):
            return None
        other.this.set("default", value.copy() if value is not None else None)
        return other

    return changed


def _row_by_row(window: exp.Expr) -> exp.Expr | None:
    """A window that sees row after row, whatever is equal in what it sorts by."""
    if not isinstance(window, exp.Window) or window.args.get("spec") is not None or not window.args.get("order"):
        return None
    other = window.copy()
    ends = {"start": "UNBOUNDED", "start_side": "PRECEDING", "end": "CURRENT ROW"}
    other.set("spec", exp.WindowSpec(kind="ROWS", **ends))
    return other


def _turned(key: exp.Expr) -> exp.Expr | None:
    if not isinstance(key, exp.Ordered):
        return None
    other = key.copy()
    other.set("desc", not key.args.get("desc"))
    return other


_UNDOING: Mapping[str, Callable[[exp.Expr], exp.Expr | None]] = {
    "distinct_merges": _every_value,
    "amounts_merged": _every_value,
    "count_leaves_blanks": _every_row,
    "truth_counted": _true_ones,
    "else_counted": _otherwise(None),
    "sum_without_else": _otherwise(exp.Literal.number(0)),
    "ties_together": _row_by_row,
    "window_reversed": _turned,
}
"""By the name of a mistake, what its place in the learner's query is without it."""
