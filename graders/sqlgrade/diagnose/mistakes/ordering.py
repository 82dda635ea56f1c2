"""The order of rows and how many of them stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.record import Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.reading.contrast import Difference, Part, SortKey, bare, same_key, sort_keys
from sqlgrade.query.columns import TEXT
from sqlgrade.query.surgery import has_aggregate

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.diagnose.mistakes.scene import Scene

ORDER_MISSING = Mistake("order_missing", "E23", Family.ORDER)
ORDER_ASCENDING = Mistake("order_ascending", "E23", Family.ORDER)
ORDER_DESCENDING = Mistake("order_descending", "E23", Family.ORDER)
ORDER_TEXT_ASCENDING = Mistake("order_text_ascending", "E23", Family.ORDER)
ORDER_TEXT_DESCENDING = Mistake("order_text_descending", "E23", Family.ORDER)
ORDER_KEY = Mistake("order_key", "E23", Family.ORDER, Tier.PART)
ORDER_KEY_AFTER = Mistake("order_key_after", "E23", Family.ORDER, Tier.PART)
ORDER_KEY_TWICE = Mistake("order_key_twice", "E23", Family.ORDER)
ORDER_SEQUENCE = Mistake("order_sequence", "E23", Family.ORDER)
ORDER_KEY_MISSING = Mistake("order_key_missing", "E23", Family.ORDER)
ORDER_BLANKS = Mistake("order_blanks", "E23", Family.ORDER)
ORDER_TIES = Mistake("order_ties", "E23", Family.ORDER)
LIMIT_MISSING = Mistake("limit_missing", "E47", Family.ORDER)
LIMIT_NUMBER = Mistake("limit_number", "E47", Family.ORDER)
LIMIT_EARLY = Mistake("limit_early", "E47", Family.ORDER, Tier.PART)
LIMIT_BEFORE_FILTER = Mistake("limit_before_filter", "E47", Family.ORDER, Tier.PART)
LIMIT_EARLY_JOINED = Mistake("limit_early_joined", "E47", Family.ORDER, Tier.PART)
LIMIT_BEFORE_ORDER = Mistake("limit_before_order", "E47", Family.ORDER, Tier.PART)
LIMIT_LATE = Mistake("limit_late", "E47", Family.ORDER, Tier.PART)
LIMIT_BEFORE_WINDOW = Mistake("limit_before_window", "E47", Family.ORDER, Tier.PART)
LIMIT_EXTRA = Mistake("limit_extra", "E47", Family.ORDER)
OFFSET_MISSING = Mistake("offset_missing", "E47", Family.ORDER)
OFFSET_NUMBER = Mistake("offset_number", "E47", Family.ORDER)
OFFSET_EXTRA = Mistake("offset_extra", "E47", Family.ORDER)


_DIRECTIONS = {
    (False, False): ORDER_ASCENDING,
    (False, True): ORDER_DESCENDING,
    (True, False): ORDER_TEXT_ASCENDING,
    (True, True): ORDER_TEXT_DESCENDING,
}
"""By whether a key is a text, and whether it goes down."""
_NUMBERS = {Part.LIMIT: LIMIT_NUMBER, Part.OFFSET: OFFSET_NUMBER}
_EXTRA = {Part.LIMIT: LIMIT_EXTRA, Part.OFFSET: OFFSET_EXTRA}
_MISSING = {Part.LIMIT: LIMIT_MISSING, Part.OFFSET: OFFSET_MISSING}
_NODES = {Part.LIMIT: exp.Limit, Part.OFFSET: exp.Offset}


@rule
def order(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """No order, another direction, another key, ties undecided."""
    if difference.part is not Part.ORDER_BY:
        return
    ours = sort_keys(difference.block)
    wanted_tree = difference.wanted[0].find_ancestor(exp.Select, exp.SetOperation) if difference.wanted else None
    theirs = sort_keys(wanted_tree) if wanted_tree is not None else []
    yield from order_of(ours, theirs, difference.block, scene)


def order_of(ours: Sequence[SortKey], theirs: Sequence[SortKey], block: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """Name how one list of sort keys differs from another."""
    if not ours:
        if theirs and (block.parent is None or next(scene.learner.find(exp.Order), None) is None):
            yield ORDER_MISSING.at("ORDER BY")
        return
    if not theirs:
        return
    for place, (key, other) in enumerate(zip(ours, theirs, strict=False)):
        told = {"own": _key_text(key, block, scene)}
        if not same_key(key, other):
            before = ", ".join(_key_text(each, block, scene) for each in ours[:place])
            yield _other_key(place, ours, theirs, {**told, "before": before})
            return
        if key.descending != other.descending:
            inner = key.node.this if isinstance(key.node, exp.Ordered) else key.node
            text = isinstance(inner, exp.Column) and scene.learner.family(inner) == TEXT
            way = _DIRECTIONS[text, key.descending]
            yield way.at("ORDER BY", key.node, told)
            return
        if bool(key.node.args.get("nulls_first")) != bool(other.node.args.get("nulls_first")):
            yield ORDER_BLANKS.at("ORDER BY", key.node, told)
            return
    if len(ours) < len(theirs):
        listed = ", ".join(_key_text(key, block, scene) for key in ours)
        yield ORDER_TIES.at("ORDER BY", ours[-1].node, {"own": listed})


def _other_key(place: int, ours: Sequence[SortKey], theirs: Sequence[SortKey], told: dict[str, str]) -> Occurrence:
    """The right keys in another sequence, all but one that goes before this, one twice, or one that is not asked for."""
    key, before = ours[place], ours[:place]
    asked = {each.of for each in theirs}
    kept = [each.of for each in theirs if each.of in {own.of for own in ours}]
    name = ORDER_KEY_AFTER if before else ORDER_KEY
    if any(same_key(each, key) for each in before):
        name = ORDER_KEY_TWICE
    elif {each.of for each in ours} == asked:
        name = ORDER_SEQUENCE
    elif len(ours) < len(theirs) and [each.of for each in ours] == kept:
        name = ORDER_KEY_MISSING
    return name.at("ORDER BY", key.node, told)


@rule
def limits(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """LIMIT or OFFSET missing, too much, or with another number."""
    part = difference.part
    if part not in (Part.LIMIT, Part.OFFSET):
        return
    if not difference.own:
        if difference.wanted and next(scene.learner.find(_NODES[part]), None) is None:
            yield _MISSING[part].at(part.value)
        return
    own = difference.own[0]
    later = next((each.block for each in _limits(scene) if each.wanted and not each.own), None)
    key = _EXTRA[part]
    if difference.wanted:
        key = _NUMBERS[part]
    elif part is Part.LIMIT and later is not None:
        key = _cut_early(difference.block, later)
    told = {"number": _number(own)}
    if key is LIMIT_BEFORE_ORDER and later is not None:
        told["own"] = ", ".join(_key_text(each, later, scene) for each in sort_keys(later))
    yield key.at(part.value, own, told)


def _cut_early(block: exp.Expr, later: exp.Expr) -> Mistake:
    """A LIMIT in another block than the one where it is asked for, by what that does with the rows."""
    if block.parent is None:  # the outermost one comes last
        return LIMIT_LATE
    if later.find(exp.Window) is not None:
        return LIMIT_BEFORE_WINDOW
    if later.args.get("joins"):
        return LIMIT_EARLY_JOINED
    if later.args.get("where") is not None:
        return LIMIT_BEFORE_FILTER
    return LIMIT_BEFORE_ORDER if _only_sorts(later, block) else LIMIT_EARLY


def _only_sorts(later: exp.Expr, block: exp.Expr) -> bool:
    """Whether a block does no more with the rows of another one than to sort them, by something else than that is sorted by."""
    ours, keys = (
        [
            (bare(key.node.this if isinstance(key.node, exp.Ordered) else key.node), key.descending)
            for key in sort_keys(each)
        ]
        for each in (block, later)
    )
    parts = ("group", "having", "qualify", "distinct")
    gathers = any(later.args.get(part) is not None for part in parts) or any(map(has_aggregate, later.expressions))
    return bool(keys) and ours[: len(keys)] != keys and not gathers


def _limits(scene: Scene) -> list[Difference]:
    return [each for each in scene.differences if each.part is Part.LIMIT]


def _number(limit: exp.Expr) -> str:
    return str(limit.expression.sql("duckdb"))


def _key_text(key: SortKey, block: exp.Expr, scene: Scene) -> str:
    inner = key.node.this if isinstance(key.node, exp.Ordered) else key.node
    if key.of.startswith("#") and isinstance(inner, exp.Literal):
        outputs = block.selects if isinstance(block, exp.Query) else []
        place = int(key.of[1:])
        if place <= len(outputs):
            return str(outputs[place - 1].alias_or_name or scene.quote(outputs[place - 1]))
    return scene.quote(inner)
