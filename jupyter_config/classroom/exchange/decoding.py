"""Records from JSON that somebody else wrote: a value of another type is refused, never passed on."""

from __future__ import annotations

import types
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
MOST_ITEMS = 20_000


def decoded(kind: type[T], value: object) -> T:
    """A record of a dataclass with fields of str, int, float, dict, None, records and tuples of these.

    Fields that the record does not know are left out, so that a newer sender is understood.

    Raises:
        ValueError: a field is missing, or is of another type.
    """
    if not isinstance(value, dict):
        raise ValueError(f"{kind.__name__}: no object")  # noqa: TRY004  (what was sent is at fault)
    hints: dict[str, Any] = _hints(kind)  # type: ignore[arg-type]
    given: dict[str, Any] = {}
    for each in fields(kind):  # type: ignore[arg-type]
        if each.name in value:
            given[each.name] = _value(hints[each.name], value[each.name], f"{kind.__name__}.{each.name}")
        elif each.default is MISSING and each.default_factory is MISSING:
            raise ValueError(f"{kind.__name__}.{each.name} is missing")
    return kind(**given)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _value(kind: Any, value: object, place: str) -> Any:
    origin = get_origin(kind)
    if origin in (types.UnionType, Union):
        if value is None:
            return None
        return _value(next(each for each in get_args(kind) if each is not type(None)), value, place)
    if origin is tuple:
        if not isinstance(value, list) or len(value) > MOST_ITEMS:
            raise ValueError(f"{place}: no list of a usable length")
        return tuple(_value(get_args(kind)[0], each, place) for each in value)
    if origin is dict:
        if not isinstance(value, dict):
            raise ValueError(f"{place}: no object")
        return value
    if is_dataclass(kind):
        return decoded(kind, value)  # type: ignore[arg-type]
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise ValueError(f"{place}: {type(value).__name__} in place of {kind.__name__}")
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value
