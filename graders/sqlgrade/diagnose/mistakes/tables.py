"""Which tables and lists are read, and what the kind of a join does to the rows without a match."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.mistakes.comparing import CONDITION_EXTRA
from sqlgrade.diagnose.mistakes.joining import tables_written
from sqlgrade.diagnose.mistakes.lacking import JOIN_UNTIED
from sqlgrade.diagnose.mistakes.record import Family, Mistake, Occurrence, Tier
from sqlgrade.diagnose.mistakes.rule import rule
from sqlgrade.diagnose.reading.contrast import Difference, Part, bare, printed
from sqlgrade.diagnose.reading.trees import column_name, columns, joins_of, step_of
from sqlgrade.query.surgery import conjuncts, has_aggregate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.mistakes.scene import Scene

JOIN_FOR_EXISTS = Mistake("join_for_exists", "E31", Family.TABLES)
PARTNERS_DROPPED = Mistake("partners_dropped", "E27", Family.TABLES)
PARTNERS_KEPT = Mistake("partners_kept", "E27", Family.TABLES)
PARTNERS_KEPT_HERE = Mistake("partners_kept_here", "E27", Family.TABLES)
PARTNERS_DROPPED_HERE = Mistake("partners_dropped_here", "E27", Family.TABLES)
BLANKS_NEVER_MEET = Mistake("blanks_never_meet", "E10", Family.TABLES)
JOIN_SIDE = Mistake("join_side", "E27", Family.TABLES)
STEP_FOR_ALL = Mistake("step_for_all", "E26", Family.TABLES)
JOIN_EXTRA_DROPS = Mistake("join_extra_drops", "E31", Family.TABLES, Tier.PART)
JOIN_EXTRA_REPEATS = Mistake("join_extra_repeats", "E31", Family.TABLES, Tier.PART)
JOIN_EXTRA_BOTH = Mistake("join_extra_both", "E31", Family.TABLES, Tier.PART)
JOIN_EXTRA = Mistake("join_extra", "E31", Family.TABLES, Tier.PART)
JOIN_MISSING = Mistake("join_missing", "E27", Family.TABLES, Tier.PART)
JOIN_MISSING_HERE = Mistake("join_missing_here", "E27", Family.TABLES, serves=True)
JOIN_MISSING_STEP = Mistake("join_missing_step", "E27", Family.TABLES)
STEP_HAS_IT = Mistake("step_has_it", "E27", Family.TABLES)
TABLE_OTHER = Mistake("table_other", "E27", Family.TABLES, Tier.PART)
NARROWED_BEFORE = Mistake("narrowed_before", "E05", Family.TABLES)
ONLY_OCCURRING = Mistake("only_occurring", "E27", Family.TABLES)
TABLE_OTHER_IN = Mistake("table_other_in", "E27", Family.TABLES, Tier.PART)
TABLE_FOR_STEP = Mistake("table_for_step", "E27", Family.TABLES)
TABLE_FOR_STEP_IN = Mistake("table_for_step_in", "E27", Family.TABLES)
VALUE_LISTED = Mistake("value_listed", "E22", Family.TABLES)
VALUES_LACKING = Mistake("values_lacking", "E22", Family.TABLES)
SERIES_OTHER = Mistake("series_other", "E22", Family.TABLES)

_SIDES = {
    ("", "LEFT"): PARTNERS_DROPPED,
    ("", "RIGHT"): PARTNERS_DROPPED_HERE,
    ("", "FULL"): PARTNERS_DROPPED,
    ("LEFT", ""): PARTNERS_KEPT,
    ("LEFT", "FULL"): PARTNERS_DROPPED_HERE,
    ("RIGHT", ""): PARTNERS_KEPT_HERE,
    ("RIGHT", "FULL"): PARTNERS_DROPPED,
    ("FULL", ""): PARTNERS_KEPT,
    ("FULL", "LEFT"): PARTNERS_KEPT_HERE,
    ("FULL", "RIGHT"): PARTNERS_KEPT,
}
"""What a join does to the rows without a match, by its side and the one that is meant; left and right may only change places."""
_READ_ANEW, _READ_ELSEWHERE = (TABLE_FOR_STEP, TABLE_FOR_STEP_IN), (TABLE_OTHER, TABLE_OTHER_IN)
"""In the outermost block, and in one that is read for a step or an output."""
_MOST_BESIDE = 4
_NOT_MET = frozenset({"CROSS", "SEMI", "ANTI"})
"""Joins that leave out rows, or repeat them, by another rule than that of the matching ones."""


@rule
def kinds_of_join(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Rows without a match lost or kept; a table too many or not there; another table or list."""
    if difference.part is not Part.JOIN:
        return
    if difference.changed is None:
        yield from _too_many(difference, scene)
        yield from _too_few(difference, scene)
        return
    own, wanted = difference.changed
    if _joins_alike(own, wanted):
        yield from _other_source(own, wanted, difference, scene)
    elif isinstance(own, exp.Join) and isinstance(wanted, exp.Join):
        yield from _other_kind(own, wanted, scene)


