"""Whether a near miss that behaves like an answer is what was really done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.diagnose.namer import Named, Namer, is_general
from sqlgrade.parse import UNREADABLE
from sqlgrade.query.query import Query
from sqlgrade.tables.result import Result

if TYPE_CHECKING:
    from sqlgrade.diagnose.findings import RefutedAnswer
    from sqlgrade.diagnose.repair import Change
    from sqlgrade.pack.contents import KnownMistake

_MISSING = frozenset(
    "no_where condition_missing condition_missing_in condition_missing_of condition_missing_on condition_missing_for condition_in_other_step"
    " matched_kept condition_besides condition_on_table"
    " having_missing having_missing_on qualify_missing and_missing bound_missing_begins bound_missing_ends blanks_kept filter_missing".split()
)
_TOO_MUCH = frozenset("condition_extra condition_extra_here drops_rows_asked blanks_dropped filter_for_all".split())
"""Names of one kind of mistake, which depend on the place and the form in which it was made."""
_WRITTEN = "value_written"
"""The same mistake as one that the author tells by the value alone."""


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
    kind = _kind_of(mistake, case) if named is not None and case is not None else ""
    own = _name(named) if named is not None else ""
    if named is not None and kind and kind != own:
        general = is_general(kind) or is_general(named.mistake.key)
        if not general and not _of_one_kind(kind, named.mistake.key):
            return False  # what stands in the text is another mistake, which brings the same rows
        if changes and telling:
            return True
    if not changes or (named is None and telling):
        return telling
    if named is not None and kind == own:
        return True
    alike = any((change.edit.code, change.clause) == (mistake.code, mistake.clause) for change in changes)
    return alike and (telling or not kind)


def _of_one_kind(key: str, other: str) -> bool:
    """Whether two names say the same of answers that are written in different ways."""
    return _WRITTEN in (key, other) or any(key in kind and other in kind for kind in (_MISSING, _TOO_MUCH))


def _kind_of(mistake: KnownMistake, case: RefutedAnswer) -> str:
    """What the catalogue calls a near miss, told by what it has and a solution has not."""
    try:
        query = Query(mistake.sql, case.learner.schema)
        namer = Namer(query, mistake.sql, case.namer.values, case.namer.proof)
    except UNREADABLE:
        return ""
    named = namer.best(solution.sql for solution in case.solutions)
    return _name(named) if named is not None else ""


def _name(named: Named) -> str:
    """The name of a mistake, with the unit of time that it speaks of: what is true of days is not true of hours."""
    return f"{named.mistake.key} {named.mistake.params.get('unit', '')}".strip()
