"""Counter-based randomness: a value is a hash of an entity's key and a salt, never the next number of a stream.

Nothing depends on chunk size, thread count or order, and a new column cannot disturb another. The hash is the
finaliser of splitmix64 (Steele, Lea, Flood 2014, doi:10.1145/2660193.2660195) in wrap-around uint64 arithmetic, so that
every processor and every version of numpy gives the same bits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np

# numpy's stubs lose the element type in mixed arithmetic, so arrays are named by what they hold and not checked further.
U64 = Any
"""An array of uint64."""
I64 = Any
"""An array of int64."""
Flags = Any
"""An array of bool."""
Slots = Any
"""A lookup table: an array of int16 with 4,096 or 65,536 entries."""

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
"""The constants of SplitMix64 (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195)."""
_CACHE_BLOCK = 1 << 14
"""Keys that are hashed together: 128 kB, which the second-level cache of any processor holds."""


@lru_cache(maxsize=512)
def salt(seed: int, name: str) -> np.uint64:
    """Return the 64-bit salt of a named draw."""
    return np.uint64(int.from_bytes(blake2b(f"{seed}:{name}".encode(), digest_size=8).digest(), "little"))


def mix(keys: U64, salted: np.uint64) -> U64:
    """Hash each key (any shape) with the salt; works in blocks that stay in the processor's cache."""
    out = np.empty(keys.shape, np.uint64)
    source, target = keys.reshape(-1), out.reshape(-1)
    for start in range(0, source.size, _CACHE_BLOCK):
        part = source[start : start + _CACHE_BLOCK] * _GOLDEN
        part += salted
        part ^= part >> np.uint64(30)
        part *= _FIRST
        part ^= part >> np.uint64(27)
        part *= _SECOND
        part ^= part >> np.uint64(31)
        target[start : start + _CACHE_BLOCK] = part
    return out


@dataclass(frozen=True)
class Dice:
    """The named draws of one seed."""

    seed: int

    def roll(self, name: str, keys: U64) -> U64:
        """Return 64 random bits for each key."""
        return mix(keys, salt(self.seed, name))

    def one(self, name: str, key: int = 0) -> int:
        """Return 64 random bits as a Python integer."""
        return int(self.roll(name, np.array([key], np.uint64))[0])


def part(bits: U64, place: int) -> I64:
    """Return the 16-bit part (0 to 65,535) at place 0 to 3 of each draw."""
    return ((bits >> np.uint64(16 * place)) & np.uint64(0xFFFF)).astype(np.int64)


def chance(bits: U64, place: int, per_mille: float | I64) -> Flags:
    """Return True with the given probability (in thousandths), using the 16-bit part at the place."""
    threshold = np.asarray(per_mille) * 65536 // 1000 if not isinstance(per_mille, float) else int(per_mille * 65.536)
    return part(bits, place) < threshold


def below(bits: U64, place: int, bound: int | I64) -> I64:
    """Return an integer in [0, bound) from the 16-bit part at the place; for bounds up to a few thousand."""
    return (part(bits, place) * bound) >> 16


def key_of(parents: U64, child: I64 | int) -> U64:
    """Return a key for the child-th child of each parent key."""
    children = np.atleast_1d(np.asarray(child)).astype(np.uint64) + np.uint64(1)
    return parents * np.uint64(0xD1342543DE82EF95) + children * np.uint64(0xAF251AF3B0F025B5)


def slots(weights: I64 | list[int] | tuple[int, ...], size: int = 4096) -> Slots:
    """Return a lookup table of the given size in which index i fills a share of weights[i]; zero weights get no slot.

    Whole numbers only: slot k belongs to the index whose cumulative weight first exceeds k * total / size.
    """
    bounds = np.cumsum(np.asarray(weights, np.int64))
    marks = (np.arange(size, dtype=np.int64) * bounds[-1]) // size
    return np.searchsorted(bounds, marks, side="right").astype(np.int16)


def pick(table: Slots, bits: U64, place: int) -> I64:
    """Draw an index from a slot table of 4,096 or 65,536 entries."""
    shift = 16 - (len(table).bit_length() - 1)
    return table[part(bits, place) >> shift].astype(np.int64)
