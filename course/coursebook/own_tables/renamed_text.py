"""A text of the course's on a company's tables: its names, values and nouns exchanged, what is untrue there left out."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from coursebook.own_tables.counterparts import NotPlayed, course_tables
from coursebook.own_tables.renamed_query import in_row, renamed_piece, renamed_query
from coursebook.own_tables.telling import article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from coursebook.own_tables.names import Names

_CODE = re.compile(r"(?P<fence>^```.*?^```$)|(?P<span>`[^`\n]*`)", re.DOTALL | re.MULTILINE)
_WORD = re.compile(r"(?<![A-Za-z0-9_])[a-z][a-z0-9_]*(?![A-Za-z0-9_])")
_AS_A_TABLE = re.compile(
    r"\b(?:guests|casts|talks|messages|appointments|payments|list_impressions)\b(?= (?:has|holds)\b)"
)
"""A plural that is the subject of a verb in the singular: a table."""
_ITEM = re.compile(r"^\d+\. ")
_CELL = re.compile(r"^\| *([a-z][a-z0-9_]*) *\|", re.MULTILINE)
"""The first cell of a row of a dictionary's card."""
_LISTED = re.compile(
    r"(?<=[Cc]olumns )[a-z][a-z0-9_]*(?:, [a-z][a-z0-9_]*)*|(?m:^- [a-z][a-z0-9_]*(?=:))"
    r"|\b[a-z0-9_]*_[a-z0-9_]+(?:, [a-z][a-z0-9_]*)+|\b(?:[a-z][a-z0-9_]*, )+[a-z0-9_]*_[a-z0-9_]+(?:, [a-z][a-z0-9_]*)*"
)
"""Names in a row, one of which can be nothing but a name, or that are said to be columns."""
_PLAINLY = re.compile(
    r"(?<=\()[a-z]+(?= (?:=|<>|IS|IN)|\))|\b[a-z]+(?= (?:=|<>|IS|LIKE|IN) )|(?<=WHERE on )[a-z]+|(?<=[Cc]olumn )[a-z]+"
    r"|(?<=by )[a-z]+(?=[,.;])|\b[a-z]+(?= \Z)"
)
"""A word of an English text that stands where a column's name does, and not what it means."""
_ENDING = re.compile(r"(?<![A-Za-z0-9])_(utc|jst)(?![A-Za-z0-9_])|列名の末尾|end of each name")
_VERB_AFTER = frozenset(
    ("to", "who", "they", "we", "you", "not", "never", "can", "may", "will", "people", "guests", "could", "didn't")
)
"""Words after which `talk` is something that people do."""
_SENTENCES = {"ja": re.compile(r"(?<=。)(?![」』）)])"), "en": re.compile(r"(?<=[.!?]) (?=[A-Z`*\"“])")}


def renamed_text(text: str, names: Names, lang: str) -> str:
    """The whole text; raises NotPlayed where something in it has no counterpart or is true of the marketplace alone."""
    _refuse(text, names, lang)
    parts, place = [], 0
    for code in _CODE.finditer(text):
        parts += [_prose(text[place : code.start()], names, lang), _code(code, names, lang)]
        place = code.end()
    return "".join([*parts, _prose(text[place:], names, lang)])


def kept_sentences(text: str, names: Names, lang: str) -> str:
    """The text without the sentences in which something has no counterpart; raises NotPlayed where nothing is left."""
    fault: NotPlayed | None = None
    blocks = []
    for block in re.split(r"\n{2,}", text):
        if block.startswith("```"):
            blocks.append(renamed_text(block, names, lang))
            continue
        lines = []
        for line in block.split("\n"):
            told, missing = _kept(line, names, lang)
            fault = fault or missing
            lines += [told] if told.strip(" -*0123456789.）)") or not line.strip() else []
        blocks.append("\n".join(_numbered(lines)))
    kept = "\n\n".join(each for each in blocks if each.strip())
    if not kept and fault is not None:
        raise fault
    return kept


def _numbered(lines: list[str]) -> Iterator[str]:
    """The lines, those of a numbered list counted anew."""
    number = 0
    for line in lines:
        is_item = _ITEM.match(line) is not None
        number = number + 1 if is_item else 0
        yield _ITEM.sub(f"{number}. ", line) if is_item else line


def sentences_of(text: str, lang: str) -> list[str]:
    """The sentences of a line."""
    return [each for each in _SENTENCES[lang].split(text) if each]


def in_words(names: Names, lang: str) -> Callable[[str], str]:
    """What becomes of a comment in a query, in a language."""
    return lambda comment: _prose(comment, names, lang)


def _kept(line: str, names: Names, lang: str) -> tuple[str, NotPlayed | None]:
    fault, kept = None, []
    for sentence in [line] if line.startswith("|") else sentences_of(line, lang):
        try:
            kept.append(renamed_text(sentence, names, lang))
        except NotPlayed as missing:
            fault = fault or missing
    return ("" if lang == "ja" else " ").join(filter(None, kept)).rstrip(), fault


