"""Which rows a window looks at, in which order, and with which function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.catalogue.aggregated import is_other_kind
from sqlgrade.diagnose.catalogue.counting import AGGREGATES
from sqlgrade.diagnose.catalogue.entry import Mistake, Scene, column_name, columns, kernel, source_name
from sqlgrade.diagnose.catalogue.lacking import mentions
from sqlgrade.diagnose.catalogue.rounding import unrounded
from sqlgrade.diagnose.contrast import Difference, Part, bare, printed

if TYPE_CHECKING:
    from collections.abc import Iterator

_RANKS = (exp.RowNumber, exp.Rank, exp.DenseRank)
_FIRST_ROW = "UNBOUNDED PRECEDING"
_HELD_AGAINST = (exp.LT, exp.GT, exp.LTE, exp.GTE, exp.Min, exp.Max, exp.Limit)

_ROWS_ASKED: dict[type[exp.Expr], str] = {
    exp.Lag: "row_before_asked",
    exp.Lead: "row_after_asked",
    exp.FirstValue: "first_row_asked",
    exp.LastValue: "last_row_asked",
}
"""By the function that is asked for, the row whose value it takes."""


def windows(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """PARTITION BY, ORDER BY, the frame or the function of a window."""
    if difference.part not in (Part.SELECT, Part.QUALIFY, Part.WHERE) or difference.changed is None:
        return
    if unrounded(difference.changed[0]) == unrounded(difference.changed[1]):
        return
    ours, theirs = (list(node.find_all(exp.Window, bfs=False)) for node in difference.changed)
    if any(isinstance(each.this, exp.Ntile) for each in theirs) and difference.changed[0].find(exp.Ntile) is None:
        yield from _no_parts(*difference.changed, difference.part, scene)
        return
    if len(ours) != len(theirs):
        if theirs and not ours and not _looks_elsewhere(difference.own[0], scene):
            yield Mistake("window_missing", "E37", "SELECT", difference.own[0], {"own": scene.quote(difference.own[0])})
        elif len(ours) == 1 and not theirs and _runs_over(*difference.changed):
            yield Mistake("total_runs", "E37", "WINDOW", ours[0], {"own": scene.quote(ours[0])})
        return
    alike = _around(difference.changed[0]) == _around(difference.changed[1])
    for own, wanted in zip(ours, theirs, strict=True):
        if printed(own) == printed(wanted) or (not alike and _other_aggregate(own, wanted)):
            continue
        for found in _window(own, wanted, scene):
            if alike or found.key != "window_reversed":
                yield found
            elif isinstance(own.this, exp.Ntile):  # turned back by what is done to the number
                yield Mistake("parts_turned", "E37", "WINDOW", own, {"own": scene.quote(own)})


def parts_from_the_other_end(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """Parts of NTILE made from the other end, whose number is asked for elsewhere: another number there mends nothing."""
    if difference.part is not Part.SELECT or len(scene.differences) < 2:
        return
    ours, theirs = (
        [window for item in side for window in item.find_all(exp.Window) if isinstance(window.this, exp.Ntile)]
        for side in (difference.own, difference.wanted)
    )
    for own, wanted in zip(ours, theirs, strict=False):
        name = own.parent.alias if isinstance(own.parent, exp.Alias) else ""
        asked = any(mentions(node, name) for each in scene.differences for node in each.own if each is not difference)
        mistake = next(_window(own, wanted, scene), None) if name and asked else None
        if mistake is not None and mistake.key == "window_reversed":
            yield Mistake("parts_turned", "E37", "WINDOW", own, {"own": scene.quote(own)})


def _looks_elsewhere(output: exp.Expr, scene: Scene) -> bool:
    """Whether other rows are looked at without a window: by a query in brackets, a table met twice, or in a step of its own."""
    block = output.find_ancestor(exp.Select)
    read = [source_name(source).lower() for source in scene.learner.sources(block).values()] if block else []
    return (
        output.find(exp.Select) is not None
        or len(set(read)) < len(read)
        or next(scene.learner.find(exp.Window), None) is not None
    )


def _no_parts(own: exp.Expr, wanted: exp.Expr, part: Part, scene: Scene) -> Iterator[Mistake]:
    """Parts cut by a calculation, or by a row's place as a share, where NTILE makes equal ones."""
    made = kernel(own, wanted)[0]
    if isinstance(made, exp.CumeDist | exp.PercentRank):
        yield Mistake("parts_by_share", "E37", part, made, {"own": scene.quote(made)})
    elif made.find(exp.Window, exp.Binary, exp.Case) is not None:
        yield Mistake("parts_by_hand", "E37", part, made, {"own": scene.quote(made)})


