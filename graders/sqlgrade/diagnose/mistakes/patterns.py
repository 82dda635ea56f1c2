"""Texts compared by a pattern, or by the alphabet."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import condition_rule
from sqlgrade.diagnose.reading.trees import columns, values_of
from sqlgrade.query.columns import TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

EQUALS_PATTERN = Mistake("equals_pattern", "E14", Family.CONDITIONS)
IN_PATTERN = Mistake("in_pattern", "E14", Family.CONDITIONS)
PATTERN_WITHOUT_WILDCARD = Mistake("pattern_without_wildcard", "E14", Family.CONDITIONS)
TEXT_RANGE = Mistake("text_range", "E14", Family.CONDITIONS)
TEXT_RANGE_LISTED = Mistake("text_range_listed", "E22", Family.CONDITIONS)
PATTERN_LOOSE = Mistake(
    "pattern_loose",
    "E14",
    Family.CONDITIONS,
    Tier.PART,
    before=(Before("value_other", "it says what the pattern takes"),),
)
PATTERN_TIGHT = Mistake(
    "pattern_tight",
    "E14",
    Family.CONDITIONS,
    Tier.PART,
    before=(Before("value_other", "it says what the pattern takes"),),
)
PATTERN_SURPLUS = Mistake("pattern_surplus", "E14", Family.CONDITIONS)
PATTERN_ONE_CHARACTER = Mistake("pattern_one_character", "E14", Family.CONDITIONS)
PATTERN_LETS_IN = Mistake("pattern_lets_in", "E14", Family.CONDITIONS)
PATTERN_OTHER = Mistake(
    "pattern_other", "E14", Family.CONDITIONS, Tier.PART, before=(Before("value_other", "it is a pattern"),)
)

_FORMS: dict[type[exp.Expr], str] = {
    exp.StartsWith: "{}%",
    exp.Left: "{}%",
    exp.EndsWith: "%{}",
    exp.Right: "%{}",
    exp.Contains: "%{}%",
}
_MOST = 4
"""So many values are named of those that a pattern fits besides."""


@condition_rule
def pattern(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """LIKE that lets too much through or too little, or % after =."""
    told = {"condition": scene.quote(own)}
    marked = any("%" in each.name for each in values_of(own))
    if isinstance(own, exp.In) and wanted.find(exp.Like) and marked:
        yield IN_PATTERN.at("", own, told)
    if isinstance(own, exp.Between | exp.Binary) and _of_beginnings(wanted) and _is_text_range(own, scene):
        yield TEXT_RANGE.at("", own, told)
    if not isinstance(wanted, exp.Like | exp.ILike) or is_turned(own) != is_turned(wanted):
        return
    if isinstance(own, exp.EQ) and marked:
        yield EQUALS_PATTERN.at("", own, told)
    if isinstance(own, exp.Like | exp.ILike) and values_of(own) and values_of(wanted):
        yield from _other_pattern(own, wanted, told)


@condition_rule
def end_of_text(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """LEFT, RIGHT, starts_with and their like that take more texts than the pattern that is asked for, or fewer."""
    ours, theirs = _as_pattern(own), _as_pattern(wanted)
    same = [each.name.lower() for each in columns(own)] == [each.name.lower() for each in columns(wanted)]
    plain = isinstance(own, exp.Like) and isinstance(wanted, exp.Like)
    if ours and theirs and same and not plain and (key := _other_size(ours, theirs)) is not None:
        yield key.at("", own, {"condition": scene.quote(own)})


def _as_pattern(node: exp.Expr) -> str:
    """The pattern of LIKE that a condition on the beginning, the end or a part of a text comes to; empty for another one."""
    texts = [each.name for each in values_of(node) if each.is_string]
    if len(texts) != 1 or len(columns(node)) != 1:
        return ""
    if isinstance(node, exp.Like):
        return "" if is_turned(node) else texts[0]
    form = _FORMS.get(type(_cut_of(node, texts[0])), "")
    return form.format(texts[0]) if not set("%_") & set(texts[0]) else ""  # what these mean in LIKE is not meant here


def _cut_of(node: exp.Expr, text: str) -> exp.Expr:
    """The function that looks at a part of a text; with LEFT and RIGHT only if it is as long as what it is held against."""
    cut = node.left.unnest() if isinstance(node, exp.EQ) else node
    if isinstance(node, exp.EQ):
        return cut if str(cut.args.get("expression")) == str(len(text)) else node
    return cut if isinstance(cut, exp.Func) else node


def _other_pattern(own: exp.Expr, wanted: exp.Expr, told: dict[str, str]) -> Iterator[Occurrence]:
    """A pattern that takes other texts than the one that is asked for."""
    both = values_of(own)[0].name, values_of(wanted)[0].name
    ours, theirs = both[::-1] if is_turned(own) else both  # the more one after NOT takes, the fewer rows stay
    if "%" not in ours and "_" not in ours:
        yield PATTERN_WITHOUT_WILDCARD.at("", own, told)
    elif one_character(own, wanted):
        yield PATTERN_ONE_CHARACTER.at("", own, told)
    elif surplus := _surplus(*both):
        yield PATTERN_SURPLUS.at("", own, {**told, "text": surplus})
    elif (key := _other_size(ours, theirs)) is not None:
        yield key.at("", own, told)
    elif ours != theirs:
        yield PATTERN_OTHER.at("", own, told)


def _other_size(pattern: str, other: str) -> Mistake | None:
    """Whether a pattern takes more texts than another one, or fewer; None where neither takes those of the other, or each does."""
    more, fewer = _takes(pattern, other), _takes(other, pattern)
    if more == fewer:
        return None
    return PATTERN_LOOSE if more else PATTERN_TIGHT


def one_character(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether a pattern has _ where the one asked for has %."""
    own, wanted = own.unnest(), wanted.unnest()
    if not isinstance(own, exp.Like | exp.ILike) or not isinstance(wanted, exp.Like | exp.ILike):
        return False
    if is_turned(own) or is_turned(wanted) or not values_of(own) or not values_of(wanted):
        return False
    ours, theirs = values_of(own)[0].name, values_of(wanted)[0].name
    return "_" in ours and ours != theirs and ours.replace("_", "%") == theirs


