"""Whether a near miss that behaves like an answer is what was really done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.diagnose.classifier import Classifier, Named
from sqlgrade.diagnose.mistakes.by_result import VALUE_WRITTEN
from sqlgrade.parse import UNREADABLE
from sqlgrade.query.query import Query
from sqlgrade.tables.result import Result

if TYPE_CHECKING:
    from sqlgrade.diagnose.refuted import RefutedAnswer
    from sqlgrade.diagnose.repairs.maker import Change
    from sqlgrade.pack.contents import KnownMistake


def is_meant(
    mistake: KnownMistake, text: str, changes: list[Change], named: Named | None, case: RefutedAnswer | None
) -> bool:
    """Whether a near miss that behaves like the answer is what was really done.

    Many mistakes leave no row at all, whatever the data, and some others bring the same rows by another way: where a
    change is known to mend the answer, the near miss has to be of its kind, unless the change has no name to go by.
    """
    if text.split() == mistake.sql.split():
        return True
    telling = any(not isinstance(outcome, Result) or outcome.rows for outcome in mistake.outcomes)
    kind = _kind_of(mistake, case) if named is not None and case is not None else None
    if named is not None and kind is not None:
        alike = _is_same(kind, named)
        if not alike and not _of_one_kind(kind, named):
            return False  # what stands in the text is another mistake, which brings the same rows
        if changes and (alike or telling):
            return True
    if not changes or (named is None and telling):
        return telling
    like = any((change.edit.code, change.clause) == (mistake.code, mistake.clause) for change in changes)
    return like and (telling or kind is None)


def _of_one_kind(kind: Named, named: Named) -> bool:
    """Whether two names say the same of answers that are written in different ways, or one of them says little."""
    one, other = kind.mistake.mistake, named.mistake.mistake
    return (
        one.is_general
        or other.is_general
        or VALUE_WRITTEN in (one, other)  # an author tells it by the value alone
        or other.serves  # a table read once more for another way of writing it
        or (one.alike == other.alike != "")
    )


def _kind_of(mistake: KnownMistake, case: RefutedAnswer) -> Named | None:
    """What a near miss is called, told by what it has and a solution has not."""
    try:
        query = Query(mistake.sql, case.learner.schema)
        classifier = Classifier(query, mistake.sql, case.classifier.values, case.classifier.proof)
    except UNREADABLE:
        return None
    return classifier.best(solution.sql for solution in case.solutions)


def _is_same(one: Named, other: Named) -> bool:
    """Whether two names are one, of one unit of time where they speak of it: what is true of days is not true of hours."""
    units = [each.mistake.params.get("unit", "") for each in (one, other)]
    return one.mistake.key == other.mistake.key and units[0] == units[1]
