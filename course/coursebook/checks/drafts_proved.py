"""A draft is what its author says of it: a right one survives the judge's longest search, a wrong one is refuted."""

from collections.abc import Iterator

from coursebook.checks.examined import Examined
from coursebook.kinds.drafts import DraftRecord
from coursebook.problem import Problem
from sqlgrade.verdict import Status


def drafts_proved(examined: Examined) -> Iterator[Problem]:
    """Right drafts that are refuted, wrong ones that are accepted, and those that cannot be told."""
    exercise, verdict = examined.exercise, examined.draft
    record = exercise.record.table(DraftRecord)
    if verdict is None or record is None:
        return
    path = exercise.folder / f"draft.{next(iter(exercise.drafts))}.sql"
    detail = verdict.error.message.splitlines()[0] if verdict.error else str(verdict.status)
    if record.right and verdict.status is not Status.ACCEPTED:
        yield Problem(path, 1, "draft_not_right", {"detail": detail})
    elif not record.right and verdict.status not in (Status.REFUTED, Status.INVALID):
        yield Problem(path, 1, "draft_not_wrong", {"detail": detail})