def _runs_over(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether a window's ORDER BY makes a total run over values of which each row's own is asked for."""
    window, value = kernel(own, wanted)
    window = window.unnest()
    if not isinstance(window, exp.Window):
        return False
    window = spelled(window)
    if type(window.this) not in AGGREGATES or not window.args.get("order"):
        return False
    return window.args.get("spec") is None and printed(window.this.this) == printed(value.unnest())


def _around(node: exp.Expr) -> str:
    """What is made of the values of windows, whatever they are, but for its rounding."""
    bare = node.copy().transform(lambda each: each.this if isinstance(each, exp.Round) else each)
    return str(bare.transform(lambda each: exp.var("w") if isinstance(each, exp.Window) else each).sql("duckdb"))


def _other_aggregate(own: exp.Window, wanted: exp.Window) -> bool:
    """Whether both go over the same rows, with another aggregate: SUM(x) OVER () / COUNT(*) OVER () is a mean as well."""
    rows = [printed(each.args.get("order")) + printed(each.args.get("spec")) for each in map(spelled, (own, wanted))]
    return rows[0] == rows[1] and all(type(each.this) in AGGREGATES for each in (own, wanted))


def undecided(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """A window whose order leaves ties to chance, where a right query has the same one with a key more."""
    asked = [
        (type(each.this), [bare(k) for k in _keys(spelled(each))]) for each in wanted.find_all(exp.Window, bfs=False)
    ]
    for window in own.find_all(exp.Window, bfs=False):
        keys = [bare(key) for key in _keys(spelled(window))]
        if keys and any(kind is type(window.this) and more[: len(keys)] == keys < more for kind, more in asked):
            listed = ", ".join(scene.quote(key.this) for key in _keys(spelled(window)))
            yield Mistake("window_ties", "E38", "WINDOW", window, {"own": scene.quote(window), "column": listed})


def rows_picked_apart(difference: Difference, scene: Scene) -> Iterator[Mistake]:
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
        yield Mistake("value_of_other_row", "E25", "SELECT", own, told)


def _picks_rows(difference: Difference) -> bool:
    """Whether what is missing keeps one row of each group: by its number, or held against the other rows of its table."""
    if difference.part is Part.QUALIFY:
        return True
    read = {table.name.lower() for table in difference.block.find_all(exp.Table)}
    inner = [part.find(exp.Exists, exp.Subquery) for part in difference.wanted if difference.part is Part.WHERE]
    held = [each for each in inner if each is not None and each.find(*_HELD_AGAINST) is not None]
    return any(table.name.lower() in read for each in held for table in each.find_all(exp.Table))


def _window(own: exp.Window, wanted: exp.Window, scene: Scene) -> Iterator[Mistake]:
    told = {"own": scene.quote(own)}
    ours, theirs = spelled(own), _needed(own, spelled(wanted), scene)
    split, asked = ([printed(key) for key in each.args.get("partition_by") or ()] for each in (ours, theirs))
    if set(split) != set(asked):
        yield _other_split(own, (ours, theirs), told, scene)
    elif printed(ours.args.get("order")) != printed(theirs.args.get("order")):
        yield _other_order(own, ours, theirs, told, scene)
    elif type(ours.this) is type(theirs.this) and printed(ours.args.get("spec")) != printed(theirs.args.get("spec")):
        key, number = _other_frame(ours.args.get("spec"), theirs.args.get("spec"), sorts=bool(_keys(ours)))
        if key == "frame_missing" and _ends(theirs.args.get("spec")) == _ends(None):
            told["column"] = ", ".join(scene.quote(key.this) for key in _keys(ours))
            key = "ties_together"
        yield Mistake(key, "E37", "WINDOW", own, {**told, "number": number})
    elif isinstance(ours.this, _RANKS) and isinstance(theirs.this, _RANKS) and type(ours.this) is not type(theirs.this):
        yield Mistake("rank_function", "E38", "WINDOW", own, {"own": scene.quote(own.this) or own.this.sql("duckdb")})
    elif isinstance(ours.this, exp.Lag | exp.Lead) and isinstance(theirs.this, exp.Lag | exp.Lead):
        yield _other_row(own, theirs, told, scene)
    elif printed(ours.this) != printed(theirs.this):
        yield _other_value(own, theirs, told, scene)


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
    found = window.args.get(part)
    return [printed(each) for each in (found if isinstance(found, list) else [found])]


def _other_split(own: exp.Window, both: tuple[exp.Window, exp.Window], told: dict[str, str], scene: Scene) -> Mistake:
    """A key of PARTITION BY that is missing, too many, or another one; by the learner's own words for it."""
    ours, theirs = ({printed(key): key for key in each.args.get("partition_by") or ()} for each in both)
    lacking, extra = (
        [key for text, key in one.items() if text not in other] for one, other in ((theirs, ours), (ours, theirs))
    )
    if lacking and not extra:
        return Mistake("partition_missing", "E37", "WINDOW", own, {**told, "column": _called(lacking[0], own, scene)})
    key = "partition_other" if lacking else "partition_extra"
    return Mistake(key, "E37", "WINDOW", own, {**told, "column": scene.quote(extra[0])})


def _called(key: exp.Expr, window: exp.Window, scene: Scene) -> str:
    """What a key that the learner's window lacks is called: by an output's name, as it stands elsewhere in the block, or as it is."""
    if isinstance(key, exp.Column):
        return key.name
    block = window.find_ancestor(exp.Select)
    same = [each for each in block.find_all(type(key)) if bare(each).lower() == bare(key).lower()] if block else []
    whole = (each.parent.parent if isinstance(each.parent, exp.Cast) else each.parent for each in same)
    names = (each.alias for each in whole if isinstance(each, exp.Alias))
    return next(names, "") or (scene.quote(same[0]) if same else bare(key))


def _other_order(own: exp.Window, meant: exp.Window, wanted: exp.Window, told: dict[str, str], scene: Scene) -> Mistake:
    """No ORDER BY, one that makes a total run, or its first key that has another direction, stands elsewhere or is missing."""
    ours, theirs = _keys(meant), _keys(wanted)
    if not ours:
        return Mistake("window_unordered", "E37", "WINDOW", own, told)
    if not theirs:
        keys = ", ".join(scene.quote(key.this) for key in ours)
        if type(own.this) not in AGGREGATES:
            return Mistake("window_order", "E37", "WINDOW", own, {**told, "key": keys})
        framed = meant.args.get("spec")
        key = "window_ordered" if framed is None else _framed("frame_extra", framed)
        return Mistake(key, "E37", "WINDOW", own, told)
    at = next(
        (at for at, pair in enumerate(zip(ours, theirs, strict=False)) if printed(pair[0]) != printed(pair[1])), None
    )
    if at is None and len(ours) < len(theirs):
        told["column"] = ", ".join(scene.quote(key.this) for key in ours)
        together = type(own.this) in AGGREGATES and meant.args.get("spec") is None
        return Mistake("ties_together" if together else "window_ties", "E38", "WINDOW", own, told)
    first = ours[at if at is not None else len(theirs)]
    before = ours[: at or len(theirs)]
    told |= {"key": scene.quote(first), "column": ", ".join(scene.quote(each.this) for each in before)}
    if at is None:
        return Mistake("window_key_extra", "E38", "WINDOW", first, told)
    if printed(first.this) == printed(theirs[at].this):
        return Mistake("window_reversed", "E37", "WINDOW", first, told)
    return Mistake("window_ties_other" if at else "window_order", "E38" if at else "E37", "WINDOW", first, told)


def _other_frame(own: exp.WindowSpec | None, wanted: exp.WindowSpec | None, *, sorts: bool) -> tuple[str, int]:
    """Which end of the frame is off, and by how many rows; a frame that is missing, or not asked for."""
    if own is None:
        return "frame_missing" if sorts else "window_frame", 0
    if wanted is None and _ends(own)[0] != _FIRST_ROW:
        return _framed("frame_extra", own), 0
    ours, theirs = _ends(own), _ends(wanted)
    off = [place for place in (0, 1) if ours[place] != theirs[place]]
    moves = [a - b for a, b in zip(ours, theirs, strict=True) if isinstance(a, int) and isinstance(b, int)]
    rows = wanted is not None and own.args["kind"] == wanted.args["kind"] == "ROWS"
    if rows and len(off) == 2 and len(moves) == 2 and moves[0] == moves[1]:
        return f"frame_{'late' if moves[0] > 0 else 'early'}", abs(moves[0])
    numbers = (ours[off[0]], theirs[off[0]]) if len(off) == 1 else (None, None)
    kinds = {each.args["kind"] for each in (own, wanted) if each is not None}
    if kinds != {"ROWS"} or not all(isinstance(each, int) for each in numbers):
        return "window_frame", 0
    moved = int(numbers[0] or 0) - int(numbers[1] or 0)
    return f"frame_{('begins', 'ends')[off[0]]}_{'late' if moved > 0 else 'early'}", abs(moved)


def _framed(key: str, frame: exp.WindowSpec) -> str:
    """A name that speaks of ROWS, where the learner wrote ROWS."""
    return key if frame.args.get("kind") == "ROWS" else "window_frame"


def _ends(frame: exp.WindowSpec | None) -> list[int | str]:
    """Where a frame begins and ends, in rows after the current one; as text where that is no number."""
    if frame is None:
        return [_FIRST_ROW, 0]  # what a window with ORDER BY looks at without ROWS
    found: list[int | str] = []
    for name in ("start", "end"):
        end, side = frame.args.get(name) or "CURRENT ROW", frame.args.get(f"{name}_side")
        text = end if isinstance(end, str) else end.name
        steps = 0 if text == "CURRENT ROW" else int(text) if text.isdigit() else None
        found.append(f"{end} {side}" if steps is None else -steps if side == "PRECEDING" else steps)
    return found


def _other_value(own: exp.Window, wanted: exp.Window, told: dict[str, str], scene: Scene) -> Mistake:
    """Another aggregate, the value of another column, or another function altogether."""
    ours, theirs = own.this, wanted.this
    word = AGGREGATES.get(type(ours))
    if word and type(theirs) in AGGREGATES and type(ours) is not type(theirs) and is_other_kind(ours, theirs):
        return Mistake(
            f"aggregate_{word}", "E45", "WINDOW", own, {"own": scene.quote(ours), "column": column_name(ours)}
        )
    ours_of, theirs_of = ({column.name.lower() for column in columns(each)} for each in (ours, theirs))
    if type(ours) is type(theirs) and len(ours_of) == len(theirs_of) == 1 and ours_of != theirs_of:
        return Mistake("window_value", "E25", "WINDOW", own, {**told, "column": column_name(ours)})
    key = _ROWS_ASKED.get(type(theirs), "") if type(ours) is not type(theirs) else ""
    return Mistake(key or "window_function", "E37", "WINDOW", own, told)


def _other_row(own: exp.Window, wanted: exp.Window, told: dict[str, str], scene: Scene) -> Mistake:
    """LAG and LEAD exchanged, so many rows away, or another value altogether."""
    if type(own.this) is not type(wanted.this):
        key = "lag_for_lead" if isinstance(own.this, exp.Lag) else "lead_for_lag"
        return Mistake(key, "E37", "WINDOW", own, told)
    steps = [printed(each.this.args.get("offset")) or "1" for each in (own, wanted)]
    if steps[0] != steps[1]:
        number = int(steps[0]) if steps[0].isdigit() else steps[0]
        return Mistake("rows_away", "E37", "WINDOW", own, {**told, "number": number})
    blanks = own.this.args.get("default"), wanted.this.args.get("default")
    if printed(own.this.this) == printed(wanted.this.this) and printed(blanks[0]) != printed(blanks[1]):
        if blanks[0] is None:
            return Mistake("no_row_blank", "E37", "WINDOW", own, told)
        told["value"] = scene.quote(blanks[0])
        return Mistake("no_row_value", "E37", "WINDOW", own, told)
    return _other_value(own, wanted, told, scene)


def _keys(window: exp.Window) -> list[exp.Expr]:
    """What a window sorts by."""
    order = window.args.get("order")
    return list(order.expressions) if isinstance(order, exp.Order) else []
