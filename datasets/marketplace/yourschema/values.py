"""Makes the values of one column, as Arrow arrays, from its meaning and what was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marketplace.yourschema.draws import from_points, pick
from marketplace.yourschema.meanings import ProfileClass
from marketplace.yourschema.schema import Kind
from marketplace.yourschema.tokens import token_values
from marketplace.yourschema.words import pool

if TYPE_CHECKING:
    from marketplace.keys import I64
    from marketplace.yourschema.draw import Draw
    from marketplace.yourschema.draws import F64
    from marketplace.yourschema.schema import OwnColumn

_USUAL = {
    "age": ((0.0, 18), (0.25, 27), (0.5, 36), (0.75, 47), (1.0, 75)),
    "birth_year": ((0.0, 1950), (0.25, 1978), (0.5, 1989), (0.75, 1998), (1.0, 2006)),
    "year": ((0.0, 1990), (0.5, 2012), (1.0, 2025)),
    "rating": ((0.0, 1), (0.1, 2), (0.25, 3), (0.5, 4), (1.0, 5)),
    "score": ((0.0, 0), (0.5, 120), (0.8, 300), (0.95, 700), (1.0, 1000)),
    "position": ((0.0, 1), (0.5, 8), (1.0, 30)),
    "points": ((0.0, 500), (0.5, 3000), (0.9, 10_000), (1.0, 30_000)),
    "money": ((0.0, 5), (0.5, 40), (0.9, 150), (1.0, 600)),
    "quantity": ((0.0, 1), (0.6, 1), (0.9, 3), (1.0, 8)),
    "duration": ((0.0, 1), (0.5, 30), (0.9, 90), (1.0, 180)),
    "flag_number": ((0.0, 0), (0.2, 0), (0.21, 1), (1.0, 1)),
    "number": ((0.0, 0), (0.5, 20), (0.9, 80), (1.0, 100)),
}
"""(Quantile, number) where nothing was measured, by meaning."""
_USUAL_DATES = ((0.0, -7305.0), (0.5, 7000.0), (1.0, 13_100.0))
"""Birth dates, in days since 1970."""

_USUAL_SHARES = (1.0, 0.6, 0.4, 0.25, 0.15)
"""Weights of a category's values, relative to the first."""
_GENDER_SHARES = (1.0, 0.9, 0.06)
"""The same for a gender: two common values and a rare one."""
_RARE_FLAGS = ("test", "deleted", "banned", "blocked", "spam", "fraud", "internal", "cancel")
"""Words in a column's name that make TRUE rare."""
_INTEGER_LIMITS = {"TINYINT": 127, "SMALLINT": 32_767, "INT": 2_147_483_647, "INTEGER": 2_147_483_647}
"""Largest number of each narrow type."""


def drawn(draw: Draw) -> pa.Array:
    """Return the values of a column that keys and times do not decide, without NULLs."""
    if draw.plan.profile is ProfileClass.WEIGHTS or isinstance(draw.plan.values, tuple):
        return _weighted(draw)
    if draw.plan.profile is ProfileClass.QUANTILES:
        return _numbers(draw)
    if draw.plan.profile is ProfileClass.SHARE:
        share = draw.measured.true_share
        return pa.array(draw.chances() < (_usual_share(draw) if share is None else share))
    return token_values(draw)


def _usual_share(draw: Draw) -> float:
    name = draw.shape.name.lower()
    if any(word in name for word in _RARE_FLAGS):
        return 0.03
    return 0.9 if "active" in name or "enabled" in name else 0.4


