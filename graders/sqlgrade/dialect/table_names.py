"""Names with a schema before them (`cd.members`): the only place that decides which table of a task is meant by one.

The judge's databases know no schemas, as each of them is one. So a table goes there by its own name, or, where tables of two
schemas share it, by both names joined (`archive_orders`); DDL, solutions and answers are rewritten to that, word by word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlglot
from sqlglot.errors import SqlglotError
from sqlglot.tokenizer_core import TokenType

from sqlgrade.dialect.heading import BIGQUERY, DUCKDB, names_schemas
from sqlgrade.tables.values import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlglot.tokenizer_core import Token

Path = tuple[str, ...]

_BY_DEFAULT = frozenset({"main", "public", "dbo"})
"""Schemas that a system puts a table in that names none."""
_KINDS = frozenset({"TABLE", "VIEW", "TYPE", "MACRO", "FUNCTION", "SEQUENCE"})
_BEFORE_A_NAME = frozenset({"IF", "NOT", "EXISTS"})
_BETWEEN = frozenset("CREATE OR REPLACE TEMP TEMPORARY UNLOGGED EXTERNAL TRANSIENT MATERIALIZED RECURSIVE".split())
_OF_SCHEMAS = frozenset({"SCHEMA", "DATABASE"})
_TABLE_FOLLOWS = frozenset({"FROM", "JOIN"})
_NO_ALIAS = frozenset(
    "ON USING WHERE JOIN INNER LEFT RIGHT FULL CROSS NATURAL GROUP ORDER HAVING QUALIFY WINDOW LIMIT OFFSET FETCH UNION "
    "EXCEPT INTERSECT PIVOT UNPIVOT TABLESAMPLE SAMPLE ASOF POSITIONAL SEMI ANTI SET VALUES FOR OUTER LATERAL".split()
)
_PLAIN = re.compile(r"[A-Za-z_]\w*")
_CLAUSES = frozenset("SELECT FROM JOIN WHERE BY HAVING QUALIFY WINDOW VALUES LIMIT".split())
"""What a comma stands in; behind ON and USING the list of FROM goes on."""
_CALLS_WITH_FROM = frozenset({"EXTRACT", "TRIM", "SUBSTRING", "OVERLAY"})
OWN = frozenset({"my", "lesson"})
"""The schemas of a learner's own views and of those that lessons give."""
_THERE = OWN | {"information_schema", "pg_catalog", "temp"}
"""All schemas that are there."""


@dataclass(frozen=True)
class _Written:
    """A name with its parts, where it stands in a text."""

    parts: Path
    start: int
    end: int
    last: str
    """The last part as it is written there, quotes and all."""
    place: int
    """The number of its first word, and of the one behind its last."""
    after: int


def in_own_schemas(script: str) -> tuple[str, dict[str, Path]]:
    """A DDL script of DuckDB's without schemas, and the path of each name that has one; any other script as it is."""
    try:
        tokens = tokens_of(script, DUCKDB)
    except SqlglotError:
        return script, {}
    kept, declared, current, begun = list[str](), list[Path](), "", False
    for statement in statements(tokens):
        words = [token.text.upper() for token in statement]
        chosen = _schema_chosen(statement, words)
        if chosen is not None or _is_of_schemas(words):
            current, begun = current if chosen is None else chosen, True
            continue
        kept.append(script[statement[0].start : statement[-1].end + 1])
        if (path := _declared(statement, words)) is not None:
            declared.append(path if len(path) > 1 or not current else (current, *path))
    if not begun and all(len(path) == 1 for path in declared):
        return script, {}
    names = _flat_names(declared)
    rewritten = ";\n".join(without_schemas(body, names) for body in kept) + ";"
    return rewritten, {flat: path for flat, path in names.items() if len(path) > 1}


def without_schemas(text: str, paths: Mapping[str, Path], dialect: str = DUCKDB) -> str:
    """A text with each name that stands for a table of these as the judge's databases have it; all else stays as written."""
    if not paths:
        return text
    try:
        tokens = tokens_of(text, dialect)
    except SqlglotError:
        return text
    found = list(_names(tokens, text, dialect))
    meant = [(each, *_meant(each, paths, tokens)) for each in found]
    both = _met_twice([(each, flat) for each, flat, rest in meant if flat and not rest], tokens)
    for each, flat, rest in reversed(meant):
        if flat is None:
            continue
        put = _in_place(each, flat, rest, paths, tokens, dialect, own=flat in both)
        text = text[: each.start] + put + text[each.end :]
    return text


