"""A verdict on an answer with parameters: about which values it is, and where its places stand in the text as it was written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlgrade.errors import template_card
from sqlgrade.parameters import in_braces, names_in
from sqlgrade.tables.result import SYNTAX
from sqlgrade.verdict import Reason, Remark, Site, Status, Verdict

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlgrade.parameters import BadTemplate, Filled
    from sqlgrade.verdict import Finding, SqlError


def not_filled(bad: BadTemplate, text: str, setting: Mapping[str, str]) -> Verdict:
    """The verdict on an answer whose parameters cannot be filled in."""
    error = template_card(bad, text, setting).as_sql_error(SYNTAX, str(bad))
    return Verdict(Status.INVALID, Reason.DOES_NOT_RUN, error=error)


def with_setting(verdict: Verdict, text: str, filled: Filled, setting: Mapping[str, str]) -> Verdict:
    """The verdict on a filled text as one on the text that was written; of a wrong one it is said with which values."""
    if not setting:
        return verdict
    shown = verdict.counterexample
    if shown is not None and shown.error is not None:
        shown = replace(shown, error=_error(shown.error, text, filled))
    moved = replace(
        verdict,
        findings=tuple(_finding(each, filled) for each in verdict.findings),
        error=verdict.error and _error(verdict.error, text, filled),
        counterexample=shown,
    )
    if moved.error is not None and _is_of_a_value(verdict.error, filled):
        return replace(moved, setting=dict(setting))
    if verdict.status is not Status.REFUTED and verdict.reason is not Reason.ORDER_DEPENDENT:
        return moved
    written = names_in(text)
    unused = [in_braces(name) for name in setting if name not in written]
    notes = (Remark("parameter_unused", {"names": ", ".join(unused)}),) if unused else ()
    return replace(moved, setting=dict(setting), notes=(*notes, *moved.notes))


def _is_of_a_value(error: SqlError | None, filled: Filled) -> bool:
    """Whether an error stands in a value that was filled in."""
    place = error.position if error is not None else None
    return place is not None and any(each.filled_start <= place < each.filled_end for each in filled.places)


def _finding(finding: Finding, filled: Filled) -> Finding:
    if finding.site is None:
        return finding
    return replace(finding, site=Site(filled.back(finding.site.start), filled.back_behind(finding.site.end)))


def _error(error: SqlError, text: str, filled: Filled) -> SqlError:
    if error.position is None:
        return error
    start = filled.back(error.position)
    end = error.params.get("end")
    params = {**error.params, "end": filled.back_behind(end)} if isinstance(end, int) else error.params
    column = start - (text.rfind("\n", 0, start) + 1) + 1
    return replace(error, position=start, line=text.count("\n", 0, start) + 1, column=column, params=params)
