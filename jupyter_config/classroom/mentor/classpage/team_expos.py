"""The Expo of each team that works on one together: who writes it, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.mentor.expo.expos import handed_in
from classroom.mentor.expo.outcome import outcome_of
from classroom.mentor.place.expo_store import ExpoMarksStore
from classroom.mentor.place.wording import told
from coursebook.expo import load_expo

if TYPE_CHECKING:
    from classroom.mentor.classpage.whole import WholeClass
    from classroom.mentor.expo.expos import HandedInExpo
    from coursebook.expo import ExpoTexts


@dataclass(frozen=True)
class ExpoOfTeam:
    """One team's Expo."""

    writer: str
    """In whose room it is written, by id."""
    members: tuple[str, ...]
    """All who work on it, the writer first, by id."""
    issue: str
    """Empty before it is handed in."""
    state: str
    """How far it is, in words; no points."""


def team_expos(view: WholeClass) -> dict[str, ExpoOfTeam]:
    """By the team of who writes it; a team's latest."""
    lang, together = view.folder.lang, ExpoMarksStore(view.folder).together()
    found: dict[str, ExpoOfTeam] = {}
    for one in dict.fromkeys(each.writer for each in together.values()):
        others = tuple(each.learner for each in together.values() if each.writer == one != each.learner)
        if others:
            found[view.teams.get(one, "")] = ExpoOfTeam(one, (one, *others), "", told("team_expo.state.begun", lang))
    handed = [each for each in handed_in(view.folder) if each.others]
    texts = load_expo(view.folder.course.root) if handed else None
    for each in handed:
        if texts is not None:
            state = told(f"team_expo.state.{_state(view, each, texts)}", lang)
            issue = each.expo.issue.name.strip()
            found[view.teams.get(each.learner, "")] = ExpoOfTeam(each.learner, each.everybody, issue, state)
    return found


def _state(view: WholeClass, each: HandedInExpo, texts: ExpoTexts) -> str:
    final = outcome_of(view.folder, each, texts).final
    if final is not None:
        return "passed" if final.passes else "not_passed"
    return "reported" if each.reported else "handed_in" if each.plan is None else "sealed"
