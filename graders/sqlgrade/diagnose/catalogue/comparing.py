"""One condition that should read as another: value, bound, direction, column, pattern, list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.catalogue.bounds import bare_last_day, bound, moments
from sqlgrade.diagnose.catalogue.clocks import boundaries, other_clock, weekdays
from sqlgrade.diagnose.catalogue.entry import (
    Mistake,
    Scene,
    column_name,
    columns,
    drops_rows,
    kernel,
    place_in,
    values_of,
)
from sqlgrade.diagnose.catalogue.letting_in import (
    all_but_listed,
    blank_as_value,
    blank_renamed,
    compared_with_itself,
    never_blank,
)
from sqlgrade.diagnose.catalogue.patterns import between_texts, is_list, is_turned, lets_in, pattern
from sqlgrade.diagnose.catalogue.sides import one_side
from sqlgrade.diagnose.contrast import lists_differ
from sqlgrade.diagnose.known_values import how_it_misses
from sqlgrade.query.columns import DATE, TIMESTAMP
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlgrade.diagnose.contrast import Difference, Part

_MEANT_AS_BLANK = ("", "NULL")
"""Texts that people write for a blank."""


def other_condition(own: exp.Expr, wanted: exp.Expr, part: Part, scene: Scene) -> Iterator[Mistake]:
    """Name what is wrong with one condition, the surest first."""
    own, wanted = one_side(own.unnest(), wanted.unnest())
    word = place_in(own, part)
    for entry in _ENTRIES:
        yield from (
            Mistake(each.key, each.code, word, each.node or own, each.params) for each in entry(own, wanted, scene)
        )


def _tied_otherwise(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """One of several conditions that all have to hold, one besides, or AND for OR; a WHERE is compared part by part."""
    if {type(own), type(wanted)} == {exp.And, exp.Or}:
        parts = [list(each.flatten()) for each in (own, wanted) if isinstance(each, exp.And | exp.Or)]
        if not any(lists_differ(*parts)):
            told = {"condition": scene.quote(parts[0][0]), "other": scene.quote(parts[0][1])}
            yield Mistake("and_for_either" if isinstance(own, exp.And) else "or_for_and", "E21", "", own, told)
        return
    ours, theirs = lists_differ(conjuncts(own), conjuncts(wanted))
    if theirs and not ours:
        yield Mistake("and_missing", "E20", "", own, {"condition": scene.quote(own)})
    elif len(ours) == 1 and not theirs:
        told = {"condition": scene.quote(ours[0]), "column": column_name(ours[0])}
        yield Mistake("condition_extra", "E20", "", ours[0], told)


def other_column(own: exp.Expr, wanted: exp.Expr, part: Part, scene: Scene) -> Iterator[Mistake]:
    """The right comparison on another column, and nothing else about it."""
    for each in _column(own, wanted, scene):
        yield Mistake(each.key, each.code, place_in(own, part), own, each.params)


def _by_another_clock(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """The same days or moments on a column that is moved otherwise; with others it may come to the same."""
    ours, theirs = ([each.name for each in values_of(node)] for node in (own, wanted))
    if ours == theirs:
        yield from other_clock(own, wanted, scene)


def missing_values(own: exp.Expr, scene: Scene, meant: frozenset[str] = frozenset()) -> Iterator[Mistake]:
    """Texts compared with a column that holds no such value, whatever else is wrong; `meant` are values asked for."""
    for found in own.find_all(exp.EQ, exp.NEQ, exp.In):
        column = found.this
        if not isinstance(column, exp.Column):
            column = getattr(found, "expression", None) if not isinstance(found, exp.In) else None
        if not isinstance(column, exp.Column):
            continue
        origin = scene.origin(column)
        known = scene.values.of_column(origin)
        texts = [each for each in found.find_all(exp.Literal) if each.is_string]
        for text in texts if known else ():
            if text.name in known or (not text.name and isinstance(found, exp.NEQ)):
                continue
            how, near = how_it_misses(text.name, known)
            if how in {"unknown", "near"} and near not in meant and not scene.values.complete(origin):
                continue  # rows that were made up say little about what else may stand there
            told = {"value": text.name or "''", "near": near, "column": column.name}
            if how == "unknown" and (table := scene.values.table_of(origin)):
                how, told["table"] = "unknown_code", table
            yield Mistake(f"value_{how}" if text.name else "equals_blank", "E22", "", found, _said(told, found, scene))


def _said(told: dict[str, str], node: exp.Expr, scene: Scene) -> dict[str, str]:
    return {**told, "condition": scene.quote(node)}


def _all_but_one(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """`<> 'a'` where one value is asked for, or a few: it lets in whatever others there are."""
    if not isinstance(own, exp.NEQ) or not isinstance(wanted, exp.EQ | exp.In):
        return
    ours, theirs = ([each for each in values_of(node) if each.is_string] for node in (own, wanted))
    same = [column.name.lower() for column in columns(own)] == [column.name.lower() for column in columns(wanted)]
    if same and len(ours) == 1 and theirs and ours[0].name not in {each.name for each in theirs}:
        told = {"condition": scene.quote(own), "value": ours[0].name, "column": columns(own)[0].name}
        yield Mistake("all_but_one" if len(theirs) == 1 else "all_but_few", "E22", "", own, told)


def _misspelt(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    theirs = frozenset(each.name for each in values_of(wanted))
    kept = _null_test(wanted)
    for found in missing_values(own, scene, theirs):
        if kept is not None and kept.name == found.params["column"]:
            told = {"condition": scene.quote(own), "column": kept.name}
            yield Mistake("equals_blank", "E10", "", own, told)  # a word for the blank, such as '不明'
        elif found.params["value"] not in theirs:
            near = str(found.params["near"])
            wrong = near and near not in theirs and len(theirs) == 1
            yield Mistake("value_unknown", "E22", "", found.node, found.params) if wrong else found


def _blank(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """Asked for a blank as if it were a value, for the opposite, or with a value in its place."""
    if isinstance(own, exp.NEQ) and isinstance(wanted, exp.NullSafeNEQ) and own.this == wanted.this:
        told = {"condition": scene.quote(own), "column": column_name(own)}
        yield Mistake("blanks_dropped" if drops_rows(own) else "blanks_unlike", "E10", "", own, told)
    if isinstance(own, exp.NullSafeNEQ) and isinstance(own.this, exp.Column) and own.this in list(columns(wanted)):
        without = exp.NEQ(this=own.this.copy(), expression=own.expression.copy())
        if scene.mends(own, without):
            yield Mistake("blanks_kept", "E10", "", own, {"column": own.this.name})
    asked, kept = _null_test(own), _null_test(wanted)
    if kept is None:
        if asked is not None and isinstance(own, exp.Not):
            told = {"condition": scene.quote(own), "column": asked.name}
            both = exp.and_(wanted.copy(), own.copy())
            if drops_rows(own) and asked.name not in _asked_of_values(wanted) and scene.tells_apart(own, wanted, both):
                yield Mistake("blanks_dropped", "E20", "", own, told)
            elif isinstance(wanted, exp.EQ | exp.GT | exp.GTE | exp.LT | exp.LTE):
                yield Mistake("filled_for_compared", "E20", "", own, told)
        return
    told = {"condition": scene.quote(own), "column": kept.name}
    if asked is not None:
        if asked.name != kept.name or isinstance(own, exp.Not) == isinstance(wanted, exp.Not):
            yield Mistake("condition_column", "E25", "", own, {"own": asked.name, **told})
        else:
            yield Mistake("blank_inverted", "E10", "", own, told)
        return
    inner = own.this.unnest() if isinstance(own, exp.Not) else own
    compared = inner if isinstance(inner, exp.EQ | exp.NEQ) else None
    empty = compared is not None and any(
        isinstance(side.unnest(), exp.Null)
        or (isinstance(side, exp.Literal) and side.is_string and side.name.strip().upper() in _MEANT_AS_BLANK)
        for side in (compared.left, compared.right)
    )
    if empty:
        yield Mistake("equals_blank", "E10", "", own, told)


def _asked_of_values(wanted: exp.Expr) -> set[str]:
    """The columns whose blanks a condition drops, too, as it asks for a value."""
    return {column.name for column in columns(wanted)} if wanted.find(exp.Null, exp.Coalesce) is None else set()


def _null_test(node: exp.Expr) -> exp.Column | None:
    inner = node.this.unnest() if isinstance(node, exp.Not) else node
    tests = isinstance(inner, exp.Is) and isinstance(inner.expression, exp.Null)
    return inner.this if tests and isinstance(inner.this, exp.Column) else None


def negated(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """The same condition, turned round."""
    inner, other = _positive(own), _positive(wanted)
    turned = _is_negative(own) != _is_negative(wanted)
    if turned and _alike(inner, other, scene):
        if not isinstance(inner, exp.Exists):
            yield Mistake("condition_inverted", "E46", "", own, {"condition": scene.quote(own)})
        elif not (within := _differences_in(inner, scene)):
            yield Mistake("exists_inverted", "E46", "", own, {"condition": scene.quote(own)})
        elif not _is_negative(own) and (turned_inside := _negated_within(within)) is not None:
            told = {"condition": scene.quote(turned_inside)}
            yield Mistake("exists_some_other", "E46", "", turned_inside, told)


def _differences_in(inner: exp.Expr, scene: Scene) -> list[Difference]:
    """What else differs in a query in brackets, so that more than NOT is wrong."""
    blocks = {id(each) for each in inner.find_all(exp.Select)}
    return [each for each in scene.differences if id(each.block) in blocks]


def _negated_within(within: list[Difference]) -> exp.Expr | None:
    """The one condition of a query in brackets that says no to what is asked for there."""
    pair = within[0].changed if len(within) == 1 else None
    if pair is None or _positive(pair[0].unnest()) != _positive(pair[1].unnest()):
        return None
    return pair[0] if _is_negative(pair[0].unnest()) and not _is_negative(pair[1].unnest()) else None


def _is_negative(node: exp.Expr) -> bool:
    if is_turned(node):
        return True
    if isinstance(node, exp.EQ | exp.NEQ) and any(isinstance(side, exp.Boolean) for side in (node.left, node.right)):
        false = any(isinstance(side, exp.Boolean) and not side.this for side in (node.left, node.right))
        return false != isinstance(node, exp.NEQ)
    return isinstance(node, exp.Not | exp.NEQ)


def _positive(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Like | exp.ILike):
        return type(node)(this=node.this.copy(), expression=node.expression.copy())
    if isinstance(node, exp.Not):
        return _positive(node.this.unnest())
    if isinstance(node, exp.EQ | exp.NEQ) and any(isinstance(side, exp.Boolean) for side in (node.left, node.right)):
        return node.right if isinstance(node.left, exp.Boolean) else node.left
    return exp.EQ(this=node.left.copy(), expression=node.right.copy()) if isinstance(node, exp.NEQ) else node


def _alike(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> bool:
    if type(own) is not type(wanted):
        return False
    if isinstance(own, exp.Exists):
        ours, theirs = ({table.name.lower() for table in node.find_all(exp.Table)} for node in (own, wanted))
        return ours == theirs
    if [each.name for each in values_of(own)] != [each.name for each in values_of(wanted)]:
        return False
    return [c.name.lower() for c in columns(own)] == [c.name.lower() for c in columns(wanted)]


def _listed_values(node: exp.Expr) -> list[str]:
    """The values of a list one by one, without the numbers that its column is reckoned with."""
    if isinstance(node, exp.Or):
        return [name for part in node.flatten() for name in _listed_values(part.unnest())]
    sides = node.expressions if isinstance(node, exp.In) else [node.this, node.expression]
    return [each.name for each in sides if isinstance(each, exp.Literal)]


def _listed(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """A list of values with one too few or too many."""
    if isinstance(own, exp.Not) and isinstance(wanted, exp.Not):
        yield from _listed(own.this.unnest(), wanted.this.unnest(), scene)
        return
    one_of = (exp.In, exp.EQ, exp.Or)
    if not isinstance(own, one_of) or not isinstance(wanted, one_of) or not (is_list(own) or is_list(wanted)):
        return
    names = [{column.name.lower() for column in columns(node)} for node in (own, wanted)]
    if names[0] != names[1] or len(names[0]) != 1:
        return
    ours, theirs = (_listed_values(node) for node in (own, wanted))
    extra, lacking = (
        [v for v in dict.fromkeys(one) if v not in other] for one, other in ((ours, theirs), (theirs, ours))
    )
    told = {"condition": scene.quote(own), "column": columns(own)[0].name, "values": ", ".join(f"'{v}'" for v in extra)}
    if extra and not lacking:
        yield Mistake("list_extra", "E22", "", own, told)
    elif lacking and not extra:
        yield Mistake("list_lacks", "E22", "", own, told)


def _exactly(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """`= 3` where three or more are asked for."""
    if not isinstance(own, exp.EQ) or not isinstance(wanted, exp.GT | exp.GTE | exp.LT | exp.LTE):
        return
    value = own.expression.unnest()
    if own.this == wanted.this and value == wanted.expression.unnest() and not columns(value):
        yield Mistake("equals_for_bound", "E22", "", own, {"condition": scene.quote(own), "value": scene.quote(value)})


def _from_one_value(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """`>= 3` where exactly three are asked for."""
    if isinstance(own, exp.GTE | exp.LTE) and isinstance(wanted, exp.EQ):
        value = own.expression.unnest()
        if own.this == wanted.this and value == wanted.expression.unnest() and not columns(value):
            told = {"condition": scene.quote(own), "value": scene.quote(value)}
            yield Mistake("bound_for_equals", "E22", "", own, told)


def _month_alone(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """A month without its year, with no other condition on its column beside it."""
    if not isinstance(own, exp.EQ | exp.In) or not _of_month(own) or _of_month(wanted):
        return
    holder, names = own.find_ancestor(exp.Where, exp.Having, exp.Qualify), {each.name.lower() for each in columns(own)}
    parts = [each.unnest() for each in conjuncts(holder.this)] if holder is not None else []
    beside = [each for each in parts if each is not own and not (isinstance(each, exp.EQ) and ties_tables(each))]
    if not any(each.name.lower() in names for part in beside for each in columns(part)):
        yield Mistake("month_without_year", "E42", "", own, {"condition": scene.quote(own)})


def _of_month(node: exp.Expr) -> bool:
    """Whether a condition asks for the number of a month."""
    taken = node.find_all(exp.Month, exp.Extract)
    return any(isinstance(each, exp.Month) or each.name.upper() == "MONTH" for each in taken)


def _column(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """The right comparison, on another column."""
    if ties_tables(own) != ties_tables(wanted):
        return
    inner, other = kernel(own, wanted)
    if isinstance(inner, exp.Identifier) and isinstance(inner.parent, exp.Column):
        inner = inner.parent
        other = other.parent if isinstance(other.parent, exp.Column) else other
    if isinstance(inner, exp.Column) and isinstance(other, exp.Column):
        yield Mistake("condition_column", "E25", "", own, {"own": scene.quote(inner), "condition": scene.quote(own)})
        return
    ours, theirs = columns(own), columns(wanted)
    alone = len({column.name.lower() for column in ours}) == len({column.name.lower() for column in theirs}) == 1
    if alone and ours[0].name.lower() != theirs[0].name.lower() and _compare_alike(own, wanted, scene):
        yield Mistake("condition_column", "E25", "", own, {"own": scene.quote(ours[0]), "condition": scene.quote(own)})
        return
    names = [{column.name.lower() for column in each} for each in (ours, theirs)]
    odd = [each for each in ours if each.name.lower() in names[0] - names[1]]
    if type(own) is type(wanted) and len(odd) == len(names[1] - names[0]) == 1 and names[0] & names[1]:
        yield Mistake("condition_column", "E25", "", own, {"own": scene.quote(odd[0]), "condition": scene.quote(own)})


def ties_tables(node: exp.Expr) -> bool:
    """Whether one column is compared with another one, rather than with a constant."""
    return isinstance(node, exp.Binary) and bool(columns(node.left)) and bool(columns(node.right))


def _compare_alike(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> bool:
    """Whether two conditions ask the same of their columns, or hold values of one kind against them."""
    kinds = {scene.learner.family(columns(each)[0]).replace(DATE, TIMESTAMP) for each in (own, wanted)}
    same = values_of(own) and [each.name for each in values_of(own)] == [each.name for each in values_of(wanted)]
    return isinstance(own, exp.Predicate) and (bool(same) or len(kinds) == 1)


def _value(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """Another value of the same column."""
    inner, other = kernel(own, wanted)
    named = {column.name.lower() for column in columns(own)} & {column.name.lower() for column in columns(wanted)}
    one = isinstance(inner, exp.Literal | exp.Boolean | exp.Neg | exp.Cast)
    if one and named and not columns(other):
        told = {"condition": scene.quote(own), "value": scene.quote(inner), "column": columns(own)[0].name}
        if isinstance(inner.parent, exp.Interval):
            told["value"] = inner.name
        if isinstance(inner, exp.Literal) and inner.is_string and _same_but_case(inner, other):
            yield Mistake("value_case", "E22", "", own, {**told, "value": inner.name})
        yield Mistake("value_other", "E22", "", own, told)


def _same_but_case(own: exp.Literal, wanted: exp.Expr) -> bool:
    return isinstance(wanted, exp.Literal) and own.name != wanted.name and own.name.lower() == wanted.name.lower()


def _days_for_moments(own: exp.Expr, wanted: exp.Expr, scene: Scene) -> Iterator[Mistake]:
    """Columns cut to their days before they are compared with each other, or not cut, unlike what is asked for."""
    ours, theirs = ({column.name.lower() for column in columns(node)} for node in (own, wanted))
    if len(ours) < 2 or ours != theirs or (values_of(own) and any(each.is_string for each in values_of(own))):
        return
    cut = [any(each.is_type("date") for each in node.find_all(exp.Cast)) for node in (own, wanted)]
    if cut[0] != cut[1]:
        key = "days_for_moments" if cut[0] else "moments_for_days"
        yield Mistake(key, "E36", "", own, {"condition": scene.quote(own)})


_ENTRIES = (
    weekdays,
    compared_with_itself,
    never_blank,
    _tied_otherwise,
    blank_as_value,
    blank_renamed,
    _blank,
    negated,
    _misspelt,
    _all_but_one,
    all_but_listed,
    _listed,
    between_texts,
    _exactly,
    _from_one_value,
    pattern,
    lets_in,
    bare_last_day,
    boundaries,
    _days_for_moments,
    _by_another_clock,
    bound,
    moments,
    _month_alone,
    _column,
    _value,
)
"""The surest first."""
