"""Where the clauses of a query begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlgrade.layout.nodes import Group

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlgrade.layout.nodes import Node

_JOINING = frozenset("NATURAL ASOF POSITIONAL INNER LEFT RIGHT FULL OUTER CROSS SEMI ANTI".split())
_SUMS = frozenset({"+", "-", "||"})
_SETS = frozenset({"UNION", "INTERSECT", "EXCEPT"})
_BEGIN_QUERY = frozenset({"SELECT", "WITH", "FROM", "VALUES"})
_TOLD_OF = frozenset({"EXPLAIN", "ANALYZE", "DESCRIBE", "SUMMARIZE"})
"""Words before a query that ask something about it."""


@dataclass(frozen=True)
class ClauseParts:
    """A clause taken apart."""

    word: str
    """What it begins with: SELECT, JOIN, UNION …; nothing for what stands before the first."""
    head: list[Node]
    body: list[Node]


def is_query(nodes: Sequence[Node]) -> bool:
    """Whether nodes, as between brackets, are a query."""
    if not nodes:
        return False
    first = nodes[0]
    if isinstance(first, Group) and len(nodes) > 1:
        return is_query(first.items) and nodes[1].word in _SETS
    return first.word in _BEGIN_QUERY


def clauses(nodes: Sequence[Node]) -> list[ClauseParts]:
    """The clauses of a statement."""
    found: list[ClauseParts] = []
    at = begun = 0
    word, head = "", 0
    while at < len(nodes):
        length, name = _head(nodes, at)
        if length:
            if at > begun:
                found.append(ClauseParts(word, [*nodes[begun : begun + head]], [*nodes[begun + head : at]]))
            begun, word, head = at, name, length
        at += max(length, 1)
    if at > begun:
        found.append(ClauseParts(word, [*nodes[begun : begun + head]], [*nodes[begun + head : at]]))
    return found


def _head(nodes: Sequence[Node], at: int) -> tuple[int, str]:
    """How many nodes open a clause here, and its name; (0, "") where none begins."""
    word = nodes[at].word
    if word in _BEGIN_QUERY and at and _is_told_of(nodes[at - 1]):
        return 0, ""
    if word in _SETS:
        length = _set_length(nodes, at)
        return (length, "UNION") if length else (0, "")
    if opens := _LENGTHS.get(word):
        length = opens(nodes, at)
        name = f"{word} BY" if word in ("GROUP", "ORDER") else word
        return (length, name) if length else (0, "")
    return _joining(nodes, at)


def _word(nodes: Sequence[Node], at: int) -> str:
    return nodes[at].word if 0 <= at < len(nodes) else ""


def _select_length(nodes: Sequence[Node], at: int) -> int:
    return 1 + (_word(nodes, at + 1) in ("DISTINCT", "ALL") and _word(nodes, at + 2) != "ON")


def _with_length(nodes: Sequence[Node], at: int) -> int:
    begins = not at or _word(nodes, at - 1) == "AS"
    return 1 + (_word(nodes, at + 1) == "RECURSIVE") if begins else 0


def _from_length(nodes: Sequence[Node], at: int) -> int:
    """None in IS DISTINCT FROM."""
    return not (_word(nodes, at - 1) == "DISTINCT" and _word(nodes, at - 2) in ("IS", "NOT"))


def _by_length(nodes: Sequence[Node], at: int) -> int:
    return 2 if _word(nodes, at + 1) == "BY" else 0


def _offset_length(nodes: Sequence[Node], at: int) -> int:
    """None behind LIMIT, on whose line it stands, and in WITH OFFSET."""
    return not (_word(nodes, at - 1) in ("WITH", "LIMIT") or _word(nodes, at - 2) == "LIMIT")


def _set_length(nodes: Sequence[Node], at: int) -> int:
    return 1 + (_word(nodes, at + 1) in ("ALL", "DISTINCT")) if _follows_set(nodes, at) else 0


_LENGTHS: Mapping[str, Callable[[Sequence[Node], int], int]] = {
    "SELECT": _select_length,
    "WITH": _with_length,
    "FROM": _from_length,
    "GROUP": _by_length,
    "ORDER": _by_length,
    "OFFSET": _offset_length,
    "VALUES": lambda _, at: not at,
    **dict.fromkeys(("WHERE", "HAVING", "QUALIFY", "LIMIT"), lambda _, __: 1),
}
"""How many nodes open the clause that a word begins; 0 where it begins none."""


def _is_told_of(node: Node) -> bool:
    return not isinstance(node, Group) and node.atom.text.upper() in _TOLD_OF


def _follows_set(nodes: Sequence[Node], at: int) -> bool:
    """Whether a query follows: BigQuery's `* EXCEPT (a)` is none."""
    rest = nodes[at + 1 :]
    while rest and rest[0].word in ("ALL", "DISTINCT"):
        rest = rest[1:]
    if not rest:
        return False
    first = rest[0]
    return is_query(first.items) if isinstance(first, Group) else first.word in _BEGIN_QUERY or not first.word


def _joining(nodes: Sequence[Node], at: int) -> tuple[int, str]:
    length = 0
    while at + length < len(nodes) and nodes[at + length].word in _JOINING:
        length += 1
    is_join = at + length < len(nodes) and nodes[at + length].word == "JOIN"
    return (length + 1, "JOIN") if is_join else (0, "")


def cut(nodes: Sequence[Node], sign: str) -> list[list[Node]]:
    """Nodes cut behind each sign, which stays at its part's end."""
    parts: list[list[Node]] = [[]]
    for node in nodes:
        parts[-1].append(node)
        if not isinstance(node, Group) and node.atom.text == sign:
            parts.append([])
    return parts if parts[-1] else parts[:-1]


def cut_before(nodes: Sequence[Node], *words: str) -> list[list[Node]]:
    """Nodes cut before each of the words, the AND of a BETWEEN not counted; the first part may begin with one."""
    parts: list[list[Node]] = [[]]
    between = 0
    for node in nodes:
        is_its_and = node.word == "AND" and between > 0
        between += (node.word == "BETWEEN") - is_its_and
        if node.word in words and not is_its_and and parts[-1]:
            parts.append([])
        parts[-1].append(node)
    return parts


def cut_before_between(nodes: Sequence[Node]) -> list[list[Node]]:
    """Nodes cut before their first BETWEEN or NOT BETWEEN."""
    at = next((at for at, node in enumerate(nodes) if node.word == "BETWEEN"), 0)
    at -= at > 0 and nodes[at - 1].word == "NOT"
    return [[*nodes[:at]], [*nodes[at:]]] if at > 0 else [[*nodes]]


def cut_before_sums(nodes: Sequence[Node]) -> list[list[Node]]:
    """Nodes cut before each + and - between two values, and before ||."""
    parts: list[list[Node]] = [[]]
    for at, node in enumerate(nodes):
        is_sign = not isinstance(node, Group) and node.atom.text in _SUMS and at + 1 < len(nodes)
        if is_sign and parts[-1] and nodes[at + 1].first.blank and not _is_unit(nodes, at):
            parts.append([])
        parts[-1].append(node)
    return parts


def _is_unit(nodes: Sequence[Node], at: int) -> bool:
    """Whether an interval is added, which stays with its date."""
    return nodes[at + 1].word == "INTERVAL"