def paths_as_written(text: str, tables: Iterable[str], dialect: str = DUCKDB) -> dict[str, Path]:
    """The tables before which a text writes schemas that nobody has declared, with the path that it writes.

    A query from work says where its tables lie there (`public.orders`, `` `project.sales.orders` ``); here each name stands once. A name
    that is written with two paths is left as it is, and so is what begins with a name that the text itself gives, and what lies in a schema that
    is there (`p.d.INFORMATION_SCHEMA.COLUMNS`). A table that is none of these is among them, too, so that its own name is told as unknown and not a schema's.
    """
    if not names_schemas(text):
        return {}
    try:
        tokens = tokens_of(text, dialect)
    except SqlglotError:
        return {}
    known = {each.lower(): each for each in tables}
    names = list(_names(tokens, text, dialect))
    given = _given(names, tokens) | known.keys()
    found: dict[str, set[Path]] = {}
    places = _places_of_tables(tokens)
    for name in names:
        is_call = name.after < len(tokens) and tokens[name.after].text == "("
        path = _lower(name.parts)
        if name.place in places and not is_call and path[0] not in given and _THERE.isdisjoint(path[:-1]):
            found.setdefault(known.get(name.parts[-1].lower(), name.parts[-1]), set()).add(name.parts)
    return {table: paths.pop() for table, paths in found.items() if len({_lower(each) for each in paths}) == 1}


def _given(names: list[_Written], tokens: list[Token]) -> set[str]:
    """The words that stand by themselves in a text: among them all names that it gives."""
    inside = {place for name in names for place in range(name.place, name.after)}
    return {token.text.lower() for place, token in enumerate(tokens) if place not in inside}


def _places_of_tables(tokens: list[Token]) -> set[int]:
    """The numbers of the words that begin what stands in FROM: a comma elsewhere stands before columns, as FROM does in EXTRACT."""
    found: set[int] = set()
    clauses, before = [""], ""
    for place, token in enumerate(tokens):
        word = "" if token.token_type in (TokenType.STRING, TokenType.IDENTIFIER) else token.text.upper()
        if before in (*_TABLE_FOLLOWS, ",") and clauses[-1] in _TABLE_FOLLOWS:
            found.add(place)
        if word == "(":
            clauses.append("CALL" if before in _CALLS_WITH_FROM else "")
        elif word == ")" and len(clauses) > 1:
            clauses.pop()
        elif word in _CLAUSES and clauses[-1] != "CALL" and (before, word) != ("DISTINCT", "FROM"):
            clauses[-1] = word
        before = word
    return found


def is_plain(name: str) -> bool:
    """Whether a name needs no quotes but for being a word of SQL's."""
    return _PLAIN.fullmatch(name) is not None


def tokens_of(text: str, dialect: str) -> list[Token]:
    """The words of a text as a dialect cuts them; raises SqlglotError."""
    return list(sqlglot.tokenize(text, dialect=dialect))


def statements(tokens: list[Token]) -> Iterator[list[Token]]:
    """The words of each statement of a text."""
    statement: list[Token] = []
    for token in tokens:
        if token.token_type is TokenType.SEMICOLON:
            if statement:
                yield statement
            statement = []
        else:
            statement.append(token)
    if statement:
        yield statement


def _schema_chosen(statement: list[Token], words: list[str]) -> str | None:
    """The schema in which USE or SET search_path says that what follows stands; None for any other statement."""
    at = 0
    if words[:1] == ["USE"]:
        at = 2 if words[1:2] and words[1] in _OF_SCHEMAS else 1
    elif words[:1] == ["SET"] and "SEARCH_PATH" in words[:3]:
        at = words.index("SEARCH_PATH") + 2
    elif words[:2] == ["SET", "SCHEMA"]:
        at = 3 if words[2:3] == ["="] else 2
    chosen = statement[at].text if 0 < at < len(statement) else "" if at else None
    return "" if chosen is not None and chosen.lower() in _BY_DEFAULT else chosen


def _is_of_schemas(words: list[str]) -> bool:
    """Whether a statement makes or drops a schema, which the judge's databases do without."""
    made = next((word for word in words if word not in _BETWEEN), "")
    return made in _OF_SCHEMAS or (words[0] in ("DROP", "ALTER", "COMMENT") and bool(_OF_SCHEMAS & set(words[1:3])))


def _declared(statement: list[Token], words: list[str]) -> Path | None:
    """The name of what a statement creates."""
    if words[0] != "CREATE":
        return None
    at = next((n for n, word in enumerate(words) if word not in _BETWEEN), len(words))
    if at >= len(words) or words[at] not in _KINDS:
        return None
    at += 1
    while at < len(words) and words[at] in _BEFORE_A_NAME and statement[at].token_type is not TokenType.IDENTIFIER:
        at += 1
    return name_at(statement, at)[0] or None


def name_at(statement: list[Token], at: int) -> tuple[Path, int]:
    """The parts of the name that begins at a word, and the number of the word behind it; no parts where there is none."""
    parts = [statement[at].text] if at < len(statement) and can_be_name(statement[at]) else []
    while parts and at + 2 < len(statement) and statement[at + 1].text == ".":
        at += 2
        parts.append(statement[at].text)
    return tuple(parts), at + 1


