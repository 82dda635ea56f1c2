"""A right query rewritten in a learner's own names, where both are built alike block by block."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.lineage import Lineage
from sqlgrade.diagnose.reading.trees import tables_in
from sqlgrade.diagnose.repairs.clause_of_condition import put_where_asked
from sqlgrade.diagnose.repairs.forms import put_in_form_of
from sqlgrade.diagnose.repairs.step_order import steps_in_order_of
from sqlgrade.query.query import Query, from_items
from sqlgrade.query.surgery import conjuncts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlgrade.query.query import Source

    Names = Mapping[str, str]


_CONDITIONS = ("where", "having", "qualify")


def qualified(query: Query) -> Query:
    """The same query with every column named by its FROM item, and what ties tables listed with commas in ON, so that both read alike."""
    for column in list(query.tree.find_all(exp.Column)):
        source = query.source_of(column)
        if source is not None and not column.table:
            column.set("table", exp.to_identifier(source.alias))
    for block in query.tree.find_all(exp.Select):
        _tie(block)
    return query


def _tie(block: exp.Select) -> None:
    """Write `FROM a, b WHERE a.id = b.id` as `FROM a JOIN b ON a.id = b.id`, which says the same."""
    where, joins = block.args.get("where"), block.args.get("joins") or ()
    bare = [join for join in joins if _is_bare(join)]
    if where is None or not bare:
        return
    items = [block.args["from_"].this, *(join.this for join in joins)]
    places = {item.alias_or_name.lower(): place for place, item in enumerate(items)}
    rest = []
    for condition in conjuncts(where.this):
        later = joins[last - 1] if (last := max(_tied_places(condition, places), default=0)) else None
        if later is None or not any(later is each for each in bare):
            rest.append(condition)
            continue
        on = later.args.get("on")
        later.set("on", condition.copy() if on is None else exp.and_(on, condition.copy(), copy=False))
    block.set("where", exp.Where(this=exp.and_(*rest, copy=False)) if rest else None)


def _is_bare(join: exp.Join) -> bool:
    """Whether a table is only listed, after a comma."""
    return not any(join.args.get(name) for name in ("on", "using", "side", "kind", "method"))


def _tied_places(condition: exp.Expr, places: Mapping[str, int]) -> set[int]:
    """The places in FROM of the two items whose columns a condition takes for equal; none for any other condition."""
    if not isinstance(condition, exp.EQ):
        return set()
    sides = [each for each in (condition.this, condition.expression) if isinstance(each, exp.Column)]
    found = {places[each.table.lower()] for each in sides if each.table.lower() in places}
    return found if len(found) == 2 else set()


def built_alike(one: Query, other: Query) -> bool:
    """Whether two queries have as many blocks, and as many steps among them."""
    return all(len(list(one.find(kind))) == len(list(other.find(kind))) for kind in (exp.Select, exp.CTE))


def in_names_of(learner: Query, giver: Query) -> exp.Expr | None:
    """The giver's tree with CTEs, FROM items and inner columns called as the learner calls them; None if built otherwise.

    Args:
        learner: A query whose columns are qualified.
        giver: A right query; it is read anew, so it is left as it is.
    """
    theirs = giver.again()
    steps_in_order_of(learner.tree, theirs.tree)  # before anything of it is looked up
    theirs = qualified(theirs)
    if not built_alike(learner, theirs):
        return None
    ours_blocks, blocks = list(learner.selects()), list(theirs.selects())
    ours_steps, steps = (list(each.find(exp.CTE)) for each in (learner, theirs))
    for own, block in zip(ours_blocks, blocks, strict=True):
        _sort_outputs(own, block)
    names = {step.alias.lower(): own.alias for own, step in zip(ours_steps, steps, strict=True)}
    aliases: dict[int, str] = {}
    columns: dict[int, Names] = {}
    origins = Lineage(learner), Lineage(theirs)
    outputs = {id(block): _renamed_outputs(own, block, origins) for own, block in zip(ours_blocks, blocks, strict=True)}
    for own, block in zip(ours_blocks, blocks, strict=True):
        for mine, other in _paired(list(learner.sources(own).values()), list(theirs.sources(block).values()), names):
            aliases[id(other.node)] = mine.alias
            inner = theirs.block_of(other)
            columns[id(other.node)] = outputs.get(id(inner), {}) if inner is not None else {}
    found = [(column, theirs.source_of(column)) for column in theirs.find(exp.Column)]
    known = _names_of_outputs(blocks)
    for column, source in found:
        if source is not None and id(source.node) in aliases:
            column.set("table", exp.to_identifier(aliases[id(source.node)]))
            column.set("this", exp.to_identifier(columns[id(source.node)].get(column.name.lower(), column.name)))
    put_in_form_of(learner, theirs.tree)
    _rename_items(theirs.tree, aliases, names)
    for own, block in zip(ours_blocks, blocks, strict=True):
        _name_in_conditions(own, block)
        _rename_outputs(block, outputs[id(block)], known)
        _pass_on(own, block)
        _sort_sources(own, block)
        put_where_asked(own, block)
    return theirs.tree


def _names_of_outputs(blocks: Sequence[exp.Select]) -> dict[int, str]:
    return {id(item): item.alias_or_name for block in blocks for item in block.expressions}


def _pass_on(own: exp.Select, block: exp.Select) -> None:
    """Let a step hand on the columns of its tables that the learner's hands on beside what is asked for: they change nothing."""
    if block.parent is None or block.args.get("group") or block.args.get("distinct"):
        return
    there = {item.alias_or_name.lower() for item in block.expressions}
    more = [
        (place, item)
        for place, item in enumerate(own.expressions)
        if isinstance(item, exp.Column) and item.name.lower() not in there
    ]
    if len(block.expressions) + len(more) == len(own.expressions):
        items = list(block.expressions)
        for place, item in more:
            items.insert(place, item.copy())
        block.set("expressions", items)


