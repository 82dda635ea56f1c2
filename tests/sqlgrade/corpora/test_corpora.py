import os
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest

from sqlgrade import judge_line

sys.path.insert(0, str(Path(__file__).parent))
from sqlgrade_corpora import ADJUDICATED, Pair, corpora_folder, load_pairs

pytestmark = [
    pytest.mark.corpora,
    pytest.mark.skipif(corpora_folder() is None, reason="the development pairs lie outside the repository"),
]

ENTRIES = tomllib.loads(ADJUDICATED.read_text(encoding="utf-8"))["pair"]
DECISIONS = {entry["id"]: entry["decision"] for entry in ENTRIES}
ALL = bool(os.environ.get("SQLGRADE_CORPORA_ALL"))
"""Set to judge every pair: minutes, not seconds."""


def equal(pair: Pair) -> bool:
    return DECISIONS.get(pair.id, "equal" if pair.equal else "different") == "equal"


def chosen(pairs: Iterable[Pair], step: int) -> list[Pair]:
    """Every so many pairs, or all of them."""
    listed = list(pairs)
    return listed if ALL else listed[step // 2 :: step]


PAIRS = load_pairs(wide=ALL)


@pytest.mark.parametrize("pair", chosen((p for p in PAIRS if equal(p)), 60), ids=lambda pair: pair.id)
def test_an_equal_pair_is_not_refuted(pair: Pair) -> None:
    assert judge_line(pair.line())["verdict"] != "refuted"


@pytest.mark.parametrize("pair", chosen((p for p in PAIRS if not equal(p)), 35), ids=lambda pair: pair.id)
def test_a_different_pair_that_runs_is_refuted(pair: Pair) -> None:
    answer = judge_line(pair.line())
    if answer["verdict"] in {"invalid", "author_fault"}:
        pytest.skip("does not run on DuckDB")
    assert answer["verdict"] == "refuted"
    assert answer["counterexample"]["total_rows"] <= 8


def test_every_decision_is_about_a_pair_and_says_why() -> None:
    known = {pair.id for pair in PAIRS}
    for entry in ENTRIES:
        assert entry["id"] in known
        assert entry["decision"] in {"equal", "different"}
        assert entry["reason"]


def test_a_pair_decided_different_has_its_counterexample() -> None:
    assert all(entry.get("counterexample") for entry in ENTRIES if entry["decision"] == "different")