def _refuse(text: str, names: Names, lang: str) -> None:
    words = _words()
    if found := next((each for each in words["world"][lang] if each in text), None):
        raise NotPlayed("world", words=found)
    for need in words["needs"]:
        if any(each in text for each in need[lang]) and not any(_is_played(each, names) for each in need["columns"]):
            table, _, column = need["columns"][0].partition(".")
            names.parts.column(table, column)
    if _ENDING.search(text):
        _refuse_endings(names)


def _refuse_endings(names: Names) -> None:
    """What is said of `_utc` and `_jst` at the end of a name needs names that end so."""
    for table, played in names.parts.tables.items():
        for column, own in played.columns.items():
            if column.endswith(("_utc", "_jst")) and not own.name.endswith(column[-4:]):
                raise NotPlayed("ending", table=played.name, column=f"{table}.{column}", own=own.name)


def _is_played(name: str, names: Names) -> bool:
    table, _, column = name.partition(".")
    return table in names.parts.tables and column in names.parts.tables[table].columns


def _code(code: re.Match[str], names: Names, lang: str) -> str:
    if code["span"]:
        inner = code["span"][1:-1]
        is_value = inner.isalpha() and not names.is_column(inner) and names.value(inner) != inner
        return f"`{names.value(inner) if is_value else renamed_piece(inner, names)}`"
    head, _, rest = code["fence"].partition("\n")
    return f"{head}\n{renamed_query(rest.removesuffix('```'), names, in_words(names, lang))}```"


def _prose(text: str, names: Names, lang: str) -> str:
    text = _CELL.sub(lambda cell: cell[0].replace(cell[1], _named(cell[1], names, names.is_column(cell[1])), 1), text)
    if lang == "en":
        return _in_english(_names_in_english(text, names), names)
    return _in_japanese(_WORD.sub(lambda word: _named(word[0], names, names.is_column(word[0])), text), names)


def _names_in_english(text: str, names: Names) -> str:
    """The text with its names exchanged; most words that are columns as well are what they mean."""
    parts, place = [], 0
    for row in _LISTED.finditer(text):
        parts += [_names_by_themselves(text[place : row.start()], names), in_row(row[0], names)]
        place = row.end()
    return "".join([*parts, _names_by_themselves(text[place:], names)])


def _names_by_themselves(text: str, names: Names) -> str:
    text = _WORD.sub(lambda word: _named(word[0], names, is_column=False), text)
    return _AS_A_TABLE.sub(
        lambda word: names.free(word[0]),
        _PLAINLY.sub(lambda word: _named(word[0], names, names.is_column(word[0])), text),
    )


def _named(word: str, names: Names, is_column: bool) -> str:
    """A word of prose that is a name: one with an underscore, or a column's where it can be nothing else."""
    return names.free(word) if is_column or "_" in word.strip("_") else word


def _in_japanese(text: str, names: Names) -> str:
    tables = re.compile(rf"(?<![A-Za-z0-9_])({'|'.join(course_tables())})(?![A-Za-z0-9_])")
    text = tables.sub(lambda word: names.free(word[0]), text)
    text = _WORD.sub(lambda word: word[0] if names.has_met(word[0]) else names.value(word[0]), text)
    for table, noun in _nouns(names):
        for word in noun["ja"]:
            if word in text:
                played = names.parts.table(table)
                text = text.replace(word, played.called.ja or played.name)
    return text


def _in_english(text: str, names: Names) -> str:
    for table, noun in _nouns(names):
        stays = _VERB_AFTER if noun["en"] == "talk" else frozenset[str]()
        found = re.compile(rf"(?:\b(?P<before>[A-Za-z']+) )?\b(?P<noun>{noun['en']})(?P<many>s?)\b", re.IGNORECASE)

        def exchanged(word: re.Match[str], table: str = table, stays: frozenset[str] = stays) -> str:
            before = word["before"] or ""
            if word["noun"] == "CAST" or before.lower() in stays:
                return word[0]
            called = names.parts.table(table).called
            name = called.many if word["many"] else called.one
            name = name[:1].upper() + name[1:] if word["noun"][0].isupper() else name
            if before.lower() in ("a", "an"):
                before = article(name) if before.islower() else article(name).capitalize()
            return f"{before} {name}" if before else name

        text = found.sub(exchanged, text)
    return text


def _nouns(names: Names) -> list[tuple[str, dict[str, Any]]]:
    return [
        (table, noun)
        for table, noun in _words()["nouns"].items()
        if table in names.tables or not noun.get("only_spoken_of")
    ]


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("coursebook").joinpath("own_tables", "lesson_words.toml").read_text("utf-8"))
