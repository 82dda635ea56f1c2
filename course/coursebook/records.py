"""TOML into frozen records: types checked, unknown keys refused with the key that was probably meant."""

import dataclasses
import difflib
import re
import tomllib
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, TypeVar

from coursebook.problem import Problem

Record = TypeVar("Record")
Key = tuple[str | int, ...]

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_ASSIGNMENT = re.compile(r"""^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_KEY_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_SYNTAX_LINE = re.compile(r"line (\d+)")
"""TOML as far as lines must be found again: headers, assignments, parts of a dotted key, the parser's own word for a place."""


TABLES = {"holds": "tables"}
"""Metadata of the field, if a record has one, that takes the tables which `read_record` is told of."""


def read_record(
    kind: type[Record],
    path: Path,
    problems: list[Problem],
    words: Mapping[type, Mapping[str, object]] | None = None,
    tables: Mapping[str, type] | None = None,
) -> Record | None:
    """The record that a TOML file holds, or None with the reasons added to `problems`.

    Args:
        kind: the record.
        path: the file.
        problems: where reasons are added.
        words: for a type that is written as a word: what each word stands for.
        tables: records of further tables that the file may hold, by name.
    """
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except FileNotFoundError:
        problems.append(Problem(path, 1, "file_missing", {"name": path.name}))
        return None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        found = _SYNTAX_LINE.search(str(fault))
        problems.append(Problem(path, int(found[1]) if found else 1, "toml_unreadable", {"detail": fault}))
        return None
    decoder = _Decoder(path, text, words or {}, tables or {})
    record = decoder.record(kind, table, ())
    problems.extend(decoder.problems)
    return None if decoder.problems else typing.cast("Record", record)


def read_table(path: Path) -> dict[str, Any]:
    """What a TOML file holds that has been read into a record before."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def line_of_key(text: str, key: Key) -> int:
    """The line (from 1) where a key, or the table that should hold it, stands."""
    best, best_length = 1, 0
    table: Key = ()
    counts: dict[Key, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = _parts(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, counts[table])
            here = table
        elif assignment := _ASSIGNMENT.match(line):
            here = table + _parts(assignment[1])
        else:
            continue
        shared = _shared_length(here, key)
        if shared > best_length:
            best, best_length = number, shared
    return best


def _parts(dotted: str) -> Key:
    return tuple(next(filter(None, part.groups()), "") for part in _KEY_PART.finditer(dotted))


def _shared_length(left: Key, right: Key) -> int:
    length = 0
    for one, other in zip(left, right, strict=False):
        if one != other:
            break
        length += 1
    return length


_HINTS: dict[type[Any], dict[str, Any]] = {}


def _hints(kind: type[Any]) -> dict[str, Any]:
    """The types of a record's fields; working them out takes longer than reading a small file."""
    if kind not in _HINTS:
        _HINTS[kind] = typing.get_type_hints(kind)
    return _HINTS[kind]


@dataclass
class _Decoder:
    path: Path
    text: str
    words: Mapping[type, Mapping[str, object]]
    tables: Mapping[str, type]

    def __post_init__(self) -> None:
        self.problems: list[Problem] = []

    def blame(self, key: Key, code: str, **params: object) -> None:
        shown = ".".join(str(part) for part in key)
        self.problems.append(Problem(self.path, line_of_key(self.text, key), code, {"key": shown, **params}))

    def record(self, kind: type[Any], table: Mapping[str, Any], key: Key) -> object:
        all_fields = dataclasses.fields(kind)
        further = next((each.name for each in all_fields if each.metadata == TABLES), None)
        fields = {each.name: each for each in all_fields if each.name != further}
        hints = _hints(kind) if further is None else {**_hints(kind), **self.tables}
        allowed = [*fields, *(self.tables if further is not None else ())]
        for name in table:
            if name not in allowed:
                near = difflib.get_close_matches(name, allowed, 1)
                remedy = "unknown_key_near" if near else "unknown_key"
                self.blame((*key, name), remedy, near="".join(near), allowed=", ".join(allowed))
        values = {name: self.value(hints[name], table[name], (*key, name)) for name in table if name in allowed}
        if further is not None:
            values[further] = {name: values.pop(name) for name in self.tables if name in values}
        missing = [name for name, each in fields.items() if name not in table and _is_required(each)]
        for name in missing:
            self.blame((*key, name), "key_missing")
        return None if missing else kind(**values)

    def value(self, hint: Any, value: Any, key: Key) -> Any:
        origin, arguments = typing.get_origin(hint), typing.get_args(hint)
        if origin in (typing.Union, types.UnionType):
            inner = [each for each in arguments if each is not type(None)]
            return self.value(inner[0] if len(inner) == 1 else object, value, key)
        if origin is typing.Literal:
            return self.choice(arguments, value, key)
        if hint in self.words:
            return self.words[hint].get(self.choice(tuple(self.words[hint]), value, key))
        if isinstance(hint, type) and issubclass(hint, Enum):
            chosen = self.choice(tuple(each.value for each in hint), value, key)
            return hint(chosen) if chosen is not None else None
        if dataclasses.is_dataclass(hint):
            return self.table(value, key) and self.record(typing.cast("type", hint), value, key)
        if origin is tuple and isinstance(value, list):
            return tuple(self.value(arguments[0], each, (*key, index)) for index, each in enumerate(value))
        if isinstance(origin, type) and issubclass(origin, Mapping) and isinstance(value, Mapping):
            return {name: self.value(arguments[1], each, (*key, name)) for name, each in value.items()}
        return self.plain(hint if isinstance(hint, type) else origin or object, value, key)

    def table(self, value: object, key: Key) -> bool:
        if isinstance(value, Mapping):
            return True
        self.blame(key, "wrong_type", wanted="table", found=type(value).__name__)
        return False

    def choice(self, allowed: tuple[Any, ...], value: object, key: Key) -> Any:
        if value in allowed:
            return value
        self.blame(key, "wrong_choice", found=value, allowed=", ".join(map(str, allowed)))
        return None

    def plain(self, hint: type, value: object, key: Key) -> object:
        wanted = (int, float) if hint is float else hint
        fits = isinstance(value, wanted) and not (hint in (int, float) and isinstance(value, bool))
        if not fits and not (hint is datetime and isinstance(value, datetime)):
            self.blame(key, "wrong_type", wanted=hint.__name__, found=type(value).__name__)
        return float(typing.cast("float", value)) if hint is float and fits else value


def _is_required(each: dataclasses.Field[Any]) -> bool:
    return each.default is dataclasses.MISSING and each.default_factory is dataclasses.MISSING
