"""What tables and columns are called in texts: as the mapping says, else the comment, else the words of the name."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from coursebook.format import Bilingual
from marketplace.yourschema.meanings import snake

if TYPE_CHECKING:
    from marketplace.yourschema.mapping import OwnName

_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff々]")
_ENDS_A_NAME = re.compile(r"[。、，,.:：;；（(\[【/／|\n]")
_NAME = re.compile(r"[\w\-・&' ]{1,30}")
"""What may stand in a text as a name: a comment is written by anybody, and nothing of it is to act as a mark-up or a slot."""
_MOST_WORDS, _MOST_SIGNS = 3, 14
_NO_NAME = re.compile(
    r"(the|a|an|when|how|what|which|whether|if|who|where|this|date|time)\b|.*\b(was|were|is|are|has|of|that)\b",
    re.IGNORECASE,
)
_TIME_ENDS = {
    "at": "日時",
    "time": "日時",
    "ts": "日時",
    "timestamp": "日時",
    "datetime": "日時",
    "on": "日",
    "date": "日",
}
_UNITS = {
    "yen": Bilingual("円", " yen"),
    "jpy": Bilingual("円", " yen"),
    "usd": Bilingual("ドル", " dollars"),
    "eur": Bilingual("ユーロ", " euros"),
    "minutes": Bilingual("分", " minutes"),
    "seconds": Bilingual("秒", " seconds"),
    "hours": Bilingual("時間", " hours"),
    "days": Bilingual("日", " days"),
    "milliseconds": Bilingual("ミリ秒", " milliseconds"),
}
_SHORT = {"num": "number", "cnt": "count", "qty": "quantity", "amt": "amount", "pct": "percentage"}
"""Words that identifiers shorten."""
_OF_MANY = {"inventory": "inventory item", "staff": "staff member", "stock": "stock item"}
"""English words for a mass, and for one of it."""
_UNIT_IN_COMMENT = re.compile(r"[（(](円|ドル|分|秒|時間|日|個|点|回|人|件)[）)]")


@dataclass(frozen=True)
class Called:
    """A thing's name in both languages."""

    ja: str
    """Japanese; empty where nobody has said one and its words are not known."""
    one: str
    """English, one of it, in small letters."""
    many: str
    """English, several."""
    is_own: bool
    """Whether the English name says more than the identifier does."""


def called(name: str, said: OwnName, comment: str, *, counted: bool) -> Called:
    """The name of a table or column.

    Args:
        name: the identifier.
        said: what the mapping calls it.
        comment: what the schema says about it.
        counted: whether it is the name of rows, of which there are one or many; a column's is left as it is.
    """
    written = _from_comment(comment)
    is_japanese = bool(_JAPANESE.search(written))
    ja = said.ja or (written if is_japanese else "") or _japanese(name)
    words = _in_full(_without_unit(snake(name)).replace("_", " ").strip())
    en = said.en or (written if written and not is_japanese else "") or words
    fit = en if _NAME.fullmatch(en) else words
    one, many = (_countable(singular(fit)), plural(_countable(singular(fit)))) if counted else (fit, fit)
    return Called(ja if _NAME.fullmatch(ja) else "", one, many, fit.lower() != words)


def called_in(table: Called, column: Called) -> Called:
    """What a table's column is called there: one that has the name of its table holds the names of its rows, as city.city does."""
    is_same = column.ja == table.ja if column.ja else column.one == table.one
    return Called("名前", "name", "name", is_own=True) if is_same else column


def unit_of(name: str, said: OwnName, comment: str) -> Bilingual:
    """What stands behind a number of a column; empty where nothing tells."""
    if said.ja or said.en:
        return Bilingual(said.ja, f" {said.en}" if said.en else "")
    known = _UNITS.get(snake(name).rpartition("_")[2])  # its last word, or its only one
    if known:
        return known
    found = _UNIT_IN_COMMENT.search(comment)
    return next((each for each in _UNITS.values() if found and each.ja == found[1]), Bilingual("", ""))


def holds_people(name: str) -> bool:
    """Whether the rows of a table are counted as people."""
    last = singular(snake(name).replace("_", " ")).rpartition(" ")[2]
    return last in _words()["people"]["names"]


def singular(words: str) -> str:
    """The singular of an English noun, or of the last of several words."""
    if words.endswith("people"):
        return words.removesuffix("people") + "person"
    for end, one in (("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if words.endswith(end) and len(words) > len(end):
            return words[: -len(end)] + one
    if words.endswith("s") and not words.endswith(("ss", "us", "is", "news", "sales")):
        return words[:-1]
    return words


def plural(words: str) -> str:
    """The plural of an English noun, or of the last of several words."""
    if words.endswith("person"):
        return words.removesuffix("person") + "people"
    if words.endswith(("staff", "news", "sales", "inventory", "data", "people")):
        return words
    if words.endswith("y") and words[-2:-1] not in "aeiou":
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("s", "x", "ch", "sh")) else "s")


def _in_full(words: str) -> str:
    """Num of item -> number of items."""
    full = " ".join(_SHORT.get(each, each) for each in words.split())
    head, of, counted = full.partition("number of ")
    return f"{of}{plural(singular(counted))}" if of and not head else full


def _countable(noun: str) -> str:
    """Inventory -> inventory item."""
    head, _, last = noun.rpartition(" ")
    return f"{head} {_OF_MANY[last]}".strip() if last in _OF_MANY else noun


def _without_unit(name: str) -> str:
    """amount_yen -> amount."""
    head, _, end = name.rpartition("_")
    return head if head and end in (*_UNITS, "utc", "jst") else name


def _from_comment(comment: str) -> str:
    """The name that a comment begins with, if it begins with one."""
    first = _ENDS_A_NAME.split(comment.strip(), maxsplit=1)[0].strip()
    if not first or not _NAME.fullmatch(first):
        return ""
    if _JAPANESE.search(first):
        return first if len(first) <= _MOST_SIGNS and not first.endswith(("する", "した", "です", "ます", "か")) else ""
    few = len(first.split()) <= _MOST_WORDS and not _NO_NAME.match(first)
    return first.lower() if few and not first.isupper() else ""


def _japanese(name: str) -> str:
    """A name put together of known words; a Japanese identifier is its own."""
    if _JAPANESE.search(name):
        return name
    parts = singular(snake(name).replace("_", " ").strip()).split()
    if not parts:
        return ""
    head, end = "_".join(parts[:-1]), parts[-1]
    act = _words()["acts"].get(head)
    if end in _TIME_ENDS and act:
        return f"{act}{_TIME_ENDS[end]}"
    if end == "id" and head:
        before = _joined(parts[:-1])
        return f"{before}ID" if before else ""
    if end in (*_UNITS, "utc", "jst") and head:
        return _japanese(head)
    return _joined(parts)


def _joined(parts: list[str]) -> str:
    nouns = _words()["nouns"]
    for length in range(len(parts), 0, -1):
        known = nouns.get("_".join(parts[:length]))
        if known is None:
            continue
        rest = _joined(parts[length:]) if parts[length:] else ""
        if rest or length == len(parts):
            return f"{known}{'の' if rest and not rest.startswith('の') else ''}{rest}"
    return ""


@cache
def _words() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("coursebook").joinpath("own_tables", "words.toml").read_text("utf-8"))
