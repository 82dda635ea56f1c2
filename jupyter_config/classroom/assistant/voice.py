"""A tutor's voice: facts that the judge proved, in an assistant's words. A sentence is let through only with the fact it rests on.

What a model writes can't be proved. So a sentence may name nothing that its fact does not name (no table, column, number, value,
word of SQL, link), may not judge where the fact does not, and is shown beside its fact.
"""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from sqlgrade.outside import NotJson, read_json

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_LONGEST = 240
_MOST = 8
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_QUOTED = re.compile(r"[`'\"“”‘’「『]([^`'\"“”‘’「」『』]{1,80})[`'\"“”‘’」』]")
_MARKS = re.compile(r"https?:|www\.|//|[<>{}\[\]|;*=]|--|\bSELECT\b", re.IGNORECASE)
_JUDGING = re.compile(
    r"\b(?:correct|right|wrong|perfect|passed|solved|answer is|solution)\b|正解|正し|間違|誤り|満点|合格|解答",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:no|not|never|without|none|nobody|nothing|cannot)\b|n't\b|n’t\b|ない|なく|なか|ませ|ず", re.IGNORECASE
)
_JAPANESE = re.compile(r"[぀-ヿ一-鿿]")


@dataclass(frozen=True)
class Restated:
    """A fact, and a sentence that rests on it."""

    fact: str
    says: str = ""
    """Empty where none was let through."""


def question(facts: Sequence[str], lang: str) -> str:
    """The facts as they are sent; nothing else goes along."""
    numbered = [{"fact": at, "says": each} for at, each in enumerate(facts, 1)]
    return json.dumps({"language": {"ja": "Japanese"}.get(lang, "English"), "facts": numbered}, ensure_ascii=False)


def restated(answer: str, facts: Sequence[str], lang: str, names: Collection[str]) -> tuple[Restated, ...]:
    """The sentences of an answer that may be shown, one a fact at most, in the facts' order.

    Args:
        answer: What the assistant wrote.
        facts: What the judge proved, as it was sent.
        lang: The language it is shown in.
        names: What a sentence may name only with its fact: tables, columns, and the words and values of a solution, in lower case.
    """
    found: dict[int, str] = {}
    for item in _items(answer):
        at, says = item.get("fact"), item.get("says")
        if not isinstance(at, int) or isinstance(at, bool) or not isinstance(says, str) or not 0 < at <= len(facts):
            continue
        sentence = " ".join(unicodedata.normalize("NFKC", says).split())
        if at not in found and rests_on(sentence, facts[at - 1], lang, names):
            found[at] = sentence
    return tuple(Restated(facts[at - 1], found[at]) for at in sorted(found))


def rests_on(sentence: str, fact: str, lang: str, names: Collection[str]) -> bool:
    """Whether a sentence says nothing that can be looked up and is not in its fact."""
    fact = unicodedata.normalize("NFKC", fact)
    if not sentence or len(sentence) > _LONGEST or bool(_JAPANESE.search(sentence)) is not (lang == "ja"):
        return False
    return all(holds(sentence, fact) for holds in _HOLDS) and not _foreign(sentence, fact, lang, names)


def _marks_are_in(sentence: str, fact: str) -> bool:
    return all(mark.lower() in fact.lower() for mark in (*_MARKS.findall(sentence), *_QUOTED.findall(sentence)))


def _numbers_are_in(sentence: str, fact: str) -> bool:
    return set(_NUMBER.findall(sentence)) <= set(_NUMBER.findall(fact))


def _judges_no_more(sentence: str, fact: str) -> bool:
    return not _JUDGING.search(sentence) or bool(_JUDGING.search(fact))


def _denies_as_much(sentence: str, fact: str) -> bool:
    """Else it may say the opposite."""
    return bool(_NOT.search(sentence)) is bool(_NOT.search(fact))


_HOLDS = (_marks_are_in, _numbers_are_in, _judges_no_more, _denies_as_much)


def _foreign(sentence: str, fact: str, lang: str, names: Collection[str]) -> bool:
    """Whether it names something that its fact does not: a table, column or value, or a word that reads like SQL."""
    known = set(map(str.lower, _WORD.findall(fact)))
    words = [each for each in _WORD.findall(sentence) if each.lower() not in known]
    if lang == "ja" and words:  # a word in Latin letters is a name
        return True
    others = (each for each in names if not each.isascii())
    return any(map(partial(_is_name, names=names), words)) or any(
        each in sentence.lower() and each not in fact.lower() for each in others
    )


def _is_name(word: str, names: Collection[str]) -> bool:
    return "_" in word or (word.isupper() and len(word) > 1) or word.lower() in names


def _items(answer: str) -> Iterator[dict[str, Any]]:
    begin, end = answer.find("["), answer.rfind("]")
    try:
        read = read_json(answer[begin : end + 1] if 0 <= begin < end else answer)
    except NotJson:
        return
    yield from (each for each in (read if isinstance(read, list) else [])[:_MOST] if isinstance(each, dict))
