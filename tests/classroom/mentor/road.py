"""Learners at their own computers, as the road knows them: a folder each, a way to the desk, a clock of their own."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from cohort import answered

from classroom.exchange.invitation import Invitation, Membership, as_link, join, learners_end, read_invitation
from classroom.exchange.mailbox import Mailbox
from classroom.exchange.outbox import Outbox, Receipt
from classroom.exchange.records import Question
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.invitations import invitation_for
from coursebook import compile_lesson

if TYPE_CHECKING:
    from pathlib import Path

    from classroom.exchange.mailbox import Known
    from classroom.exchange.transport import LearnersEnd

LEARNER_NAME = "01 名簿を引く.ipynb"


@dataclass
class Learner:
    """One learner's folder."""

    hidden: Path
    member: Membership
    notebook: dict[str, Any]
    clock_off: dt.timedelta = dt.timedelta(0)

    @classmethod
    def at(cls, place: Path, desk: MentorFolder, name: str, *, key: bool = False) -> Learner:
        given = read_invitation(as_link(invitation_for(desk, name if key else "")))
        member = join(place / ".penguin", given, learner=name)
        text = compile_lesson(desk.course.lesson("L1"), desk.lang, "learner")
        return cls(place / ".penguin", member, json.loads(text))

    @property
    def outbox(self) -> Outbox:
        return Outbox(self.hidden, self.member, self.now)

    @property
    def end(self) -> LearnersEnd:
        return learners_end(self.member, self.hidden, self.hidden.parent / "to-mentor")

    def now(self) -> dt.datetime:
        """By this computer's clock."""
        return dt.datetime.now(dt.UTC) + self.clock_off

    def keep(self, answers: dict[str, str], at: dt.datetime | None = None, lesson: str = "L1") -> Receipt:
        """Hand in, without sending."""
        moment = at or self.now()
        return self.outbox.hand_in(lesson, LEARNER_NAME, answered(self.notebook, answers), b"", moment)

    def hand_in(self, answers: dict[str, str], at: dt.datetime | None = None) -> Receipt:
        receipt = self.keep(answers, at)
        self.outbox.send(self.end)
        return receipt

    def ask(self, wanted: str, exercise: str = "L1-07") -> None:
        now = dt.datetime.now(dt.UTC)
        course, who = self.member.invitation.course, self.member.learner
        key = f"{who}-{wanted}"
        self.outbox.ask(Question(course, "L1", who, self.member.sender, now.isoformat(), key, exercise, wanted), now)
        self.outbox.send(self.end)

    def fetch(self) -> Known:
        return Mailbox(self.hidden).fetch(self.end)

    def claiming(self, name: str) -> Learner:
        """The same computer under another's name."""
        member = replace(self.member, invitation=replace(self.member.invitation, learner=name))
        return replace(self, member=member)


def shared(desk: MentorFolder, share: Path) -> MentorFolder:
    """The mentor's folder with a shared folder as its road."""
    share.mkdir(exist_ok=True)
    lines = [each for each in desk.settings_path.read_text("utf-8").splitlines() if not each.startswith("exchange")]
    desk.settings_path.write_text("\n".join([*lines, f"share = {json.dumps(str(share))}", ""]), encoding="utf-8")
    return MentorFolder(desk.root)


def by_hand(desk: MentorFolder) -> MentorFolder:
    """The mentor's folder with files by hand as its road."""
    lines = [each for each in desk.settings_path.read_text("utf-8").splitlines() if not each.startswith("exchange")]
    desk.settings_path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    desk.inbox.mkdir(exist_ok=True)
    return MentorFolder(desk.root)


def invitation(desk: MentorFolder, name: str) -> Invitation:
    """A learner's own invitation."""
    return invitation_for(desk, name)
