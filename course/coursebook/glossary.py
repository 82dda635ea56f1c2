"""All lessons' terms as one glossary, and finding one by any word that people use for it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coursebook.course import Course
    from coursebook.format import Bilingual, LessonRecord

MOST_FOUND = 6
_NEAR_ENOUGH = 0.6
"""Of SequenceMatcher.ratio, from which on a word passes for a slip or a variant of another."""
_LONGEST = 60
_PARTS = re.compile(r"[（）()、,・/]| and |と(?=[ A-Z])")
_LEFT_OUT = re.compile(r"[\s\-‐‑–—_・]+")


@dataclass(frozen=True)
class Entry:
    """One term."""

    term: Bilingual
    """What the field calls it."""
    meaning: Bilingual
    """What it means, in a sentence, as the first lesson that has it says it."""
    also: tuple[str, ...]
    """Other words under which it is looked up."""
    lessons: tuple[LessonRecord, ...]
    """The lessons whose cards hold it, in order."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every word it may be asked for by, as `folded` gives them."""
        written = (self.term.ja, self.term.en, *self.also)
        parts = (part for each in written for part in (each, *_PARTS.split(each)))
        return tuple(dict.fromkeys(filter(None, map(folded, parts))))


@dataclass(frozen=True)
class Found:
    """What was found for a word."""

    entries: tuple[Entry, ...]
    """The best first; empty if nothing comes close."""
    exact: bool
    """Whether a name of theirs holds the word; else they only come close to it."""


def glossary(course: Course) -> tuple[Entry, ...]:
    """Every term once, in the order in which they are learned; reads no exercise."""
    entries: dict[tuple[str, str], Entry] = {}
    for lesson in course.outlines.values():
        for each in lesson.glossary:
            key = each.term.ja, each.term.en
            known = entries.get(key, Entry(each.term, each.meaning, (), ()))
            entries[key] = replace(known, also=(*known.also, *each.also), lessons=(*known.lessons, lesson))
    return tuple(entries.values())


def find(entries: tuple[Entry, ...], asked: str) -> Found:
    """The terms for a word in either language: by a name, by a part of one, by what it means, or by likeness."""
    word = folded(asked[:_LONGEST])
    if not word:
        return Found((), exact=False)
    named = [(_rank(word, each), each) for each in entries]
    holding = sorted((each for each in named if each[0] is not None), key=lambda each: each[0] or 0)
    if holding:
        return Found(tuple(each for _, each in holding[:MOST_FOUND]), exact=True)
    told = [each for each in entries if word in folded(each.meaning.ja) or word in folded(each.meaning.en)]
    likeness = {id(each): _likeness(word, each) for each in entries}
    near = sorted(
        (each for each in entries if likeness[id(each)] >= _NEAR_ENOUGH), key=lambda each: -likeness[id(each)]
    )
    close = [*near, *(each for each in told if each not in near)]
    return Found(tuple(close[:MOST_FOUND]), exact=False)


def folded(text: str) -> str:
    """A text as words are compared: one form of each letter, no case, no spaces and hyphens."""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text).casefold())


def _rank(word: str, entry: Entry) -> int | None:
    """0 for the name itself, more the longer the name that holds the word; None where none does."""
    return min((len(name) - len(word) for name in entry.names if word in name), default=None)


def _likeness(word: str, entry: Entry) -> float:
    return max(SequenceMatcher(None, word, name, autojunk=False).ratio() for name in entry.names)
