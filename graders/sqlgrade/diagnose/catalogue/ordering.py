"""The order of rows and how many of them stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.catalogue.entry import Mistake, Scene
from sqlgrade.diagnose.contrast import Difference, Part, SortKey, same_key, sort_keys
from sqlgrade.query.columns import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_NODES = {Part.LIMIT: exp.Limit, Part.OFFSET: exp.Offset}


def order(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """No order, another direction, another key, ties undecided."""
    if difference.part is not Part.ORDER_BY:
        return
    ours = sort_keys(difference.block)
    wanted_tree = difference.wanted[0].find_ancestor(exp.Select, exp.SetOperation) if difference.wanted else None
    theirs = sort_keys(wanted_tree) if wanted_tree is not None else []
    yield from order_of(ours, theirs, difference.block, scene)


def order_of(ours: Sequence[SortKey], theirs: Sequence[SortKey], block: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """Name how one list of sort keys differs from another."""
    if not ours:
        if theirs and (block.parent is None or next(scene.learner.find(exp.Order), None) is None):
            yield Mistake("order_missing", "E23", "ORDER BY", None, {})
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
            way = f"order_{'text_' if text else ''}{'descending' if key.descending else 'ascending'}"
            yield Mistake(way, "E23", "ORDER BY", key.node, told)
            return
        if bool(key.node.args.get("nulls_first")) != bool(other.node.args.get("nulls_first")):
            yield Mistake("order_blanks", "E23", "ORDER BY", key.node, told)
            return
    if len(ours) < len(theirs):
        listed = ", ".join(_key_text(key, block, scene) for key in ours)
        yield Mistake("order_ties", "E23", "ORDER BY", ours[-1].node, {"own": listed})


def _other_key(place: int, ours: Sequence[SortKey], theirs: Sequence[SortKey], told: dict[str, str]) -> Mistake:
    """The right keys in another sequence, all but one that goes before this, one twice, or one that is not asked for."""
    key, before = ours[place], ours[:place]
    asked = {each.of for each in theirs}
    kept = [each.of for each in theirs if each.of in {own.of for own in ours}]
    name = "order_key_after" if before else "order_key"
    if any(same_key(each, key) for each in before):
        name = "order_key_twice"
    elif {each.of for each in ours} == asked:
        name = "order_sequence"
    elif len(ours) < len(theirs) and [each.of for each in ours] == kept:
        name = "order_key_missing"
    return Mistake(name, "E23", "ORDER BY", key.node, told)


def limits(difference: Difference, scene: Scene) -> Iterator[Mistake]:
    """LIMIT or OFFSET missing, too much, or with another number."""
    if difference.part not in (Part.LIMIT, Part.OFFSET):
        return
    word = difference.part.value
    name = difference.part.lower()
    moved = difference.part is Part.LIMIT and any(each.wanted and not each.own for each in _limits(scene))
    if moved and difference.own and not difference.wanted:
        later = next(each.block for each in _limits(scene) if each.wanted and not each.own)
        key = "limit_early_joined" if later.args.get("joins") else "limit_early"
        if later.find(exp.Window) is not None:
            key = "limit_before_window"
        elif key == "limit_early" and later.args.get("where") is not None:
            key = "limit_before_filter"
        if difference.block.parent is None:  # the outermost one comes last
            key = "limit_late"
        yield Mistake(key, "E47", word, difference.own[0], {"number": _number(difference.own[0])})
    elif difference.own and difference.wanted:
        own = difference.own[0]
        yield Mistake(f"{name}_number", "E47", word, own, {"number": _number(own)})
    elif difference.own:
        own = difference.own[0]
        yield Mistake(f"{name}_extra", "E47", word, own, {"number": _number(own)})
    elif difference.wanted and next(scene.learner.find(_NODES[difference.part]), None) is None:
        yield Mistake(f"{name}_missing", "E47", word, None, {})


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