def _paired(ours: Sequence[Source], theirs: Sequence[Source], names: Names) -> list[tuple[Source, Source]]:
    """FROM items that stand for each other: of one table or step, else what is left over, in the order in which they come."""
    left, over = list(ours), []
    pairs = []
    for source in theirs:
        mine = next((each for each in left if _of(each, {}) == _of(source, names)), None)
        if mine is None:
            over.append(source)
        else:
            left.remove(mine)
            pairs.append((mine, source))
    return pairs + (list(zip(left, over, strict=True)) if len(left) == len(over) else [])


def _of(source: Source, names: Names) -> str:
    """The table or step that a FROM item reads; empty for a query in brackets."""
    name = source.node.name if isinstance(source.node, exp.Table) else ""
    return (names.get(name.lower(), name) or "").lower()


def _renamed_outputs(own: exp.Select, block: exp.Select, origins: tuple[Lineage, Lineage]) -> Names:
    """Inner columns by their place; the outermost block's keep their names, which nothing refers to."""
    if block.parent is None:
        return {}
    if len(own.expressions) != len(block.expressions):
        return _of_one_origin(own, block, origins)
    pairs = zip(own.expressions, block.expressions, strict=True)
    return {other.alias_or_name.lower(): mine.alias_or_name for mine, other in pairs if mine.alias_or_name}


def _of_one_origin(own: exp.Select, block: exp.Select, origins: tuple[Lineage, Lineage]) -> Names:
    """Columns computed alike, where one block has more of them or passes all on with `*`; no name that another column bears."""
    ours, theirs = origins
    called = {ours.of(item): item.alias_or_name for item in own.expressions if isinstance(item, exp.Alias | exp.Column)}
    found = {item.alias_or_name.lower(): called.get(theirs.of(item), "") for item in block.expressions}
    found |= _of_one_kind(own, block, found)
    taken = {name for name, mine in found.items() if not mine}
    return {name: mine for name, mine in found.items() if mine and mine.lower() not in taken}


def _of_one_kind(own: exp.Select, block: exp.Select, found: Names) -> Names:
    """What is left that is the only one computed by such a function in either block: it may be the one that is wrong."""
    mine = [each for each in own.expressions if isinstance(each, exp.Alias) and each.alias not in found.values()]
    others = [each for each in block.expressions if isinstance(each, exp.Alias) and not found[each.alias.lower()]]
    alone = [Counter(map(_kind, each)) for each in (mine, others)]
    kinds = {_kind(each): each.alias for each in mine}
    return {
        each.alias.lower(): kinds[_kind(each)] for each in others if all(count[_kind(each)] == 1 for count in alone)
    }


def _kind(item: exp.Expr) -> tuple[type[exp.Expr], type[exp.Expr]]:
    value = item.unalias()
    return type(value), type(value.this) if isinstance(value, exp.Window) else type(value)


def _sort_outputs(own: exp.Select, block: exp.Select) -> None:
    """Put the columns of a step, which others take by name, into the learner's order: those of one name, of one text, of one function, the rest."""
    ours, theirs = own.expressions, list(block.expressions)
    by_place = any(isinstance(key, exp.Literal) for name in ("group", "order") for key in _keys(block, name))
    if not isinstance(block.parent, exp.CTE | exp.Subquery) or len(ours) != len(theirs) or by_place:
        return
    placed: dict[int, exp.Expr] = {}
    for same in (_called_alike, _reads_alike, _works_alike, lambda *_: True):
        for place, mine in enumerate(ours):
            found = next((each for each in theirs if place not in placed and same(mine, each)), None)
            if found is not None:
                placed[place] = found
                theirs = [each for each in theirs if each is not found]
    block.set("expressions", [placed[place] for place in range(len(ours))])


def _keys(block: exp.Select, name: str) -> list[exp.Expr]:
    holder = block.args.get(name)
    return [key.this if isinstance(key, exp.Ordered) else key for key in holder.expressions] if holder else []


def _called_alike(mine: exp.Expr, other: exp.Expr) -> bool:
    return mine.alias_or_name.lower() == other.alias_or_name.lower() != ""


