"""What goes by moments, done by something else: a number taken for a time, rows of one moment passed over, a day's week for the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence
from sqlgrade.diagnose.mistakes.rule import condition_rule, rule
from sqlgrade.diagnose.reading.blocks import number_of_rows, times_of
from sqlgrade.diagnose.reading.contrast import Difference, Part, bare, printed
from sqlgrade.diagnose.reading.extremes import extremes_of
from sqlgrade.diagnose.reading.trees import kernel, window_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.diagnose.mistakes.scene import Scene

NUMBER_FOR_EARLIEST = Mistake(
    "number_for_earliest",
    "E37",
    Family.TIMES,
    before=(
        Before("order_key_missing", "it says by what the rows go"),
        Before("value_of_other_row", "it says by what the rows go"),
        Before("order_sequence", "it says by what the rows go"),
    ),
)
NUMBER_FOR_LATEST = Mistake(
    "number_for_latest",
    "E37",
    Family.TIMES,
    before=(
        Before("order_key_missing", "it says by what the rows go"),
        Before("value_of_other_row", "it says by what the rows go"),
    ),
)
_ONE_OF_THEM = (Before("qualify_missing", "it says what lets several rows through"),)
LARGEST_SHARED = Mistake("largest_shared", "E38", Family.TIMES, before=_ONE_OF_THEM)
SMALLEST_SHARED = Mistake("smallest_shared", "E38", Family.TIMES, before=_ONE_OF_THEM)
TIE_PASSED_OVER = Mistake("tie_passed_over", "E22", Family.TIMES)
PERIOD_BY_CUT = Mistake("period_by_cut", "E42", Family.TIMES)

_BOUNDED = (exp.Between, exp.GT, exp.GTE, exp.LT, exp.LTE)
_EARLIEST, _LATEST = (exp.Min, exp.ArgMin), (exp.Max, exp.ArgMax)


@rule
def number_for_time(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """The smallest or largest number of a row, where the task goes by its time: in an aggregate, a window, or what is cut off."""
    if difference.part is Part.ORDER_BY:
        cut = any(difference.block.args.get(name) for name in ("limit", "distinct"))
        yield from (
            _in_order(difference.own, difference.wanted, difference.own[0], scene) if cut and difference.own else ()
        )
        return
    if difference.changed is None:
        return
    own, wanted = kernel(*difference.changed)
    if isinstance(own, exp.Column) and own.parent is not None and isinstance(own.parent, exp.ArgMin | exp.ArgMax):
        own, wanted = own.parent, wanted.parent or wanted
    if isinstance(own, (*_EARLIEST, *_LATEST)):
        yield from _farthest(own, wanted, scene)
        return
    windows = [list(node.find_all(exp.Window, bfs=False)) for node in difference.changed]
    for ours, theirs in zip(*windows, strict=False):
        same_rows = printed(ours.this) == printed(theirs.this) and ours.args.get("spec") == theirs.args.get("spec")
        if same_rows:
            yield from _in_order(window_keys(ours), window_keys(theirs), ours, scene)


def _farthest(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """MIN or MAX of a number, or the value beside it, where the value beside the earliest or latest time is asked for."""
    key = own.this if isinstance(own, exp.Min | exp.Max) else own.expression
    moment = wanted.expression if isinstance(wanted, exp.ArgMin | exp.ArgMax) else None
    first = moment.expressions[0] if isinstance(moment, exp.Tuple) else moment
    table = number_of_rows(key, scene.learner)
    if table and isinstance(first, exp.Column) and first.name.lower() in times_of(table, scene.learner):
        yield _named(own, key, first.name, latest=isinstance(own, _LATEST), scene=scene)


def _in_order(
    ours: Sequence[exp.Expr], theirs: Sequence[exp.Expr], place: exp.Expr, scene: Scene
) -> Iterator[Occurrence]:
    """Rows in the order of their numbers, where they are to go by a time first."""
    if not ours or not theirs or printed(ours[0]) == printed(theirs[0]):
        return
    key, time = (each.this if isinstance(each, exp.Ordered) else each for each in (ours[0], theirs[0]))
    table, latest = number_of_rows(key, scene.learner), bool(ours[0].args.get("desc"))
    same_way = latest == bool(theirs[0].args.get("desc"))
    if table and same_way and isinstance(time, exp.Column) and time.name.lower() in times_of(table, scene.learner):
        yield _named(place, key, time.name, latest=latest, scene=scene)


def _named(place: exp.Expr, key: exp.Expr, time: str, *, latest: bool, scene: Scene) -> Occurrence:
    told = {"own": scene.quote(place), "column": key.name, "time": time}
    part = "WINDOW" if isinstance(place, exp.Window) else "ORDER BY" if isinstance(place, exp.Ordered) else "SELECT"
    return (NUMBER_FOR_LATEST if latest else NUMBER_FOR_EARLIEST).at(part, place, told)


@rule
def tie_passed_over(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Rows before or after another by a time alone, where of one moment the key decides."""
    if difference.changed is None:
        return
    own, wanted = (each.unnest() for each in difference.changed)
    if type(own) is type(wanted) and isinstance(own, exp.LT | exp.GT) and isinstance(wanted.this, exp.Tuple):
        time, key = wanted.this.expressions
        if printed(time) == printed(own.this):
            told = {"own": scene.quote(own), "column": own.this.name, "key": key.name}
            yield TIE_PASSED_OVER.at(difference.part, own, told)


@condition_rule
def period_by_cut(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A period that is asked of the first day of a week or month, where each day itself is to lie in it."""
    if not isinstance(own, _BOUNDED) or wanted.find(exp.TimestampTrunc, exp.DateTrunc) is not None:
        return
    for cut in own.find_all(exp.TimestampTrunc, exp.DateTrunc):
        if bare(_uncut(own, cut)) == bare(wanted):
            yield PERIOD_BY_CUT.at("", own, {"own": scene.quote(cut)})


def _uncut(condition: exp.Expr, cut: exp.Expr) -> exp.Expr:
    """A condition with a moment itself in the place of the beginning of its week or month."""
    told: exp.Expr = condition.copy().transform(lambda node: node.this if printed(node) == printed(cut) else node)
    return told


@rule
def extreme_shared(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """All rows that share the largest or smallest value of their group, where one of them is asked for."""
    if difference.part is not Part.QUALIFY or difference.own or not isinstance(difference.block, exp.Select):
        return
    if not any(isinstance(each.unnest(), exp.EQ) and each.find(exp.RowNumber) for each in difference.wanted):
        return
    for extreme in extremes_of(difference.block, scene.learner):
        told = {"own": scene.quote(extreme.condition), "column": extreme.column.name}
        place = "ON" if isinstance(extreme.condition.find_ancestor(exp.Join, exp.Where), exp.Join) else "WHERE"
        yield (LARGEST_SHARED if extreme.largest else SMALLEST_SHARED).at(place, extreme.condition, told)
