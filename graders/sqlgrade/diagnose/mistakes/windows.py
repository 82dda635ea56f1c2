"""Which rows a window looks at, in which order, and with which function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.aggregating import OTHER_AGGREGATE, VALUE_OF_OTHER_ROW
from sqlgrade.diagnose.mistakes.frames import FRAME_EXTRA, FRAME_MISSING, ends, framed, other_frame
from sqlgrade.diagnose.mistakes.joining import FILTER_BESIDE_WINDOW
from sqlgrade.diagnose.mistakes.lacking import QUALIFY_MISSING
from sqlgrade.diagnose.mistakes.left_to_outputs import numbered_first
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rounding import unrounded
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.undoing import row_by_row, turned
from sqlgrade.diagnose.reading.aggregated import is_other_kind
from sqlgrade.diagnose.reading.contrast import Difference, Part, bare, printed
from sqlgrade.diagnose.reading.trees import (
    column_name,
    columns,
    kernel,
    mentions,
    names_in,
    window_keys,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

WINDOW_MISSING = Mistake("window_missing", "E37", Family.WINDOWS)
PARTITION_MISSING = Mistake("partition_missing", "E37", Family.WINDOWS)
PARTITION_EXTRA = Mistake("partition_extra", "E37", Family.WINDOWS)
PARTITION_OTHER = Mistake("partition_other", "E37", Family.WINDOWS)
WINDOW_ORDER = Mistake("window_order", "E37", Family.WINDOWS, Tier.PART)
WINDOW_TIES = Mistake("window_ties", "E38", Family.WINDOWS, Tier.PART)
WINDOW_TIES_OTHER = Mistake("window_ties_other", "E38", Family.WINDOWS)
WINDOW_KEY_EXTRA = Mistake("window_key_extra", "E38", Family.WINDOWS)
NO_ROW_VALUE = Mistake("no_row_value", "E37", Family.WINDOWS)
NO_ROW_BLANK = Mistake("no_row_blank", "E37", Family.WINDOWS)
TIES_TOGETHER = Mistake("ties_together", "E38", Family.WINDOWS, Tier.PART, undone=row_by_row)
WINDOW_REVERSED = Mistake("window_reversed", "E37", Family.WINDOWS, undone=turned)
WINDOW_UNORDERED = Mistake("window_unordered", "E37", Family.WINDOWS, Tier.PART)
WINDOW_ORDERED = Mistake("window_ordered", "E37", Family.WINDOWS, Tier.PART)
TOTAL_RUNS = Mistake("total_runs", "E37", Family.WINDOWS)
WINDOW_VALUE = Mistake(
    "window_value",
    "E25",
    Family.WINDOWS,
    Tier.PART,
    before=(Before("denominator", "it says what is wrong with the number"),),
)
WINDOW_FUNCTION = Mistake("window_function", "E37", Family.WINDOWS, Tier.PART)
ROW_BEFORE_ASKED = Mistake("row_before_asked", "E37", Family.WINDOWS)
ROW_AFTER_ASKED = Mistake("row_after_asked", "E37", Family.WINDOWS)
FIRST_ROW_ASKED = Mistake("first_row_asked", "E37", Family.WINDOWS)
LAST_ROW_ASKED = Mistake("last_row_asked", "E37", Family.WINDOWS)
LAG_FOR_LEAD = Mistake("lag_for_lead", "E37", Family.WINDOWS)
PARTS_TURNED = Mistake(
    "parts_turned",
    "E37",
    Family.WINDOWS,
    before=(Before("window_reversed", "the number of the part is asked for elsewhere"),),
)
LEAD_FOR_LAG = Mistake("lead_for_lag", "E37", Family.WINDOWS)
ROWS_AWAY = Mistake("rows_away", "E37", Family.WINDOWS)
TIES_NUMBERED_APART = Mistake("ties_numbered_apart", "E38", Family.WINDOWS)
TIES_NUMBERED_ALIKE = Mistake("ties_numbered_alike", "E38", Family.WINDOWS)
NUMBERS_LEFT_OUT = Mistake("numbers_left_out", "E38", Family.WINDOWS)
NO_NUMBERS_LEFT_OUT = Mistake("no_numbers_left_out", "E38", Family.WINDOWS)
PARTS_BY_HAND = Mistake("parts_by_hand", "E37", Family.WINDOWS)
PARTS_BY_SHARE = Mistake("parts_by_share", "E37", Family.WINDOWS)

_RANKS = (exp.RowNumber, exp.Rank, exp.DenseRank)
_HELD_AGAINST = (exp.LT, exp.GT, exp.LTE, exp.GTE, exp.Min, exp.Max, exp.Limit)

_ROWS_ASKED: dict[type[exp.Expr], Mistake] = {
    exp.Lag: ROW_BEFORE_ASKED,
    exp.Lead: ROW_AFTER_ASKED,
    exp.FirstValue: FIRST_ROW_ASKED,
    exp.LastValue: LAST_ROW_ASKED,
}
"""By the function that is asked for, the row whose value it takes."""


@rule
def windows(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """PARTITION BY, ORDER BY, the frame or the function of a window."""
    if difference.part not in (Part.SELECT, Part.QUALIFY, Part.WHERE) or difference.changed is None:
        return
    changed, asked = difference.changed
    if unrounded(changed) == unrounded(asked):
        return
    ours, theirs = (list(node.find_all(exp.Window, bfs=False)) for node in difference.changed)
    if _parts_of([asked]) and changed.find(exp.Ntile) is None:
        yield from _no_parts(changed, asked, difference.part, scene)
    elif len(ours) == len(theirs):
        alike = _around(changed) == _around(asked)
        for own, wanted in zip(ours, theirs, strict=True):
            yield from _other_window(own, wanted, scene, alike=alike)
    elif theirs and not ours and not _looks_elsewhere(difference.own[0], scene):
        yield WINDOW_MISSING.at("SELECT", difference.own[0], {"own": scene.quote(difference.own[0])})
    elif len(ours) == 1 and not theirs and _runs_over(changed, asked):
        yield TOTAL_RUNS.at("WINDOW", ours[0], {"own": scene.quote(ours[0])})


def _other_window(own: exp.Window, wanted: exp.Window, scene: Scene, *, alike: bool) -> Iterator[Occurrence]:
    """What is wrong with a window; the number of a part may be turned back by what else is done to it."""
    if printed(own) == printed(wanted) or (not alike and _other_aggregate(own, wanted)):
        return
    for found in _window(own, wanted, scene):
        if alike or found.mistake is not WINDOW_REVERSED:
            yield found
        elif isinstance(own.this, exp.Ntile):
            yield PARTS_TURNED.at("WINDOW", own, {"own": scene.quote(own)})


@rule
def parts_from_the_other_end(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Parts of NTILE made from the other end, whose number is asked for elsewhere: another number there mends nothing."""
    if difference.part is not Part.SELECT or len(scene.differences) < 2:
        return
    others = [node for each in scene.differences if each is not difference for node in each.own]
    for own, wanted in zip(_parts_of(difference.own), _parts_of(difference.wanted), strict=False):
        name = own.parent.alias if isinstance(own.parent, exp.Alias) else ""
        asked = name and any(mentions(node, name) for node in others)
        mistake = next(_window(own, wanted, scene), None) if asked else None
        if mistake is not None and mistake.mistake is WINDOW_REVERSED:
            yield PARTS_TURNED.at("WINDOW", own, {"own": scene.quote(own)})


