"""Names the engine can't find or can't tell apart (E01, E04, E07, E27)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlgrade.errors.near import nearest
from sqlgrade.errors.tokens import Kind, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlgrade.errors.card import ErrorCard, Failure
    from sqlgrade.errors.tokens import Token

_COLUMN = re.compile(r'Referenced column "(?P<name>.*?)" not found in FROM clause', re.DOTALL)
_QUALIFIED = re.compile(r'Table "(?P<table>.*?)" does not have a column named "(?P<name>.*?)"')
_TABLE = re.compile(r"Table with name (?P<name>.*?) does not exist!")
_FOREIGN = re.compile(r'Referenced table "(?P<name>.*?)" not found!')
_USING = re.compile(r'Column "(?P<name>.*?)" does not exist on (?P<side>left|right) side of join!')
_NO_FROM = re.compile(r'Referenced column "(?P<name>.*?)" was not found because the FROM clause is missing')
_FUNCTION = re.compile(r"(?:Scalar|Aggregate|Table|Window) Function with name (?P<name>\S+) does not exist!")
_AMBIGUOUS = re.compile(r'Ambiguous reference to column name "(?P<name>.*?)" \(use: (?P<use>.*)\)')
_SAME_ALIAS = re.compile(r'duplicate alias "(?P<name>.*?)"')
_TYPE = re.compile(r"Type with name (?P<name>\S+) does not exist!")
_CANDIDATES = re.compile(r"Candidate (?:bindings|tables): (?:: )?(?P<list>.*)")
_MEANT = re.compile(r'Did you mean "(?P<name>.*?)"')
_TEXT_COMES_AFTER = {"=", "<>", "!=", "==", "<", ">", "<=", ">=", "LIKE", "ILIKE", "IN", "THEN", "ELSE"}
_SELECT_WORDS = ("DISTINCT", "CASE")


def unquoted_or_misquoted_text(failure: Failure) -> ErrorCard | None:
    """A text in double quotes, or in none, which the engine takes for a column (E04)."""
    match = _COLUMN.search(failure.message) or _NO_FROM.search(failure.message)
    at = failure.at
    if match is None or at is None:
        return None
    token, name = failure.tokens[at], match["name"]
    if token.kind is Kind.NAME and not _near_column(failure, name):
        return failure.card("E04", "double_quotes", (token.start, token.end), value=name)
    if _stands_for_text(failure, at) and not _near_column(failure, name):
        return failure.card("E04", "text_without_quotes", (token.start, token.end), value=name)
    return None


def unknown_column(failure: Failure) -> ErrorCard | None:
    """A column that no table in FROM has (E01), or that stands in a table FROM forgot (E27)."""
    match = _COLUMN.search(failure.message)
    if match is None:
        return None
    name = match["name"]
    keyword = _swallowed_keyword(failure, name)
    if keyword:
        return failure.card("E08", "misspelt_keyword", name=name, near=keyword)
    near = _near_column(failure, name)
    if near and near.casefold() != name.casefold():
        return failure.card("E01", "unknown_column_near", name=name, near=near)
    home = next(
        (table for table, columns in failure.names.items() if name.casefold() in map(str.casefold, columns)), ""
    )
    if home:
        return failure.card("E27", "column_of_other_table", name=name, table=home)
    listed = ", ".join((_columns_in_from(failure) or _candidates(failure))[:8])
    return failure.card("E01", "unknown_column", name=name, candidates=listed)


def _swallowed_keyword(failure: Failure, name: str) -> str | None:
    """The keyword of which `name` is a misspelling, if it stands before another name as DISTINCT does."""
    at = failure.at
    if at is None or not 0 < at < len(failure.tokens) - 1 or failure.tokens[at - 1].upper != "SELECT":
        return None
    after = failure.tokens[at + 1]
    follows = after.kind is Kind.WORD and after.upper not in {"FROM", "AS"}
    return nearest(name, _SELECT_WORDS) if follows else None


def unknown_qualified_column(failure: Failure) -> ErrorCard | None:
    """A column asked of a table that does not have it (E01)."""
    match = _QUALIFIED.search(failure.message) or _USING.search(failure.message)
    if match is None:
        return None
    name = match["name"]
    near = _near_column(failure, name)
    span = _last_word(failure, name)
    if "side" in match.groupdict():
        return failure.card("E01", "using_column", span, name=name)
    if near and near.casefold() != name.casefold():
        return failure.card("E01", "table_lacks_column_near", span, name=name, table=match["table"], near=near)
    return failure.card("E01", "table_lacks_column", span, name=name, table=match["table"])


def unknown_table(failure: Failure) -> ErrorCard | None:
    """A table that does not exist (E01)."""
    match = _TABLE.search(failure.message)
    if match is None:
        return None
    name = match["name"].strip('"')
    meant = _MEANT.search(failure.message)
    near = nearest(name, [*failure.names, *_common_tables(failure.tokens), *([meant["name"]] if meant else [])])
    if near:
        return failure.card("E01", "unknown_table_near", name=name, near=near)
    known = ", ".join([*_common_tables(failure.tokens), *failure.names][:8])
    if known:
        return failure.card("E01", "unknown_table_listed", name=name, candidates=known)
    return failure.card("E01", "unknown_table", name=name)


def table_not_in_from(failure: Failure) -> ErrorCard | None:
    """A prefix that names no table of FROM: hidden by its alias, forgotten, or misspelt (E01, E27)."""
    match = _FOREIGN.search(failure.message)
    if match is None:
        return None
    name = match["name"]
    alias = _alias_of(failure.tokens, name)
    if alias:
        return failure.card("E01", "alias_hides_table", name=name, alias=alias)
    near = nearest(name, _candidates(failure))
    if near:
        return failure.card("E01", "unknown_prefix_near", name=name, near=near)
    known = {table.casefold() for table in (*failure.names, *_common_tables(failure.tokens))}
    if name.casefold() in known:
        return failure.card("E27", "table_not_in_from", name=name)
    return failure.card("E01", "unknown_prefix", name=name, candidates=", ".join(_candidates(failure)))


def missing_from(failure: Failure) -> ErrorCard | None:
    """A query without FROM, or whose FROM is misspelt (E08)."""
    match = _NO_FROM.search(failure.message)
    if match is None and "* expression without FROM clause" not in failure.message:
        return None
    name = match["name"] if match else "*"
    tables = {table.casefold(): table for table in failure.names}
    for before, token in zip(failure.tokens, failure.tokens[1:], strict=False):
        if token.kind is Kind.WORD and token.text.casefold() in tables and before.text != ".":
            span = (token.start, token.end)
            return failure.card("E08", "missing_from_before", span, table=token.text, name=name)
    columns = {column.casefold() for listed in failure.names.values() for column in listed}
    known = name == "*" or name.casefold() in columns or any(token.upper == "FROM" for token in failure.tokens)
    return failure.card("E08", "missing_from" if known else "text_or_from", name=name)


def unknown_function(failure: Failure) -> ErrorCard | None:
    """A function or type that does not exist, and operators written the wrong way round (E01, E08)."""
    match = _FUNCTION.search(failure.message) or _TYPE.search(failure.message)
    if match is None:
        return None
    name = match["name"]
    if name in {"=>", "=<"}:
        at = next((t for t in failure.tokens if t.text == name), None)
        span = (at.start, at.end) if at else None
        return failure.card("E08", "operator_reversed", span, name=name, use={"=>": ">=", "=<": "<="}[name])
    meant = _MEANT.search(failure.message)
    span = _last_word(failure, name)
    near = nearest(name, [meant["name"]] if meant else [])
    kind = "type" if _TYPE.search(failure.message) else "function"
    if near:
        return failure.card("E01", f"unknown_{kind}_near", span, name=name, near=near)
    return failure.card("E01", f"unknown_{kind}", span, name=name)


def ambiguous_column(failure: Failure) -> ErrorCard | None:
    """A column that two tables have, or one alias given twice (E07)."""
    match = _AMBIGUOUS.search(failure.message)
    if match:
        choices = [choice.strip("'").replace('"', "") for choice in re.split(r" or |, ", match["use"])]
        return failure.card("E07", "ambiguous_column", name=match["name"], choices=" / ".join(choices), use=choices[0])
    match = _SAME_ALIAS.search(failure.message)
    if match:
        name = match["name"].rsplit(".", 1)[-1]
        return failure.card("E07", "same_alias_twice", _last_word(failure, name), name=name)
    return None


def _near_column(failure: Failure, name: str) -> str | None:
    columns = [column for listed in failure.names.values() for column in listed]
    return nearest(name, [*_candidates(failure), *columns])


def _candidates(failure: Failure) -> list[str]:
    match = _CANDIDATES.search(failure.message)
    return [name.strip().strip('"') for name in match["list"].split(",")] if match else []


def _columns_in_from(failure: Failure) -> list[str]:
    """Columns of the known tables that the text names."""
    words = {token.text.casefold() for token in failure.tokens}
    return [column for table, columns in failure.names.items() if table.casefold() in words for column in columns]


def _stands_for_text(failure: Failure, at: int) -> bool:
    """Does the word stand where a value is compared, or is it no name a schema would use?"""
    before = [token.upper for token in failure.tokens[max(0, at - 2) : at]]
    compared = bool(before) and (before[-1] in _TEXT_COMES_AFTER or before == ["IN", "("])
    after = failure.tokens[at + 1].text if at + 1 < len(failure.tokens) else ""
    return compared and after not in {".", "("} and failure.tokens[at].kind is Kind.WORD


def _common_tables(tokens: Sequence[Token]) -> list[str]:
    """Names given by WITH: a word followed by AS and a bracket."""
    return [
        first.text
        for first, second, third in zip(tokens, tokens[1:], tokens[2:], strict=False)
        if first.kind is Kind.WORD and second.upper == "AS" and third.text == "("
    ]


def _alias_of(tokens: Sequence[Token], table: str) -> str | None:
    """The alias that FROM or JOIN gives to `table`."""
    for index, token in enumerate(tokens[:-1]):
        opens = index and tokens[index - 1].upper in {"FROM", "JOIN", ","}
        if not opens or token.text.casefold() != table.casefold():
            continue
        after = tokens[index + 1 : index + 3]
        if after[0].upper == "AS" and len(after) > 1:
            return after[1].text
        if after[0].kind is Kind.WORD and after[0].upper not in _AFTER_TABLE:
            return after[0].text
    return None


_AFTER_TABLE = words(
    "WHERE GROUP HAVING ORDER LIMIT QUALIFY WINDOW JOIN INNER LEFT RIGHT FULL CROSS NATURAL ON USING UNION EXCEPT INTERSECT"
)


def _last_word(failure: Failure, name: str) -> tuple[int, int] | None:
    """The token that is `name`, first under the caret, then anywhere."""
    wanted = name.casefold()
    found = [token for token in failure.tokens if token.text.strip('"').casefold() == wanted]
    under = [
        token for token in found if failure.start is not None and failure.start <= token.start < (failure.end or 0)
    ]
    chosen = under or found
    return (chosen[0].start, chosen[0].end) if chosen else None
