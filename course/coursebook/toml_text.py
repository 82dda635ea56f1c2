"""Writes tables as TOML."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def toml_value(value: object) -> str:
    """A value in one line, a table in braces."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_key(str(key))} = {toml_value(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml_value, value)) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # a JSON text is a TOML text, but for one


def toml_lines(table: Mapping[str, Any]) -> str:
    """A table with a line for each of its keys, for programs."""
    return "".join(f"{key} = {toml_value(value)}\n" for key, value in table.items())


def toml_text(table: Mapping[str, Any]) -> str:
    """A table for people to read and edit: plain keys, then tables, then lists of tables; SQL stands in lines of its own."""
    return "\n".join(_lines(table, "")).strip("\n") + "\n"


def _lines(table: Mapping[str, Any], path: str) -> Iterator[str]:
    tables = {key: value for key, value in table.items() if isinstance(value, Mapping) and not _is_text(value)}
    lists = {key: value for key, value in table.items() if _is_list_of_tables(value)}
    for key, value in table.items():
        if key not in tables and key not in lists:
            yield from _plain(key, value)
    for key, value in tables.items():
        if not value or not all(isinstance(each, Mapping) for each in value.values()):
            yield from ("", f"[{path}{_key(key)}]")
        yield from _lines(value, f"{path}{_key(key)}.")
    for key, entries in lists.items():
        for entry in entries:
            yield from ("", f"[[{path}{_key(key)}]]", *_lines(entry, f"{path}{_key(key)}."))


def _plain(key: str, value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        yield from (f"{_key(key)}.{lang} = {_value(text)}" for lang, text in value.items())
    else:
        yield f"{_key(key)} = {_value(value)}"


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], Mapping)


def _is_text(value: Mapping[str, Any]) -> bool:
    return set(value) == {"ja", "en"} and all(isinstance(each, str) for each in value.values())


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else toml_value(key)


def _value(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, str) and "\n" in value and "'''" not in value:
        return f"'''\n{value.strip(chr(10))}\n'''"
    return toml_value(value)
