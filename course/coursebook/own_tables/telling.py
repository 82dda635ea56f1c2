"""Writes a template from a pattern: identifiers into its SQL, names into its texts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from coursebook.messages import LANGUAGES, sentences
from marketplace.yourschema.meanings import snake
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from coursebook.own_tables.binding import Cast, CastTable
    from coursebook.own_tables.facts import OwnField, OwnTable
    from coursebook.own_tables.pattern import DrillPattern
    from marketplace.yourschema.mapping import OwnClock

_COUNTED = {
    "counter": ("人", "件"),
    "howmany": ("人数", "件数"),
    "those": ("人", "もの"),
    "are": ("いる", "ある"),
    "arethere": ("います", "あります"),
    "arenot": ("いない", "ない"),
}
"""How Japanese counts people, and how it counts all else."""
_BLANK_AGAIN = {
    "ja": (
        re.compile(r"([^。]+)が空の([^。]+)は除きます。([^。]+)が空の\2は除きます。"),
        r"\1か\3が空の\2は除きます。",
    ),
    "en": (
        re.compile(r"Leave out ([^`]+) whose (`[^.]+`) is blank\. Leave out \1 whose (`[^.]+`) is blank\."),
        r"Leave out \1 whose \2 or \3 is blank.",
    ),
}
"""Columns of the same rows that are to be left out where they are blank: said in one sentence, however many they are."""
_OF_BLANKS = {"unblank": "without_blank", "blankin": "with_blank"}
_PLACE = re.compile(r"<(?P<part>[a-z]\w*)(?:\.(?P<column>\w+))?(?::(?P<form>[a-z]+))?>")
"""`<t>`, `<t.num>`, `<t.num:name>`: a place that a part is written into."""


class Teller:
    """Writes the parts of one pattern."""

    def __init__(self, cast: Cast, clock: OwnClock | None) -> None:
        self._cast = cast
        self._clock = clock

    def template(self, pattern: DrillPattern, id: str) -> dict[str, Any]:  # noqa: A002  (the format's own key)
        """The template as it is written to a file."""
        written = {key: self._value(value) for key, value in pattern.template.items()}
        title = written["title"]["en"]
        written["title"]["en"] = title[:1].upper() + title[1:]
        return {"id": id, **written}

    def _value(self, value: Any, lang: str = "") -> Any:
        if isinstance(value, dict):
            return {key: self._value(each, key if key in LANGUAGES else "") for key, each in value.items()}
        if isinstance(value, list):
            return [self._value(each) for each in value]
        return self._text(value, lang) if isinstance(value, str) else value

    def _text(self, text: str, lang: str) -> str:
        written = _PLACE.sub(lambda found: self._written(found, lang), text)
        found = 1 if lang else 0
        while found:
            written, found = re.subn(*_BLANK_AGAIN[lang], written)
        return written

    def _written(self, found: re.Match[str], lang: str) -> str:
        part, column, form = found["part"], found["column"], found["form"] or ""
        if part == "clock":
            if form == "told":
                return f"{self._clock.ahead:+d}" if self._clock else ""
            return self._told_clock(lang) if lang else str(self._shift(form))
        who = self._cast.get(part)
        if who is None:
            return found[0]
        if column is None:
            return _table_named(who, form, lang) if lang else identifier(who.table.name)
        own = who.fields[column]
        if lang:
            if form == "which":
                return _said_which(own, who, lang)
            if form in _OF_BLANKS:
                return _said_of_blanks(own, who, _OF_BLANKS[form], lang)
            return column_named(own, form, lang)
        return self._day_of(own.name) if form == "day" else identifier(own.name)

    def _shift(self, form: str) -> int:
        if self._clock is None:
            return 0
        return self._clock.ahead - (0 if form == "ahead" else self._clock.day_begins)

    def _day_of(self, column: str) -> str:
        """The moment by which the company counts days: the stored one, moved."""
        shift = self._shift("")
        return f"{identifier(column)} + INTERVAL ({shift}) HOUR" if shift else identifier(column)

    def _told_clock(self, lang: str) -> str:
        if self._clock is None or not (self._clock.ahead or self._clock.day_begins):
            return ""
        code = "own_tables.clock" if self._clock.day_begins else "own_tables.clock_at_midnight"
        ahead = f"{self._clock.ahead:+d}"
        return sentences(lang)[code].format(ahead=ahead, hour=self._clock.day_begins)


def identifier(name: str) -> str:
    """A name as it stands in a query."""
    return name if name.isidentifier() and name.lower() not in _reserved() else quoted(name)


def _table_named(who: CastTable, form: str, lang: str) -> str:
    table = who.table
    code = f"`{identifier(table.name)}`"
    if form == "table":
        return code
    if form == "full":
        return _with_code(_name_beside_code(table, lang), code, lang)
    if form in _COUNTED:
        return _COUNTED[form][not table.people]
    if lang == "ja":
        return table.called.ja or code
    many = table.called.many
    one = table.called.one
    return {"one": one, "a": f"{article(one)} {one}", "cap": many[:1].upper() + many[1:]}.get(form, many)


def article(noun: str) -> str:
    """Its indefinite article, by sound as far as the first letters tell: a user, an invoice."""
    return "a" if noun[:1] not in "aeiou" or noun.startswith(("uni", "use", "eu", "one")) else "an"


def _name_beside_code(table: OwnTable, lang: str) -> str:
    """A table's name, unless its identifier says the same."""
    if lang == "ja":
        return table.called.ja
    return "" if table.called.many == snake(table.name).replace("_", " ") else table.called.many


def _with_code(name: str, code: str, lang: str) -> str:
    if not name:
        return code
    return f"{name}（{code}）" if lang == "ja" else f"{name} ({code})"


def _said_of_blanks(own: OwnField, who: CastTable, code: str, lang: str) -> str:
    """What is said of blanks, where there can be any."""
    if not own.nullable:
        return ""
    rows, name = _table_named(who, "", lang), column_named(own, "name" if lang == "ja" else "code", lang)
    return sentences(lang)[f"own_tables.{code}"].format(rows=rows, name=name)


def _said_which(own: OwnField, who: CastTable, lang: str) -> str:
    """By which column a table's rows belong to the other's, where there are several: a ticket's sender and who answers it."""
    if own.target is None or len(who.table.referring(own.target)) < 2:
        return ""
    params = {"table": identifier(who.table.name), "column": identifier(own.name)}
    return sentences(lang)["own_tables.matched_by"].format(**params)


def column_named(own: OwnField, form: str, lang: str) -> str:
    """A column in a text: its name with its identifier, or as `form` says."""
    bare = identifier(own.name)
    code = f"`{bare}`"
    if form in ("bare", "code"):
        return bare if form == "bare" else code
    if form == "unit":
        return own.unit[lang]
    name = own.called.ja if lang == "ja" else own.called.one if own.called.is_own else ""
    if form == "name":
        return name or (own.called.one if lang == "en" else code)
    return _with_code(name, code, lang)


@cache
def _reserved() -> frozenset[str]:
    """Words that DuckDB takes for a name in double quotes alone."""
    import duckdb

    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category IN ('reserved', 'type_function')"
        )
        return frozenset(str(row[0]) for row in rows.fetchall())
