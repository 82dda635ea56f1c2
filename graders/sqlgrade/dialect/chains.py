"""A script of several statements as one query: what it makes for the time being becomes a WITH step of its last query.

So a script is judged as any other answer, and all that can be told of a query can be told of it. What is neither a query nor
makes something out of one for the time being is refused by its name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlglot.errors import SqlglotError

from sqlgrade.dialect.heading import BIGQUERY, DUCKDB
from sqlgrade.dialect.table_names import can_be_name, name_at, statements, tokens_of, without_schemas
from sqlgrade.tables import result as kinds
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from sqlglot.tokenizer_core import Token

    from sqlgrade.dialect.table_names import Path

SCRIPT_STATEMENT, SCRIPT_WITHOUT_QUERY, SCRIPT_NAMED_TWICE = "script_statement", "script_without_query", "script_twice"
"""Why a script is refused: by one of its statements, as nothing is asked at its end, or for a name that it gives twice."""

_QUERIES = frozenset({"SELECT", "WITH", "(", "FROM", "VALUES"})
_SPANS = frozenset({"TEMP", "TEMPORARY", "VOLATILE"})
_AROUND = frozenset({"OR", "REPLACE", "ALTER", "GLOBAL", "LOCAL", "RECURSIVE"}) | _SPANS
_BEFORE = frozenset({"DECLARE", "SET"})
"""What BigQuery's own reading takes before a query."""
_BATCH_END = re.compile(r"^([^\S\n]*)GO([^\S\n]*)$", re.IGNORECASE | re.MULTILINE)
_OWN_MARK = re.compile(r"(?<![\w#'\"])##?(?=[A-Za-z_])")
_TSQL = "tsql"


@dataclass
class _Script:
    """What a script has made so far."""

    text: str
    dialect: str
    before: list[str] = field(default_factory=list)
    steps: dict[str, str] = field(default_factory=dict)
    """Name in lower case -> the step as WITH writes it."""
    paths: dict[str, Path] = field(default_factory=dict)
    query: list[Token] | None = None

    def of(self, tokens: list[Token]) -> str:
        return self.text[tokens[0].start : tokens[-1].end + 1] if tokens else ""


class _Refused(Exception):  # noqa: N818  (what a statement is, not what we did)
    def __init__(self, rule: str, name: str, place: int) -> None:
        super().__init__(name)
        self.error = RunError(kinds.NOT_ALLOWED, rule, place, rule, name)


def chained(text: str, dialect: str = DUCKDB) -> str | RunError:
    """A script as one query; a text of one statement, or of queries alone, as it is; a refusal for any other."""
    if ";" not in text and not (dialect == _TSQL and _BATCH_END.search(text)):
        return text
    if dialect == _TSQL:
        text = _OWN_MARK.sub(lambda mark: " " * len(mark[0]), _BATCH_END.sub(r"\1;\2", text))
    try:
        parts = list(statements(tokens_of(text, dialect)))
    except SqlglotError:
        return text
    known = _QUERIES | _BEFORE if dialect == BIGQUERY else _QUERIES
    plain = all(part[0].text.upper() in known and _into(part) is None for part in parts)
    if len(parts) < 2 or plain:
        return text
    script = _Script(text, dialect)
    try:
        for part in parts:
            _take(script, part)
        return _one_query(script, parts[-1]) if script.steps or script.query is None else text
    except _Refused as refused:
        return refused.error


def _take(script: _Script, part: list[Token]) -> None:
    """Takes one statement of a script in; raises _Refused."""
    words = [token.text.upper() for token in part]
    if words[0] in _QUERIES:
        if (at := _into(part)) is not None:
            _selected_into(script, part, at)
        else:
            script.query = part
    elif words[0] == "CREATE":
        _made(script, part, words)
    elif words[0] == "DROP" and words[1:2] in (["TABLE"], ["VIEW"]) and _drops_nothing(script, part, words):
        return
    elif script.dialect == BIGQUERY and words[0] in _BEFORE:
        script.before.append(script.of(part))
    else:
        raise _refused(part, words)