def _joins_alike(own: exp.Expr, wanted: exp.Expr) -> bool:
    """Whether what differs is what is read, and not how it is joined."""
    kinds = [(each.side, each.kind in _NOT_MET and each.kind) for each in (own, wanted) if isinstance(each, exp.Join)]
    return len(set(kinds)) < 2


def _other_source(own: exp.Expr, wanted: exp.Expr, difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Another table, or a list with other values; a query in FROM is compared by itself."""
    if (value := _value_listed(own, wanted)) is not None:
        yield VALUE_LISTED.at("FROM", value, {"own": scene.quote(value)})
    elif (listed := _list_other(own, wanted, scene)) is not None:
        yield listed
    elif isinstance(wanted.this, exp.Table) and (occurring := _occurring(own.this)) is not None:
        told = {"alias": own.this.alias, "column": column_name(occurring), "table": occurring.args["from_"].this.name}
        yield ONLY_OCCURRING.at("FROM", own, told)
    elif all(isinstance(each.this, exp.Table) for each in (own, wanted)) and own.this.name != wanted.this.name:
        yield from _table_for_table(own, wanted, difference, scene)


def _table_for_table(own: exp.Expr, wanted: exp.Expr, difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """Another table than the one asked for, or one more that is not there."""
    if len(scene.differences) > _MOST_BESIDE:
        return  # two queries that are built in another way: what stands in whose place is not known
    if _narrows(own.this.name, wanted.this.name, scene):
        yield NARROWED_BEFORE.at("FROM", own, {"table": own.this.name, "source": scene.table_of(wanted.this)})
        return
    if isinstance(own, exp.Join):
        steps = {each.alias.lower() for each in scene.learner.find(exp.CTE)}
        read = {table.name.lower() for table in difference.block.find_all(exp.Table)}
        again = wanted.this.name.lower() in steps & read
        if again and own.args.get("on") is None and not own.args.get("using"):
            return  # beside each other without a tie, the one brings no rows in: that it makes the other's good is chance
        told = {"table": own.this.name, "step": wanted.this.name}
        yield (STEP_HAS_IT if again else TABLE_OTHER).at("JOIN", own, told)
        return
    ours, theirs = _joined_otherwise(difference, scene)
    if not ours and not theirs:
        yield _another_table(own, wanted.this.name, difference.block, scene)
    elif own.this.name.lower() in theirs and wanted.this.name.lower() not in ours:  # it is joined to what is lacking
        yield from _lacking(wanted.this, difference, scene)


def _narrows(step: str, source: str, scene: Scene) -> bool:
    """Whether a step only holds back rows of what is to be read."""
    found = scene.step(step)
    body = found.this if found is not None else None
    if not isinstance(body, exp.Select) or body.args.get("where") is None or body.args.get("group") or joins_of(body):
        return False
    read = body.args["from_"].this
    return isinstance(read, exp.Table) and read.name.lower() == source.lower()


def _joined_otherwise(difference: Difference, scene: Scene) -> tuple[set[str], set[str]]:
    """The tables of the other joins of the block that are not asked for, and of those that are not there."""
    beside = scene.beside(difference, Part.JOIN)
    ours, theirs = (
        {
            part.this.name.lower()
            for each in beside
            for part in (each.own, each.wanted)[side]
            if isinstance(part, exp.Join)
        }
        for side in (0, 1)
    )
    return ours - theirs, theirs - ours


def _other_kind(own: exp.Join, wanted: exp.Join, scene: Scene) -> Iterator[Occurrence]:
    """Rows without a match lost or kept; every row put beside every other one, where they are to be tied together."""
    if {own.kind, wanted.kind} & _NOT_MET:
        tie = next((each for each in conjuncts(wanted.args.get("on")) if columns(each)), None)
        if own.kind == "CROSS" and tie is not None:
            yield _untied(own, tie, scene)
        return
    sides = own.side, wanted.side
    lost = sides[1] in ("RIGHT", "FULL") and (not sides[0] or (sides[0] == "LEFT" and _reads_all(own, scene)))
    tie = _tie_of_blanks(own, scene) if lost else None
    if isinstance(tie, exp.EQ):
        blank = {"condition": scene.quote(tie), "column": tie.left.name}
        yield BLANKS_NEVER_MEET.at("ON", tie, blank)
        return
    if not own.side and (narrowing := _narrowing(own, scene)) is not None:
        yield _narrowed(narrowing, scene)
        return
    told = {"table": scene.table_of(own.this), "own": f"{sides[0] or ''} JOIN".strip()}
    mistake = _SIDES.get(sides, JOIN_SIDE)
    if not _kept_around(own, mistake, scene):
        yield mistake.at("JOIN", own, told)


def _kept_around(join: exp.Join, mistake: Mistake, scene: Scene) -> bool:
    """Whether the rows that an inner join of a step drops stay all the same: the step is only joined by LEFT JOIN, and keeping them changes nothing."""
    block = join.find_ancestor(exp.Select)
    step = block.parent if block is not None and mistake is PARTNERS_DROPPED else None
    read: list[exp.Expr] = [step] if isinstance(step, exp.Subquery) else []
    if isinstance(step, exp.CTE):
        read += (each for each in scene.learner.find(exp.Table) if each.name.lower() == step.alias.lower())
    if not read or not all(isinstance(each.parent, exp.Join) and each.parent.side == "LEFT" for each in read):
        return False
    outer = join.copy()
    outer.set("side", "LEFT")
    return not scene.matters(join, outer)


def _narrowing(join: exp.Join, scene: Scene) -> exp.Expr | None:
    """The one condition beside the tie of a join that drops what is not to be dropped: without it, all rows have their match."""
    beside = [part for part in conjuncts(join.args.get("on")) if len(set(tables_written(part))) < 2]
    return beside[0] if len(beside) == 1 and scene.mends(beside[0], exp.true()) else None


def _narrowed(condition: exp.Expr, scene: Scene) -> Occurrence:
    return CONDITION_EXTRA.at("ON", condition, {"condition": scene.quote(condition), "column": column_name(condition)})


def _too_many(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A join that is not needed; where its columns are used, more differs than that."""
    extra = difference.own[0] if difference.own and not difference.wanted else None
    if not isinstance(extra, exp.Join):
        return
    name, block = extra.this.name.lower(), difference.block
    told = {"table": scene.table_of(extra.this), "own": f"{extra.side or ''} JOIN".strip()}
    froms = [each for each in scene.beside(difference, Part.JOIN) if any(isinstance(e, exp.From) for e in each.own)]
    if any(each.wanted[0].this.name.lower() == name for each in froms):
        if extra.side and froms[0].own[0].this.name.lower() in _joined_otherwise(difference, scene)[1]:
            yield JOIN_SIDE.at("JOIN", extra, told)  # the same tables the other way round
    elif name in _looked_into(scene.beside(difference, Part.SELECT if extra.side else Part.WHERE)):
        yield JOIN_FOR_EXISTS.at("JOIN", extra, told)
    elif (needless := _not_needed(extra, block, told, scene)) is not None:
        yield needless


def _not_needed(extra: exp.Join, block: exp.Expr, told: dict[str, str], scene: Scene) -> Occurrence | None:
    """A join of which nothing is asked: the condition beside its tie, where that alone drops rows; else what it does."""
    narrowing = _narrowing(extra, scene) if not extra.side else None
    if narrowing is not None:
        return _narrowed(narrowing, scene)
    if _used(extra, block) or _meets_one(extra, scene):
        return None
    return _what_it_does(extra, block, scene).at("JOIN", extra, told)


def _looked_into(differences: list[Difference]) -> set[str]:
    """The tables that EXISTS or IN is to look into, as a condition or within an output."""
    asked = [part for each in differences if each.part is Part.WHERE for part in each.wanted]
    shown = [item for each in differences if each.part is Part.SELECT for item in each.wanted]
    asked += [part for item in shown for part in item.find_all(exp.Exists)]
    return {table.name.lower() for part in asked for table in _queries(part)}


def _too_few(difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    """A table, or a step of the learner's own, that is not joined."""
    lacking = difference.wanted[0].this if difference.wanted and not difference.own else None
    froms = [part for each in scene.differences if each.block is difference.block for part in each.own]
    first = next((part.this.name.lower() for part in froms if isinstance(part, exp.From)), "")
    if lacking is not None and lacking.name.lower() != first:
        yield from _lacking(lacking, difference, scene)


def _lacking(lacking: exp.Expr, difference: Difference, scene: Scene) -> Iterator[Occurrence]:
    steps = {each.alias.lower() for each in scene.learner.find(exp.CTE)}
    if isinstance(lacking, exp.Table) and lacking.name.lower() in {*steps, *scene.learner.schema.families}:
        read = any(each.name.lower() == lacking.name.lower() for each in scene.learner.find(exp.Table))
        told = {"table": lacking.name, "step": step_of(difference.block)}
        key = JOIN_MISSING_STEP if told["step"] else JOIN_MISSING_HERE
        yield (key if read else JOIN_MISSING).at("JOIN", None, told)


def _queries(part: exp.Expr) -> Iterator[exp.Table]:
    """The tables that EXISTS or IN looks into, asked that there is a row."""
    inner = part.unnest()
    if isinstance(inner, exp.Exists) or (isinstance(inner, exp.In) and inner.args.get("query") is not None):
        yield from inner.find_all(exp.Table)


def _another_table(own: exp.Expr, wanted: str, block: exp.Expr, scene: Scene) -> Occurrence:
    """Read from another table, in the step or output column that it is read for; or anew what a step has narrowed."""
    told = {"table": own.this.name or own.this.alias_or_name, "step": wanted}
    step = scene.step(wanted)
    narrowed = step is not None and not _asked(step.this) <= _asked(block)
    read = {table.name.lower() for table in step.this.find_all(exp.Table)} if step is not None and narrowed else set()
    anew = told["table"].lower() in read
    told["at"] = _read_for(block)
    inside = bool(told["at"])
    key = _READ_ANEW[inside] if anew else _READ_ELSEWHERE[inside]
    return key.at("FROM", own, told)


def _asked(block: exp.Expr) -> set[str]:
    """The conditions of a block's WHERE, without the names of tables."""
    where = block.args.get("where")
    return {bare(part) for part in conjuncts(where.this)} if where is not None else set()


def _read_for(block: exp.Expr) -> str:
    """The step, or the output column, that an inner block is for."""
    above = block.parent
    while isinstance(above, exp.Subquery | exp.Paren):
        above = above.parent
    return str(above.alias) if isinstance(above, exp.CTE | exp.Alias) else ""


def _value_listed(own: exp.Expr, wanted: exp.Expr) -> exp.Expr | None:
    """The first value of a list in VALUES that is not among those asked for."""
    if not isinstance(own.this, exp.Values) or not isinstance(wanted.this, exp.Values):
        return None
    asked = [printed(each) for each in wanted.this.find_all(exp.Literal)]
    return next((each for each in own.this.find_all(exp.Literal, bfs=False) if printed(each) not in asked), None)


def _occurring(item: exp.Expr) -> exp.Select | None:
    """The query in FROM that lists the different values of one column of a table."""
    block = item.this if isinstance(item, exp.Subquery) else None
    if not isinstance(block, exp.Select) or len(block.expressions) != 1 or not block.args.get("from_"):
        return None
    listed = isinstance(block.expressions[0].unalias(), exp.Column) and isinstance(block.args["from_"].this, exp.Table)
    return block if listed and (block.args.get("distinct") or block.args.get("group")) else None


def _list_other(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Occurrence | None:
    """A list that is written out with a value too few, or counted from its first to its last value."""
    lists = [each.this for each in (own, wanted)]
    if all(isinstance(each, exp.Values) for each in lists):
        ours = [printed(each) for each in lists[0].expressions]
        more = [printed(each) for each in lists[1].expressions]
        short = len(ours) < len(more) and set(ours) < set(more)
        return VALUES_LACKING.at("FROM", lists[0]) if short else None
    counted = [next(iter(each.find_all(exp.GenerateSeries, exp.Unnest, exp.Anonymous)), None) for each in lists]
    if counted[0] is not None and counted[1] is not None:
        return SERIES_OTHER.at("FROM", counted[0], {"own": scene.quote(counted[0])})
    return None


def _used(join: exp.Join, block: exp.Expr) -> bool:
    """Whether a block uses the columns of a joined table beyond its ON: what does the same without it differs in more."""
    alias = join.this.alias_or_name.lower()
    inside = {id(each) for each in columns(join)}
    return any(each.table.lower() == alias and id(each) not in inside for each in columns(block))


def _tie_of_blanks(join: exp.Join, scene: Scene) -> exp.EQ | None:
    """The condition that ties a column to itself in another step where it may be blank on both sides, so that = loses rows."""
    for part in conjuncts(join.args.get("on")):
        tie = part.unnest()
        if isinstance(tie, exp.EQ):
            ours, theirs = (
                scene.origin(side).lower() if isinstance(side, exp.Column) else "" for side in (tie.left, tie.right)
            )
            table, _, name = ours.partition(".")
            if ours == theirs and name.isidentifier() and (table, name) not in scene.learner.schema.not_null:
                return tie
    return None


def _reads_all(join: exp.Join, scene: Scene) -> bool:
    """Whether the first table of a join's block has every value of its columns: then only a blank may find no partner there."""
    block = join.find_ancestor(exp.Select)
    first = block.args["from_"].this if block is not None and block.args["joins"][0] is join else None
    steps = {each.alias.lower(): each.this for each in scene.learner.find(exp.CTE)}
    read = steps.get(first.name.lower()) if isinstance(first, exp.Table) else None
    kept = ("joins", "where", "group", "having", "qualify", "limit", "offset")
    if not isinstance(read, exp.Select) or not isinstance(read.args["from_"].this, exp.Table):
        return False
    return read.args["from_"].this.name.lower() not in steps and not any(read.args.get(part) for part in kept)


def _meets_one(join: exp.Join, scene: Scene) -> bool:
    """Whether a join gives each row just one partner, as a foreign key that is never blank does: it changes nothing."""
    ties = [each.unnest() for each in conjuncts(join.args.get("on"))]
    if len(ties) != 1 or not isinstance(ties[0], exp.EQ) or join.kind in _NOT_MET:
        return False
    sides = ties[0].left, ties[0].right
    return any(_points_at(side, other, join, scene) for side, other in (sides, sides[::-1]))


def _points_at(side: exp.Expr, other: exp.Expr, join: exp.Join, scene: Scene) -> bool:
    """Whether a column always names one row of the joined table by the other one."""
    if not isinstance(side, exp.Column) or not isinstance(other, exp.Column):
        return False
    key = scene.origin(side).lower().partition(".")[0], (side.name.lower(),)
    target = join.this.name.lower(), (other.name.lower(),)
    keys = [((e.table, e.columns), (e.target, e.target_columns)) for e in scene.learner.schema.foreign_keys]
    return other.table == join.this.alias_or_name and (key, target) in keys and scene.learner.never_null(side)


def _what_it_does(join: exp.Join, block: exp.Expr, scene: Scene) -> Mistake:
    """What a join too many does to the rows, as far as the key of its table says so."""
    sources = scene.learner.sources(block).values() if isinstance(block, exp.Select) else ()
    source = next((each for each in sources if each.node is join.this), None)
    keys = scene.learner.schema.keys.get(source.table or "", ()) if source is not None else ()
    if source is None or not keys or join.kind in _NOT_MET:
        return JOIN_EXTRA
    met = _met_columns(join, source.alias)
    if any(met.issuperset(key) for key in keys):
        return JOIN_EXTRA if join.side else JOIN_EXTRA_DROPS
    return JOIN_EXTRA_REPEATS if join.side else JOIN_EXTRA_BOTH


def _met_columns(join: exp.Join, alias: str) -> set[str]:
    """The columns of a joined table that ON or USING holds equal to something."""
    ties = [tie for tie in conjuncts(join.args.get("on")) if isinstance(tie, exp.EQ)]
    sides = [side for tie in ties for side in (tie.left, tie.right) if isinstance(side, exp.Column)]
    used = join.args.get("using") or ()
    return {side.name.lower() for side in sides if side.table == alias} | {name.name.lower() for name in used}


def _untied(own: exp.Join, tie: exp.Expr, scene: Scene) -> Occurrence:
    """No tie of a table that is crossed; where a step is one row for all, it has nothing to be tied by."""
    told = {"column": columns(tie)[0].name, "table": scene.table_of(own.this)}
    block = own.find_ancestor(exp.Select)
    source = scene.learner.sources(block).get(own.this.alias_or_name.lower()) if block is not None else None
    step = scene.learner.block_of(source) if source is not None else None
    whole = step is not None and step.args.get("group") is None and any(map(has_aggregate, step.expressions))
    if whole and source is not None and told["column"].lower() not in source.families:
        return STEP_FOR_ALL.at("WITH", step.expressions[0] if step is not None else None, told)
    return JOIN_UNTIED.at("JOIN", own, told)
