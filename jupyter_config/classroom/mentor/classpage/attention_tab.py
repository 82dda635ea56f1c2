"""The tab of what needs a mentor."""

from __future__ import annotations

from html import escape
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Any

from classroom.mentor.classpage.attention import Kind, needs_attention
from classroom.mentor.collecting.collect import received_file
from classroom.mentor.place.wording import outcome_html, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from classroom.mentor.classpage.attention import Item
    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.place.folder import MentorFolder


def attention_tab(
    folder: MentorFolder, assignment: str, files: Mapping[str, LearnersFile], anew: Callable[[], None]
) -> Any:
    """What waits, by kind; a file that nobody can tell whose it is gets its learner here."""
    widgets: Any = import_module("ipywidgets")
    items = needs_attention(folder, assignment, files)
    if not items:
        return widgets.HTML(f"<p>{escape(told('attention.none', folder.lang))}</p>")
    parts = []
    for kind, group in groupby(items, key=lambda each: each.kind):
        waiting = list(group)
        title = told(f"attention.{kind.value}", folder.lang)
        parts.append(widgets.HTML(f"<h4>{escape(title)} ({len(waiting)})</h4>"))
        parts += [_line(folder, each, anew) for each in waiting]
    return widgets.VBox(parts)


def _line(folder: MentorFolder, item: Item, anew: Callable[[], None]) -> Any:
    widgets: Any = import_module("ipywidgets")
    student = f"<b>{escape(item.student)}</b> " if item.student else ""
    text = widgets.HTML(f'<div class="pg"><p>{student}{escape(item.text)}</p></div>')
    if item.kind is not Kind.NOT_TAKEN:
        return text
    done = widgets.Button(description=told("attention.done", folder.lang))

    def dismiss(_: Any) -> None:
        received_file(folder).dismiss(item.place)
        anew()

    done.on_click(dismiss)
    row = [text, done]
    if item.place.startswith("file:") and not item.student:
        row += _whose(folder, item, anew)
    return widgets.VBox([row[0], widgets.HBox(row[1:])])


def _whose(folder: MentorFolder, item: Item, anew: Callable[[], None]) -> list[Any]:
    """A choice of learner for a file in the inbox: it is put into their folder there, and taken with the next collect."""
    from classroom.mentor.place.gradebook import open_gradebook

    widgets: Any = import_module("ipywidgets")
    file = folder.inbox / item.place.removeprefix("file:")
    if not file.is_file():
        return []
    with open_gradebook(folder) as gradebook:
        names = [each.id for each in gradebook.students]
    choice = widgets.Dropdown(
        options=[("…", ""), *((each, each) for each in names)], tooltip=told("learner", folder.lang)
    )
    answer = widgets.HTML()

    def put() -> str:
        place = folder.inbox / str(choice.value) / file.name
        place.parent.mkdir(exist_ok=True)
        file.replace(place)
        received_file(folder).settle(item.place)
        return told("attention.put", folder.lang, student=choice.value)

    def chosen(change: Any) -> None:
        if change["new"]:
            answer.value = outcome_html(folder, put)
            anew()

    choice.observe(chosen, "value")
    return [choice, answer]