def _parts_of(outputs: Iterable[exp.Expr]) -> list[exp.Window]:
    """The windows of NTILE."""
    return [each for item in outputs for each in item.find_all(exp.Window) if isinstance(each.this, exp.Ntile)]


def _looks_elsewhere(output: exp.Expr, scene: Scene) -> bool:
    """Whether other rows are looked at without a window: by a query in brackets, a table met twice, or in a step of its own."""
    block = output.find_ancestor(exp.Select)
    read = (
        [source.node.name.lower() or source.alias for source in scene.learner.sources(block).values()] if block else []
    )
    return (
        output.find(exp.Select) is not None
        or len(set(read)) < len(read)
        or next(scene.learner.find(exp.Window), None) is not None
    )


def _no_parts(own: exp.Expr, wanted: exp.Expr, part: Part, scene: Scene) -> Iterator[Occurrence]:
    """Parts cut by a calculation, or by a row's place as a share, where NTILE makes equal ones."""
    made = kernel(own, wanted)[0]
    if isinstance(made, exp.CumeDist | exp.PercentRank):
        yield PARTS_BY_SHARE.at(part, made, {"own": scene.quote(made)})
    elif made.find(exp.Window, exp.Binary, exp.Case) is not None:
        yield PARTS_BY_HAND.at(part, made, {"own": scene.quote(made)})


