"""The texts that a query has had: when, by whom, what was changed, and the way back."""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING

from classroom.learner.bi.markup import act, buttons, form, link, note, told
from classroom.learner.bi.place import clock_text

if TYPE_CHECKING:
    from classroom.learner.bi.place import BiRoom
    from classroom.learner.bi.records import Query, Version


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
        text = f'<pre class="penguin-bi-diff">{_difference(older.sql, version.sql)}</pre>{whole}'
    return f'<article class="penguin-bi-night"><h3>{at} {who}</h3>{text}{way}</article>'


def _difference(old: str, new: str) -> str:
    """What was changed, line by line."""
    before, after, shown = old.split("\n"), new.split("\n"), []
    # `ndiff` would hold each line against each for the letters they share, which takes minutes for a long query
    for what, left, left_end, right, right_end in SequenceMatcher(None, before, after).get_opcodes():
        if what == "equal":
            shown += [f"  {escape(each)}" for each in after[right:right_end]]
            continue
        shown += [f"<del>- {escape(each)}</del>" for each in before[left:left_end]]
        shown += [f"<ins>+ {escape(each)}</ins>" for each in after[right:right_end]]
    return "\n".join(shown)
