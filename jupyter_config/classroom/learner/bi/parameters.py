"""The parameters of a saved query: `%parameter` lines in its text say what may be put in, as in a cell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coursebook.answer_cell import KERNEL_LINE
from coursebook.parameters import LINE_NAMES, Parameter, ParameterKind, declared_in, for_names
from sqlgrade.parameters import is_template, names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def has_parameters(text: str) -> bool:
    """Whether a query has parameters, or what was probably meant for one."""
    return is_template(body_of(text))


def body_of(text: str) -> str:
    """The SQL of a saved query, without the lines that declare its parameters."""
    lines = (line for line in text.split("\n") if not _declares(line))
    return "\n".join(lines).strip("\n")


def parameters_of(text: str) -> tuple[Parameter, ...]:
    """The parameters that the SQL of a saved query names."""
    return for_names(names_in(body_of(text)), declared_in(text))


def chosen_for(text: str, *chosen: Mapping[str, str]) -> dict[str, str]:
    """What is chosen for the parameters of a query, the later mappings before the earlier ones; what it does not name is left out."""
    names = {each.name for each in parameters_of(text)}
    return {name: value for each in chosen for name, value in sorted(each.items()) if name in names}


def with_lines(sql: str, declared: Mapping[str, Parameter]) -> str:
    """A query's text from its SQL and the parameters that are declared beside it."""
    used = for_names(names_in(sql), declared)
    return "\n".join([*(_line(each) for each in used if each.name in declared), sql])


def _line(parameter: Parameter) -> str:
    if parameter.query:
        return f"%parameter {parameter.name} query {' '.join(parameter.query.split())}"
    rest = parameter.default
    if parameter.kind is ParameterKind.LIST:
        rest = ", ".join(_first(parameter.default, parameter.choices))
    return f"%parameter {parameter.name} {parameter.kind} {rest}".rstrip()


def _first(default: str, choices: Iterable[str]) -> list[str]:
    """The choices with the default in front, for the first one is what is put in at first."""
    return sorted(choices, key=lambda each: each != default)


def _declares(line: str) -> bool:
    found = KERNEL_LINE.match(line)
    return found is not None and found[1].lower() in LINE_NAMES
