"""Where in a SQL text a node of its tree stands."""

from __future__ import annotations

import bisect
import re

import sqlglot
from sqlglot import exp
from sqlglot.tokenizer_core import Token, TokenType

from sqlgrade.verdict import Site

_OPENS = {"(": ")", "[": "]", "{": "}", "CASE": "END"}
_JOIN_WORDS = frozenset({"JOIN", "LEFT", "RIGHT", "FULL", "INNER", "OUTER", "CROSS", "SEMI", "ANTI", "ASOF", ","})
_LEADS: dict[type[exp.Expr], frozenset[str]] = {
    exp.Join: _JOIN_WORDS,
    exp.Select: frozenset({"SELECT", "DISTINCT"}),
    exp.Exists: frozenset({"SELECT", "DISTINCT", "(", "EXISTS"}),
    exp.Not: frozenset({"NOT", "("}),
    exp.Where: frozenset({"WHERE", "("}),
    exp.Having: frozenset({"HAVING"}),
    exp.Qualify: frozenset({"QUALIFY"}),
    exp.Group: frozenset({"GROUP", "BY", "GROUP BY"}),
    exp.Order: frozenset({"ORDER", "BY", "ORDER BY"}),
    exp.Limit: frozenset({"LIMIT"}),
    exp.Offset: frozenset({"OFFSET"}),
    exp.From: frozenset({"FROM"}),
}
_WITH_EDGES = (
    *_LEADS,
    exp.Case,
    exp.Cast,
    exp.Interval,
    exp.Is,
    exp.EQ,
    exp.NEQ,
    exp.NullSafeEQ,
    exp.NullSafeNEQ,
    exp.Ordered,
    exp.Func,
)
_TRUTHS = {"=", "<>", "!=", "TRUE", "FALSE"}
"""What follows a column that is compared with a truth value, which has no position of its own."""
_WRITTEN: dict[type[exp.Expr], str] = {
    exp.TimestampTrunc: "DATE_TRUNC",
    exp.DateTrunc: "DATE_TRUNC",
    exp.PercentileCont: "QUANTILE_CONT",
    exp.PercentileDisc: "QUANTILE_DISC",
}
"""DuckDB's own names of functions that the parser calls otherwise."""
_UNITS = {"SECOND", "MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR"}
MADE_AT = "made_at"
"""In a node's notes: where it was written, if it is read at the place of a name that stands for it."""
BROUGHT = "brought"
"""In a node's notes: that it stands for such a name, or in what does; what is around it was written where it stands."""
_PLACE = ("line", "col", "start", "end", MADE_AT, BROUGHT)
"""What a node's notes say of its place."""
_TAILS = {"DESC", "ASC", "NULLS", "FIRST", "LAST"}


class SqlText:
    """The tokens of a text, to turn nodes parsed from it into places."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self.tokens: list[Token] = list(sqlglot.tokenize(sql, dialect="duckdb"))
        self._starts = [token.start for token in self.tokens]

    def site(self, node: exp.Expr) -> Site | None:
        """Place a node, from its first to its last token, or None if nothing below it has a position."""
        as_made = BROUGHT in node.meta
        node = _as_made(node)
        reach = _reach(node)
        if reach is None:
            return None
        first, last = self._token_at(reach[0]), self._token_at(reach[1])
        for found in reversed(list(node.walk())):  # from the inside out, as MAX( stands before the CASE in it
            if BROUGHT in found.meta and not as_made:
                continue  # a name stands there in its stead
            if isinstance(found, _WITH_EDGES) and (inner := _reach(found)) is not None:
                if inner[0] == reach[0]:
                    first = min(first, self._lead(found, first))
                if inner[1] == reach[1]:
                    last = max(last, self._trail(found, self._token_at(inner[1])))
        left = _intervals_at_the_end(node, reach[1])
        last, left = self._past_intervals(last, left)
        first, last = self._balance(first, last)
        last, _ = self._past_intervals(last, left)
        whole = any(
            not each.args.get("order") and not each.args.get("partition_by") for each in node.find_all(exp.Window)
        )
        if whole and [self._word(last + step) for step in (1, 2, 3)] == ["OVER", "(", ")"]:
            last += 3  # an empty OVER has no position of its own
        return Site(self.tokens[first].start, self.tokens[last].end + 1)

    def _token_at(self, offset: int) -> int:
        return max(bisect.bisect_right(self._starts, offset) - 1, 0)

    def _word(self, place: int) -> str:
        return self.tokens[place].text.upper() if 0 <= place < len(self.tokens) else ""

    def _lead(self, node: exp.Expr, first: int) -> int:
        words = _LEADS.get(type(node), frozenset())
        while first > 0 and self._word(first - 1) in words:
            first -= 1
            if isinstance(node, exp.Select | exp.Not) and self._word(first) in {"SELECT", "NOT"}:
                break
        if isinstance(node, exp.Case):
            while first > 0 and self._word(first) != "CASE":
                first -= 1
        elif isinstance(node, exp.Extract):
            while first > 0 and self._word(first) != "EXTRACT":
                first -= 1
        elif isinstance(node, exp.Func) and "start" not in node.meta and (name := self._name_before(node, first)):
            first -= name
        elif isinstance(node, exp.Cast | exp.Interval) and self.tokens[first - 1].token_type in _TYPE_LEADS:
            first -= 1
        elif isinstance(node, exp.Not) and isinstance(node.this, exp.Exists | exp.Paren):
            while first > 0 and self._word(first) != "NOT":
                first -= 1
        return first

    def _name_before(self, node: exp.Func, first: int) -> int:
        """How many tokens before its first argument a function's name stands; 0 if it does not. The argument may begin in brackets."""
        opened = 0
        while self._word(first - opened - 1) == "(":
            opened += 1
            if self._word(first - opened - 1) in _names(node):
                return opened + 1
        return 0

    def _trail(self, node: exp.Expr, last: int) -> int:
        words = _words_after(node)
        while self._word(last + 1) in words:
            last += 1
        if isinstance(node, exp.Case):
            while last + 1 < len(self.tokens) and self._word(last) != "END":
                last += 1
        elif isinstance(node, exp.Cast):
            closed = last + 1
            while self._word(closed) == ")":
                closed += 1
            last = closed + 1 if self._word(closed) == "::" else last
        elif isinstance(node, exp.Interval) and isinstance(node.args.get("unit"), exp.Var):
            last += 1 if self._word(last + 1).startswith(node.args["unit"].name[:3]) else 0
        elif (
            isinstance(node, exp.Func) and node.meta.get("end") == self.tokens[last].end and self._word(last + 1) == "("
        ):
            last += 1
        return last

    def _past_intervals(self, last: int, most: int) -> tuple[int, int]:
        """The last token of up to so many `+ INTERVAL 9 HOUR` that follow, and how many of them did not."""
        while most and self._word(last + 1) in {"+", "-"} and self._word(last + 2) == "INTERVAL":
            last, most = last + 3, most - 1
            last += self._word(last + 1).rstrip("S") in _UNITS
        return last, most

    def _balance(self, first: int, last: int) -> tuple[int, int]:
        missing: list[str] = []
        unopened = 0
        for place in range(first, last + 1):
            word = self._word(place)
            if word in _OPENS:
                missing.append(_OPENS[word])
            elif word in _OPENS.values():
                if missing and missing[-1] == word:
                    missing.pop()
                else:
                    unopened += 1
        while missing and last + 1 < len(self.tokens):
            last += 1
            word = self._word(last)
            if word in _OPENS:
                missing.append(_OPENS[word])
            elif word == missing[-1]:
                missing.pop()
        while unopened and first > 0:
            first -= 1
            unopened -= self._word(first) in _OPENS
        return first, last


