"""A value in another form than the one asked for: 1 for true, an option's text for its letter, "6 rows" for 6."""

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from coursebook.judgement import Message
from coursebook.literals import MISSING, agree, is_letter, shown

_YES = frozenset("1 yes y ok はい ○ 〇 ◯ 真 成り立つ 残る".split())
_NO = frozenset("0 no n ng いいえ × ✕ ✗ x 偽 成り立たない 残らない".split())
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def other_form(written: object, expected: object) -> Message | None:
    """What to say of a value that is no answer in the form asked for; None for any other, right or wrong."""
    if written is MISSING or written is None or agree(written, expected):
        return None
    if isinstance(expected, bool):
        return _not_truth(written)
    if is_letter(expected):
        return None if is_letter(written) else Message("decision_letter", {"given": shown(written)})
    if isinstance(expected, int | float | Decimal):
        return _not_a_number(written)
    if isinstance(expected, dt.date):
        return None if isinstance(written, dt.date) or _is_date(written) else _not_a_date(written)
    return None


def _not_truth(written: object) -> Message | None:
    if isinstance(written, bool) or _plain(written) in {"true", "false"}:
        return None
    said = _plain(written)
    if said in _YES | _NO:
        return Message("prediction_truth", {"given": shown(written), "word": shown(said in _YES)})
    return Message("prediction_truth_only", {"given": shown(written)})


def _not_a_number(written: object) -> Message | None:
    if isinstance(written, int | float | Decimal) and not isinstance(written, bool):
        return None
    said = _plain(written)
    found = _NUMBER.findall(said)
    if len(found) == 1 and not _NUMBER.fullmatch(said):
        return Message("prediction_number", {"given": shown(written), "number": found[0]})
    return None if found and _NUMBER.fullmatch(said) else Message("prediction_number_only", {"given": shown(written)})


def _not_a_date(written: object) -> Message:
    return Message("prediction_date", {"given": shown(written)})


def _is_date(written: object) -> bool:
    return re.fullmatch(r"\d{4}-\d{2}-\d{2}", _plain(written)) is not None


def _plain(value: object) -> str:
    return unicodedata.normalize("NFKC", shown(value)).strip().casefold()
