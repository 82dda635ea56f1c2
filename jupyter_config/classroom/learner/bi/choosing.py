"""The fields for the parameters of one query, or of all queries of a dashboard."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from classroom.learner.bi.markup import act, buttons, choice, form, hidden, text_field, told
from classroom.messages import say_in
from coursebook.parameters import DAYS, RANGES, Parameter, ParameterKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BEFORE, _OWN = "chosen.", "own."
"""What stands before a parameter's name among the fields of a form."""
_MOVING = {ParameterKind.DATE: DAYS, ParameterKind.RANGE: RANGES}
"""What moves with the room's present."""


def choosing(
    parameters: Iterable[Parameter],
    chosen: Mapping[str, str],
    choices: Mapping[str, tuple[str, ...]],
    lang: str,
    action: str,
    **fields: object,
) -> str:
    """The form, empty where there are no parameters.

    Args:
        parameters: What may be put in.
        chosen: What is put in now.
        choices: What lists from a query offered when it last ran.
        lang: `ja` or `en`.
        action: What is asked for when other values are chosen.
        fields: What the form says besides.
    """
    drawn = "".join(
        _field(each, chosen.get(each.name, each.first), choices.get(each.name, ()), lang) for each in parameters
    )
    if not drawn:
        return ""
    button = buttons(act(action, told("parameter.run", lang)))
    return form(hidden(**fields), f'<div class="penguin-bi-choosing">{drawn}{button}</div>')


def chosen_in(fields: Mapping[str, str]) -> dict[str, str]:
    """What was chosen in a form, by the names of the parameters; a day or period of one's own goes before a moving one."""
    chosen = {name.removeprefix(_BEFORE): value for name, value in fields.items() if name.startswith(_BEFORE)}
    own = {name.removeprefix(_OWN): value for name, value in fields.items() if name.startswith(_OWN)}
    return {**chosen, **{name: value.strip() for name, value in own.items() if value.strip()}}


def _field(parameter: Parameter, value: str, offered: tuple[str, ...], lang: str) -> str:
    name, label = f"{_BEFORE}{parameter.name}", escape(parameter.label or parameter.name)
    listed = parameter.choices or offered
    if parameter.kind is ParameterKind.LIST and listed:
        return choice(name, label, [(each, each) for each in listed], value if value in listed else listed[0])
    if parameter.kind in _MOVING:
        return _day_fields(parameter, label, value, lang)
    return text_field(name, label, value)


def _day_fields(parameter: Parameter, label: str, value: str, lang: str) -> str:
    """The days or periods that move with the room's present, and a field for one's own."""
    moving = _MOVING[parameter.kind]
    words = [(each, say_in("classroom.learner.panel", f"parameter.{each}", lang)) for each in moving]
    own = "" if value in moving else value
    hint, told_own = told(f"parameter.hint_{parameter.kind.value}", lang), told("parameter.own", lang)
    blank = [("", "–")] if own else []
    return choice(f"{_BEFORE}{parameter.name}", label, [*blank, *words], "" if own else value) + text_field(
        f"{_OWN}{parameter.name}", told_own, own, hint
    )