def _flat_names(declared: Sequence[Path]) -> dict[str, Path]:
    """What each table is called in the judge's databases: by its own name, if no other is."""
    called: dict[str, Path] = {}
    for path in declared:
        shared = {other for other in map(_lower, declared) if other[-1] == path[-1].lower()}
        flat = path[-1] if len(shared) == 1 or len(path) == 1 else re.sub(r"\W", "_", "_".join(path[-2:]))
        while flat in called and _lower(called[flat]) != _lower(path):
            flat += "_"
        called[flat] = path
    return called


def _lower(path: Path) -> Path:
    return tuple(part.lower() for part in path)


def _names(tokens: list[Token], text: str, dialect: str) -> Iterator[_Written]:
    """The names of several parts in a text."""
    at = 0
    while at < len(tokens):
        last = at
        while last + 2 < len(tokens) and tokens[last + 1].text == "." and can_be_name(tokens[last + 2]):
            last += 2
        parts = [token.text for token in tokens[at : last + 1 : 2]]
        written = text[tokens[last].start : tokens[last].end + 1]
        if dialect == BIGQUERY and _is_quoted(tokens[last]) and "." in tokens[last].text:
            parts = [part for each in parts for part in each.split(".")]
            written = f"`{parts[-1]}`"
        if len(parts) > 1 and can_be_name(tokens[at]):
            yield _Written(tuple(parts), tokens[at].start, tokens[last].end + 1, written, at, last + 1)
        at = last + 1


def can_be_name(token: Token) -> bool:
    """Whether a word may be a name or a part of one."""
    return _is_quoted(token) or (
        token.token_type is not TokenType.STRING and re.match(r"[^\W\d]", token.text) is not None
    )


def _is_quoted(token: Token) -> bool:
    return token.token_type is TokenType.IDENTIFIER


def _meant(name: _Written, paths: Mapping[str, Path], tokens: list[Token]) -> tuple[str | None, bool]:
    """The table that a name means, if it is one of these, and whether a column is named behind it."""
    if len(name.parts) > 2 and (owner := _table_called(name.parts[:-1], paths, exactly=True)):
        return owner, True
    if owner := _table_called(name.parts, paths):
        return owner, False
    follows = name.place > 0 and tokens[name.place - 1].text.upper() in _TABLE_FOLLOWS
    schemas = {part.lower() for path in paths.values() for part in path[:-1]} | _BY_DEFAULT
    if follows and name.parts[-2].lower() in schemas:
        return "", False
    return None, False


def _table_called(parts: Path, paths: Mapping[str, Path], *, exactly: bool = False) -> str | None:
    """The table with this path; what a task's DDL leaves out before a schema may be written, and the other way round."""
    asked = _lower(parts)
    for flat, path in paths.items():
        known = _lower(path)
        shorter, longer = sorted((asked, known), key=len)
        if longer[len(longer) - len(shorter) :] != shorter:
            continue
        if len(shorter) > 1 and (len(asked) == len(known) or not exactly):
            return flat
        if len(shorter) == 1 and set(longer[:-1]) <= _BY_DEFAULT:
            return flat
    return None


def _met_twice(tables: list[tuple[_Written, str]], tokens: list[Token]) -> set[str]:
    """The tables that are read without an alias beside another of the same name."""
    bare = {flat: name.parts[-1].lower() for name, flat in tables if not _has_alias(name, tokens)}
    return {flat for flat, last in bare.items() if list(bare.values()).count(last) > 1}


def _has_alias(name: _Written, tokens: list[Token]) -> bool:
    if name.after >= len(tokens):
        return False
    word = tokens[name.after]
    return _is_quoted(word) or word.text.upper() == "AS" or (can_be_name(word) and word.text.upper() not in _NO_ALIAS)


def _in_place(
    name: _Written, flat: str, rest: bool, paths: Mapping[str, Path], tokens: list[Token], dialect: str, *, own: bool
) -> str:
    """What stands there in place of a name."""
    if not flat:
        return name.last
    shared = flat.lower() != paths[flat][-1].lower()
    if rest:
        table = flat if own and shared else name.parts[-2]
        return f"{_as_written(table, dialect)}.{name.last}"
    if not shared:
        return name.last
    follows = name.place > 0 and tokens[name.place - 1].text.upper() in {*_TABLE_FOLLOWS, ",", "("}
    alias = "" if own or not follows or _has_alias(name, tokens) else f" AS {name.last}"
    return f"{flat}{alias}"


def _as_written(name: str, dialect: str) -> str:
    if is_plain(name):
        return name
    return f"`{name}`" if dialect in ("mysql", BIGQUERY) else quoted(name)