def _names(node: exp.Func) -> set[str]:
    """The names by which a function is called in a text."""
    written = (name for kind, name in _WRITTEN.items() if isinstance(node, kind))
    return {*node.sql_names(), *written}


def _intervals_at_the_end(node: exp.Expr, end: int) -> int:
    """How many intervals, which have no position of their own, are added to what ends the node."""
    sums = [found for found in node.find_all(exp.Add, exp.Sub) if isinstance(found.expression, exp.Interval)]
    return sum(_reach(each.expression) is None and (_reach(each) or (0, 0))[1] == end for each in sums)


def _words_after(node: exp.Expr) -> set[str]:
    """The words that belong to a node and have no position of their own in its tree."""
    if isinstance(node, exp.Is):
        return {"IS", "NOT", "NULL", "TRUE", "FALSE"}
    if isinstance(node, exp.NullSafeEQ | exp.NullSafeNEQ) and isinstance(node.expression, exp.Null | exp.Boolean):
        return {"IS", "NOT", "DISTINCT", "FROM", "NULL", "TRUE", "FALSE"}
    if isinstance(node, exp.EQ | exp.NEQ) and isinstance(node.expression, exp.Boolean):
        return _TRUTHS
    return _TAILS if isinstance(node, exp.Ordered) else set()


def _as_made(node: exp.Expr) -> exp.Expr:
    """A node with the places where it was written, if all of it was brought elsewhere by merging steps."""
    placed = [found for found in node.walk() if "start" in found.meta]
    if BROUGHT not in node.meta or not placed or not all(MADE_AT in found.meta for found in placed):
        return node
    made = node.copy()
    for found in made.walk():
        if MADE_AT in found.meta:
            found.meta["start"], found.meta["end"] = found.meta[MADE_AT]
    return made


def _reach(node: exp.Expr) -> tuple[int, int] | None:
    spans = [found.meta for found in node.walk() if "start" in found.meta]
    if not spans:
        return None
    return min(span["start"] for span in spans), max(span["end"] for span in spans)


def at_places_of(own: exp.Expr, changed: exp.Expr) -> exp.Expr:
    """A copy of a changed tree in which only what stands in the tree it was made of has a place in the text."""
    places = {_place(node) for node in own.walk()}
    found = changed.copy()
    for node in found.walk():
        if node.meta and _place(node) not in places:
            for name in _PLACE:
                node.meta.pop(name, None)
    return found


def _place(node: exp.Expr) -> tuple[object, ...]:
    word = node.this if isinstance(node.this, str) else ""
    return type(node), word, node.meta.get("start"), node.meta.get("end")


_TYPE_LEADS = {TokenType.DATE, TokenType.TIMESTAMP, TokenType.INTERVAL, TokenType.TIMESTAMPTZ, TokenType.TIME}


def that_tells(node: exp.Expr, text: SqlText) -> exp.Expr:
    """A part by which its place is found: a name that stands in the text several times with what is made of it there."""
    while isinstance(node, exp.Column) or (isinstance(node, exp.Condition) and node.find(exp.Column) is node.this):
        site = text.site(node)
        written = text.sql[site.start : site.end] if site is not None else ""
        if len(re.findall(rf"(?<![\w.]){re.escape(written)}(?![\w.])", text.sql)) < 2 or not written:
            break
        if not isinstance(node.parent, exp.Condition) or isinstance(node.parent, exp.Query):
            break
        node = node.parent
    return node
