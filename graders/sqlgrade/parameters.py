"""Parameters in a query's text, as Redash has them: `{{ area }}` is found, and a value is filled in as text.

Nothing is quoted or changed on the way: who writes the query writes the quotes. So what may run is judged on the text after the
filling, never before.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

_PARAMETER = re.compile(r"\{\{\s*(\w+(?:\.\w+)?)\s*\}\}")
_BROKEN = re.compile(r"""\{\{(?!\s*['"])[^{}\n'":]{0,60}\}{0,2}|｛｛[^{}｛｝\n]{0,60}｝{0,2}""")
"""Braces that open a parameter and are none: not closed, closed by one, nothing or several words in them, full-width."""
_LITERAL = re.compile(r"'\{\{:(\w+(?:\.\w+)?)\}\}'")
"""What stands for a parameter outside of quotes while a text is a tree; nobody's parameter has a colon in its name."""
_SINGLE = re.compile(r"(?<!\{)\{\s*(\w+(?:\.\w+)?)\s*\}(?!\})")
_PIECE = re.compile(r"""'(?:[^']|'')*(?:'|\Z)|"(?:[^"]|"")*(?:"|\Z)|(--[^\n]*|/\*.*?(?:\*/|\Z))""", re.DOTALL)


class BadTemplate(ValueError):  # noqa: N818  (a value for whoever wrote the text)
    """A text whose parameters cannot be filled in.

    `code` is unknown, braces, single or full_width; `name` is what was written, `near` the name that was probably meant,
    `start` and `end` its place in the text.
    """

    def __init__(self, code: str, name: str, place: tuple[int, int], near: str = "") -> None:
        super().__init__(f"{code}: {name}")
        self.code, self.name, self.near = code, name, near
        self.start, self.end = place


@dataclass(frozen=True)
class Place:
    """Where one value stands: in the text as it was written, and in the text that was filled."""

    start: int
    end: int
    filled_start: int
    filled_end: int


@dataclass(frozen=True)
class Filled:
    """A text with its values in place."""

    sql: str
    places: tuple[Place, ...] = ()

    def back(self, offset: int) -> int:
        """Where a character of the filled text stands in the text as it was written; a value's own are its first brace."""
        shift = 0
        for place in self.places:
            if offset < place.filled_start:
                break
            if offset < place.filled_end:
                return place.start
            shift = place.end - place.filled_end
        return offset + shift

    def back_behind(self, offset: int) -> int:
        """The same for the place behind a character: behind a part of a value is behind its last brace."""
        inside = (place.end for place in self.places if place.filled_start < offset <= place.filled_end)
        return next(inside, self.back(offset))


def names_in(sql: str) -> tuple[str, ...]:
    """The names of a text's parameters, each once, in the order in which they first stand there."""
    return tuple(dict.fromkeys(found[1] for found in _PARAMETER.finditer(sql)))


def spans_in(sql: str) -> tuple[tuple[int, int], ...]:
    """Where each parameter of a text begins and ends, from its first brace to behind its last."""
    return tuple(found.span() for found in _PARAMETER.finditer(sql))


def in_braces(name: str) -> str:
    """A parameter as it is written in a query."""
    return f"{{{{ {name} }}}}"


def is_template(sql: str) -> bool:
    """Whether a text has parameters, or what was probably meant for one."""
    return "{{" in sql or "｛｛" in sql


def fill(sql: str, values: Mapping[str, str]) -> Filled:
    """The text with each parameter replaced by its value, in comments too, as Redash does; a value is not filled again.

    Raises:
        BadTemplate: a name has no value, or braces are none of a parameter.
    """
    _refuse_broken(sql, values)
    parts: list[str] = []
    places: list[Place] = []
    end = length = 0
    for found in _PARAMETER.finditer(sql):
        name = found[1]
        if name not in values:
            raise BadTemplate("unknown", name, found.span(), _near(name, values))
        before = sql[end : found.start()]
        length += len(before)
        places.append(Place(*found.span(), length, length + len(values[name])))
        parts += [before, values[name]]
        length += len(values[name])
        end = found.end()
    return Filled("".join([*parts, sql[end:]]), tuple(places))


def as_literals(sql: str) -> str:
    """The text with a literal in place of each parameter that stands outside of quotes, for whoever has to read its tree."""
    if "{{" not in sql:
        return sql
    quoted = [found.span() for found in _PIECE.finditer(sql)]

    def literal(found: re.Match[str]) -> str:
        inside = any(start < found.start() < end for start, end in quoted)
        return found[0] if inside else f"'{{{{:{found[1]}}}}}'"

    return _PARAMETER.sub(literal, sql)


def names_outside_quotes(sql: str) -> tuple[str, ...]:
    """The names of parameters that stand outside of quotes somewhere, each once."""
    return tuple(dict.fromkeys(found[1] for found in _LITERAL.finditer(as_literals(sql))))


def from_literals(sql: str) -> str:
    """The text with parameters in place of the literals that as_literals has put there, after its tree was written out."""
    return _LITERAL.sub(lambda found: in_braces(found[1]), sql)


def _refuse_broken(sql: str, known: Collection[str]) -> None:
    """Raise BadTemplate for the first braces outside of comments that were meant for a parameter and are none."""
    for start, end in _outside_comments(sql):
        bare = _PARAMETER.sub(lambda found: " " * len(found[0]), sql[start:end])
        if found := _BROKEN.search(bare):
            code = "full_width" if found[0].startswith("｛") else "braces"
            raise BadTemplate(code, found[0].strip(), (start + found.start(), start + found.end()))
        for found in _SINGLE.finditer(bare):
            if found[1] in known:
                raise BadTemplate("single", found[1], (start + found.start(), start + found.end()))


def _outside_comments(sql: str) -> Iterator[tuple[int, int]]:
    begun = 0
    for found in _PIECE.finditer(sql):
        if found[1]:
            yield begun, found.start()
            begun = found.end()
    yield begun, len(sql)


def _near(name: str, known: Collection[str]) -> str:
    found = difflib.get_close_matches(name.lower(), [each.lower() for each in known], 1)
    return next((each for each in known if found and each.lower() == found[0]), "")
