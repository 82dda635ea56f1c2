"""What a learner's certificate still lacks, and the certificate once nothing is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from classroom.exchange.expo.certificate import Certificate, Signed, code_of
from classroom.exchange.expo.seal import PLAN, REPORT, latest
from classroom.exchange.expo.words import plain
from classroom.learner.expo.handing import came_back, teams_back, written_elsewhere
from classroom.learner.expo.steps import lacks
from coursebook.expo import STEPS

if TYPE_CHECKING:
    from classroom.exchange.expo.certificate import LevelShown
    from classroom.learner.expo.place import ExpoRoom


def lacking(room: ExpoRoom) -> tuple[str, ...]:
    """Sentences that say what a certificate still lacks."""
    lang, expo = room.lang, room.store.expo()
    missing = [sentence for level in room.levels() for sentence in abilities_lacking(level, lang)]
    steps = () if is_teams(room) else tuple(step for step in STEPS if lacks(room, expo, step))
    missing += [plain("certificate.step", lang, step=plain(f"step.{step}", lang)) for step in steps]
    if lacks_marks(room):
        missing.append(plain("certificate.marks", lang))
    return tuple(missing)


def is_teams(room: ExpoRoom) -> bool:
    """Whether the certificate tells of an Expo that was written in another's room, so that none of this room's is asked for."""
    return not room.past and (written_elsewhere(room) or teams_back(room) is not None)


def abilities_lacking(level: LevelShown, lang: str) -> tuple[str, ...]:
    """The same for one level's self-check and reviews."""
    return tuple(
        plain("certificate.ability", lang, text=each.text, exercises=", ".join(each.exercises))
        for each in level.abilities
        if not each.shown
    )


def lacks_marks(room: ExpoRoom) -> bool:
    """Whether the mentors' marks are still to come, or were not enough."""
    return room.member is not None and _marks(room) is None


def certificate_of(room: ExpoRoom, name: str) -> Signed | None:
    """The certificate with its code; None while something is lacking."""
    if lacking(room):
        return None
    expo, member, marks = room.store.expo(), room.member, _marks(room) or (0.0, 0.0)
    plan, report = latest(expo, PLAN), latest(expo, REPORT)
    own = (expo.issue.name, expo.measure.name, plan.code if plan else "", report.code if report else "")
    back = teams_back(room) or came_back(room)
    team = back.together if back else None
    issue, measure, plan_code, report_code = (team.issue, team.measure, team.plan, team.report) if team else own
    made = Certificate(
        name=name,
        course=member.invitation.course if member else "",
        learner=member.learner if member else "",
        mentor=member.invitation.mentor if member else "",
        lang=room.lang,
        on=room.clock().astimezone().date().isoformat(),
        levels=room.levels(),
        issue=issue,
        measure=measure,
        plan=plan_code,
        report=report_code,
        points=marks[0],
        possible=marks[1],
        team=team.names if team else (),
    )
    return Signed(made, code_of(made, member.invitation.key if member else ""))


def _marks(room: ExpoRoom) -> tuple[float, float] | None:
    """The points of the Expo and how many there are, if they came back and are enough."""
    found = teams_back(room) or came_back(room)
    if found is None:
        return None
    given = {each.exercise: each.points or 0.0 for each in found.exercises}
    texts = room.texts.of_rows(given)
    enough = found.points >= texts.passes_with
    enough = enough and all(given.get(row.letter, 0.0) > 0 for row in texts.rubric if row.must)
    return (found.points, found.possible) if enough else None