@condition_rule
def lets_in(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A pattern where some values are asked for: the others of the column that it fits as well."""
    if not isinstance(own, exp.Like) or is_turned(own) or not isinstance(wanted, exp.EQ | exp.In) or not values_of(own):
        return
    asked = {each.name for each in values_of(wanted)}
    if not asked or [each.name.lower() for each in columns(own)] != [each.name.lower() for each in columns(wanted)]:
        return
    taken, known = as_glob(values_of(own)[0].name), scene.values.complete(scene.origin(columns(own)[0]))
    fits = {each for each in known | asked if fnmatch.fnmatchcase(each, taken)}
    besides = sorted(fits - asked)
    if besides and asked <= fits:
        listed = ", ".join(f"'{each}'" for each in besides[:_MOST])
        yield PATTERN_LETS_IN.at("", own, {"condition": scene.quote(own), "values": listed})


@condition_rule
def between_texts(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """BETWEEN two texts where some of a list are asked for: it goes by the alphabet."""
    listed = isinstance(wanted, exp.In | exp.EQ) or is_list(wanted)
    if isinstance(own, exp.Between) and listed and _is_text_range(own, scene):
        told = {"condition": scene.quote(own), "column": columns(own)[0].name if columns(own) else ""}
        yield TEXT_RANGE_LISTED.at("", own, told)


def _is_text_range(node: exp.Expr, scene: Scene) -> bool:
    """Whether texts are compared as larger and smaller."""
    values = values_of(node) if isinstance(node, (exp.Between, exp.GT, exp.GTE, exp.LT, exp.LTE)) else []
    return bool(values) and all(each.is_string for each in values) and scene.learner.family(node.this) == TEXT


def _of_beginnings(wanted: exp.Expr) -> bool:
    """Whether a pattern asks how a text begins."""
    likes = [each for each in wanted.find_all(exp.Like) if values_of(each)]
    return bool(likes) and all(values_of(each)[0].name[:1] not in ("%", "_", "") for each in likes)


def _surplus(ours: str, theirs: str) -> str:
    """The text that a pattern asks for besides, where it is the other one but for that; empty if there is none such."""
    lead = next((at for at, (one, other) in enumerate(zip(ours, theirs, strict=False)) if one != other), len(theirs))
    more = len(ours) - len(theirs)
    extra = ours[lead : lead + more] if more > 0 else ""
    whole = theirs[:lead] + extra + theirs[lead:] == ours
    return extra if whole and extra.strip() and not {"%", "_"} & {*extra} else ""


def _takes(pattern: str, other: str) -> bool:
    """Whether a pattern takes texts that another one takes, tried on one such text."""
    return fnmatch.fnmatchcase(other.replace("%", "x9").replace("_", "x"), as_glob(pattern))


def as_glob(pattern: str) -> str:
    """A pattern of LIKE as one of file names."""
    return pattern.replace("[", "[[]").replace("*", "[*]").replace("?", "[?]").replace("%", "*").replace("_", "?")


def is_turned(node: exp.Expr) -> bool:
    """Whether a pattern stands after NOT."""
    return isinstance(node, exp.Like | exp.ILike) and bool(node.args.get("negate"))


def is_list(node: exp.Expr) -> bool:
    """Whether a condition names several values of a column one by one."""
    if isinstance(node, exp.Or):
        return all(isinstance(part, exp.EQ) for part in node.flatten())
    return isinstance(node, exp.In) and bool(node.expressions)