def _reads_alike(mine: exp.Expr, other: exp.Expr) -> bool:
    return mine.unalias().sql("duckdb") == other.unalias().sql("duckdb")


def _works_alike(mine: exp.Expr, other: exp.Expr) -> bool:
    return _kind(mine) == _kind(other)


def _rename_outputs(block: exp.Select, names: Names, known: Mapping[int, str]) -> None:
    """Call the outputs as the learner does; a column that has another name by now keeps the one that others take it by."""
    for item in list(block.expressions):
        was = known.get(id(item), item.alias_or_name)
        wanted = names.get(was.lower(), was if block.parent is not None else "")
        if not wanted or item.is_star:
            continue
        if isinstance(item, exp.Alias):
            item.set("alias", exp.to_identifier(wanted))
        elif isinstance(item, exp.Column) and item.name.lower() != wanted.lower():
            item.replace(exp.alias_(item.copy(), wanted))


def _name_in_conditions(own: exp.Select, block: exp.Select) -> None:
    """Write an output by its name in a condition where the learner does (`HAVING ratings > 3`), and in full elsewhere."""
    if len(own.expressions) != len(block.expressions):
        return
    outputs = [item.unalias() for item in block.expressions]
    meant = {item.alias.lower(): output for item, output in zip(block.expressions, outputs, strict=True) if item.alias}
    for part in _CONDITIONS:
        called = {column.name.lower() for column in _unsourced(own, part)}
        for column in _unsourced(block, part):
            if column.name.lower() in meant:
                column.replace(meant[column.name.lower()].copy())
        for mine, output in zip(own.expressions, outputs, strict=True):
            if mine.alias.lower() in called - {""}:
                for node in _found(block, part, type(output)):
                    if node == output:
                        node.replace(exp.column(mine.args["alias"].copy()))


def _unsourced(block: exp.Select, part: str) -> list[exp.Expr]:
    """The names of a condition that stand for no column of a table: `qualified` gives each of those its table."""
    return [column for column in _found(block, part, exp.Column) if not column.args.get("table")]


def _found(block: exp.Select, part: str, kind: type[exp.Expr]) -> list[exp.Expr]:
    holder = block.args.get(part)
    return [node for node in holder.find_all(kind) if node.find_ancestor(exp.Select) is block] if holder else []


def _rename_items(tree: exp.Expr, aliases: Mapping[int, str], names: Names) -> None:
    for step in tree.find_all(exp.CTE):
        step.args["alias"].set("this", exp.to_identifier(names[step.alias.lower()]))
    for item in list(tree.find_all(exp.Table, exp.Subquery)):
        alias = aliases.get(id(item))
        if isinstance(item, exp.Table) and item.name.lower() in names:
            item.set("this", exp.to_identifier(names[item.name.lower()]))
        if alias and item.alias_or_name.lower() != alias:
            bare = isinstance(item, exp.Table) and item.name.lower() == alias
            item.set("alias", None if bare else exp.TableAlias(this=exp.to_identifier(alias)))


def _sort_sources(own: exp.Select, block: exp.Select) -> None:
    """Put joins into the learner's order, each condition of an inner one where all of its tables are there."""
    order = [item.alias_or_name.lower() for item in from_items(own)]
    items = {item.alias_or_name.lower(): item for item in from_items(block)}
    joins: list[exp.Join] = block.args.get("joins") or []
    if not joins or not all(map(_is_plain, joins)) or set(order) != set(items) or order == list(items):
        return
    outer = {join.this.alias_or_name.lower(): join for join in joins if join.side}
    left = [part for join in joins if not join.side for part in conjuncts(join.args.get("on"))]
    if not _keeps_what_it_kept(outer, order):
        return
    sorted_joins = []
    for place, name in enumerate(order[1:], start=2):
        join = outer[name].copy() if name in outer else _joined_by(items[name], left, {*order[:place]})
        sorted_joins.append(join)
    if not left:
        block.args["from_"].set("this", items[order[0]].copy())
        block.set("joins", sorted_joins)


def _joined_by(item: exp.Expr, left: list[exp.Expr], known: set[str]) -> exp.Join:
    """An inner join by all conditions of which the tables are there by then: they are taken out of those that are left."""
    here = [part for part in left if tables_in(part) <= known]
    left[:] = [part for part in left if part not in here]
    return exp.Join(this=item.copy(), on=exp.and_(*(part.copy() for part in here)) if here else exp.true())


def _keeps_what_it_kept(outer: Mapping[str, exp.Join], order: Sequence[str]) -> bool:
    """Whether the tables joined by LEFT JOIN come after all that they are tied to, in another order of the tables."""
    return all(
        name != order[0] and tables_in(join.args["on"]) <= {*order[: order.index(name) + 1]}
        for name, join in outer.items()
    )


def _is_plain(join: exp.Join) -> bool:
    """Whether a join keeps the matching rows of an ON, or all rows of what stands before it as well."""
    if join.kind == "CROSS" or join.args.get("on") is None:
        return join.kind == "CROSS" and not join.side
    return join.side in {"", "LEFT"} and join.kind in {"", "INNER", "OUTER"}
