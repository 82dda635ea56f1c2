"""A learner's feedback: score, then each exercise with verdict, example, hint and the mentor's comments."""

from __future__ import annotations

import logging
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbconvert.exporters import HTMLExporter
from traitlets import Bool

from classroom.appearance import style_sheet
from classroom.exchange.class_wishes import IN_CLASS
from classroom.mentor.collecting.handin import carry
from classroom.mentor.grading.grade import now
from classroom.mentor.grading.judged import judgement_of
from classroom.mentor.grading.marked import without_style
from classroom.mentor.grading.marks import Marks, read_marks
from classroom.mentor.grading.store import DeskStore
from classroom.mentor.place.calendar import in_zone, zone_of
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.folder import MentorFolder
from classroom.mentor.place.gradebook import open_gradebook
from classroom.messages import say
from classroom.points import whole_points
from classroom.session.case import Case
from classroom.session.markdown import markdown_html
from classroom.session.verdict.card import verdict_card

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import tzinfo

    from classroom.mentor.grading.marks import ExerciseMark
    from classroom.mentor.grading.store import DeskAnswer
    from coursebook import LessonExercise

_log = logging.getLogger(__name__)
_PAGE = """<!DOCTYPE html>
<html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>
body {{ font-family: system-ui, "Noto Sans CJK JP", "Hiragino Sans", Meiryo, sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; line-height: 1.6; }}
section {{ border-top: 1px solid #ccc; padding: 0.5em 0 1.5em; }}
pre {{ background: #f6f6f6; padding: 0.8em; overflow-x: auto; white-space: pre-wrap; }}
.score {{ float: right; font-weight: bold; }}
.comment {{ border-left: 4px solid #2a7ae2; padding: 0.2em 1em; background: #f3f8ff; }}
{style}
</style></head><body><h1>{title}</h1>{body}</body></html>
"""


class FeedbackExporter(HTMLExporter):
    """Makes nbgrader's generate_feedback write our page."""

    with_solutions = Bool(False, help="Show the solutions and explanations.").tag(config=True)

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> tuple[Any, Any]:
        """The feedback page of the learner whose autograded notebook this is."""
        del filename, kw
        place = resources["nbgrader"]
        converter: Any = self.parent
        folder = MentorFolder(Path(converter.coursedir.root))
        html = feedback_page(folder, place["assignment"], place["student"], with_solutions=self.with_solutions)
        DeskStore(folder.store_path).keep_feedback(place["assignment"], place["student"], now(), html)
        return html, {**resources, "output_extension": ".html"}


def make_feedback(
    folder: MentorFolder, assignment: str, students: Sequence[str] | None = None, *, with_solutions: bool = False
) -> list[str]:
    """Write the pages where nbgrader's release_feedback looks for them; earlier pages stay in the desk's store."""
    store, made = DeskStore(folder.store_path), []
    for place in sorted(folder.root.glob(f"autograded/*/{assignment}")):
        student = place.parent.name
        if students is not None and student not in students:
            continue
        html = feedback_page(folder, assignment, student, with_solutions=with_solutions)
        target = folder.step("feedback", student, assignment)
        target.mkdir(parents=True, exist_ok=True)
        for notebook in place.glob("*.ipynb"):
            part = target / f".{notebook.stem}.part"
            part.write_text(html, encoding="utf-8")
            part.replace(target / f"{notebook.stem}.html")
        carry(place, target)
        store.keep_feedback(assignment, student, now(), html)
        made.append(student)
    return made


def feedback_page(folder: MentorFolder, assignment: str, student: str, *, with_solutions: bool = False) -> str:
    """The page as HTML; nothing in it is a script, and what learners and mentors wrote is escaped."""
    store, lang = DeskStore(folder.store_path), folder.lang
    marks = read_marks(folder, assignment, student)
    answers = {each.exercise: each for each in store.answers(assignment, student=student)}
    title = say("feedback.title", lang, assignment=_title(folder, assignment))
    accepted = {name for name, each in answers.items() if each.outcome == "accepted"}
    solved = sum(name in accepted or mark.is_full for name, mark in marks.exercises.items())
    attempts = len(_attempts(store, assignment, student))
    parts = [_summary(marks, solved, attempts, zone_of(folder), lang, _partner(folder, assignment, student))]
    parts += [_section(folder, name, mark, answers, store, with_solutions) for name, mark in marks.exercises.items()]
    return page_of(title, "".join(parts), lang)


