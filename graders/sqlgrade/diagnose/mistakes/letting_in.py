"""Conditions that let in more than is asked for: all values but a few, or blanks that have got a value's name; and those that no row meets, or each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.comparing import EQUALS_BLANK
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence
from sqlgrade.diagnose.mistakes.rule import condition_rule
from sqlgrade.diagnose.reading.contrast import printed
from sqlgrade.diagnose.reading.trees import column_name, columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

ALL_BUT_LISTED = Mistake("all_but_listed", "E22", Family.CONDITIONS)
ALL_BUT_LISTED_ALSO = Mistake("all_but_listed_also", "E22", Family.CONDITIONS)
BLANK_AS_VALUE = Mistake(
    "blank_as_value", "E33", Family.CONDITIONS, before=(Before("blank_replaced", "it says which rows come in by it"),)
)
BLANK_RENAMED = Mistake("blank_renamed", "E33", Family.CONDITIONS)
VALUE_AS_BLANK = Mistake("value_as_blank", "E33", Family.CONDITIONS)
COMPARED_WITH_ITSELF = Mistake("compared_with_itself", "E22", Family.CONDITIONS)
NEVER_BLANK = Mistake(
    "never_blank", "E10", Family.CONDITIONS, before=(Before("condition_column", "no row meets it, whatever was meant"),)
)
ALWAYS_FILLED = Mistake("always_filled", "E10", Family.CONDITIONS)

_FILLED = re.compile(r"\[?COALESCE\((\w+\.\w+), '[^']*'\)\]?", re.IGNORECASE)
"""A column whose blanks have got a name."""
_COMPARED = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)
_MOST = 4
"""So many values are named of those that a condition lets in besides."""


@condition_rule
def all_but_listed(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """`NOT IN ('a', 'b')` where other values are asked for than all that are left, or blanks."""
    if not isinstance(own, exp.Not) or not isinstance(own.this.unnest(), exp.In):
        return
    if _finds_blanks(wanted):
        if column_name(own) == column_name(wanted):
            yield EQUALS_BLANK.at("", own, {"condition": scene.quote(own)})
    elif isinstance(wanted, exp.EQ | exp.In):
        yield from _other_than_listed(own, wanted, scene)


def _other_than_listed(own: exp.Not, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """The values that are let in besides, as far as they are known."""
    listed, asked = ([each.name for each in node.find_all(exp.Literal) if each.is_string] for node in (own, wanted))
    same = [column.name.lower() for column in columns(own)] == [column.name.lower() for column in columns(wanted)]
    if not same or not listed or not asked or set(listed) & set(asked):
        return
    column = columns(own)[0]
    origin = _FILLED.sub(r"\1", scene.origin(column))
    besides = sorted(scene.values.complete(origin) - {*listed, *asked})
    told = {
        "condition": scene.quote(own),
        "column": column.name,
        "values": ", ".join(f"'{v}'" for v in besides[:_MOST]),
    }
    yield (ALL_BUT_LISTED_ALSO if besides else ALL_BUT_LISTED).at("", own, told)


@condition_rule
def blank_as_value(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """COALESCE that makes of blanks the very value that is looked for, so that they pass as well."""
    filled = own.find(exp.Coalesce)
    if filled is None or wanted.find(exp.Coalesce) is not None or not isinstance(own, exp.EQ | exp.In):
        return
    value = filled.expressions[-1] if filled.expressions else None
    theirs = [printed(each) for each in wanted.find_all(exp.Literal)]
    if isinstance(value, exp.Literal) and isinstance(wanted, exp.EQ | exp.In) and printed(value) in theirs:
        told = {"own": scene.quote(filled), "column": column_name(filled), "value": scene.quote(value)}
        yield BLANK_AS_VALUE.at("", filled, told)


@condition_rule
def compared_with_itself(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A column held against itself, moved by a constant or not: so it is for every row, or for none."""
    ours = {printed(column) for column in columns(own)}
    sides = [own.left, own.right] if isinstance(own, _COMPARED) else []
    if (
        len(ours) == 1
        and all(columns(side) for side in sides)
        and sides
        and len({printed(c) for c in columns(wanted)}) > 1
    ):
        told = {"condition": scene.quote(own), "column": columns(own)[0].name}
        yield COMPARED_WITH_ITSELF.at("", own, told)


@condition_rule
def never_blank(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """A test for blanks of a column that has a value in every row: no row meets it, or each one does."""
    test = own.this.unnest() if isinstance(own, exp.Not) else own
    if (
        not isinstance(test, exp.Is)
        or not isinstance(test.expression, exp.Null)
        or not isinstance(test.this, exp.Column)
    ):
        return
    if scene.learner.never_null(test.this) and wanted.find(exp.Null) is None:
        told = {"condition": scene.quote(own), "column": test.this.name}
        yield (ALWAYS_FILLED if test is not own else NEVER_BLANK).at("", own, told)


@condition_rule
def blank_renamed(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Occurrence]:
    """COALESCE that gives blanks a name where the blanks are asked for: one that rows have as well, or not the one that is looked for."""
    filled = own.left.unnest() if isinstance(own, exp.EQ) else None
    if not isinstance(own, exp.EQ) or not isinstance(filled, exp.Coalesce) or not _finds_blanks(wanted):
        return
    if not filled.expressions:
        return
    value, sought = filled.expressions[-1], own.right
    if not isinstance(value, exp.Literal) or not isinstance(sought, exp.Literal):
        return
    if column_name(filled) == column_name(wanted):
        told = {"own": scene.quote(filled), "column": column_name(filled), "value": scene.quote(value)}
        key = VALUE_AS_BLANK if printed(value) == printed(sought) else BLANK_RENAMED
        yield key.at("", own, {**told, "sought": scene.quote(sought)})


def _finds_blanks(wanted: exp.Expr) -> bool:
    """Whether a condition asks for blanks, by themselves or by the name that COALESCE gives them."""
    if isinstance(wanted, exp.Is):
        return isinstance(wanted.expression, exp.Null)
    filled = wanted.left.unnest() if isinstance(wanted, exp.EQ) else None
    named = filled.expressions[-1:] if isinstance(filled, exp.Coalesce) else []
    return isinstance(wanted, exp.EQ) and [printed(each) for each in named] == [printed(wanted.right)]
