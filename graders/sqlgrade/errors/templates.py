"""Cards for braces that are no parameter, and for parameters that nobody knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlgrade.errors.card import ErrorCard, place_card
from sqlgrade.parameters import in_braces

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlgrade.parameters import BadTemplate

_CODES = {"unknown": "E01"}


def template_card(bad: BadTemplate, sql: str, known: Collection[str]) -> ErrorCard:
    """The card of a text whose parameters cannot be filled in; `known` are the names that have a value."""
    code, span = _CODES.get(bad.code, "syntax"), (bad.start, bad.end)
    written, form = sql[bad.start : bad.end].strip(), in_braces(bad.near or next(iter(known), "name"))
    if bad.code != "unknown":
        return place_card(sql, code, f"template_{bad.code}", span, {"written": written, "form": form})
    if bad.near:
        return place_card(sql, code, "template_near", span, {"written": written, "form": form})
    if not known:
        return place_card(sql, code, "template_none", span, {"written": written})
    return place_card(
        sql, code, "template_unknown", span, {"written": written, "known": ", ".join(map(in_braces, known))}
    )
