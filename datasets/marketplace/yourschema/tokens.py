"""Values that tell nothing: names from a vocabulary, and made-up keys, addresses and tokens in reserved ranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from marketplace.yourschema.draws import keys_for, pick
from marketplace.yourschema.schema import Kind
from marketplace.yourschema.words import pool

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from marketplace.keys import I64, U64, Dice
    from marketplace.yourschema.draw import Draw
    from marketplace.yourschema.schema import OwnColumn

_DOMAINS = ("example.jp", "example.com", "example.net", "example.org")


def key_values(dice: Dice, table: str, column: OwnColumn, rows: int) -> pa.Array:
    """Return a surrogate key: 1, 2, 3 … for numbers, UUIDs, or short numbered text."""
    numbers = np.arange(1, rows + 1, dtype=np.int64)
    if column.kind is Kind.UUID:
        return uuids(dice, f"{table}.{column.name}", rows)
    if column.kind is Kind.TEXT:
        digits = pc.utf8_lpad(pa.array(numbers).cast(pa.string()), width=8, padding="0")
        if column.length and column.length < 9:
            return pc.utf8_slice_codeunits(digits, 8 - min(column.length, 8))
        prefix = "".join(char for char in table.lower() if char.isalnum())[: max((column.length or 14) - 9, 1)][:4]
        return pc.binary_join_element_wise(pa.scalar(prefix), digits, "-")
    return pa.array(numbers)


def uuids(dice: Dice, name: str, rows: int) -> pa.Array:
    """Return random-looking UUIDs of version 4 as text."""
    high, low = (_hex(dice.roll(f"{name}.{half}", keys_for(rows))).view("S16").ravel() for half in ("high", "low"))
    first, last = pa.array(high).cast(pa.string()), pa.array(low).cast(pa.string())
    parts = [(first, 0, 8), (first, 8, 12), (first, 13, 16), (last, 1, 4), (last, 4, 16)]
    a, b, c, d, e = (pc.utf8_slice_codeunits(text, start, stop) for text, start, stop in parts)
    return _joined(a, "-", b, "-4", c, "-a", d, "-", e)


def token_values(draw: Draw) -> pa.Array:
    """Return the values of a column whose real ones are never looked at."""
    if draw.shape.kind is Kind.OTHER:
        return pa.array(["{}"] * draw.rows) if draw.shape.type == "JSON" else pa.nulls(draw.rows, pa.string())
    if draw.shape.kind is Kind.UUID:
        return uuids(draw.world.dice, draw.name, draw.rows)
    if draw.shape.kind is Kind.TIME:
        return pa.array((draw.chances() * 86_400_000_000).astype(np.int64)).cast(pa.time64("us"))
    if draw.shape.kind is Kind.BOOLEAN:
        return pa.array(draw.chances() < 0.5)
    if draw.shape.kind in (Kind.INTEGER, Kind.NUMBER):
        return _numbers(draw)
    made = _text(draw)
    return pc.utf8_slice_codeunits(made, 0, draw.shape.length) if draw.shape.length else made


def _numbers(draw: Draw) -> pa.Array:
    spans = {"latitude": (31.0, 43.0), "longitude": (130.0, 145.0)}
    if draw.plan.meaning in spans:
        low, high = spans[draw.plan.meaning]
        return pa.array(np.round(low + draw.chances() * (high - low), 4))
    small = draw.shape.type.upper() in ("TINYINT", "SMALLINT")
    low_number = 1 if small else 100_000
    return pa.array((low_number + draw.chances() * (100 if small else 899_999)).astype(np.int64))


def _text(draw: Draw) -> pa.Array:
    meaning = draw.plan.meaning
    if meaning == "email":
        return _joined("user", _numbered(draw), "@", _picked(draw, _DOMAINS))
    if meaning == "phone":
        tail = pc.utf8_lpad(_digits(draw, 10_000), width=4, padding="0")
        return _joined("0900-000-" if draw.locale == "ja" else "555-0100-", tail)
    if meaning == "ip_address":
        return _joined("192.0.2.", _digits(draw, 256))
    if meaning == "url":
        return _joined("https://example.com/", _picked(draw, ("", "list", "item", "cart", "mypage", "help")))
    if meaning == "username":
        return _joined(_picked(draw, pool("first_name", draw.locale)), _digits(draw, 1000))
    words = pool(meaning, draw.locale)
    if words:
        return _picked(draw, words)
    bits = draw.world.dice.roll(draw.name, keys_for(draw.rows))
    return _joined("tok_", pa.array(_hex(bits)[:, :6].copy().view("S12").ravel()).cast(pa.string()))


def _hex(bits: U64) -> NDArray[np.bytes_]:
    """Return each byte of each draw as two hexadecimal digits; shape (rows, 8)."""
    pairs = np.array([f"{byte:02x}".encode() for byte in range(256)], "S2")
    found: NDArray[np.bytes_] = pairs[bits.astype("<u8").view(np.uint8).reshape(-1, 8)]
    return found


def _picked(draw: Draw, words: tuple[str, ...]) -> pa.Array:
    chosen: I64 = pick(draw.chances(".word"), [1.0] * len(words))
    return pa.DictionaryArray.from_arrays(pa.array(chosen, pa.int32()), pa.array(words)).cast(pa.string())


def _digits(draw: Draw, below: int) -> pa.Array:
    return pa.array((draw.chances(".digits") * below).astype(np.int64)).cast(pa.string())


def _numbered(draw: Draw) -> pa.Array:
    return pa.array(np.arange(1, draw.rows + 1)).cast(pa.string())


def _joined(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*(pa.scalar(part) if isinstance(part, str) else part for part in parts), "")
