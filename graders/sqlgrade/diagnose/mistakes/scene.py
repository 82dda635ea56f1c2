"""What a rule looks at: the learner's query, all that differs from one without the mistake, and what running it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlglot import exp

from sqlgrade.diagnose.reading.contrast import Difference, Part
from sqlgrade.dialect.places import shortened

if TYPE_CHECKING:
    from sqlgrade.diagnose.facts.known_values import KnownValues
    from sqlgrade.diagnose.facts.proof import Proof
    from sqlgrade.diagnose.reading.lineage import Lineage
    from sqlgrade.query.query import Query, Source
    from sqlgrade.query.span import SqlText


@dataclass(frozen=True)
class Scene:
    """The learner's query, and everything that differs once the mistake is undone."""

    learner: Query
    lineage: Lineage
    text: SqlText
    values: KnownValues
    differences: tuple[Difference, ...] = ()
    proof: Proof | None = None
    """What running the answer shows; None where it can't be run."""

    def quote(self, node: exp.Expr) -> str:
        """A part of the query as the learner wrote it; of a long one the middle is left out, as a comparison says the most at its ends."""
        site = self.text.site(node)
        written = self.text.sql[site.start : site.end] if site is not None else node.sql("duckdb")
        return shortened(written)

    def called(self, node: exp.Expr) -> str:
        """What the learner calls a calculation where it is an output of its block, else its text; a column by what stands there."""
        block = node.find_ancestor(exp.Select)
        outputs = block.expressions if block is not None and not isinstance(node, exp.Column) else ()
        names = (each.alias for each in outputs if isinstance(each, exp.Alias) and each.this == node)
        return next(names, "") or self.quote(node)

    def table_of(self, node: exp.Expr) -> str:
        """The table that a column or FROM item of the learner's stands for, else its name in the query."""
        if isinstance(node, exp.Column):
            source = self.learner.source_of(node)
            return source_name(source) if source is not None else node.table
        return node.name or str(node.alias_or_name)

    def step(self, name: str) -> exp.CTE | None:
        """The WITH step of that name."""
        return next((each for each in self.learner.find(exp.CTE) if each.alias.lower() == name.lower()), None)

    def is_blank(self, block: exp.Expr, name: str) -> bool:
        """Whether an output column holds blanks: by running the answer, where it is one of the result's."""
        return self.proof is None or block.parent is not None or self.proof.shows_blank(self.learner, name)

    def matters(self, own: exp.Expr, wanted: exp.Expr) -> bool:
        """Whether a part of the learner's is another one in effect, and not only in its words."""
        return self.proof is None or self.proof.matters(self.learner, own, wanted)

    def tells_apart(self, own: exp.Expr, one: exp.Expr, other: exp.Expr) -> bool:
        """Whether it makes a difference which of two stands in the place of a part of the learner's."""
        return self.proof is None or self.proof.tells_apart(self.learner, own, one, other)

    def mends(self, own: exp.Expr, wanted: exp.Expr) -> bool:
        """Whether another part in the place of one makes the answer right on all data; never so where it can't be run."""
        return self.proof is not None and self.proof.mends(self.learner.replace(own, wanted.copy()).sql("duckdb"))

    def helps(self, own: exp.Expr, wanted: exp.Expr) -> bool:
        """Whether another part in the place of one changes a result, and none for the worse."""
        return self.proof is None or self.proof.nearer(self.learner, own, wanted)

    def rights(self, own: exp.Expr, wanted: exp.Expr) -> bool:
        """Whether another part in the place of one rights some rows, whatever else is wrong; never so where it can't be run."""
        return self.proof is not None and self.proof.rights(self.learner, own, wanted)

    def no_worse(self, own: exp.Expr, one: exp.Expr, other: exp.Expr) -> bool:
        """Whether what stands in the place of a part makes another result than a second thing there, with no more values of it wrong."""
        return self.proof is None or self.proof.no_worse(self.learner, own, one, other)

    def beside(self, difference: Difference, part: Part | None = None) -> list[Difference]:
        """What differs in the same block, in all of it or in one part, the difference itself included."""
        of_block = [each for each in self.differences if each.block is difference.block]
        return [each for each in of_block if part is None or each.part is part]

    def reads_elsewhere(self, difference: Difference) -> bool:
        """Whether the block of a difference reads another first table than it should, so that it is another block altogether."""
        return any(
            isinstance(own, exp.From) and isinstance(wanted, exp.From) and own.this.name != wanted.this.name
            for each in self.beside(difference, Part.JOIN)
            for own, wanted in zip(each.own, each.wanted, strict=False)
        )

    def origin(self, column: exp.Column) -> str:
        """`table.column` for a column of the learner's, else what it is computed from."""
        return self.lineage.of(column)


def source_name(source: Source) -> str:
    """A FROM item by its table, else by its name in the query."""
    return source.table or source.alias


def called(column: exp.Column, scene: Scene) -> str:
    """The table or step that a column is read from, by its own name and not by the block's alias."""
    source = scene.learner.source_of(column)
    return source.node.name if source is not None and isinstance(source.node, exp.Table) else column.table


def read_twice(own: exp.Column, wanted: exp.Column, scene: Scene) -> str:
    """The table or step that a block reads twice, where two columns are of one and of the other; else empty."""
    names = _items_of(own, wanted, scene)
    return names[0] if len(names) == 2 and names[0].lower() == names[1].lower() else ""


def read_apart(own: exp.Column, wanted: exp.Column, scene: Scene) -> bool:
    """Whether two columns are of two different tables or steps that their block reads."""
    names = _items_of(own, wanted, scene)
    return len(names) == 2 and names[0].lower() != names[1].lower()


def _items_of(own: exp.Column, wanted: exp.Column, scene: Scene) -> list[str]:
    """What the two FROM items of the block are called from which two columns are read; nothing where they are of one."""
    block = own.find_ancestor(exp.Select)
    sources = scene.learner.sources(block) if block is not None else {}
    nodes = [sources[alias].node for alias in (own.table.lower(), wanted.table.lower()) if alias in sources]
    apart = len(nodes) == 2 and nodes[0] is not nodes[1]
    return [node.name for node in nodes if isinstance(node, exp.Table)] if apart else []


def changed_output(difference: Difference) -> tuple[exp.Expr, exp.Expr] | None:
    """An output column beside what it should read; None where another part differs."""
    return difference.changed if difference.part is Part.SELECT else None