def _made(script: _Script, part: list[Token], words: list[str]) -> None:
    """Takes a CREATE in; raises _Refused."""
    at = next((n for n, word in enumerate(words[1:], 1) if word not in _AROUND), 0)
    briefly = bool(_SPANS & set(words[:at]))
    kind = words[at]
    if script.dialect == BIGQUERY and kind == "FUNCTION" and briefly:
        script.before.append(script.of(part))
        return
    if kind != "VIEW" and not (kind == "TABLE" and briefly):
        raise _refused(part, words)
    place = at + 4 if words[at + 1 : at + 4] == ["IF", "NOT", "EXISTS"] else at + 1
    path, after = name_at(part, place)
    asked = next((n for n in range(after, len(part) - 1) if words[n] == "AS" and words[n + 1] in _QUERIES), 0)
    if not path or not asked:
        raise _refused(part, words)
    listed = script.of(part[after:asked]) if words[after] == "(" else ""
    _step(script, part, path, script.of(part[asked + 1 :]), listed)


def _selected_into(script: _Script, part: list[Token], at: int) -> None:
    """SELECT … INTO a table for the time being: `INTO #t`, `INTO TEMP t`."""
    words = [token.text.upper() for token in part]
    name = at + 1
    briefly = script.dialect == _TSQL and script.text[part[name].start - 1] == " "
    while words[name] in _SPANS | {"TABLE"}:
        briefly, name = True, name + 1
    path, after = name_at(part, name)
    if not briefly or not path:
        raise _Refused(SCRIPT_STATEMENT, "SELECT … INTO", part[at].start)
    query = f"{script.of(part[:at])} {script.of(part[after:])}"
    _step(script, part, path, query, "")


def _step(script: _Script, part: list[Token], path: Path, query: str, listed: str) -> None:
    name = path[-1].lower()
    if name in script.steps:
        raise _Refused(SCRIPT_NAMED_TWICE, path[-1], part[0].start)
    if len(path) > 1:
        script.paths[path[-1]] = path
    written = path[-1] if can_be_name(part[0]) and re.fullmatch(r"\w+", path[-1]) else _quoted(path[-1], script.dialect)
    script.steps[name] = f"{written}{listed and ' '}{listed} AS (\n{query}\n)"


def _quoted(name: str, dialect: str) -> str:
    return f"`{name}`" if dialect in ("mysql", BIGQUERY) else f'"{name}"'


def _drops_nothing(script: _Script, part: list[Token], words: list[str]) -> bool:
    """Whether a DROP is about what the script has made, or about what need not be there."""
    missing = words[2:4] == ["IF", "EXISTS"]
    path, _ = name_at(part, 4 if missing else 2)
    return missing or (path[-1:] != () and path[-1].lower() in script.steps)


def _into(part: list[Token]) -> int | None:
    """Where INTO stands in a query, outside of all brackets."""
    depth = 0
    for at, token in enumerate(part[:-1]):
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0 and token.text.upper() == "INTO":
            return at
    return None


def _one_query(script: _Script, last: list[Token]) -> str:
    query = script.query
    if query is None:
        words = [token.text.upper() for token in last]
        raise _Refused(SCRIPT_WITHOUT_QUERY, _called(words), last[0].start)
    words = [token.text.upper() for token in query[:2]]
    recursive = words == ["WITH", "RECURSIVE"]
    for name, step in script.steps.items() if recursive else ():
        if len(re.findall(rf"\b{re.escape(name)}\b", step, re.IGNORECASE)) > 1:  # it would read itself
            raise _Refused(SCRIPT_NAMED_TWICE, name, query[0].start)
    steps = ",\n".join(script.steps.values())
    rest = script.of(query[2 if recursive else 1 :] if words[:1] == ["WITH"] else query)
    joined = "," if words[:1] == ["WITH"] else ""
    whole = f"WITH {'RECURSIVE ' if recursive else ''}{steps}{joined}\n{rest}"
    return ";\n".join([*script.before, without_schemas(whole, script.paths, script.dialect)])


def _refused(part: list[Token], words: list[str]) -> _Refused:
    return _Refused(SCRIPT_STATEMENT, _called(words), part[0].start)


def _called(words: list[str]) -> str:
    """A statement by its first words: INSERT INTO, CREATE TABLE, UPDATE."""
    if words[0] in ("CREATE", "DROP", "ALTER"):
        kind = next((word for word in words[1:] if word not in _AROUND), "")
        brief = next((word for word in words if word in _SPANS), "")
        return " ".join(word for word in (words[0], brief, kind) if word)
    return " ".join(words[:2]) if words[:2] in (["INSERT", "INTO"], ["DELETE", "FROM"], ["MERGE", "INTO"]) else words[0]
