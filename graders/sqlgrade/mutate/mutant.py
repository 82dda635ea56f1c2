"""A solution changed in one place, as a learner might have got it wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlgrade.query.clause import Clause, clause_of
from sqlgrade.query.query import Query

if TYPE_CHECKING:
    from sqlglot import exp

    from sqlgrade.verdict import Site

_BESIDE = 3
"""Words on either side of a change that tell it from the same change elsewhere in the query."""
_WORD = re.compile(r"'(?:[^']|'')*'|\w+|[^\w\s]")


class MutantStatus(StrEnum):
    """Whether DuckDB can bind a mutant."""

    BINDS = "binds"
    STILLBORN = "stillborn"


@dataclass(frozen=True)
class Mutant:
    """One named change of a solution."""

    id: str
    """Operator and a digest of the changed SQL: the same for the same SQL."""
    operator: str
    code: str
    clause: Clause
    site: Site | None
    """Where the change was made in the solution's text."""
    sql: str
    status: MutantStatus
    edit: str = ""
    """Operator and a digest of what was changed into what, with the words beside it: stays when the query changes elsewhere."""


@dataclass(frozen=True)
class Edit:
    """What an operator yields: the changed tree and what was changed in the original one."""

    node: exp.Expr
    tree: exp.Expr
    code: str
    clause: Clause


Operator = Callable[[Query], Iterator[Edit]]


def edit(node: exp.Expr, tree: exp.Expr, code: str, clause: Clause | None = None) -> Edit:
    """Describe a change; the clause is that of the node unless it is given."""
    return Edit(node, tree, code, clause or clause_of(node))


def short_digest(text: str) -> str:
    """Eight hexadecimal digits of a text."""
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def edit_key(operator: str, before: str, after: str) -> str:
    """What names an edit for those who write of it: the same wherever the rest of the query is written otherwise."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    shortest = min(len(old), len(new))
    head = next((place for place in range(shortest) if old[place] != new[place]), shortest)
    left = shortest - head
    tail = next((place for place in range(left) if old[-1 - place] != new[-1 - place]), left)
    start, ends = max(head - _BESIDE, 0), max(tail - _BESIDE, 0)
    changed = (" ".join(words[start : len(words) - ends]) for words in (old, new))
    return f"{operator}-{short_digest(' -> '.join(changed))}"
