"""Which words are the grammar's own, and where blanks stand between atoms."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.layout.atoms import LaidAtom

_RESERVED = frozenset(
    "ALL AND AS ASC BETWEEN CASE CROSS DESC DISTINCT ELSE END EXCEPT FALSE FROM FULL GROUP HAVING ILIKE IN INNER INTERSECT IS JOIN LEFT LIKE LIMIT"
    " NATURAL NOT NULL ON OR ORDER OUTER QUALIFY RIGHT SELECT THEN TRUE UNION USING WHEN WHERE WITH".split()
)
"""Words that can be no column's name without quotes, in DuckDB and in BigQuery alike: written in capitals wherever they stand."""
_BEFORE = {
    "CAST": frozenset({"("}),
    "CURRENT": frozenset({"ROW"}),
    "EXISTS": frozenset({"("}),
    "FILTER": frozenset({"("}),
    "NULLS": frozenset({"FIRST", "LAST"}),
    "OVER": frozenset({"("}),
    "PARTITION": frozenset({"BY"}),
    "VALUES": frozenset({"("}),
    **dict.fromkeys(("ROWS", "RANGE", "GROUPS"), frozenset({"BETWEEN", "UNBOUNDED", "CURRENT"})),
    **dict.fromkeys(("SEMI", "ANTI", "ASOF", "POSITIONAL"), frozenset({"JOIN"})),
    "UNBOUNDED": frozenset({"PRECEDING", "FOLLOWING"}),
}
"""Words that may be names as well, and what stands behind them where they are the grammar's."""
_AFTER = {
    "BY": frozenset({"GROUP", "ORDER", "PARTITION"}),
    "FIRST": frozenset({"NULLS"}),
    "LAST": frozenset({"NULLS"}),
    "ROW": frozenset({"CURRENT"}),
    **dict.fromkeys(("PRECEDING", "FOLLOWING"), frozenset({"UNBOUNDED", "ROW"})),
    **dict.fromkeys(("OFFSET", "RECURSIVE"), frozenset({"WITH"})),
}
"""The same by what stands before them."""
_OF_TEXTS = frozenset({"DATE", "INTERVAL", "TIME", "TIMESTAMP"})
"""Words that say what the value in quotes behind them is."""
_OF_NUMBERS = frozenset({"INTERVAL", "ROWS", "RANGE", "GROUPS", "OFFSET"})
_COUNTED = frozenset({"PRECEDING", "FOLLOWING"})
_AFTER_AS = frozenset({"SELECT", "WITH", "NOT", "VALUES", "FROM"})
"""The grammar's words that may stand behind AS; any other one there is a name."""
_FUNCTIONS = frozenset({"LEFT", "RIGHT"})
_NO_BLANK_BEFORE_BRACKET = frozenset({"CAST"})
_SIGNS = frozenset("= < > <= >= <> != == + - * / // || % ^ & | << >> := => ~ ~~".split())
_MAY_BE_UNARY = frozenset({"+", "-", "~"})
_NO_BLANK_BEFORE = frozenset({")", "]", "}", ",", ";", ".", "::"})
_NO_BLANK_BEHIND = frozenset({"(", "[", "{", ".", "::"})


def dressed(atoms: Sequence[LaidAtom]) -> list[LaidAtom]:
    """The atoms with the grammar's words in capitals; of any other atom `word` is taken away, so that nothing takes it for one."""
    made: list[LaidAtom] = []
    for at, atom in enumerate(atoms):
        before, behind = (atoms[at - 1] if at else None), (atoms[at + 1] if at + 1 < len(atoms) else None)
        if atom.word and _is_grammar(atom, before, behind):
            made.append(replace(atom, text=atom.word))
        else:
            made.append(replace(atom, word="") if atom.word else atom)
    return made


def _is_grammar(atom: LaidAtom, before: LaidAtom | None, behind: LaidAtom | None) -> bool:
    word, last, following = atom.word, _mark(before), _mark(behind)
    if (
        "." in (last, following)
        or (last == "AS" and word not in _AFTER_AS)
        or (word in _FUNCTIONS and following == "(")
    ):
        return False
    if word in _RESERVED or last in _AFTER.get(word, ()) or following in _BEFORE.get(word, ()):
        return True
    if word in _COUNTED:
        return before is not None and before.text[-1:].isalnum() and not before.word
    return behind is not None and _tells_of_value(word, behind)


def _mark(atom: LaidAtom | None) -> str:
    return (atom.word or atom.text) if atom else ""


def _tells_of_value(word: str, behind: LaidAtom) -> bool:
    """Whether a word says what the text or number behind it is."""
    is_number = behind.text[0].isdigit()
    return (word in _OF_TEXTS and behind.is_text) or (word in _OF_NUMBERS and is_number)


def blanks(atoms: Sequence[LaidAtom]) -> list[bool]:
    """Whether a blank stands before each atom where it stands on one line with the one before; what is not known stays as it is."""
    made = [False]
    unary = bool(atoms) and atoms[0].text in _MAY_BE_UNARY
    for one, other in pairwise(atoms):
        made.append(_blank(one, other, after_unary=unary))
        unary = other.text in _MAY_BE_UNARY and _opens(one)
    return made[: len(atoms)]


def _opens(atom: LaidAtom) -> bool:
    """Whether a sign behind this atom has nothing to its left."""
    return bool(atom.word and atom.word not in ("NULL", "TRUE", "FALSE", "END")) or atom.text in _SIGNS | {
        "(",
        "[",
        "{",
        ",",
        ":",
    }


def _blank(one: LaidAtom, other: LaidAtom, *, after_unary: bool) -> bool:
    left, right = one.text, other.text
    if after_unary:
        return right in _MAY_BE_UNARY
    if right in _NO_BLANK_BEFORE or left in _NO_BLANK_BEHIND:
        return False
    if left == "," or (left in _SIGNS and right not in _NO_BLANK_BEFORE):
        return True
    if right in ("(", "["):
        return _before_bracket(one, other)
    if right in _SIGNS:
        return True
    return other.is_apart or bool(one.word and other.word)


def _before_bracket(one: LaidAtom, other: LaidAtom) -> bool:
    if one.word:
        return one.word not in _NO_BLANK_BEFORE_BRACKET
    is_name = one.text[-1].isalnum() or one.text[-1] in '_"`)]'
    return other.is_apart and (not is_name or one.text.upper() in ("EXCLUDE", "REPLACE", "RENAME"))
