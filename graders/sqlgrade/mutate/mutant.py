"""A solution changed in one place, as a learner might have got it wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlgrade.query.clause import Clause, clause_of
from sqlgrade.query.query import Query

if TYPE_CHECKING:
    from sqlglot import exp

    from sqlgrade.verdict import Site


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
