"""Each mistake is told from its example: the answer, and the same answer with the mistake undone."""

from pathlib import Path

import mistakes_page
import pytest

from sqlgrade.diagnose.classifier import Classifier
from sqlgrade.diagnose.facts.known_values import KnownValues
from sqlgrade.diagnose.mistakes import KNOWN
from sqlgrade.diagnose.mistakes.examples import examples, schema
from sqlgrade.messages import keys, render
from sqlgrade.pack.building import build_pack
from sqlgrade.query.columns import SchemaColumns
from sqlgrade.query.query import Query
from sqlgrade.record import Exercise, Solution

DOCS = Path(__file__).resolve().parents[2] / "docs"
BY_TEXT = [key for key, each in examples().items() if each.shown_by == "texts"]


@pytest.fixture(scope="module")
def pack():
    return build_pack(Exercise("x", schema(), (Solution("SELECT id FROM people"),)))


@pytest.mark.parametrize("mistake", BY_TEXT)
def test_a_mistake_is_named_by_what_undoing_it_changes(mistake, pack):
    example = examples()[mistake]
    named = Classifier(Query(example.wrong, SchemaColumns.of(pack.schema)), example.wrong, KnownValues(pack)).name(
        example.right
    )
    assert named is not None
    assert named.mistake.key == mistake
    for lang in ("ja", "en"):  # with everything that the sentences speak of
        assert render(f"mistake.{mistake}.said", {"place": "SELECT", **named.mistake.params}, lang)


def test_every_mistake_has_its_example_and_its_sentence_and_no_other_has():
    assert examples().keys() == KNOWN.keys()
    said = {key.split(".")[1] for key in keys("en") if key.startswith("mistake.") and key.endswith(".said")}
    assert said == KNOWN.keys()
    assert len(BY_TEXT) > 330


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_page_of_all_mistakes_says_what_the_judge_says(lang):
    name = "mistakes.ja.md" if lang == "ja" else "mistakes.md"
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == mistakes_page.page(lang), f"write it anew: python bench/mistakes_page.py ({name})"


def test_the_page_shows_each_mistake_with_its_example():
    written = (DOCS / "mistakes.md").read_text(encoding="utf-8")
    assert [key for key, each in examples().items() if f"### {key}" not in written or each.wrong not in written] == []
