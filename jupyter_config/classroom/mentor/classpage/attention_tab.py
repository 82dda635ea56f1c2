"""The tab of what needs a mentor."""

from __future__ import annotations

from html import escape
from importlib import import_module
from itertools import groupby
from typing import TYPE_CHECKING, Any

from classroom.mentor.classpage.attention import Kind, needs_attention
from classroom.mentor.classpage.inbox import free_place
from classroom.mentor.collecting.collect import received_file
from classroom.mentor.place.gradebook import full_names
from classroom.mentor.place.wording import outcome_html, told

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from classroom.mentor.classpage.attention import WaitingItem
    from classroom.mentor.classpage.progress_files import LearnersFile
    from classroom.mentor.place.folder import MentorFolder


def attention_tab(
    folder: MentorFolder,
    assignment: str,
    files: Mapping[str, LearnersFile],
    anew: Callable[[], None],
    tell: Callable[[str], None] = lambda _: None,
) -> Any:
    """What waits, by kind; a file that nobody can tell whose it is gets its learner here. `tell` shows what came of it."""
    widgets: Any = import_module("ipywidgets")
    items = needs_attention(folder, assignment, files)
    if not items:
        return widgets.HTML(f"<p>{escape(told('attention.none', folder.lang))}</p>")
    parts = []
    for kind, group in groupby(items, key=lambda each: each.kind):
        waiting = list(group)
        title = told(f"attention.{kind.value}", folder.lang)
        parts.append(widgets.HTML(f"<h4>{escape(title)} ({len(waiting)})</h4>"))
        parts += [_line(folder, each, anew, tell) for each in waiting]
    return widgets.VBox(parts)


def _line(folder: MentorFolder, item: WaitingItem, anew: Callable[[], None], tell: Callable[[str], None]) -> Any:
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
        row += _whose(folder, item, anew, tell)
    return widgets.VBox([row[0], widgets.HBox(row[1:])])


def _whose(folder: MentorFolder, item: WaitingItem, anew: Callable[[], None], tell: Callable[[str], None]) -> list[Any]:
    """A choice of learner for a file in the inbox: it is put into their folder there, and taken with the next collect."""
    widgets: Any = import_module("ipywidgets")
    file = folder.inbox / item.place.removeprefix("file:")
    if not file.is_file():
        return []
    names = full_names(folder)
    choice = widgets.Dropdown(
        options=[("…", ""), *((name, each) for each, name in names.items())], tooltip=told("learner", folder.lang)
    )
    button, answer = widgets.Button(description=told("attention.assign", folder.lang), disabled=True), widgets.HTML()

    def put() -> str:
        place = free_place(folder.inbox / str(choice.value), file.name)
        place.parent.mkdir(exist_ok=True)
        file.rename(place)
        received_file(folder).settle(item.place)
        said = told("attention.put", folder.lang, student=names[str(choice.value)])
        anew()  # this tab is drawn anew, so what came of it is told outside of it
        tell(said)
        return said

    def chosen(change: Any) -> None:
        button.disabled = not change["new"]

    def pressed(_: Any) -> None:
        if choice.value:
            answer.value = outcome_html(folder, put)

    choice.observe(chosen, "value")
    button.on_click(pressed)
    return [choice, button, answer]