def page_of(title: str, body: str, lang: str) -> str:
    """A whole page without scripts, of a body that is HTML already."""
    return _PAGE.format(lang=lang, title=escape(title), style=style_sheet(), body=body)


def _title(folder: MentorFolder, assignment: str) -> str:
    try:
        lesson = folder.course.lesson(assignment)
    except KeyError:
        return assignment
    return f"{lesson.id} {lesson.record.title[folder.lang]}"


def _attempts(store: DeskStore, assignment: str, student: str) -> list[int]:
    return [each.attempt for each in store.submissions(assignment, student) if each.state == "graded"]


def _partner(folder: MentorFolder, assignment: str, student: str) -> str:
    """With whom it was handed in, by name; empty for nobody."""
    partner = class_file(folder).partners().get((student, assignment), "")
    with open_gradebook(folder) as gradebook:
        found = next((each for each in gradebook.students if partner and each.id == partner), None)
    return " ".join(filter(None, (found.last_name, found.first_name))) or partner if found else partner


def _summary(marks: Marks, solved: int, attempts: int, zone: tzinfo, lang: str, partner: str) -> str:
    lines = [
        say("feedback.score", lang, points=whole_points(marks.total, marks.possible), possible=f"{marks.possible:g}"),
        say("feedback.solved", lang, solved=solved, count=len(marks.exercises)),
    ]
    if marks.penalty:
        lines.append(say("feedback.penalty", lang, points=whole_points(marks.penalty, marks.possible)))
    if marks.duedate is not None:
        lines.append(say("feedback.due", lang, when=in_zone(marks.duedate, zone)))
    if marks.submitted is not None:
        lines.append(say("feedback.submitted", lang, when=in_zone(marks.submitted, zone)))
    if attempts:
        lines.append(say("feedback.attempts", lang, count=attempts))
    if partner:
        lines.append(say("feedback.partner", lang, name=partner))
    if marks.waiting:
        lines.append(say("feedback.waiting", lang))
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"


def _section(
    folder: MentorFolder,
    exercise_id: str,
    mark: ExerciseMark,
    answers: dict[str, DeskAnswer],
    store: DeskStore,
    with_solutions: bool,
) -> str:
    lang = folder.lang
    try:
        exercise = folder.course.exercise(exercise_id).in_language(folder.lang)
    except KeyError:
        return ""
    shown = "—" if mark.points is None else str(whole_points(mark.points, mark.possible))
    head = f'<h2>{escape(exercise_id)} {escape(exercise.text[lang].title)}<span class="score">{shown} / {mark.possible:g}</span></h2>'
    parts = [head]
    if mark.untouched:
        parts.append(f"<p>{escape(say('feedback.untouched', lang))}</p>")
    else:
        parts += _verdict(exercise, answers.get(exercise_id), store, lang)
    if mark.comment:
        name = escape(say("feedback.comment", lang))
        parts.append(f'<div class="comment"><strong>{name}</strong>{markdown_html(mark.comment)}</div>')
    if with_solutions:
        parts += _solution(exercise, lang)
    return f"<section>{''.join(parts)}</section>"


def _verdict(exercise: LessonExercise, answer: DeskAnswer | None, store: DeskStore, lang: str) -> Iterable[str]:
    if answer is None:
        return
    yield f"<pre>{escape(answer.answer)}</pre>"
    kept = store.judgement(answer.judgement_key)
    if kept is None:
        yield f"<p>{escape(say('feedback.unjudged', lang))}</p>"
        return
    try:
        judgement = judgement_of(kept, exercise, lang, answer.answer)
        case = Case(judgement, exercise, answer.answer, lang, wishes=IN_CLASS)
        html = str(verdict_card(case, hints=True).data["text/html"])
    except Exception:  # noqa: BLE001  (the points stand, and every other learner's page is made)
        _log.exception("the verdict on an answer to %s could not be shown", exercise.id)
    else:
        yield without_style(html)


def _solution(exercise: LessonExercise, lang: str) -> Iterable[str]:
    said = escape(say("feedback.solution", lang))
    text = exercise.solution or exercise.model_answers.get(("good", lang), "")
    if text:
        yield f"<h3>{said}</h3><pre>{escape(text)}</pre>"
    if explanation := exercise.text[lang].explanation:
        yield markdown_html(explanation)
