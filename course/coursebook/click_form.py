"""How an answer can be given by clicks: values to choose or to type, lines to put in order. The cell's text stays the answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlglot import exp

from coursebook.kind import AnswerForm
from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coursebook.exercise import LessonExercise

_MOST_LABEL = 90
"""Characters of a label; what is longer is read in the task, which stands above."""
_BULLET = re.compile(r"^\s*- ")
_OPTION = re.compile(r"(?:^|[\s　:：；;])([a-z])\)\s*")
_NAMED = re.compile(r"^(\w+)\s*((?:[（(].*?[）)])?)\s*[:：]\s*(.*)$")
_MARKUP = re.compile(r"\*\*|`")


class Sort(StrEnum):
    """What a value of an answer is."""

    LETTER = "letter"
    TRUTH = "truth"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from."""

    letter: str
    text: str


@dataclass(frozen=True)
class Field:
    """One value of an answer."""

    name: str
    """The column that it is written in."""
    label: str
    sort: Sort
    options: tuple[Option, ...] = ()
    """For a letter: what it may be; empty where the task names none."""


@dataclass(frozen=True)
class ClickForm:
    """How an exercise is answered by clicks: by its fields, or by the order of its lines."""

    fields: tuple[Field, ...] = ()
    lines: tuple[str, ...] = ()


def click_form(exercise: LessonExercise, lang: str) -> ClickForm | None:
    """The form of an exercise; None for one in which something is to be written."""
    if exercise.kind.is_read_by_lines:
        return ClickForm(lines=tuple(line for line in exercise.starter.splitlines() if line.strip()))
    if exercise.kind.answer is not AnswerForm.VALUES:
        return None
    sorts = sorts_of(exercise)
    starter = parsed(exercise.starter)
    names = starter.named_selects if isinstance(starter, exp.Select) else []
    if not names or len(names) != len(sorts):
        return None
    return ClickForm(_fields(names, sorts, exercise.text[lang].prompt))


def sorts_of(exercise: LessonExercise) -> tuple[Sort, ...]:
    """What each value of the answer is: of the solution, or as a learners' edition says it."""
    if exercise.record.values:
        return tuple(Sort(each) for each in exercise.record.values)
    solution = parsed(exercise.solutions[0].text) if exercise.solutions else None
    return tuple(_sort(each.unalias()) for each in solution.selects) if isinstance(solution, exp.Select) else ()


def _sort(value: exp.Expr) -> Sort:
    if isinstance(value, exp.Boolean):
        return Sort.TRUTH
    if isinstance(value, exp.Cast) and value.is_type("date"):
        return Sort.DATE
    if isinstance(value, exp.Literal) and value.is_string:
        return Sort.LETTER if len(value.name) == 1 and value.name.isalpha() and value.name.islower() else Sort.TEXT
    return Sort.NUMBER


def _fields(names: Sequence[str], sorts: Sequence[Sort], prompt: str) -> tuple[Field, ...]:
    bullets = [_MARKUP.sub("", _BULLET.sub("", line)) for line in prompt.splitlines() if _BULLET.match(line)]
    groups = _groups(bullets)
    named = {found[1]: found for each in bullets if (found := _NAMED.match(each))}
    letters = [name for name, sort in zip(names, sorts, strict=True) if sort is Sort.LETTER]
    fields = []
    for name, sort in zip(names, sorts, strict=True):
        options: tuple[Option, ...] = ()
        if sort is Sort.LETTER:
            options = _inline(named[name][3]) if name in named else ()
            at = letters.index(name)
            options = options or (groups[at if len(groups) == len(letters) else 0] if groups else ())
        label = _label(name, sort, named, groups)
        fields.append(Field(name, _in_words(name, prompt) if label == name else label, sort, options))
    return tuple(fields)


def _groups(bullets: Sequence[str]) -> list[tuple[Option, ...]]:
    """The lists of options in a task, each beginning with an a)."""
    groups: list[list[Option]] = []
    for each in bullets:
        if found := re.match(r"([a-z])\)\s*(.*)", each):
            if found[1] == "a" or not groups:
                groups.append([])
            groups[-1].append(Option(found[1], found[2]))
    return [tuple(each) for each in groups]


def _inline(text: str) -> tuple[Option, ...]:
    """Options that stand in one line."""
    found = list(_OPTION.finditer(text))
    if len(found) < 2:
        return ()
    ends = [*(each.start() for each in found[1:]), len(text)]
    return tuple(Option(each[1], text[each.end() : end].strip(" 　;；")) for each, end in zip(found, ends, strict=True))


def _in_words(name: str, prompt: str) -> str:
    """The column's name, with the words that the task's prose has in brackets after it."""
    prose = "\n".join(line for line in prompt.splitlines() if not _BULLET.match(line))
    found = re.search(rf"(?<![\w.]){re.escape(name)}`?\s*[（(]([^（()）\n]+)[）)]", prose)
    return f"{name}: {found[1]}" if found and len(found[1]) <= _MOST_LABEL else name


def _label(name: str, sort: Sort, named: dict[str, re.Match[str]], groups: Sequence[tuple[Option, ...]]) -> str:
    """The column's name, and what the task says of it where that is short."""
    said = ""
    if name in named:
        around, text = named[name][2].strip("（）()"), named[name][3]
        said = around if sort is Sort.LETTER and _inline(text) else text
    elif sort is not Sort.LETTER:
        said = next((each.text for group in groups for each in group if each.letter == name), "")
    return f"{name}: {said}" if said and len(said) <= _MOST_LABEL else name
