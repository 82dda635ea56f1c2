"""The rules of layout: which lines a query has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.layout.atoms import CannotRead, read_atoms
from sqlgrade.layout.clauses import ClauseParts, clauses, cut, cut_before, cut_before_between, cut_before_sums, is_query
from sqlgrade.layout.nodes import Group, Placed, flat, grouped, is_forced
from sqlgrade.layout.page import WIDTH, Page
from sqlgrade.layout.words import blanks, dressed
from sqlgrade.nesting import MOST_NESTED, nesting

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlgrade.layout.atoms import Comment, LaidAtom
    from sqlgrade.layout.nodes import Node

_LIST_WIDTH = 80
"""A list of columns up to here stands on one line."""
_SHORT_QUERY = 60
"""A query in brackets of so many characters may stand on one line."""
_STEP = 2
_LATEST_CASE = 50
"""A CASE that is to have several lines and would begin behind this column begins a line."""
_CONDITIONS = frozenset({"WHERE", "HAVING", "QUALIFY"})
_WINDOW = ("PARTITION", "ORDER", "ROWS", "RANGE", "GROUPS")
_MOST_ROUNDS = 4


def lay_out(sql: str, dialect: str = "duckdb", as_read: Callable[[str], str] = str) -> str:
    """The same text with other line breaks, blanks and capitals; laid out once more, it stays as it is.

    Args:
        sql: Statements with their comments and parameters; none of them need be right or whole.
        dialect: What sqlglot calls it.
        as_read: Gives the text as whoever runs it reads it, at the same length.

    Raises:
        CannotRead: a quote or a bracket is open; then nothing is known of what the text means.
    """
    if nesting(sql) > MOST_NESTED:
        raise CannotRead("text")
    was = _content(*read_atoms(sql, dialect, as_read))
    laid = sql
    try:
        for _ in range(_MOST_ROUNDS):  # a comment that now ends a line is read as that
            before, laid = laid, _laid_out(*read_atoms(laid, dialect, as_read))
            if laid == before:
                break
    except RecursionError as deep:
        raise CannotRead("text") from deep
    if _content(*read_atoms(laid, dialect, as_read)) != was:
        raise CannotRead("text")  # what can't be read back is not written
    return laid


def _content(atoms: list[LaidAtom], tail: tuple[Comment, ...]) -> tuple[list[str], list[str]]:
    """What may not change: the atoms but for the grammar's capitals, and the comments, in their order."""
    comments = [comment.text for atom in atoms for comment in (*atom.before, *((atom.after,) if atom.after else ()))]
    kept = [atom for atom in dressed(atoms) if not atom.text.startswith(("--", "/*"))]
    inside = [atom.text for atom in atoms if atom.text.startswith("/*")]
    return [atom.text for atom in kept], sorted([*comments, *inside, *(each.text for each in tail)])


def _laid_out(atoms: list[LaidAtom], tail: tuple[Comment, ...]) -> str:
    made = dressed(atoms)
    pieces = [Placed(atom, blank) for atom, blank in zip(made, blanks(made), strict=True)]
    page = Page()
    for statement in cut(grouped(pieces), ";"):
        page.newline(0, keeps_blank=True)
        _query(page, statement, 0)
    for comment in tail:
        page.comment(comment, 0)
    return page.text


def _query(page: Page, nodes: Sequence[Node], at: int) -> None:
    for number, clause in enumerate(clauses(nodes)):
        if number:
            page.newline(at)
        _clause(page, clause, at)


def _clause(page: Page, clause: ClauseParts, at: int) -> None:
    _flat(page, clause.head, at)
    if clause.word == "WITH":
        _tables(page, clause.body, at)
    elif clause.word in _CONDITIONS:
        _condition(page, clause.body, at + _STEP)
    elif clause.word == "JOIN":
        _join(page, clause.body, at)
    else:
        _list(page, clause, at)


def _tables(page: Page, body: Sequence[Node], at: int) -> None:
    """The queries of a WITH, each with its name on a line of its own."""
    for number, part in enumerate(cut(body, ",")):
        if number:
            page.newline(at)
        for node in part:
            if isinstance(node, Group) and is_query(node.items):
                _open(page, node, at)
            else:
                _expression(page, [node], at + _STEP, at)


def _list(page: Page, clause: ClauseParts, at: int) -> None:
    parts = cut(clause.body, ",")
    width = _LIST_WIDTH if len(parts) > 1 else WIDTH
    if _fits(page, clause.body, width) and not _holds_query(clause.body):
        _flat(page, clause.body, at)
        return
    opener = clause.head[0].flat if clause.head else ""
    hang = at + (len(opener) + 1 if clause.word in ("SELECT", "FROM") else len(flat(clause.head)) + 1)
    hang = hang if clause.word else at
    for number, part in enumerate(parts):
        if number:
            page.newline(hang)
        _expression(page, part, hang + _STEP, hang if len(parts) > 1 else at)


