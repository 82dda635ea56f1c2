"""The texts that a query has had: when, by whom, what was changed, and the way back."""

from __future__ import annotations

from difflib import ndiff
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from classroom.learner.bi.markup import act, buttons, form, link, note, told
from classroom.learner.bi.place import clock_text

if TYPE_CHECKING:
    from classroom.learner.bi.place import BiRoom
    from classroom.learner.bi.records import Query, Version

_SIGNS = {"+ ": "ins", "- ": "del"}


def history_html(room: BiRoom, query: Query) -> str:
    """All versions that are kept, latest first."""
    versions = room.store.versions(query.id)
    before = [later for _, later in pairwise(versions)]
    drawn = [_version(room, query, each, older) for each, older in zip(versions, [*before, None], strict=True)]
    back = link(f"query/{query.id}", told("history.back", room.lang))
    return f"<h2>{escape(query.name)}: {told('history.title', room.lang)}</h2><p>{back}</p>{''.join(drawn)}"


def _version(room: BiRoom, query: Query, version: Version, older: Version | None) -> str:
    lang = room.lang
    at = clock_text(version.at) if version.at else told("history.before", lang)
    who = escape(version.who) or told("history.you", lang)
    if version.sql == query.sql:
        way = note(told("history.now", lang))
    else:
        way = form(buttons(act("query/restore", told("history.restore", lang), query=query.id, version=version.number)))
    text = f"<pre>{escape(version.sql)}</pre>"
    if older is not None:
        whole = f"<details><summary>{told('history.whole', lang)}</summary>{text}</details>"
        text = f'<pre class="penguin-bi-diff">{_difference(older.sql, version.sql, lang)}</pre>{whole}'
    return f'<article class="penguin-bi-night"><h3>{at} {who}</h3>{text}{way}</article>'


def _difference(old: str, new: str, lang: str) -> str:
    """What was changed, line by line; lines that stayed are told by dots where there are many of them."""
    lines = [each for each in ndiff(old.split("\n"), new.split("\n")) if not each.startswith("? ")]
    shown = []
    for each in lines:
        sign, text = each[:2], escape(each[2:])
        tag = _SIGNS.get(sign)
        mark = escape(sign.strip() or " ")
        shown.append(f"<{tag}>{mark} {text}</{tag}>" if tag else f"{mark} {text}")
    return "\n".join(shown) or told("history.same", lang)
