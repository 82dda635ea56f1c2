"""The draft of the day: one for everybody, to be shown wrong by as few rows as possible, and the fewest that did it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from coursebook.answer_cell import drill_of
from coursebook.judgement import Outcome
from coursebook.kind import AnswerForm
from coursebook.practice.draw import drill_id
from coursebook.practice.evidence import SOLUTION_SEEN, KeptTry
from coursebook.practice.library import Library
from coursebook.practice.template import TemplateRecord
from sqlgrade.engine.written_rows import rows_written


@dataclass(frozen=True)
class Broken:
    """How a class fared with the draft of a day."""

    drill: str
    rows: int
    """The fewest that were right; 0 where there was a draft to approve."""
    learners: int
    """How many were right."""


def broken_in(told: Iterable[Broken], drill: str) -> Broken | None:
    """How a class fared with a drill; None where nobody was right yet."""
    return next((each for each in told if each.drill == drill), None)


def template_of_day(
    library: Library, begun: Collection[str], closed: Collection[str], day: date
) -> TemplateRecord | None:
    """The template whose draft is to be broken on a business day; None before the lesson that teaches it was begun.

    Args:
        library: The templates.
        begun: The lessons that were begun.
        closed: Templates that an open review asks.
        day: The business day; who has the same templates and data has the same draft.
    """
    rows = [each for _, each in sorted(library.templates.items()) if each.kind.answer is AnswerForm.ROWS]
    opened = [each for each in rows if not each.after or each.after in begun]
    first = day.toordinal() % len(opened) if opened else 0
    return next((each for each in (*opened[first:], *opened[:first]) if each.id not in closed), None)


def seed_of_day(day: date) -> int:
    """The seed by which the day's template is drawn."""
    return day.toordinal()


def drill_of_day(library: Library, begun: Collection[str], day: date) -> str:
    """The id of the day's drill where no review is open; empty before the lesson that teaches it was begun."""
    template = template_of_day(library, begun, (), day)
    return drill_id(template.id, seed_of_day(day)) if template is not None else ""


def fewest(tries: Iterable[KeptTry]) -> int | None:
    """Rows of the smallest right answer that was given without the solution; 0 where a right draft was approved, None before there is one."""
    return min((rows_written(each.answer) for each in tries if _is_own(each)), default=None)


def class_best(library: Library, learners: Iterable[Iterable[KeptTry]], days: Collection[date]) -> tuple[Broken, ...]:
    """How a class fared with the drafts of some days, by the drill's id; what nobody was right at is left out.

    Args:
        library: The templates.
        learners: The tries of each, as their own files tell them.
        days: Business days.
    """
    lessons = {each.after for each in library.templates.values()}
    drills = {drill_of_day(library, lessons, day) for day in days} - {""}
    best: dict[str, list[int]] = {}
    for tries in learners:
        of_days = [each for each in tries if each.exercise_id in drills and _can_be(library, each)]
        for drill in {each.exercise_id for each in of_days}:
            rows = fewest(each for each in of_days if each.exercise_id == drill)
            if rows is not None:
                best.setdefault(drill, []).append(rows)
    return tuple(Broken(drill, min(rows), len(rows)) for drill, rows in sorted(best.items()))


def _can_be(library: Library, one: KeptTry) -> bool:
    """Whether an answer can be right, as a learner's file says: a draft that is wrong takes a row, unless its tables may be empty."""
    template, _ = drill_of(one.exercise_id) or ("", 0)
    draft = library.templates[template].draft
    return draft is not None and (draft.right or draft.may_be_empty or rows_written(one.answer) > 0)


def _is_own(one: KeptTry) -> bool:
    return one.status == Outcome.ACCEPTED.value and one.rung < SOLUTION_SEEN
