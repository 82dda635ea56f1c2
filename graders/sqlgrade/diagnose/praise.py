"""What is right about an answer, from executed facts only."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlglot import exp

from sqlgrade.compare.cells import canonical
from sqlgrade.diagnose.facts.evidence import shown_columns
from sqlgrade.diagnose.reading.blocks import grouping_keys
from sqlgrade.diagnose.reading.contrast import Part, differences, printed
from sqlgrade.diagnose.repairs.rewritten import in_names_of, qualified
from sqlgrade.diagnose.repairs.steps import steps_between
from sqlgrade.messages.catalogue import has_sentence
from sqlgrade.parse import RULE_FAULTS
from sqlgrade.query.clause import Clause, clauses_around, clauses_in
from sqlgrade.query.query import Query
from sqlgrade.tables.result import Database, Result
from sqlgrade.verdict import Remark

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlgrade.compare import Reference
    from sqlgrade.diagnose.refuted import RefutedAnswer
    from sqlgrade.diagnose.repairs.maker import Change
    from sqlgrade.hearing.hearing import Hearing
    from sqlgrade.hearing.prepared import Prepared
    from sqlgrade.outcomes.submission import RunOutcome
    from sqlgrade.verdict import Finding

_MOST_OF_A_RIGHT_ANSWER = 2
_TIES = "E38"
_NAME = re.compile(r"[\w.]+")
_CLAUSES = {
    Part.JOIN: Clause.FROM,
    Part.ON: Clause.FROM,
    Part.WHERE: Clause.WHERE,
    Part.GROUP_BY: Clause.GROUP_BY,
    Part.HAVING: Clause.HAVING,
    Part.QUALIFY: Clause.WINDOW,
    Part.ORDER_BY: Clause.ORDER_BY,
    Part.LIMIT: Clause.ORDER_BY,
    Part.OFFSET: Clause.ORDER_BY,
}
"""The clause that a part belongs to; any other part is of SELECT."""


def praise_right(ready: Prepared, hearing: Hearing) -> tuple[Remark, ...]:
    """Say what a right answer took care of, the rarer thing first."""
    said = (*_zero_kept(ready, hearing), *_ties_decided(ready, hearing), *_avoided(ready, hearing))
    return said[:_MOST_OF_A_RIGHT_ANSWER]


def praise_wrong(
    ready: Prepared,
    hearing: Hearing,
    case: RefutedAnswer | None,
    change: Change | None,
    findings: Sequence[Finding],
) -> tuple[Remark, ...]:
    """Say which clauses needed no repair, what was taken care of, and where a wrong answer is right all the same."""
    good: list[Remark] = []
    told = {name for each in findings for name in (each.clause, each.params.get("place"))}
    kept = clauses_kept(case.learner, change, case.givers) if case is not None and change is not None else []
    around = _of_told_places(case, findings) if kept and case is not None else set()
    if kept := [each for each in kept if each not in told and each not in around]:
        good.append(Remark("clauses_right", {"clauses": ", ".join(kept)}))
    good += _zero_kept(ready, hearing)
    if findings:
        good += _avoided(ready, hearing, findings[0])
    if not any(each.mistake or each.near_miss for each in findings):
        good += _databases_passed(hearing)
    return tuple(good)


def _databases_passed(hearing: Hearing) -> Iterator[Remark]:
    """On how much data the answer is right, where some of it has rows to be right about.

    Not said beside a mistake that is named, where it would say that the mistake hardly matters.
    """
    passed = [outcome for _, outcome in hearing.outcomes if outcome.diff is None]
    if any(outcome.reference.result.rows for outcome in passed):
        yield Remark("databases_passed", {"passed": len(passed), "n": len(hearing.outcomes)})


def clauses_kept(learner: Query, change: Change, givers: Sequence[Query]) -> list[str]:
    """The clauses that a change which mends an answer leaves as they are, and that say what a right one says, in the order of evaluation."""
    own, wanted = (qualified(Query(sql, learner.schema)).tree for sql in (learner.sql, change.sql))
    if len(list(own.find_all(exp.Select))) != len(list(wanted.find_all(exp.Select))):
        return []
    touched = {change.clause} | _unlike_right_ones(Query(change.sql, learner.schema), givers)
    for found in differences(own, wanted):
        if not (found.part is Part.SELECT and change.clause is Clause.WINDOW):
            touched.add(_CLAUSES.get(found.part, Clause.SELECT))
        keys = grouping_keys(found.block) if isinstance(found.block, exp.Select) else ()
        if {printed(key) for key in keys} & {printed(each) for each in found.own}:
            touched.add(Clause.GROUP_BY)
    return [clause.value for clause in clauses_in(_written(learner)) if clause not in touched]


def _written(learner: Query) -> exp.Expr:
    """The query without the views that the task gives."""
    tree = learner.tree.copy()
    for step in [each for each in tree.find_all(exp.CTE) if each.alias.lower() in learner.schema.given]:
        step.pop()
    return tree


def _unlike_right_ones(repaired: Query, givers: Sequence[Query]) -> set[Clause]:
    """The clauses in which an answer without its mistake says something in other words than the right one that is most like it.

    Whether that comes to the same only data could tell, and the data at hand may lack the case.
    """
    own = qualified(repaired)
    found: list[set[Clause]] = []
    for giver in givers:
        try:
            wanted = in_names_of(own, giver)
            steps = steps_between(own.tree, wanted) if wanted is not None else None
        except RULE_FAULTS:
            continue
        if steps is not None:
            found.append({half.clause for step in steps for half in (step, step.then) if half is not None})
    return min(found, key=len, default=set(Clause))


def _of_told_places(case: RefutedAnswer, findings: Sequence[Finding]) -> set[str]:
    """The clauses in which a place that is told stands, or the same words once more."""
    words = {case.text[each.site.start : each.site.end] for each in findings if each.site is not None}
    found = [at for each in words if not _NAME.fullmatch(each) for at in re.finditer(re.escape(each), case.text)]
    spans = [at.span() for at in found] + [
        (each.site.start, each.site.end) for each in findings if each.site is not None
    ]
    placed = [(node.meta["start"], node) for node in case.learner.tree.walk() if "start" in node.meta]
    return {
        clause.value
        for first, last in spans
        for start, node in placed
        if first <= start < last
        for clause in clauses_around(node)
    }


def _zero_kept(ready: Prepared, hearing: Hearing) -> Iterator[Remark]:
    """A computed column in which every expected 0 is there, in a result of one row for each row of a table."""
    known = [
        (ready.pack.databases[place].database, outcome.learner.rows, outcome.reference.result)
        for place, outcome in hearing.outcomes
        if place >= 0 and isinstance(outcome.learner, Result)
    ]
    table = _table_of_same_length(
        ready, [(database, len(rows), len(expected.rows)) for database, rows, expected in known]
    )
    if table is None or len(known) < len(hearing.outcomes):
        return
    shown = shown_columns(ready.pack.of_variant(hearing.variant)[0].plan.sql)
    for column, source in enumerate(shown):
        zeros = [(_zeros(rows, column), _zeros(expected.rows, column)) for _, rows, expected in known]
        if not source and any(theirs for _, theirs in zeros) and all(ours == theirs for ours, theirs in zeros):
            yield Remark("kept_zero", {"column": known[0][2].columns[column], "table": table})
            return


def _table_of_same_length(ready: Prepared, lengths: Sequence[tuple[Database, int, int]]) -> str | None:
    """The table of which the expected result and the learner's have a row for each row, on every database."""
    for table in ready.pack.schema.tables:
        if all(ours == theirs == len(d.tables.get(table.name, ())) for d, ours, theirs in lengths):
            return table.name
    return None


