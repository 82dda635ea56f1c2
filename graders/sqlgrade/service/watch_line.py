"""The nights of a watching query as JSON gives them, and a verdict's nights as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlgrade.record import Watch

if TYPE_CHECKING:
    from sqlgrade.verdict import NightMark

_TEXTS = ("script", "day", "rings")
_KNOWN = frozenset({*_TEXTS, "runs", "arrived", "exact", "columns"})


def read_watch(value: object) -> tuple[Watch, tuple[str, ...]]:
    """The nights, and the columns that the row of a night has.

    Args:
        value: An object with `script` and `columns`, and perhaps with `runs`, `arrived`, `day`, `rings` and `exact`, which
            mean what they do in Watch.

    Raises:
        ValueError: it is no such object; its text says what it has to be.
    """
    script = value.get("script") if isinstance(value, dict) else None
    if not isinstance(value, dict) or not script or not isinstance(script, str):
        raise ValueError("'watch' must be an object with the script of the nights as 'script'")
    if strange := sorted(value.keys() - _KNOWN):
        raise ValueError(f"'watch' knows no {', '.join(repr(each) for each in strange)}")
    columns = value.get("columns")
    if not _are_texts(columns) or not columns:
        raise ValueError("'watch' must name the columns of a night's row as 'columns'")
    given = {name: value[name] for name in _KNOWN - {"columns"} if name in value}
    if not all(isinstance(given.get(name, ""), str) for name in _TEXTS):
        raise ValueError("'day' and 'rings' of 'watch' must be names of columns")
    runs, exact, arrived = given.get("runs", [1]), given.get("exact", []), given.get("arrived", {})
    if not isinstance(runs, list) or not runs or not all(isinstance(each, int) for each in runs):
        raise ValueError("'runs' of 'watch' must be a list of numbers")
    if not _are_texts(exact):
        raise ValueError("'exact' of 'watch' must be a list of names of columns")
    if not isinstance(arrived, dict) or not _are_texts(list(arrived.values())):
        raise ValueError("'arrived' of 'watch' must give each table a condition")
    watch = Watch(**{**given, **({"runs": tuple(runs)} if "runs" in given else {}), "exact": tuple(exact)})
    named = (watch.day, watch.rings, *watch.exact)
    if missing := [each for each in named if each not in columns]:
        raise ValueError(f"'columns' of 'watch' must have {', '.join(missing)}")
    return watch, tuple(columns)


def _are_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def wrong_nights(nights: tuple[NightMark, ...]) -> list[dict[str, Any]]:
    """The nights on which a query did not do as it should: run, day, what they are, what it did, and what is wrong with its row."""
    return [
        {"run": each.run, "day": each.day, "sort": each.sort, "outcome": each.outcome.value, "flaw": each.flaw.value}
        for each in nights
        if not each.is_right
    ]