def _runs_over(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether a window's ORDER BY makes a total run over values of which each row's own is asked for."""
    window, value = kernel(own, wanted)
    window = window.unnest()
    if not isinstance(window, exp.Window):
        return False
    window = spelled(window)
    if type(window.this) not in OTHER_AGGREGATE or not window.args.get("order"):
        return False
    return window.args.get("spec") is None and printed(window.this.this) == printed(value.unnest())


def _around(node: exp.Expr) -> str:
    """What is made of the values of windows, whatever they are, but for its rounding."""
    bare = node.copy().transform(lambda each: each.this if isinstance(each, exp.Round) else each)
    return str(bare.transform(lambda each: exp.var("w") if isinstance(each, exp.Window) else each).sql("duckdb"))


def _other_aggregate(own: exp.Window, wanted: exp.Window) -> bool:
    """Whether both go over the same rows, with another aggregate: SUM(x) OVER () / COUNT(*) OVER () is a mean as well."""
    rows = [printed(each.args.get("order")) + printed(each.args.get("spec")) for each in map(spelled, (own, wanted))]
    return rows[0] == rows[1] and all(type(each.this) in OTHER_AGGREGATE for each in (own, wanted))


def undecided(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A window whose order leaves ties to chance, where a right query has the same one with a key more."""
    asked = [
        (type(each.this), [bare(k) for k in window_keys(spelled(each))])
        for each in wanted.find_all(exp.Window, bfs=False)
    ]
    for window in own.find_all(exp.Window, bfs=False):
        keys = [bare(key) for key in window_keys(spelled(window))]
        if keys and any(kind is type(window.this) and more[: len(keys)] == keys < more for kind, more in asked):
            listed = ", ".join(scene.quote(key.this) for key in window_keys(spelled(window)))
            yield WINDOW_TIES.at("WINDOW", window, {"own": scene.quote(window), "column": listed})


@rule
def rows_picked_apart(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """MIN or MAX column by column where one row of each group is asked for."""
    if difference.own or difference.block.args.get("group") is None or not _picks_rows(difference):
        return
    picked = [item.unalias() for item in difference.block.expressions]
    picked = [each for each in picked if isinstance(each, exp.Min | exp.Max)]
    if len({column_name(each) for each in picked}) > 1:
        decides = {column.name.lower() for part in difference.wanted for column in columns(part)}
        others = [each for each in picked if column_name(each).lower() not in decides]
        own = (others or picked)[-1]
        told = {"own": scene.quote(own), "column": column_name(own)}
        yield VALUE_OF_OTHER_ROW.at("SELECT", own, told)


def _picks_rows(difference: Difference) -> bool:
    """Whether what is missing keeps one row of each group: by its number, or held against the other rows of its table."""
    if difference.part is Part.QUALIFY:
        return True
    read = {table.name.lower() for table in difference.block.find_all(exp.Table)}
    inner = [part.find(exp.Exists, exp.Subquery) for part in difference.wanted if difference.part is Part.WHERE]
    held = [each for each in inner if each is not None and each.find(*_HELD_AGAINST) is not None]
    return any(table.name.lower() in read for each in held for table in each.find_all(exp.Table))


def _numbered(own: exp.Expr, wanted: exp.Expr) -> Mistake:
    """What a function that numbers does with tied rows, where another one is asked for."""
    if isinstance(own, exp.RowNumber):
        return TIES_NUMBERED_APART
    if isinstance(wanted, exp.RowNumber):
        return TIES_NUMBERED_ALIKE
    return NUMBERS_LEFT_OUT if isinstance(own, exp.Rank) else NO_NUMBERS_LEFT_OUT


def _window(own: exp.Window, wanted: exp.Window, scene: Scene) -> Iterator[Occurrence]:
    told = {"own": scene.quote(own)}
    ours, theirs = spelled(own), _needed(own, spelled(wanted), scene)
    if set(_part(ours, "partition_by")) != set(_part(theirs, "partition_by")):
        yield from _other_split(own, (ours, theirs), told, scene)
    elif _part(ours, "order") != _part(theirs, "order"):
        yield _other_order(own, ours, theirs, told, scene)
    elif type(ours.this) is type(theirs.this) and _part(ours, "spec") != _part(theirs, "spec"):
        key, number = other_frame(ours.args.get("spec"), theirs.args.get("spec"), sorts=bool(window_keys(ours)))
        if key is FRAME_MISSING and ends(theirs.args.get("spec")) == ends(None):
            told["column"] = ", ".join(scene.quote(key.this) for key in window_keys(ours))
            key = TIES_TOGETHER
        yield key.at("WINDOW", own, {**told, "number": number})
    elif isinstance(ours.this, _RANKS) and isinstance(theirs.this, _RANKS) and type(ours.this) is not type(theirs.this):
        key = _numbered(ours.this, theirs.this)
        yield key.at("WINDOW", own, {"own": scene.quote(own.this) or own.this.sql("duckdb")})
    elif isinstance(ours.this, exp.Lag | exp.Lead) and isinstance(theirs.this, exp.Lag | exp.Lead):
        yield _other_row(own, theirs, told, scene)
    elif printed(ours.this) != printed(theirs.this):
        yield _other_value(own, theirs, told, scene)


def _sorts_within(window: exp.Window) -> bool:
    """Whether a window that sorts can tell the rows of a part of it apart: not by what it is split by."""
    split, keys = _part(window, "partition_by"), [printed(key.this) for key in window_keys(window)]
    return not keys or not set(keys) <= set(split)


def spelled(window: exp.Window) -> exp.Window:
    """A copy of a window with what the WINDOW clause says of it by its name."""
    copied, above = window.copy(), window.find_ancestor(exp.Select)
    named = {each.name.lower(): each for each in (above.args.get("windows") or () if above is not None else ())}
    while (name := copied.alias.lower()) in named:
        meant = named.pop(name)
        for part in ("partition_by", "order", "spec"):
            if not copied.args.get(part) and meant.args.get(part):
                copied.set(part, meant.copy().args[part])
        copied.set("alias", meant.args.get("alias"))
    return copied


def _needed(own: exp.Window, wanted: exp.Window, scene: Scene) -> exp.Window:
    """A right window with all that is the learner's, but for what has to change: the rest is another way of writing it."""
    ours, kept = spelled(own), wanted.copy()
    for part in ("partition_by", "order", "spec", "this"):
        if _part(ours, part) == _part(kept, part):
            continue
        other = kept.copy()
        other.set(part, ours.copy().args.get(part))
        if not scene.tells_apart(own, kept, other):
            kept = other
    return kept


def _part(window: exp.Window, part: str) -> list[str]:
    found = window.args.get(part) or []
    return [printed(each) for each in (found if isinstance(found, list) else [found])]


def _other_split(
    own: exp.Window, both: tuple[exp.Window, exp.Window], told: dict[str, str], scene: Scene
) -> Iterator[Occurrence]:
    """A key of PARTITION BY that is missing, too many, or another one; by the learner's own words for it."""
    if not _sorts_within(both[1]):
        return
    ours, theirs = ({printed(key): key for key in each.args.get("partition_by") or ()} for each in both)
    lacking, extra = (
        [key for text, key in one.items() if text not in other] for one, other in ((theirs, ours), (ours, theirs))
    )
    if lacking and not extra:
        called = dict.fromkeys(_called(each, own, scene) for each in lacking)
        yield PARTITION_MISSING.at("WINDOW", own, {**told, "column": ", ".join(called)})
        return
    key = PARTITION_OTHER if lacking else PARTITION_EXTRA
    yield key.at("WINDOW", own, {**told, "column": scene.quote(extra[0])})


def _called(key: exp.Expr, window: exp.Window, scene: Scene) -> str:
    """What a key that the learner's window lacks is called: by an output's name, as it stands elsewhere in the block, or as it is."""
    if isinstance(key, exp.Column):
        return key.name
    block = window.find_ancestor(exp.Select)
    same = [each for each in block.find_all(type(key)) if bare(each).lower() == bare(key).lower()] if block else []
    whole = (each.parent.parent if isinstance(each.parent, exp.Cast) else each.parent for each in same)
    names = (each.alias for each in whole if isinstance(each, exp.Alias))
    return next(names, "") or (scene.quote(same[0]) if same else bare(key))


def _other_order(
    own: exp.Window, meant: exp.Window, wanted: exp.Window, told: dict[str, str], scene: Scene
) -> Occurrence:
    """No ORDER BY, one that makes a total run, or its first key that has another direction, stands elsewhere or is missing."""
    ours, theirs, frame = window_keys(meant), window_keys(wanted), meant.args.get("spec")
    keys, totals = [scene.quote(key.this) for key in ours], type(own.this) in OTHER_AGGREGATE
    if not ours:
        return WINDOW_UNORDERED.at("WINDOW", own, told)
    if not theirs and not totals:
        return WINDOW_ORDER.at("WINDOW", own, {**told, "key": ", ".join(keys)})
    if not theirs:
        key = WINDOW_ORDERED if frame is None else framed(FRAME_EXTRA, frame)
        return key.at("WINDOW", own, told)
    same = [printed(one) == printed(other) for one, other in zip(ours, theirs, strict=False)]
    at = [*same, False].index(False)
    if at >= len(ours):
        key = TIES_TOGETHER if totals and frame is None else WINDOW_TIES
        return key.at("WINDOW", own, {**told, "column": ", ".join(keys)})
    told |= {"key": scene.quote(ours[at]), "column": ", ".join(keys[: at or len(theirs)])}
    if at == len(theirs):
        return WINDOW_KEY_EXTRA.at("WINDOW", ours[at], told)
    key = WINDOW_TIES_OTHER if at else WINDOW_ORDER
    return (WINDOW_REVERSED if printed(ours[at].this) == printed(theirs[at].this) else key).at("WINDOW", ours[at], told)


def _other_value(own: exp.Window, wanted: exp.Window, told: dict[str, str], scene: Scene) -> Occurrence:
    """Another aggregate, the value of another column, or another function altogether."""
    ours, theirs = own.this, wanted.this
    if (
        type(ours) in OTHER_AGGREGATE
        and type(theirs) in OTHER_AGGREGATE
        and type(ours) is not type(theirs)
        and is_other_kind(ours, theirs)
    ):
        return OTHER_AGGREGATE[type(ours)].at("WINDOW", own, {"own": scene.quote(ours), "column": column_name(ours)})
    ours_of, theirs_of = (names_in(each) for each in (ours, theirs))
    if type(ours) is type(theirs) and len(ours_of) == len(theirs_of) == 1 and ours_of != theirs_of:
        return WINDOW_VALUE.at("WINDOW", own, {**told, "column": column_name(ours)})
    key = _ROWS_ASKED.get(type(theirs), WINDOW_FUNCTION) if type(ours) is not type(theirs) else WINDOW_FUNCTION
    return key.at("WINDOW", own, told)


def _other_row(own: exp.Window, wanted: exp.Window, told: dict[str, str], scene: Scene) -> Occurrence:
    """LAG and LEAD exchanged, so many rows away, or another value altogether."""
    if type(own.this) is not type(wanted.this):
        key = LAG_FOR_LEAD if isinstance(own.this, exp.Lag) else LEAD_FOR_LAG
        return key.at("WINDOW", own, told)
    steps = [printed(each.this.args.get("offset")) or "1" for each in (own, wanted)]
    if steps[0] != steps[1]:
        number = int(steps[0]) if steps[0].isdigit() else steps[0]
        return ROWS_AWAY.at("WINDOW", own, {**told, "number": number})
    blanks = own.this.args.get("default"), wanted.this.args.get("default")
    if printed(own.this.this) == printed(wanted.this.this) and printed(blanks[0]) != printed(blanks[1]):
        if blanks[0] is None:
            return NO_ROW_BLANK.at("WINDOW", own, told)
        told["value"] = scene.quote(blanks[0])
        return NO_ROW_VALUE.at("WINDOW", own, told)
    return _other_value(own, wanted, told, scene)


@rule
def before_window(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A condition that leaves rows out before a window has looked at them, and is to leave them out afterwards."""
    if difference.part is not Part.WHERE or difference.wanted or not difference.own:
        return
    own = difference.own[0]
    after = [wanted for each in scene.beside(difference, Part.QUALIFY) for wanted in each.wanted]
    if any(names_in(each) == names_in(own) and each.find(exp.Window) is None for each in after):
        yield FILTER_BESIDE_WINDOW.at("WHERE", own, {"condition": scene.quote(own)})


@rule
def number_missing(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """No condition on the number of a row, which a step is to give it first."""
    if numbered_first(difference, scene) is not None:
        yield QUALIFY_MISSING.at(difference.part, None, {"column": column_name(difference.wanted[0])})
