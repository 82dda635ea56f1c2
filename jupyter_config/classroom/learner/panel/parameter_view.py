"""The panel above a result: a field for each parameter of the query, and a button that runs it with other values."""

from __future__ import annotations

import datetime as dt
from html import escape
from importlib import import_module
from typing import TYPE_CHECKING, Any

from classroom.learner.panel.offer import sentence
from classroom.learner.state.parameters import today
from classroom.session.display import Display, page, widget
from coursebook.parameters import DAYS, RANGES, Parameter, ParameterKind, texts_of
from sqlgrade.parameters import in_braces

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.learner.state.desk import Desk
    from classroom.learner.state.parameters import FilledCell

_OWN = ""
"""What a list of moving days has for "choose the day"."""
_LONGEST = 4_000
"""Characters of the filled query that are shown."""


def show_parameters(cell: FilledCell, desk: Desk, run_with: Callable[[dict[str, str]], FilledCell | str]) -> Display:
    """The panel as a widget, and without widgets what was put in.

    Args:
        cell: The query that has been filled in.
        desk: Whose "now" the days count from.
        run_with: Runs the query with other choices; gives it filled in anew, or a sentence why not.
    """
    widgets: Any = import_module("ipywidgets")
    day = today(desk)
    fields = {each.name: _field(widgets, each, cell.chosen[each.name], day, desk.lang) for each in cell.parameters}
    button = widgets.Button(description=sentence("parameter.run", desk.lang), button_style="primary")
    button.add_class("pg-apply")
    said, told = widgets.HTML(), widgets.HTML(_filled_html(cell, desk.lang))

    def press(_: Any) -> None:
        button.disabled = True
        said.value = ""
        try:
            ran = run_with({name: read() for name, (_, read) in fields.items()})
        finally:
            button.disabled = False
        if isinstance(ran, str):
            said.value = f'<div class="pg" role="alert"><p>{escape(ran)}</p></div>'
        else:
            told.value = _filled_html(ran, desk.lang)

    button.on_click(press)
    row = widgets.HBox([box for box, _ in fields.values()], layout=widgets.Layout(flex_flow="row wrap"))
    panel = widgets.VBox([row, button, said, told])
    panel.add_class("pg-panel")
    return widget(panel.model_id, _without_widgets(cell, desk.lang))


def _without_widgets(cell: FilledCell, lang: str) -> Display:
    """What was put in, and that a line of the cell says so."""
    values = ", ".join(f"{in_braces(name)} = {text}" for name, text in cell.texts.items())
    line = sentence("parameter.put_in", lang, values=values)
    warned = _warning(cell, lang)
    html = f'<div class="pg-caption">{escape(line)}</div>'
    html += f"<p>{escape(warned)}</p>" if warned else ""
    return page(html, "\n".join(filter(None, [line, warned])))


def _filled_html(cell: FilledCell, lang: str) -> str:
    """The query as it is run, its values marked; open where a value has become SQL."""
    warned = _warning(cell, lang)
    sql, parts, end = cell.filled.sql, [], 0
    for place in cell.filled.places:
        before, value = sql[end : place.filled_start], sql[place.filled_start : place.filled_end]
        parts.append(f"{escape(before)}<mark>{escape(value)}</mark>")
        end = place.filled_end
    parts.append(escape(sql[end:]))
    shown = "".join(parts) if len(sql) <= _LONGEST else escape(sql[:_LONGEST]) + "…"
    summary = escape(sentence("parameter.as_run", lang))
    alert = f'<p role="alert"><b>{escape(warned)}</b></p>' if warned else ""
    return f'<div class="pg">{alert}<details{" open" if warned else ""}><summary>{summary}</summary><pre>{shown}</pre></details></div>'


def _warning(cell: FilledCell, lang: str) -> str:
    names = cell.broken_out
    return sentence("parameter.broken_out", lang, names=", ".join(map(in_braces, names))) if names else ""


def _field(widgets: Any, parameter: Parameter, chosen: str, day: dt.date, lang: str) -> tuple[Any, Callable[[], str]]:
    """The field of one parameter, and what reads from it what is chosen."""
    label = parameter.label or parameter.name
    match parameter.kind:
        case ParameterKind.LIST:
            box = widgets.Dropdown(description=label, options=parameter.choices, value=chosen)
        case ParameterKind.DATE:
            return _moving(widgets, label, parameter, chosen, day, lang)
        case ParameterKind.RANGE:
            return _moving(widgets, label, parameter, chosen, day, lang)
        case _:
            box = widgets.Text(description=label, value=chosen, continuous_update=False)
    return box, lambda: str(box.value)


def _moving(
    widgets: Any, label: str, parameter: Parameter, chosen: str, day: dt.date, lang: str
) -> tuple[Any, Callable[[], str]]:
    """A list of moving days or periods, and fields for the days themselves, seen where one wants to choose them."""
    names = RANGES if parameter.kind is ParameterKind.RANGE else DAYS
    options = [(f"{sentence(f'parameter.{name}', lang)} ({_told(parameter, name, day)})", name) for name in names]
    options.append((sentence("parameter.own", lang), _OWN))
    kept = chosen.strip() if chosen.strip() in names else _OWN
    listed = widgets.Dropdown(description=label, options=options, value=kept, layout=widgets.Layout(width="30em"))
    days = [dt.date.fromisoformat(text) for text in texts_of(parameter, chosen, day).values()]
    pickers = [widgets.DatePicker(value=each) for each in days]
    box = widgets.HBox(pickers)

    def show(_: Any = None) -> None:
        box.layout.display = None if listed.value == _OWN else "none"

    listed.observe(show, "value")
    show()

    def read() -> str:
        own = "..".join(each.value.isoformat() if each.value else "" for each in pickers)
        return str(listed.value) or own

    return widgets.HBox([listed, box], layout=widgets.Layout(flex_flow="row wrap")), read


def _told(parameter: Parameter, name: str, day: dt.date) -> str:
    """The days that a moving day or period is now."""
    return " – ".join(dict.fromkeys(texts_of(parameter, name, day).values()))
