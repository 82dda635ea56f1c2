"""Pieces of the room's pages: HTML that the page's script brings to life by its `data-bi-…` attributes."""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.conditions import OPERATOR_CODES
from classroom.messages import say_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from classroom.learner.bi.records import Place

_CONDITION = re.compile(rf"(.*?) ({'|'.join(OPERATOR_CODES)}) (.*)", re.DOTALL)


def plain(code: str, lang: str, **params: object) -> str:
    """A sentence of the room."""
    return say_in("classroom.learner.bi", code, lang, **params)


def told(code: str, lang: str, **params: object) -> str:
    """The same, ready for HTML."""
    return escape(plain(code, lang, **params))


def link(place: str, text: str, *, primary: bool = False) -> str:
    """A way to another page of the room; `text` is HTML. A primary one is the button to press."""
    css = "penguin-primary" if primary else "penguin-link"
    return f'<button type="button" class="{css}" data-bi-go="{escape(place)}">{text}</button>'


def act(name: str, label: str, *, primary: bool = False, times: int = 1, sure: str = "", **fields: object) -> str:
    """A button that asks the server for an action, with the fields of the form that it stands in.

    Args:
        name: The action.
        label: Its text, as HTML.
        primary: Whether it is the one to press.
        times: How often it is done, one after another.
        sure: A question that is asked first, as HTML.
        fields: What it says beside the form's fields.
    """
    css = ' class="penguin-primary"' if primary else ""
    more = f' data-bi-fields="{escape(json.dumps({key: str(each) for key, each in fields.items()}))}"' if fields else ""
    more += f' data-bi-times="{times}"' if times > 1 else ""
    more += f' data-bi-sure="{sure}"' if sure else ""
    return f'<button type="button"{css} data-bi-do="{escape(name)}"{more}>{label}</button>'


def text_field(name: str, label: str, value: str, hint: str = "", *, rows: int = 0) -> str:
    """A field to write in, of one line or of several; label and hint are HTML."""
    given = f'name="{name}" placeholder="{hint}"'
    if rows:
        box = f'<textarea {given} rows="{rows}" spellcheck="false">{escape(value)}</textarea>'
    else:
        box = f'<input type="text" {given} value="{escape(value)}" autocomplete="off">'
    return f"<label><span>{label}</span>{box}</label>"


def folder_field(lang: str, value: str, known: Iterable[str]) -> str:
    """The folder that something is filed under: one of those there are, or a new one."""
    offered = "".join(f'<option value="{escape(each)}">' for each in sorted({*known} - {""}))
    box = f'<input type="text" name="folder" value="{escape(value)}" list="penguin-bi-folders" autocomplete="off">'
    return f'<label><span>{told("folder.name", lang)}</span>{box}</label><datalist id="penguin-bi-folders">{offered}</datalist>'


def filed(head: list[str], rows: Iterable[tuple[str, tuple[str, ...]]]) -> str:
    """Tables of what is filed, each row with its folder: first what is in none, then folder by folder."""
    folders: dict[str, list[tuple[str, ...]]] = {}
    for folder, row in rows:
        folders.setdefault(folder, []).append(row)
    parts = (
        (f'<h3 class="penguin-bi-folder">{escape(name)}</h3>' if name else "")
        + f'<div class="pg">{table(head, folders[name])}</div>'
        for name in sorted(folders)
    )
    return "".join(parts)


def sql_field(name: str, label: str, value: str, rows: int, place: Place | None = None) -> str:
    """A field for SQL, which the page makes the lessons' editor; a place in it is marked while it still stands there."""
    at = ""
    if place is not None and value.startswith(place.spot, place.start):
        at = f" data-bi-at='{json.dumps([place.start, place.start + len(place.spot)])}'"
    box = f'<textarea name="{name}" rows="{rows}" spellcheck="false" data-bi-sql{at}>{escape(value)}</textarea>'
    return f"<label><span>{label}</span>{box}</label>"


def choice(name: str, label: str, options: Iterable[tuple[str, str]], chosen: str, change: str = "") -> str:
    """A list to choose from: values and their texts; a change may ask for an action."""
    more = f' data-bi-change="{escape(change)}"' if change else ""
    entries = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(text)}</option>'
        for value, text in options
    )
    return f'<label><span>{label}</span><select name="{name}"{more}>{entries}</select></label>'


def condition_html(condition: str, lang: str) -> str:
    """An alert's condition, as `alerts.condition_text` has it, in words; empty where none was written down."""
    found = _CONDITION.fullmatch(condition)
    if not found:
        return escape(condition)
    column, sign, threshold = found.groups()
    return told(f"holds.{OPERATOR_CODES[sign]}", lang, column=column, threshold=threshold)


def hidden(**fields: object) -> str:
    """What a form says without being asked."""
    return "".join(
        f'<input type="hidden" name="{name}" value="{escape(str(value))}">' for name, value in fields.items()
    )


def form(*parts: str) -> str:
    """Fields and buttons that belong together."""
    return f'<form class="penguin-bi-form">{"".join(parts)}</form>'


def buttons(*parts: str) -> str:
    """A row of buttons."""
    return f'<div class="penguin-bi-buttons">{"".join(parts)}</div>'


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table whose cells are HTML."""
    top = "".join(f'<th scope="col">{each}</th>' for each in head)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f'<div class="pg-scroll" tabindex="0"><table class="pg-table"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'


def note(text: str) -> str:
    """A quiet line."""
    return f'<p class="penguin-bi-note">{text}</p>'


def warning(text: str) -> str:
    """A line that must not be missed."""
    return f'<p class="penguin-bi-warning" role="alert">{text}</p>'
