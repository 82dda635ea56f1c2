"""Between an Expo and the mentors: handing it in like a lesson, and what came back."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.decoding import decoded
from classroom.exchange.expo.record import EXPO, FILE, as_notebook
from classroom.exchange.expo.words import told
from classroom.exchange.invitation import BY_HAND
from classroom.exchange.mailbox import Mailbox
from classroom.exchange.outbox import Outbox
from classroom.exchange.records import ExerciseFeedback, Feedback
from classroom.learner.bi.markup import act, buttons, form, note
from classroom.learner.bi.place import clock_text
from classroom.learner.expo.markup import listed
from classroom.points import whole_points

if TYPE_CHECKING:
    from classroom.exchange.records import LessonAtDesk
    from classroom.learner.expo.drawn import Drawn
    from classroom.learner.expo.place import ExpoRoom


def hand_in(room: ExpoRoom) -> str:
    """Keep the Expo as it is now for the mentors, and give the number of the hand-in.

    Empty outside of any class, and where the class has the learner work on an Expo in another's room.

    Raises:
        OSError: it can't be kept.
    """
    member = room.member
    if member is None or written_elsewhere(room):
        return ""
    notebook = as_notebook(room.store.expo())
    return Outbox(room.folder.hidden, member).hand_in(EXPO, FILE, notebook, b"", room.clock()).code


def is_carried(room: ExpoRoom) -> bool:
    """Whether people carry the files: what was written into one has still to be sent."""
    return room.member is not None and room.member.invitation.way == BY_HAND


def in_class(page: Drawn) -> str:
    """What was handed in, and what came back; nothing outside of any class."""
    room, lang = page.room, page.lang
    member = room.member
    if member is None:
        return ""
    begun = room.store.fact("begun")  # what was handed in earlier is of the Expo before
    mine = [each for each in Outbox(room.folder.hidden, member).receipts() if each.lesson == EXPO and each.at >= begun]
    last = mine[-1] if mine else None
    state = note(told("hand_in.none", lang))
    if last is not None:
        code = "hand_in.sent" if last.sent else "hand_in.waiting"
        code = "hand_in.to_send" if is_carried(room) else code
        state = note(told(code, lang, number=last.code, at=clock_text(last.at)))
    if written_elsewhere(room):
        state = button = ""
    else:
        button = form(buttons(act("expo/hand-in", told("hand_in.now", lang))))
    back = came_back(room) or teams_back(room)
    return state + button + (feedback_html(room, back) if back else "")


def came_back(room: ExpoRoom) -> Feedback | None:
    """What came back of this Expo; nothing of one before it, nor of one that was written in another's room."""
    if kept := room.store.fact("feedback"):
        return decoded(Feedback, json.loads(kept))
    found = _latest_back(room)
    is_before = found is not None and found.code == (room.store.fact("earlier") or None)
    return None if is_before or teams_back(room) else found


def teams_back(room: ExpoRoom) -> Feedback | None:
    """What came back of an Expo that the learner worked on in another's room; it is of the room, not of one Expo in it."""
    found, member = _latest_back(room), room.member
    if room.past or member is None or found is None or found.together is None:
        return None
    return found if found.together.writer != member.learner else None


def _latest_back(room: ExpoRoom) -> Feedback | None:
    return next((each for each in Mailbox(room.folder.hidden).known.post.feedback if each.lesson == EXPO), None)


def at_desk(room: ExpoRoom) -> LessonAtDesk | None:
    """What the desk has of the learner's Expo, as it was told last."""
    standing = Mailbox(room.folder.hidden).known.post.standing if room.member is not None else None
    return next((each for each in standing.lessons if each.lesson == EXPO), None) if standing else None


def written_elsewhere(room: ExpoRoom) -> bool:
    """Whether the class has the learner work on an Expo in another's room."""
    desk = at_desk(room)
    return desk is not None and bool(desk.writer)


def team_html(room: ExpoRoom) -> str:
    """With whom the Expo is worked on, and where it is written; nothing for who works alone."""
    desk, lang = at_desk(room), room.lang
    if desk is None or not desk.partner:
        return ""
    code = "team.elsewhere" if desk.writer else "team.here"
    state = told(f"team.state.{desk.state}", lang) if desk.writer and desk.state in ("collected", "graded") else ""
    return note(f"{told(code, lang, names=desk.partner, writer=desk.writer)} {state}".strip())


def _row(mark: ExerciseFeedback, title: str) -> str:
    name = f"{mark.exercise} {title}".rstrip()
    points = "" if mark.points is None else f"{whole_points(mark.points, mark.possible)} / {mark.possible:g}"
    return f"{escape(name)}: {points} {escape(mark.comment)}"


def feedback_html(room: ExpoRoom, found: Feedback) -> str:
    """The points and words that came back, by the rubric's rows."""
    lang, titles = room.lang, {row.letter: row.title[room.lang] for row in room.texts.rubric}
    rows = [_row(each, titles.get(each.exercise, "")) for each in found.exercises]
    title = told(
        "hand_in.back", lang, points=whole_points(found.points, found.possible), possible=f"{found.possible:g}"
    )
    whole = f'<iframe sandbox srcdoc="{escape(found.page)}" title="{title}" style="width:100%;height:30em;border:0"></iframe>'
    page = f"<details><summary>{told('hand_in.page', lang)}</summary>{whole}</details>"
    return f"<h3>{title}</h3>{listed(rows)}{page}"
