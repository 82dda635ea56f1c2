"""A mistake in another line than the one that is told, where an answer is put together of given lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursebook.kinds.parsons import piece_lines
from sqlgrade.messages import mistake_sentence, render

if TYPE_CHECKING:
    from classroom.session.case import Case

LINE_IN_PLACE_OF_ANOTHER = frozenset({"line_departs", "line_left_over", "line_first"})
"""Messages that tell of a line that it stands in the place of another."""


def tells_a_line(case: Case) -> bool:
    """Whether a line is told to stand in the place of another."""
    return any(each.code in LINE_IN_PLACE_OF_ANOTHER for each in case.judgement.messages)


def mistake_of_other_line(case: Case) -> str:
    """What the judge names, and the hints are about, where it begins in another line than the told one, and in one that no right order has.

    In the told line it is the same mistake once more; in a line that is right it may show what another line does.
    """
    told = {each.params.get("line") for each in case.judgement.messages if each.code in LINE_IN_PLACE_OF_ANOTHER}
    verdict, sql = case.judgement.verdict, case.judgement.sql
    found = verdict.findings[0] if verdict is not None and verdict.findings else None
    if found is None or found.site is None or case.judgement.recognised:
        return ""
    ends = sql.find("\n", found.site.start)
    line = piece_lines(sql[sql.rfind("\n", 0, found.site.start) + 1 : ends if ends >= 0 else len(sql)])
    right = {each for query in (*case.exercise.solutions, *case.exercise.also_right) for each in piece_lines(query.sql)}
    said = mistake_sentence(found, case.lang)
    if not said or not line or line[0] in told | right:
        return ""
    return render("also.said", {"said": said}, case.lang)