def _join(page: Page, body: Sequence[Node], at: int) -> None:
    if _fits(page, body, WIDTH) and not _holds_query(body):
        _flat(page, body, at + _STEP)
        return
    table, *rest = cut_before(body, "ON")
    _expression(page, table, at + _STEP, at)
    for part in rest:
        page.newline(at + _STEP)
        _flat(page, part[:1], at)
        _condition(page, part[1:], at + 1)  # so that AND ends where ON does


def _condition(page: Page, nodes: Sequence[Node], at: int) -> None:
    """Each part of a condition on a line of its own."""
    parts = cut_before(nodes, "OR")
    parts = parts if len(parts) > 1 else cut_before(nodes, "AND")
    for number, part in enumerate(parts):
        if number:
            page.newline(at)
        _expression(page, part, at + _STEP, at if number else max(at - _STEP, 0))


def _expression(page: Page, nodes: Sequence[Node], hang: int, base: int) -> None:
    """Nodes on one line if they fit, else cut where they are loosest: at OR, at AND, at + and -, in the longest brackets.

    `hang` is where a line goes on that a comment broke, `base` from where what is in brackets is indented.
    """
    if _fits(page, nodes, WIDTH) and not _holds_query(nodes):
        _flat(page, nodes, hang)
        return
    for parts in (cut_before(nodes, "OR"), cut_before(nodes, "AND"), cut_before_between(nodes), cut_before_sums(nodes)):
        if len(parts) > 1:
            for number, part in enumerate(parts):
                if number:
                    page.newline(hang)
                _expression(page, part, hang + _STEP, hang if number else base)
            return
    _at_brackets(page, nodes, hang, base)


def _at_brackets(page: Page, nodes: Sequence[Node], hang: int, base: int) -> None:
    """Nodes of which the longest brackets are opened, and any others that do not fit."""
    longest = max((len(node.flat) for node in nodes if isinstance(node, Group)), default=0)
    for at, node in enumerate(nodes):
        if isinstance(node, Placed):
            page.put(node, hang)
            continue
        opens = _holds_query([node]) or not _fits(page, [node], WIDTH)
        if opens or (len(node.flat) == longest and not _fits(page, nodes[at:], WIDTH)):
            _open(page, node, base)
        else:
            _flat(page, [node], hang)


def _open(page: Page, group: Group, base: int) -> None:
    """Brackets with what is in them on lines of its own."""
    if group.is_case:
        _case(page, group, base)
        return
    page.put(group.first, base)
    inside = base + _STEP
    if group.items:
        page.newline(inside)
        _inside(page, group.items, inside)
        page.newline(base)
    page.put(group.last, base, before_at=inside)


def _inside(page: Page, items: tuple[Node, ...], at: int) -> None:
    if is_query(items):
        _query(page, items, at)
        return
    parts = cut_before(items, *_WINDOW)
    if len(parts) == 1:
        parts = cut(items, ",")
    if len(parts) == 1:
        _condition(page, items, at)
        return
    for number, part in enumerate(parts):
        if number:
            page.newline(at)
        _expression(page, part, at + _STEP, at)


def _case(page: Page, group: Group, base: int) -> None:
    if page.column > _LATEST_CASE and not page.is_fresh:
        page.newline(base + _STEP)
    page.put(group.first, base)
    column = page.column + 1
    first, *others = cut_before(group.items, "WHEN", "ELSE")
    parts = [first, *others]
    if first and first[0].word not in ("WHEN", "ELSE"):  # CASE x WHEN
        _expression(page, first, column + _STEP, column)
        parts = others
    for number, part in enumerate(parts):
        if number:
            page.newline(column)
        _expression(page, part, column + _STEP, column)
    page.put(group.last, column)


def _flat(page: Page, nodes: Sequence[Node], hang: int) -> None:
    for node in nodes:
        if isinstance(node, Placed):
            page.put(node, hang)
            continue
        page.put(node.first, hang)
        _flat(page, node.items, hang)
        page.put(node.last, hang)


def _fits(page: Page, nodes: Sequence[Node], width: int) -> bool:
    listed = [*nodes]
    return not is_forced(listed) and page.column + 1 + len(flat(listed)) <= width


def _holds_query(nodes: Sequence[Node]) -> bool:
    """Whether a query in brackets is among them that is to have lines of its own."""
    return any(
        isinstance(node, Group)
        and ((is_query(node.items) and len(node.flat) > _SHORT_QUERY) or _holds_query(node.items))
        for node in nodes
    )
