"""nbgrader's exchange over our road: its commands and the formgrader's buttons release, collect and return as ours do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.exchange import abc

from classroom.exchange.transport import Unreachable
from classroom.mentor.collecting.collect import collect, received_file
from classroom.mentor.place.copies import lost_stores
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.returning.send import give_back, tell_class
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = {
    "release_assignment": "RoadRelease",
    "collect": "RoadCollect",
    "release_feedback": "RoadFeedback",
    "list": "RoadList",
}
"""What nbgrader calls each step, and the class that does it."""


class _OurRoad:
    """What the steps share."""

    coursedir: Any
    log: Any
    fail: Any

    @property
    def folder(self) -> MentorFolder:
        folder = MentorFolder(Path(self.coursedir.root))
        if lost := lost_stores(folder):
            files = ", ".join(each.store.name for each in lost)
            self.fail(say("desk.store_lost", folder.lang, files=files))
        return folder

    def told(self, fault: Unreachable) -> None:
        self.fail(f"{fault.filename}: {fault.strerror}")


class RoadRelease(_OurRoad, abc.ExchangeReleaseAssignment):
    """`nbgrader release_assignment`."""

    def start(self) -> None:
        """Tell the class what is out."""
        try:
            tell_class(self.folder)
        except Unreachable as fault:
            self.told(fault)


class RoadCollect(_OurRoad, abc.ExchangeCollect):
    """`nbgrader collect`."""

    def start(self) -> None:
        """Take what has arrived; nbgrader asks for one lesson, and all are taken."""
        report = collect(self.folder)
        for letter in report.taken:
            self.log.info("Collected: %s %s %s", letter.learner, letter.lesson, letter.code)
        for trouble in report.troubles:
            self.log.warning("Not taken: %s (%s) %s", trouble.place, trouble.code, dict(trouble.params))
        if report.closed:
            self.fail(f"{report.closed}: the shared folder is not there")
        tell_class(self.folder)


class RoadFeedback(_OurRoad, abc.ExchangeReleaseFeedback):
    """`nbgrader release_feedback`."""

    def start(self) -> None:
        """Send the pages of one lesson."""
        only = [self.coursedir.student_id] if self.coursedir.student_id not in ("", "*") else None
        try:
            returned = give_back(self.folder, self.coursedir.assignment_id, only)
            for learner in returned.sent:
                self.log.info("Feedback sent: %s", learner)
            for learner, gone in returned.withheld.items():
                self.log.warning("Not sent, it would take away what the learner has: %s (%s)", learner, ", ".join(gone))
            tell_class(self.folder)
        except Unreachable as fault:
            self.told(fault)


class RoadList(_OurRoad, abc.ExchangeList):
    """`nbgrader list`."""

    def start(self) -> list[dict[str, Any]]:
        """What has arrived, as nbgrader's list tells it."""
        made = list(self._arrived())
        for each in made:
            self.log.info("%s %s %s", each["student_id"], each["assignment_id"], each["timestamp"])
        return made

    def _arrived(self) -> Iterator[dict[str, Any]]:
        for each in received_file(self.folder).letters(lesson=self.coursedir.assignment_id or None):
            yield {
                "course_id": self.coursedir.course_id,
                "student_id": each.learner,
                "assignment_id": each.lesson,
                "status": "submitted",
                "timestamp": each.at,
                "path": each.code,
                "notebooks": [],
            }


def configure(config: Any) -> None:
    """Let nbgrader take these steps."""
    for step, name in NAMES.items():
        setattr(config.ExchangeFactory, step, f"{__name__}.{name}")
