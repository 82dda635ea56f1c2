"""What ties a join to its table: another key, a key of other rows, one that may be blank."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.clocks import other_clock
from sqlgrade.diagnose.mistakes.comparing import CONDITION_OTHER
from sqlgrade.diagnose.mistakes.joining import stands_for_another, tables_written
from sqlgrade.diagnose.mistakes.lacking import JOIN_UNTIED
from sqlgrade.diagnose.mistakes.record import Before, Family, Mistake, Occurrence
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.mistakes.scene import Scene, called
from sqlgrade.diagnose.mistakes.tables import BLANKS_NEVER_MEET, PARTNERS_KEPT
from sqlgrade.diagnose.reading.contrast import Difference, Part, printed
from sqlgrade.diagnose.reading.trees import (
    column_name,
    columns,
    is_tie,
    left_joins,
    names_in,
    tables_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

JOIN_KEY = Mistake("join_key", "E28", Family.TABLES)


JOIN_KEY_ITSELF = Mistake("join_key_itself", "E28", Family.TABLES)


JOIN_KEY_ONE_TABLE = Mistake("join_key_one_table", "E28", Family.TABLES)


JOIN_KEY_TURNED = Mistake("join_key_turned", "E28", Family.TABLES)


JOIN_KEY_LOOSE = Mistake("join_key_loose", "E28", Family.TABLES)


JOIN_KEY_ELSEWHERE = Mistake("join_key_elsewhere", "E28", Family.TABLES)


JOIN_KEY_BLANK = Mistake("join_key_blank", "E28", Family.TABLES)


JOIN_ON_BLANK_SIDE = Mistake("join_on_blank_side", "E28", Family.TABLES)


CONDITION_OF_OTHER_STEP = Mistake("condition_of_other_step", "E28", Family.TABLES)


JOIN_UNEQUAL = Mistake("join_unequal", "E28", Family.TABLES, before=(Before("bound_excluded", "it ties two tables"),))


PAIRS_TWICE = Mistake("pairs_twice", "E28", Family.TABLES)


_COMPARED = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE)


@rule
def keys_of_join(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Tied along another key; pairs that come twice."""
    if not difference.own or not difference.wanted or not stands_for_another(difference):
        return
    own, wanted = difference.own[0].unnest(), difference.wanted[0].unnest()
    told = {"condition": scene.quote(own)}
    if is_tie(own) and is_tie(wanted):
        if isinstance(own, exp.NEQ) and isinstance(wanted, exp.LT | exp.GT):
            yield PAIRS_TWICE.at("ON", own, told)
        elif isinstance(own, exp.EQ) and isinstance(wanted, exp.EQ):
            yield _other_key(own, wanted, difference, scene)
    elif difference.part is Part.ON and is_tie(wanted) and _ties_nothing(own):
        yield JOIN_UNTIED.at(difference.part, own, {**told, "column": column_name(wanted)})
    else:
        yield from _worked_out_key(own, wanted, told, difference.part, scene)


