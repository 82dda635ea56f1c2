from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from marketplace.keys import Dice, chance, key_of, mix, part, slots

SEEDS = st.integers(0, 2**32)


def test_the_hash_is_splitmix64() -> None:
    # The first output of splitmix64 seeded with 0, as published with the algorithm.
    assert mix(np.array([1], np.uint64), np.uint64(0))[0] == np.uint64(0xE220A8397B1DCDAF)


@given(SEEDS, st.lists(st.integers(0, 2**63), min_size=1, max_size=50))
def test_a_draw_depends_on_its_own_key_alone(seed: int, keys: list[int]) -> None:
    together = Dice(seed).roll("x", np.array(keys, np.uint64))
    apart = [Dice(seed).roll("x", np.array([key], np.uint64))[0] for key in keys]
    assert together.tolist() == apart


@given(SEEDS)
def test_draws_of_different_names_differ(seed: int) -> None:
    keys = np.arange(64, dtype=np.uint64)
    assert (Dice(seed).roll("a", keys) != Dice(seed).roll("b", keys)).any()


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=40).filter(any))
def test_slots_give_each_index_its_share_and_zero_weights_none(weights: list[int]) -> None:
    counts = np.bincount(slots(weights), minlength=len(weights))
    expected = 4096 * np.array(weights) / sum(weights)
    assert (np.abs(counts - expected) <= 1).all()
    assert all(count == 0 for count, weight in zip(counts, weights, strict=True) if weight == 0)


@given(SEEDS, st.integers(0, 1000))
def test_a_chance_comes_true_about_as_often_as_it_says(seed: int, per_mille: int) -> None:
    bits = Dice(seed).roll("coin", np.arange(20_000, dtype=np.uint64))
    share = chance(bits, 2, per_mille).mean()
    assert abs(share - per_mille / 1000) < 0.025


def test_children_of_one_parent_have_keys_of_their_own() -> None:
    parents = np.repeat(np.arange(1000, dtype=np.uint64), 50)
    children = np.tile(np.arange(50), 1000)
    assert len(np.unique(key_of(parents, children))) == 50_000


def test_the_four_parts_make_up_the_draw() -> None:
    bits = Dice(3).roll("x", np.arange(10, dtype=np.uint64))
    whole = sum(int(part(bits, place)[4]) << (16 * place) for place in range(4))
    assert whole == int(bits[4])
