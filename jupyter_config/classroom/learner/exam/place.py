"""One learner's level tests: what is open, what is kept, who runs queries and judges practice tests."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from classroom.exchange.exam import ANSWER, EXAM, FILE, as_notebook
from classroom.exchange.invitation import membership
from classroom.exchange.mailbox import Mailbox
from classroom.exchange.moments import moment_in, utc_now
from classroom.exchange.outbox import Outbox
from classroom.learner.bi.beside import in_a_process

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from classroom.exchange.exam_paper import ExamPaper
    from classroom.exchange.invitation import Membership
    from classroom.exchange.records import Feedback
    from classroom.folder import Folder
    from classroom.language import Lang
    from classroom.learner.bi.asking import Asker
    from classroom.learner.exam.sittings import ExamSitting, Sittings
    from coursebook import Course
    from coursebook.practice import Library


@dataclass(frozen=True)
class ExamRoom:
    """One learner's."""

    sittings: Sittings
    asker: Asker
    """Runs queries on the practice data."""
    lang: Lang
    folder: Folder
    practice: Path | None
    course: Course
    library: Library
    shown: dict[tuple[str, int], str]
    """The last result of a task, as HTML, by paper and number; for as long as the room runs."""
    clock: Callable[[], datetime] = utc_now
    beside: Callable[..., Any] = in_a_process
    """Who does heavy work."""

    @property
    def member(self) -> Membership | None:
        """The class that the learner is in; None for who learns alone."""
        return membership(self.folder.hidden)

    def papers(self) -> tuple[ExamPaper, ...]:
        """What the mentors have opened."""
        standing = Mailbox(self.folder.hidden).known.post.standing
        return standing.exams if standing is not None and self.member is not None else ()

    def results(self) -> tuple[Feedback, ...]:
        """What came back, level by level."""
        found = Mailbox(self.folder.hidden).known.post.feedback
        return tuple(sorted((each for each in found if each.lesson.startswith(EXAM)), key=lambda each: each.lesson))

    def is_over(self, sitting: ExamSitting) -> bool:
        """Whether nothing can be written on it any more."""
        return sitting.sheet.is_ended or self.clock() > moment_in(sitting.paper.closes)

    def log(self, key: str, kind: str, **content: object) -> ExamSitting:
        """Add an entry; an answer's draft stands in the log from then on."""

        def add(one: ExamSitting) -> ExamSitting:
            drafts = {number: text for number, text in one.drafts.items() if number != str(content.get("task"))}
            sheet = one.sheet.with_entry(kind, content, self.clock())
            return replace(one, sheet=sheet, drafts=drafts if kind == ANSWER else one.drafts)

        return self.sittings.change(key, add)

    def hand_in(self, sitting: ExamSitting) -> None:
        """Put the sheet as it is now on its way; a practice test goes nowhere."""
        member = self.member
        if member is not None and not sitting.is_practice:
            outbox = Outbox(self.folder.hidden, member)
            outbox.hand_in(EXAM, FILE, as_notebook(sitting.sheet), b"", self.clock())