@rule
def blanks_tied(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Tied by columns that may be blank, where a blank is to meet a blank."""
    met = {_names_tied(each) for each in difference.wanted if isinstance(each, exp.NullSafeEQ)}
    tied = [each for each in difference.own if isinstance(each, exp.EQ) and _names_tied(each) in met]
    if difference.part in (Part.ON, Part.WHERE) and tied:
        names = ", ".join(each.left.name for each in tied)
        condition = " AND ".join(map(scene.quote, tied)) if columns(tied[0]) else f"USING ({names})"
        yield BLANKS_NEVER_MEET.at(difference.part, tied[0], {"condition": condition, "column": names})


def _ties_nothing(own: exp.Expr) -> bool:
    """Whether a condition is held against no column; the names of a USING are those of columns."""
    return isinstance(own, exp.Binary) and not columns(own.right) and not isinstance(own.right, exp.Identifier)


def _names_tied(tie: exp.Expr) -> frozenset[str]:
    """The names on the two sides of a tie, be they columns or the names of a USING."""
    return frozenset(side.name.lower() for side in (tie.this, tie.expression))


def _worked_out_key(
    own: exp.Expr, wanted: exp.Expr, told: dict[str, str], part: Part, scene: Scene
) -> Iterator[Occurrence]:
    """Tied by other things that are worked out of two tables, or by the right ones and < or >."""
    if not isinstance(wanted, exp.EQ) or not isinstance(own, _COMPARED) or not all(map(_of_two_tables, (own, wanted))):
        return
    if isinstance(own, exp.EQ):
        for each in other_clock(own, wanted, scene):
            yield each.on(part)
        yield JOIN_KEY.at(part, own, told)
    elif printed(own.left) == printed(wanted.left) and printed(own.right) == printed(wanted.right):
        yield JOIN_UNEQUAL.at(part, own, told)


def _other_key(own: exp.EQ, wanted: exp.EQ, difference: Difference, scene: Scene) -> Occurrence:
    """Tied along another key: one that means nothing, one that fits several rows, or the right one of other rows."""
    told = {"condition": scene.quote(own)}
    if printed(own.left) == printed(own.right):
        return JOIN_KEY_ITSELF.at(difference.part, own, told)
    if tables_written(own)[0] == tables_written(own)[-1] != "":
        return JOIN_KEY_ONE_TABLE.at(difference.part, own, told)
    if _turned(own, wanted):
        return JOIN_KEY_TURNED.at(difference.part, own, told)
    if (kept := _kept_join(own, wanted, difference)) is not None:
        return PARTNERS_KEPT.at("JOIN", kept, {"table": scene.table_of(kept.this), "own": f"{kept.side} JOIN"})
    elsewhere = _of_another_source(own, wanted)
    if elsewhere is not None and not _of_the_schema(own, scene):
        told |= {"column": elsewhere.name, "table": called(elsewhere, scene)}
        return CONDITION_OF_OTHER_STEP.at(difference.part, own, told)
    if not _same_thing(own, scene):
        key = JOIN_KEY if _of_the_schema(own, scene) else CONDITION_OTHER
        return key.at(difference.part, own, told)
    blank_side = _blank_side(own, wanted, difference)
    if blank_side is not None and _same_thing(wanted, scene):
        told["table"] = scene.table_of(blank_side.this)
        beside = [each for each in columns(own) if each.table.lower() != blank_side.this.alias_or_name.lower()]
        told["other"] = scene.table_of(beside[0]) if beside else ""
        return JOIN_ON_BLANK_SIDE.at(difference.part, own, told)
    return _right_key_elsewhere(own, wanted, difference, scene)


def _right_key_elsewhere(own: exp.EQ, wanted: exp.EQ, difference: Difference, scene: Scene) -> Occurrence:
    """The right key of other rows: of one row by its name, which may be blank, or of several of them."""
    keys = [side for side in (own.left, own.right) if isinstance(side, exp.Column) and _is_key(side, scene)]
    if keys:
        other = own.right if keys[0] is own.left else own.left
        blank = isinstance(other, exp.Column) and not scene.learner.never_null(other)
        key = _of_rows(own, wanted, scene) if not blank else JOIN_KEY_BLANK
        return key.at(difference.part, own, {"condition": scene.quote(own), "column": other.name})
    told = {"condition": " AND ".join(scene.quote(part) for part in difference.own)}
    loose = all(isinstance(side, exp.Column) and _of_a_table(side, scene) for side in (own.left, own.right))
    return (JOIN_KEY_LOOSE if loose else CONDITION_OTHER).at(difference.part, own, told, code="E28")


def _of_rows(own: exp.EQ, wanted: exp.EQ, scene: Scene) -> Mistake:
    if not _same_thing(wanted, scene):
        return JOIN_KEY
    return JOIN_KEY_ELSEWHERE if names_in(own) & names_in(wanted) else JOIN_KEY_LOOSE


def _of_another_source(own: exp.EQ, wanted: exp.EQ) -> exp.Column | None:
    """The one side of a tie that is the column of that name of another table or step than is asked for."""
    ours, theirs = ({printed(side): side for side in (tie.left, tie.right)} for tie in (own, wanted))
    sides = [*(ours.keys() - theirs.keys()), *(theirs.keys() - ours.keys())]
    one: exp.Expr | None = ours.get(sides[0]) if len(sides) == 2 else None
    other = theirs.get(sides[1]) if len(sides) == 2 else None
    if not isinstance(one, exp.Column) or not isinstance(other, exp.Column):
        return None
    alike = one.name.lower() == other.name.lower() and one.table.lower() != other.table.lower()
    return one if alike else None


def _turned(own: exp.EQ, wanted: exp.EQ) -> bool:
    """Whether the same two columns are those of each other's table: `a.id = b.before_id` for `b.id = a.before_id`."""
    ours, theirs = ({(each.name.lower(), each.table.lower()) for each in columns(tie)} for tie in (own, wanted))
    names, tables = ({name for name, _ in ours}, {table for _, table in ours})
    return (
        len(names) == len(tables) == 2
        and ours != theirs
        and theirs == {(name, next(iter(tables - {table}))) for name, table in ours}
    )


def _of_the_schema(tie: exp.EQ, scene: Scene) -> bool:
    """Whether both columns are those of tables, if only by way of a step, so that the schema tells what they hold."""
    origins = [
        scene.origin(side).lower().partition(".") for side in (tie.left, tie.right) if isinstance(side, exp.Column)
    ]
    return all(name in scene.learner.schema.columns(table) for table, _, name in origins)


def _of_a_table(column: exp.Column, scene: Scene) -> bool:
    """Whether a column is read from a table itself: a step may hold each of its values once."""
    source = scene.learner.source_of(column)
    return source is not None and source.table in scene.learner.schema.families


def _is_key(column: exp.Column, scene: Scene) -> bool:
    """Whether a column names one row of its table."""
    source = scene.learner.source_of(column)
    return source is not None and (column.name.lower(),) in scene.learner.schema.keys.get(source.table or "", ())


def _same_thing(tie: exp.EQ, scene: Scene) -> bool:
    """Whether both columns hold the same key, as far as the schema says so."""
    ours = {scene.origin(side).lower() for side in (tie.left, tie.right) if isinstance(side, exp.Column)}
    above = {
        f"{key.table}.{column}": f"{key.target}.{target}"
        for key in scene.learner.schema.foreign_keys
        for column, target in zip(key.columns, key.target_columns, strict=True)
    }
    return len({above.get(origin, origin) for origin in ours}) == 1


def _kept_join(own: exp.EQ, wanted: exp.EQ, difference: Difference) -> exp.Join | None:
    """The outer join whose rows without a match go once the same key is taken from its table."""
    if names_in(own) != names_in(wanted):
        return None
    return _blank_side(wanted, own, difference)


def _blank_side(own: exp.EQ, wanted: exp.EQ, difference: Difference) -> exp.Join | None:
    """The outer join from whose table the key is taken, which is blank wherever it has no match."""
    taken = tables_in(own) - tables_in(wanted)
    joins = left_joins(difference.block)
    return next((join for join in joins if join.this.alias_or_name.lower() in taken), None)


def _of_two_tables(part: exp.Binary) -> bool:
    """Whether what is made of one table's columns is held against what is made of another's."""
    sides = [set(tables_written(side)) for side in (part.left, part.right)]
    return all(sides) and sides[0].isdisjoint(sides[1])
