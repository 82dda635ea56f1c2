"""What the desk has of each learner's lessons, as the learner is told it; read once, however many learners and lessons there are."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from classroom.exchange.records import LessonAtDesk
from classroom.mentor.collecting.collect import with_partners
from classroom.mentor.collecting.remarks import reason_of
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.class_store import class_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from classroom.exchange.records import ReleasedLesson
    from classroom.mentor.collecting.received import Received, ReceivedLetter
    from classroom.mentor.grading.store import DeskSubmission
    from classroom.mentor.place.folder import MentorFolder


class LessonsAtDesk:
    """The desk at one moment; names are those of the class list, by learner."""

    def __init__(
        self, folder: MentorFolder, received: Received, lessons: tuple[ReleasedLesson, ...], names: Mapping[str, str]
    ) -> None:
        self.folder, self.lessons, self.names = folder, lessons, names
        self.partners = class_file(folder).partners()
        self.letters: dict[tuple[str, str], list[ReceivedLetter]] = {}
        for each in received.letters():
            self.letters.setdefault((each.learner, each.lesson), []).append(each)
        store = DeskStore(folder.store_path)
        self.graded: dict[tuple[str, str], list[DeskSubmission]] = {}
        for lesson in lessons:
            for one in store.submissions(lesson.lesson):
                self.graded.setdefault((one.student, lesson.lesson), []).append(one)

    def of(self, learner: str, own_dates: Mapping[tuple[str, str], str | None]) -> Iterable[LessonAtDesk]:
        """Those of which there is something to say; `own_dates` are extensions by (learner, lesson)."""
        for each in self.lessons:
            here, own = (learner, each.lesson), own_dates.get((learner, each.lesson))
            partner = self.partners.get(here, "")
            letters = with_partners(self.letters.get(here, ()), self.letters.get((partner, each.lesson), ()))
            if not letters and not own and not partner:
                continue
            code, at = (letters[-1].code, letters[-1].at) if letters else ("", "")
            state, reason = _state(self.folder, self.graded.get(here, ()), at) if letters else ("", "")
            yield LessonAtDesk(each.lesson, code, at, state, reason, own, self.names.get(partner, partner))


def _state(folder: MentorFolder, found: Sequence[DeskSubmission], at: str) -> tuple[str, str]:
    """Collected until the desk has graded or refused what was handed in then."""
    if any(each.state == "refused" for each in found):
        refused = next(each for each in found if each.state == "refused")
        return "refused", reason_of(refused.reason, folder.lang)
    handed_in = dt.datetime.fromisoformat(at).replace(tzinfo=None)
    last = max((each.submitted_at or "" for each in found), default="")
    is_graded = bool(last) and dt.datetime.fromisoformat(last).replace(tzinfo=None) >= handed_in
    return ("graded" if is_graded else "collected"), ""