def _weighted(draw: Draw) -> pa.Array:
    names, shares = _names(draw)
    chosen = pick(draw.chances(), shares)
    if draw.shape.kind is Kind.TEXT:
        fitted = [name[: draw.shape.length] if draw.shape.length else name for name in names]
        return pa.DictionaryArray.from_arrays(pa.array(chosen, pa.int32()), pa.array(fitted)).cast(pa.string())
    numbers = [float(name) if _is_number(name) else place for place, name in enumerate(names, 1)]
    return _typed(np.array(numbers, np.float64)[chosen], draw.shape)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _names(draw: Draw) -> tuple[list[str], list[float]]:
    """Return the values and their shares; hidden names become words of the meaning's vocabulary, or cat_1 …."""
    shares = [share for _, share in draw.measured.weights if share > 0]
    found = [name for name, share in draw.measured.weights if share > 0]
    if isinstance(draw.plan.values, tuple):
        names = list(draw.plan.values)
    elif draw.plan.values == "approved" and found:
        return found, shares
    else:
        words = pool(draw.plan.meaning, draw.locale)
        names = list(words or (f"cat_{place}" for place in range(1, max(len(shares), 5) + 1)))
        names += [f"cat_{place}" for place in range(len(names) + 1, len(shares) + 1)]
    if not shares:
        usual = (
            names[:12] if draw.plan.meaning == "prefecture" else names[:5] if draw.plan.values == "hidden" else names
        )
        typical = _GENDER_SHARES if draw.plan.meaning == "gender" else _USUAL_SHARES
        return usual, [typical[min(place, len(typical) - 1)] for place in range(len(usual))]
    if len(names) > len(shares):
        names = names[: len(shares)]
    return names, shares[: len(names)]


def _numbers(draw: Draw) -> pa.Array:
    points = draw.measured.quantiles or list(_USUAL.get(draw.plan.meaning, _USUAL["number"]))
    values = from_points(draw.chances(), [(float(place), float(value)) for place, value in points])
    values = np.clip(values, *_bounds(draw))
    grid = draw.plan.grid or draw.measured.grid
    if grid:
        values = np.rint(values / grid) * grid
        values = np.clip(values, *_bounds(draw))
    return _typed(values, draw.shape)


def _bounds(draw: Draw) -> tuple[float, float]:
    """Return the smallest and largest value that the mapping, the checks and the type allow."""
    low = max((bound for bound in (draw.plan.min, draw.lowest) if bound is not None), default=-1e15)
    high = min((bound for bound in (draw.plan.max, draw.highest) if bound is not None), default=1e15)
    type_ = draw.shape.type.upper()
    if type_ in _INTEGER_LIMITS:
        high = min(high, _INTEGER_LIMITS[type_])
    if type_.startswith("DECIMAL("):
        precision, scale = (int(part) for part in type_[8:-1].split(","))
        high = min(high, 10 ** (precision - scale) - 10**-scale)
    return low, max(high, low)


def _typed(values: F64, shape: OwnColumn) -> pa.Array:
    if shape.kind is Kind.INTEGER:
        return pa.array(np.rint(values).astype(np.int64))
    if shape.kind is Kind.BOOLEAN:
        return pa.array(values > 0)
    if shape.kind is Kind.TEXT:
        return pa.array([f"{value:g}" for value in values])
    return pa.array(np.round(values, shape.scale or 2))


def free_date(draw: Draw) -> I64:
    """Return seconds for a date of a person's life, which follows no other time."""
    points = draw.measured.quantiles or list(_USUAL_DATES)
    return np.floor(from_points(draw.chances(), points)).astype(np.int64) * 86_400


def time_array(seconds: I64, shape: OwnColumn, missing: np.ndarray | None = None) -> pa.Array:
    """Return seconds since 1970 as a date or a timestamp array."""
    if shape.kind is Kind.DATE:
        days = (seconds // 86_400).astype(np.int32)
        return pa.array(days, pa.int32(), mask=missing).cast(pa.date32())
    return pa.array(seconds * 1_000_000, pa.int64(), mask=missing).cast(pa.timestamp("us"))


def with_nulls(values: pa.Array, missing: np.ndarray) -> pa.Array:
    """Return the values with NULL where `missing` is true."""
    return pc.if_else(pa.array(missing), pa.scalar(None, values.type), values) if missing.any() else values
