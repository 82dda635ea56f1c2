"""What is said of an answer that gives no result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.errors import explain_run_error
from sqlgrade.tables import result as kinds
from sqlgrade.verdict import Reason, SqlError, Status, Verdict

if TYPE_CHECKING:
    from sqlgrade.hearing.stages import Stages
    from sqlgrade.pack.contents import Pack
    from sqlgrade.tables.result import RunError


def invalid(error: RunError, text: str, pack: Pack, stages: Stages) -> Verdict:
    """The verdict on an answer that gives no result; none on one that the machine did not give its time."""
    if error.kind == kinds.BUSY:
        return Verdict(Status.UNJUDGED, error=SqlError(error.kind, error.message))
    reason = Reason.DOES_NOT_RUN
    if error.kind == kinds.NOT_ALLOWED:
        reason = Reason.NOT_ALLOWED
    elif error.kind in kinds.LIMIT_KINDS:
        reason = Reason.LIMIT
    return Verdict(Status.INVALID, reason, error=explained(error, text, pack, stages))


def explained(error: RunError, text: str, pack: Pack, stages: Stages) -> SqlError:
    """Why a run gave no result, placed in the learner's text."""
    names = {table.name: [column.name for column in table.columns] for table in pack.schema.tables}
    bare = SqlError(error.kind, error.message)
    return stages.explain("error", lambda: explain_run_error(error, text, names), bare)
