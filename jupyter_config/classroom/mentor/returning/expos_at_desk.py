"""What the desk has of each learner's Expo, as the learner is told it; those who work on one together are told of the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.expo.record import EXPO
from classroom.exchange.records import LessonAtDesk
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from classroom.mentor.collecting.received import Received
    from classroom.mentor.place.expo_store import ExpoMarksStore
    from classroom.mentor.place.folder import MentorFolder


class ExposAtDesk:
    """The desk at one moment; names are those of the class list, by learner."""

    def __init__(
        self, folder: MentorFolder, received: Received, expos: ExpoMarksStore, names: Mapping[str, str]
    ) -> None:
        self.received, self.expos, self.names, self.lang = received, expos, names, folder.lang
        self.together = expos.together()

    def of(self, learner: str) -> Iterable[LessonAtDesk]:
        """The learner's Expo or the common one, which all of them know of before it is handed in; nothing without either."""
        own = self.together.get(learner)
        writer = own.writer if own else learner
        letters = self.received.letters(writer, EXPO)
        if own and letters and not own.is_of({letters[-1].code}, self.expos.returned(writer)):
            letters = letters[:0]  # that went back before they were put together
        others = [self.names.get(each, each) for each in self._with(writer) if each != learner]
        if not letters and not others:
            return
        code, at, state = "", "", ""
        if letters:
            is_back = any(each.code == letters[-1].code for each in self.expos.returned(learner))
            code, at, state = letters[-1].code, letters[-1].at, "graded" if is_back else "collected"
        yield LessonAtDesk(
            *(EXPO, code, at, state),
            partner=say("desk.list_comma", self.lang).join(others),
            writer="" if writer == learner else self.names.get(writer, writer),
        )

    def _with(self, writer: str) -> Iterable[str]:
        return (each.learner for each in self.together.values() if each.writer == writer)
