"""What the names in an exercise's queries and texts are called on a company's tables."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from coursebook.own_tables.counterparts import NotPlayed, course_tables
from coursebook.own_tables.naming import plural, singular
from marketplace.yourschema.meanings import snake

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from coursebook.own_tables.counterparts import Counterparts

_NOUNS = {
    "guest": "guests",
    "cast": "casts",
    "talk": "talks",
    "message": "messages",
    "appointment": "appointments",
    "appo": "appointments",
    "payment": "payments",
    "impression": "list_impressions",
    "session": "sessions",
}
"""Noun in a name that a query makes up (talk_count, vip_casts) -> the course's table that it speaks of."""
_PART = re.compile(r"[a-z]+")
_LEAST_LETTERS = 4


class Names:
    """What names mean in one exercise, or one lesson: a name of several tables is read by those that are spoken of."""

    def __init__(self, parts: Counterparts, tables: Iterable[str] = ()) -> None:
        self.parts = parts
        self.tables = tuple(tables)
        self._met: dict[str, Counter[str]] = defaultdict(Counter)

    def meet(self, name: str, renamed: str) -> str:
        """Remember what a name has become in a query that could be read."""
        self._met[name][renamed] += 1
        return renamed

    def has_met(self, name: str) -> bool:
        """Whether a query that could be read has such a name."""
        return name in self._met

    def free(self, name: str) -> str:
        """What a name becomes that stands alone, in a text or in a query that does not run; raises NotPlayed."""
        met = self._met.get(name)
        if met is not None and len(met) == 1:
            return next(iter(met))
        if name in course_tables():
            return self.parts.table(name).name
        return self._column(name) or self._misspelt(name) or self.made_up(name)

    def output(self, name: str, read: Sequence[str]) -> str:
        """What a name becomes that a query gives itself; `read` are the tables that it reads, none where it makes its rows up."""
        if name in course_tables():
            return self.parts.table(name).name
        spoken_of = read or (course_tables() if "_" in name else self.tables)
        if any(course_tables()[table].column(name) for table in spoken_of):
            return self._column(name) or name
        return self.made_up(name)

    def made_up(self, name: str) -> str:
        """A name that no table has, with the nouns in it that name the rows of one: talk_count, vip_casts."""

        def named(found: re.Match[str]) -> str:
            word = found[0]
            table = _NOUNS.get(singular(word))
            if table is None or (word not in _NOUNS and word != plural(singular(word))):
                return word
            noun = singular(snake(self.parts.table(table).name).replace("_", " ")).replace(" ", "_")
            return plural(noun) if word.endswith("s") else noun

        return _PART.sub(named, name) if name.islower() else name

    def value(self, text: str) -> str:
        """What a text in quotes becomes: a value of a column that is spoken of, or itself; raises NotPlayed."""
        found = {
            self.parts.value(table, column.name, text)
            for table in self.tables
            if table in self.parts.tables
            for column in course_tables()[table].columns
            if text in column.choices or text in self._renamed(table, column.name)
            if column.name in self.parts.tables[table].columns or text in column.choices
        }
        if len(found) > 1:
            raise NotPlayed("value_twice", value=text, values=", ".join(sorted(found)))
        return next(iter(found), text)

    def is_column(self, name: str) -> bool:
        """Whether a table that is spoken of has such a column."""
        return any(course_tables()[table].column(name) for table in self.tables)

    def _renamed(self, table: str, column: str) -> Collection[str]:
        played = self.parts.tables[table].columns.get(column)
        return played.rename if played is not None else ()

    def _column(self, name: str) -> str | None:
        """The company's name of a column: of the tables spoken of that have it, else of all; None where none has it."""
        having = [each for each in course_tables() if course_tables()[each].column(name)]
        here = [each for each in having if each in self.tables] or [
            each for each in having if each in self.parts.tables
        ]
        if not having:
            return None
        names = [(table, self.parts.column(table, name).name) for table in here or having[:1]]
        referring = [each for table, each in names if course_tables()[table].key != (name,)]
        return Counter(referring or [each for _, each in names]).most_common(1)[0][0]

    def _misspelt(self, name: str) -> str | None:
        """A table's name that lacks a letter, as an exercise on error messages has it."""
        for table in course_tables():
            if len(name) < _LEAST_LETTERS or len(name) != len(table) - 1:
                continue
            place = next((n for n in range(len(table)) if table[:n] + table[n + 1 :] == name), None)
            if place is not None:
                own = self.parts.table(table).name
                return own[:place] + own[place + 1 :]
        return None
