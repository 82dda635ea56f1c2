"""The tab of answer groups: read one, mark and comment once, for all of the group."""

from __future__ import annotations

from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.exchange.class_wishes import IN_CLASS
from classroom.exchange.transport import Unreachable
from classroom.mentor.classpage.groups import answer_groups, comment_on, judgement_on
from classroom.mentor.classpage.mistakes import mistake_name
from classroom.mentor.classpage.ways import is_shown, show
from classroom.mentor.grading.marked import without_style
from classroom.mentor.place.class_store import class_file
from classroom.mentor.place.wording import outcome_html, told
from classroom.session.case import Case
from classroom.session.verdict.card import verdict_card
from coursebook import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from classroom.mentor.classpage.groups import AnswerGroup
    from classroom.mentor.place.folder import MentorFolder

_MOST_NAMES = 12
_MOST_TEXTS = 3


def groups_tab(folder: MentorFolder, assignment: str) -> Any:
    """A choice of exercise above the groups of its answers."""
    widgets: Any = import_module("ipywidgets")
    lang = folder.lang
    exercises = [
        (f"{each.id} {each.text[lang].title}", each.id)
        for each in folder.course.lesson(assignment).placed_exercises(lang)
    ]
    choice = widgets.Dropdown(
        options=exercises, description=told("exercise", lang), layout=widgets.Layout(width="32em")
    )
    place = widgets.VBox()

    def fill(_: Any = None) -> None:
        groups = answer_groups(folder, assignment, str(choice.value))
        nothing = widgets.HTML(f"<p>{escape(told('group.none', lang))}</p>")
        bank = [each.text for each in class_file(folder).comments(str(choice.value))]
        place.children = tuple(group_card(folder, each, bank) for each in groups) or (nothing,)

    choice.observe(fill, "value")
    fill()
    return widgets.VBox([choice, place])


def group_card(folder: MentorFolder, group: AnswerGroup, bank: Sequence[str]) -> Any:
    """One group: its commonest texts, what the learners were told, and a form for all of them with the comment bank."""
    widgets: Any = import_module("ipywidgets")
    lang = folder.lang
    comment = widgets.Textarea(placeholder=told("group.comment", lang), rows=2, layout=widgets.Layout(width="36em"))
    from_bank = widgets.Dropdown(
        options=[("…", ""), *((text[:60], text) for text in bank)],
        tooltip=told("group.from_bank", lang),
        layout=widgets.Layout(width="20em"),
    )
    points = widgets.Text(placeholder=told("group.points", lang), layout=widgets.Layout(width="20em"))
    button = widgets.Button(description=told("group.apply", lang, size=group.size), button_style="primary")
    answer = widgets.HTML()

    def take(change: Any) -> None:
        if change["new"]:
            comment.value = change["new"]

    def apply(_: Any) -> None:
        answer.value = outcome_html(folder, lambda: _apply(folder, group, comment.value.strip(), points.value.strip()))

    from_bank.observe(take, "value")
    button.on_click(apply)
    picked = widgets.HBox([widgets.Label(told("group.from_bank", lang)), from_bank])
    form = widgets.VBox([comment, widgets.HBox([picked, points, button]), answer])
    parts = [widgets.HTML(group_html(folder, group)), *_ways(folder, group), form]
    return widgets.VBox(parts, layout=widgets.Layout(margin="0 0 1.5em 0"))


def _ways(folder: MentorFolder, group: AnswerGroup) -> list[Any]:
    """For each text of a right answer that is read here: whether those who have solved the exercise see it."""
    if group.outcome != Outcome.ACCEPTED or folder.has_stock_exchange:  # that has no way for it
        return []
    widgets: Any = import_module("ipywidgets")
    made = []
    for number, (text, _) in enumerate(group.texts[:_MOST_TEXTS], 1):
        label = told("group.show_way", folder.lang, number=number)
        box = widgets.Checkbox(value=is_shown(folder, group.exercise, text), description=label, indent=False)
        said = widgets.HTML()
        box.observe(_chosen(folder, group.exercise, text, said), "value")
        made.append(widgets.HBox([box, said]))
    return made


def _chosen(folder: MentorFolder, exercise: str, text: str, said: Any) -> Callable[[Any], None]:
    def act(shown: bool) -> str:
        try:
            show(folder, exercise, text, shown=shown)
        except Unreachable as fault:
            return told("week.closed", folder.lang, place=fault.filename)
        return told("group.way_shown" if shown else "group.way_hidden", folder.lang)

    def change(event: Any) -> None:
        said.value = outcome_html(folder, lambda: act(bool(event["new"])))

    return change


def group_html(folder: MentorFolder, group: AnswerGroup) -> str:
    """What a mentor reads of a group; every text of a learner is escaped."""
    lang = folder.lang
    outcome = told(f"outcome.{group.outcome}", lang)
    head = told("group.head", lang, outcome=outcome, size=group.size, texts=len(group.texts))
    parts = [f"<h4>{escape(head)}</h4>"]
    exercise = folder.course.exercise(group.exercise).in_language(lang)
    judgement = judgement_on(folder, group.sample, lang)
    if group.near_miss or group.code:
        verdict, hint = (judgement.verdict, judgement.hint) if judgement else (None, "")
        name = mistake_name(lang, group.code, group.outcome, verdict, hint)
        parts.append(f"<p>{escape(told('group.mistake', lang, name=name))}</p>")
    texts = [group.sample.answer, *(text for text, _ in group.texts[1:_MOST_TEXTS])]
    parts += [f"<pre>{escape(text)}</pre>" for text in texts if text.strip()]
    if judgement is not None and group.outcome != "refused":
        card = str(
            verdict_card(Case(judgement, exercise, group.sample.answer, lang, wishes=IN_CLASS), hints=True).data[
                "text/html"
            ]
        )
        summary = escape(told("group.told", lang))
        parts.append(f"<details><summary>{summary}</summary>{without_style(card)}</details>")
    names = ", ".join(group.students[:_MOST_NAMES]) + (" …" if group.size > _MOST_NAMES else "")
    parts.append(f"<p><small>{escape(told('group.students', lang, students=names))}</small></p>")
    return f'<div class="pg" data-exercise="{group.exercise}">{"".join(parts)}</div>'


def _apply(folder: MentorFolder, group: AnswerGroup, comment: str, points: str) -> str:
    lang = folder.lang
    try:
        number = float(points) if points else None
    except ValueError:
        number = -1.0
    if number is not None and not 0 <= number <= group.sample.possible:
        return told("group.bad_points", lang, possible=f"{group.sample.possible:g}")
    if not comment and number is None:
        return told("group.nothing", lang)
    from nbgrader.api import MissingEntry

    try:
        count = comment_on(folder, group.assignment, group.exercise, group.students, comment=comment, points=number)
    except MissingEntry:
        return told("group.not_found", lang, students=", ".join(group.students))
    return told("group.applied", lang, count=count)