def _zeros(rows: Sequence[Sequence[Any]], column: int) -> int:
    cells = (row[column] for row in rows if column < len(row))
    return sum(isinstance(c, int | float | Decimal) and not isinstance(c, bool) and c == 0 for c in cells)


def _ties_decided(ready: Prepared, hearing: Hearing) -> Iterator[Remark]:
    """Rows tied at the edge of a LIMIT that the task decides, or a near miss about ties that the answer avoids."""
    avoided = any(near.code == _TIES for near in ready.avoided(hearing.outcomes))
    if avoided or any(_is_right(outcome) and _cuts_a_decided_tie(outcome.reference) for _, outcome in hearing.outcomes):
        yield Remark("ties")


def _cuts_a_decided_tie(reference: Reference) -> bool:
    stop = reference.offset + len(reference.result.rows)
    if not reference.limited or reference.keys is None or not 0 < stop < len(reference.keys):
        return False
    inside, outside = (tuple(map(canonical, reference.keys[place])) for place in (stop - 1, stop))
    return inside[0] == outside[0] and inside != outside


def _avoided(ready: Prepared, hearing: Hearing, finding: Finding | None = None) -> Iterator[Remark]:
    """The first near miss that the answer avoids, unless it is of the kind of what is wrong with the answer."""
    for near in ready.avoided(hearing.outcomes):
        of_its_kind = finding is not None and (near.code == finding.code or near.clause == finding.clause)
        if near.code != _TIES and not of_its_kind and has_sentence(f"avoided.{near.code}"):
            yield Remark("avoided", {"mistake": near.code})
            return


def _is_right(outcome: RunOutcome) -> bool:
    return outcome.diff is None
