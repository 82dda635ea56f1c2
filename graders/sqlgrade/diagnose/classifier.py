"""Gives a proved repair its name: which mistake it undoes, where it stands, and in which words of the learner's."""

from __future__ import annotations

import itertools
import logging
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeGuard

from sqlglot import exp

from sqlgrade.diagnose.facts.multiplied import multiplied
from sqlgrade.diagnose.mistakes import Occurrence, Scene, chosen
from sqlgrade.diagnose.mistakes.by_result import (
    GROUPS_FOR_ONE,
    GROUPS_SIDE_BY_SIDE,
    JOIN_MULTIPLIED,
    JOIN_WEIGHS,
    VALUE_WRITTEN,
)
from sqlgrade.diagnose.mistakes.funnels import COUNTED_BESIDE
from sqlgrade.diagnose.mistakes.joining import FILTER_IN_WHERE
from sqlgrade.diagnose.mistakes.ordering import order_of
from sqlgrade.diagnose.mistakes.tables import JOIN_MISSING
from sqlgrade.diagnose.mistakes.values import missing_values
from sqlgrade.diagnose.mistakes.windows import undecided
from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.diagnose.reading.contrast import Part, differences, printed, sort_keys
from sqlgrade.diagnose.reading.lineage import Lineage
from sqlgrade.diagnose.reading.trees import asked_texts, names_in, words_apart
from sqlgrade.diagnose.repairs.from_answer.outer_joins import dropping_listed, undoing
from sqlgrade.diagnose.repairs.needless import in_place_of
from sqlgrade.diagnose.repairs.rewritten import qualified
from sqlgrade.parameters import in_braces
from sqlgrade.parse import RULE_FAULTS
from sqlgrade.query.clause import Clause, clause_of
from sqlgrade.query.query import Query
from sqlgrade.query.span import SqlText, that_tells
from sqlgrade.query.surgery import drop_condition
from sqlgrade.tables.result import Result, RunError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlgrade.diagnose.facts.known_values import KnownValues
    from sqlgrade.diagnose.facts.proof import Proof
    from sqlgrade.diagnose.reading.contrast import Difference
    from sqlgrade.diagnose.repairs.value_written import ValueWritten
    from sqlgrade.outcomes.trial import Trial
    from sqlgrade.tables.result import Row
    from sqlgrade.verdict import Site

