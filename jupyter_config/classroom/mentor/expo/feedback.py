"""A marked Expo as it goes back: points and comments by row, whether it passes, and what was drawn, once it is reported on."""

from __future__ import annotations

import datetime as dt
from html import escape
from typing import TYPE_CHECKING

from classroom.exchange.expo.figures import change, counted, level
from classroom.exchange.expo.record import EXPO
from classroom.exchange.expo.seal import REPORT, latest, sealed_plan
from classroom.exchange.records import ExerciseFeedback, Feedback, TeamsExpo
from classroom.mentor.expo.month import drawn_by
from classroom.mentor.expo.outcome import NotYet, outcome_of
from classroom.mentor.place.expo_store import ExpoMarksStore, ReturnedExpo
from classroom.mentor.place.gradebook import open_gradebook
from classroom.mentor.returning.feedback import page_of
from classroom.mentor.returning.send import send_feedback, tell_class
from classroom.messages import say
from coursebook.expo import MOST_POINTS, load_expo
from marketplace.secondmonth import METRICS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.mentor.expo.expos import HandedInExpo
    from classroom.mentor.expo.result import ExpoResult
    from classroom.mentor.place.expo_store import ExpoMark
    from classroom.mentor.place.folder import MentorFolder
    from coursebook.expo import ExpoTexts


def return_expo(folder: MentorFolder, handed_in: HandedInExpo) -> ExpoResult:
    """Send an Expo back with its marks, to everybody who has worked on it.

    Raises:
        NotYet: it has no outcome; nothing was sent.
        Unreachable: the shared folder is closed.
    """
    store, texts = ExpoMarksStore(folder), load_expo(folder.course.root)
    outcome = outcome_of(folder, handed_in, texts)
    result = outcome.final
    if result is None:
        raise NotYet(outcome.lacks)
    marks = store.marks(handed_in.learner, handed_in.reported)
    now = dt.datetime.now(dt.UTC).isoformat()
    rows = tuple(
        ExerciseFeedback(letter, points, MOST_POINTS, "", _comments(marks, letter))
        for letter, points in result.points.items()
    )
    names = _names(folder, handed_in)
    page, together = _page(folder, handed_in, result, marks, texts, names), _together(handed_in, names)
    most = MOST_POINTS * len(rows)
    for each in handed_in.everybody:
        send_feedback(folder, Feedback(EXPO, each, now, handed_in.code, result.total, most, rows, page, together))
        store.note_returned(ReturnedExpo(each, handed_in.code, now))
    tell_class(folder)
    return result


def _names(folder: MentorFolder, handed_in: HandedInExpo) -> tuple[str, ...]:
    """Of those who have worked on it together, the writer first; nobody for who has done so alone."""
    if not handed_in.others:
        return ()
    with open_gradebook(folder) as gradebook:
        listed = {each.id: " ".join(filter(None, (each.last_name, each.first_name))) for each in gradebook.students}
    return tuple(listed.get(each) or each for each in handed_in.everybody)


def _together(handed_in: HandedInExpo, names: tuple[str, ...]) -> TeamsExpo | None:
    if not names:
        return None
    expo, plan, report = handed_in.expo, handed_in.plan, latest(handed_in.expo, REPORT)
    codes = (plan.code if plan else "", report.code if report else "")
    return TeamsExpo(handed_in.learner, names, expo.issue.name, expo.measure.name, *codes)


def _comments(marks: Iterable[ExpoMark], letter: str) -> str:
    said = [each for each in marks if each.letter == letter and each.comment]
    return "\n\n".join(f"{each.mentor}: {each.comment}" for each in said)


def _page(
    folder: MentorFolder,
    handed_in: HandedInExpo,
    result: ExpoResult,
    marks: Iterable[ExpoMark],
    texts: ExpoTexts,
    names: tuple[str, ...],
) -> str:
    lang, most = folder.lang, MOST_POINTS * len(texts.rubric)
    lines = [say("desk.expo.team", lang, names=say("desk.list_comma", lang).join(names))] if names else []
    lines += [say("desk.expo.total", lang, points=f"{result.total:g}", possible=most), verdict_on(result, texts, lang)]
    lines += drawn_lines(folder, handed_in)
    body = f"<ul>{''.join(f'<li>{escape(each)}</li>' for each in lines)}</ul>"
    for row in texts.rubric:
        points = result.points[row.letter]
        title = f'{row.letter} {row.title[lang]}<span class="score">{points:g} / {MOST_POINTS}</span>'
        said = [each for each in marks if each.letter == row.letter and each.comment]
        anchor = escape(row.anchors[min(MOST_POINTS, int(points))].text[lang])
        comments = "".join(
            f'<div class="comment"><strong>{escape(each.mentor)}</strong><p>{escape(each.comment)}</p></div>'
            for each in said
        )
        body += f"<section><h2>{title}</h2><p>{anchor}</p>{comments}</section>"
    name = handed_in.expo.issue.name.strip()
    return page_of(f"Expo: {name}" if name else "Expo", body, lang)


def verdict_on(result: ExpoResult, texts: ExpoTexts, lang: str) -> str:
    """Whether an Expo passes, and why not."""
    if result.passes:
        return say("desk.expo.passes", lang)
    if result.missing:
        return say("desk.expo.has_zero", lang, rows=say("desk.list_comma", lang).join(result.missing))
    return say("desk.expo.too_few", lang, points=texts.passes_with)


def drawn_lines(folder: MentorFolder, handed_in: HandedInExpo) -> list[str]:
    """What was drawn, for the learner: only once there is a report."""
    if latest(handed_in.expo, REPORT) is None:
        return []
    return drawn_sentences(folder, handed_in)


def drawn_sentences(folder: MentorFolder, handed_in: HandedInExpo) -> list[str]:
    """What was drawn for an Expo: which effect, and how large, where the desk has practice data to tell; nothing before it was given.

    Raises:
        MarketplaceError: no measure can run by the plan.
    """
    lang, given = folder.lang, handed_in.month
    if given is None:
        return []
    lines = [say(f"desk.expo.drawn.{given.effect}", lang)]
    drawn = drawn_by(folder, handed_in.expo, given)
    if drawn is None:
        return lines
    sealed = sealed_plan(handed_in.expo)
    if sealed is None:
        return lines
    metric = METRICS[sealed.measure.metric]
    facts = {
        "units": counted(drawn.units, sealed.measure.group, lang),
        "base": level(drawn.base, metric, lang),
        "difference": change(drawn.difference, metric, lang),
        "power": f"{drawn.power:.0%}",
    }
    return [*lines, say("desk.expo.size", lang, **facts)]