_log = logging.getLogger(__name__)
_CASE = re.compile(r"\bCASE\b", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """A mistake with its place in the learner's text."""

    mistake: Occurrence
    site: Site | None
    others: int
    """How many more differences the repair has."""
    repaired: str
    """The query without the mistake."""
    heading: str = ""
    """The output that it stands in, where the same words stand in another place as well."""

    @property
    def is_general(self) -> bool:
        """Whether the name says little more than where the mistake is."""
        return self.mistake.mistake.is_general

    @property
    def is_the_one(self) -> bool:
        """Whether it tells what was done, and nothing else was done."""
        return not self.others and not self.is_general

    @property
    def rank(self) -> tuple[bool, int]:
        """Smaller is more telling: one difference of a kind that says what was done."""
        return self.is_general, self.others


class Classifier:
    """Names what differs between a learner's query and the same query with its mistake undone."""

    def __init__(self, learner: Query, text: str, values: KnownValues, proof: Proof | None = None) -> None:
        self._learner = qualified(learner.again())
        self._lineage = Lineage(self._learner)
        self._text = SqlText(text)
        self.values = values
        self.proof = proof
        self._names: dict[str, Named | None] = {}

    def name(self, repaired: str) -> Named | None:
        """The name of what a repair undoes; None if no rule knows it."""
        if repaired not in self._names:
            self._names[repaired] = self._name(repaired)
        return self._names[repaired]

    def _name(self, repaired: str) -> Named | None:
        try:
            found = self._differences(repaired)
        except RULE_FAULTS:
            _log.warning("a repair could not be held against the answer", exc_info=True)
            return None
        scene = Scene(self._learner, self._lineage, self._text, self.values, found, self.proof)
        first = chosen(scene)
        return self._named(*first, repaired) if first is not None else None

    def differences(self, repaired: str) -> tuple[Difference, ...]:
        """What a repair changes; nothing where the two cannot be held against each other."""
        try:
            return self._differences(repaired)
        except RULE_FAULTS:
            return ()

    def places(self, repaired: str) -> frozenset[tuple[Part, frozenset[str]]]:
        """The parts that a repair changes, each with the columns that it is about there."""
        return frozenset(
            (each.part, frozenset[str]().union(*map(names_in, (*each.own, *each.wanted))))
            for each in self.differences(repaired)
        )

    def size(self, repaired: str) -> int:
        """How much a repair changes, in words that the two queries do not share."""
        right = qualified(Query(repaired, self._learner.schema))
        return words_apart(right.tree.sql("duckdb"), self._learner.tree.sql("duckdb"))

    def _differences(self, repaired: str) -> tuple[Difference, ...]:
        """What differs once a mistake is undone; of a condition in another's place both sides."""
        right = qualified(Query(repaired, self._learner.schema))
        found = differences(self._learner.tree, right.tree)
        leaner = in_place_of(found, right.tree, self.proof) if self.proof is not None else ""
        return differences(self._learner.tree, qualified(Query(leaner, right.schema)).tree) if leaner else found

    def best(self, repaired: Iterable[str]) -> Named | None:
        """The most telling of the names of several repairs."""
        names = [found for sql in repaired if (found := self.name(sql)) is not None]
        return min(names, key=lambda named: named.rank, default=None)

    def order(self, solution: Query) -> Named | None:
        """How the order that the learner asks for, of the rows or in a window, differs from the solution's, read off both."""
        scene = Scene(self._learner, self._lineage, self._text, self.values)
        ours, theirs = sort_keys(self._learner.tree), sort_keys(solution.tree)
        in_windows = undecided(self._learner.tree, solution.tree, scene)
        first = next(itertools.chain(order_of(ours, theirs, self._learner.tree, scene), in_windows), None)
        return self._named(first, 0, solution.sql) if first is not None else None

    def strange_value(self, solutions: Iterable[Query]) -> Named | None:
        """A text that its column can't hold and no solution has, which is wrong whatever else is."""
        meant = frozenset[str]().union(*(asked_texts(solution.tree) for solution in solutions))
        scene = Scene(self._learner, self._lineage, self._text, self.values)
        for found in missing_values(self._learner.tree, scene):
            if found.params["value"] in meant:
                continue
            part = clause_of(found.node) if found.node is not None else Clause.WHERE
            return self._named(found.on(part.value), 0, "")
        return None

    def multiplied(self, trial: Trial) -> Named | None:
        """That a join repeats the rows of what is added up, where the databases show it."""
        found = multiplied(self._learner, trial)
        if found is None:
            return None
        total, joins, table = found
        told = {
            "own": Scene(self._learner, self._lineage, self._text, self.values).quote(total),
            "table": ", ".join(each.this.name or each.this.alias_or_name for each in joins),
            "source": table,
        }
        mistake = JOIN_WEIGHS if isinstance(total, exp.Avg) else JOIN_MULTIPLIED
        return self._named(mistake.at("SELECT", total, told), 0, "")

    def undone(self, trial: Trial) -> Named | None:
        """A condition in WHERE that undoes a LEFT JOIN: in its ON, there are as many rows as asked for on every database."""
        found = next(undoing(self._learner), None)
        if found is None:
            return None
        moved = qualified(self._learner.again())
        for part, join in list(undoing(moved)):
            join.set("on", exp.and_(join.args.get("on"), part.copy()))
            drop_condition(part)
        if not self._as_many_rows(moved.tree.sql("duckdb"), trial):
            return None
        condition, join = found
        return self._filtered(condition, join.this)

    def unlisted(self, trial: Trial) -> Named | None:
        """The same of a list that is crossed with a table: what WHERE asks leaves out the values that nothing meets."""
        found = dropping_listed(self._learner)
        if found is None or not self._as_many_rows(found[2], trial):
            return None
        block = found[1].find_ancestor(exp.Select)
        read = found[1].this if block is None or isinstance(found[1].this, exp.Table) else block.args["from_"].this
        return self._filtered(found[0], read)

    def _as_many_rows(self, sql: str, trial: Trial) -> bool:
        """Whether a query has as many rows as are asked for on every database."""
        results = ((trial.run(sql, name), trial.references[name].result) for name in trial.databases)
        return all(isinstance(own, Result) and len(own.rows) == len(right.rows) for own, right in results)

    def _filtered(self, condition: exp.Expr, read: exp.Expr) -> Named:
        scene = Scene(self._learner, self._lineage, self._text, self.values)
        told = {"condition": scene.quote(condition), "table": scene.table_of(read)}
        return self._named(FILTER_IN_WHERE.at("WHERE", condition, told), 0, "")

    def unread(self, solutions: Iterable[Query], trial: Trial) -> Named | None:
        """The one table that every solution reads and the answer does not, where rows are missing wherever it is wrong.

        No clause is named: which of them are to change nobody knows.
        """
        lacking = self._not_read(solutions)
        sql = self._learner.tree.sql("duckdb")
        results = [(trial.run(sql, name), trial.references[name].result) for name in trial.wrong_on(sql)]
        fewer = all(isinstance(mine, Result) and len(mine.rows) < len(right.rows) for mine, right in results)
        if len(lacking) != 1 or not fewer:
            return None
        return self._named(JOIN_MISSING.at("", None, {"table": lacking[0], "step": ""}), 0, "")

    def _not_read(self, solutions: Iterable[Query]) -> list[str]:
        """The tables that every solution reads and the answer does not; none where its own rows may stand for one of them."""
        if any(map(_is_made_up, self._learner.find(exp.From, exp.Join))):
            return []
        read = [{table.name.lower(): table.name for table in each.find(exp.Table)} for each in solutions]
        own = {table.name.lower() for table in self._learner.find(exp.Table)}
        lacking = [name for key, name in read[0].items() if key not in own and all(key in each for each in read)]
        return [name for name in lacking if self._learner.schema.columns(name)]

    def beside(self, trial: Trial) -> Named | None:
        """That a count is larger than the one before it, which it never is in the expected result of one row: a stage counted by itself."""
        sql, tree = self._learner.tree.sql("duckdb"), self._learner.tree
        found = [(trial.run(sql, name), trial.references[name].result) for name in trial.databases]
        rows = [(mine.rows[0], right.rows[0]) for mine, right in found if _is_one_row(mine) and _is_one_row(right)]
        wrong = {at for mine, right in rows for at, cell in enumerate(mine) if cell != right[at]}
        if len(rows) < len(found) or len(wrong) != 1 or not isinstance(tree, exp.Select):
            return None
        at = next(iter(wrong))
        if not at or not _rises([(mine[at - 1 : at + 1], right[at - 1 : at + 1]) for mine, right in rows]):
            return None
        told = {"name": tree.expressions[at].alias_or_name, "other": tree.expressions[at - 1].alias_or_name}
        return self._named(COUNTED_BESIDE.at("SELECT", tree.expressions[at], told), 0, "")

    def grouped(self, trial: Trial) -> Named | None:
        """That a result which has one row on every database is split into groups, and gives another number of rows."""
        block = self._learner.tree
        group = block.args.get("group")
        if (
            not isinstance(block, exp.Select)
            or group is None
            or any(len(each.result.rows) != 1 for each in trial.references.values())
        ):
            return None
        found = (trial.run(block.sql("duckdb"), name) for name in trial.databases)
        if all(isinstance(each, Result) and len(each.rows) == 1 for each in found):
            return None
        shown = {printed(item.unalias()) for item in block.expressions}
        key = next((key for key in grouping_keys(block) if printed(key) in shown), None)
        if key is None:
            return self._named(GROUPS_FOR_ONE.at("GROUP BY", group), 0, "")
        own = Scene(self._learner, self._lineage, self._text, self.values).called(key)
        return self._named(GROUPS_SIDE_BY_SIDE.at("GROUP BY", key, {"own": own}), 0, "")

    def written(self, found: ValueWritten) -> Named:
        """That a value stands in the text where a parameter's value belongs."""
        own = Scene(self._learner, self._lineage, self._text, self.values).quote(found.value)
        told = {"own": own, "name": found.parameter, "braces": in_braces(found.parameter)}
        part = found.change.clause.value
        return self._named(VALUE_WRITTEN.at(part, found.value, told), 0, found.change.sql)

    def _named(self, mistake: Occurrence, others: int, repaired: str) -> Named:
        if mistake.part == "CASE" and not _CASE.search(self._text.sql):  # COUNTIF, IF and FILTER are read as CASE
            mistake = replace(mistake, part=Clause.SELECT.value)
        site = self._site(mistake.node)
        return Named(mistake, site, others, repaired, self._heading(mistake.node))

    def _heading(self, node: exp.Expr | None) -> str:
        """The output that something stands in, where what is written there stands elsewhere in the text as well."""
        output = node.find_ancestor(exp.Alias, exp.Select) if node is not None else None
        if not isinstance(output, exp.Alias) or node is None or output.arg_key != "expressions":
            return ""
        place = self._text.site(node.parent if isinstance(node, exp.Literal) and node.parent is not None else node)
        written = self._text.sql[place.start : place.end] if place is not None else ""
        return output.alias if written and self._text.sql.count(written) > 1 else ""

    def _site(self, node: exp.Expr | None) -> Site | None:
        if node is None:
            return None
        while isinstance(node, exp.Literal | exp.Identifier) and isinstance(node.parent, exp.Condition):
            node = node.parent
        return self._text.site(that_tells(node, self._text))


def _is_one_row(result: Result | RunError) -> TypeGuard[Result]:
    return isinstance(result, Result) and len(result.rows) == 1


def _rises(pairs: Sequence[tuple[Row, Row]]) -> bool:
    """Whether the second of two counts is above the first somewhere in the answer's, and nowhere in the expected ones."""
    if not all(isinstance(cell, int) for mine, right in pairs for cell in (*mine, *right)):
        return False
    return all(right[1] <= right[0] for _, right in pairs) and any(mine[1] > mine[0] for mine, _ in pairs)


def _is_made_up(item: exp.Expr) -> bool:
    """Whether a FROM item has rows that the query makes by itself, as those of a calendar: they may stand for a table's."""
    read = item.this
    return isinstance(read, exp.Unnest) or (isinstance(read, exp.Table) and isinstance(read.this, exp.Func))
