"""The classroom's sentences exist in both languages, with the same parameters."""

from __future__ import annotations

import re
import string
from importlib.resources import files
from pathlib import Path

import pytest

from classroom.learner.kernel.magics import MAGICS
from classroom.learner.panel.offer import Offer, sentence
from classroom.learner.panel.offers import LADDER, OFFERS
from classroom.messages import LANGS, sentences
from coursebook.messages import sentences_in

_CODE = re.compile(r"""\bsay\(\s*"([\w.]+)"|_say\("([\w.]+)\"""")


PACKAGE = Path(str(files("classroom")))
ROOMS = sorted(
    ".".join(("classroom", *each.parent.parent.relative_to(PACKAGE).parts))
    for each in PACKAGE.rglob("messages/ja.toml")
)
"""The packages that have sentences of their own."""


@pytest.mark.parametrize("room", ROOMS)
def test_both_files_hold_the_same_codes(room: str) -> None:
    assert sentences_in(room, "ja").keys() == sentences_in(room, "en").keys()


@pytest.mark.parametrize("room", ROOMS)
def test_both_files_use_the_same_parameters(room: str) -> None:
    def names(sentence: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    ja, en = (sentences_in(room, lang) for lang in ("ja", "en"))
    assert [code for code in ja if names(ja[code]) != names(en[code])] == []


def test_every_code_that_is_said_has_a_sentence() -> None:
    said = {
        one or two for path in PACKAGE.rglob("*.py") for one, two in _CODE.findall(path.read_text(encoding="utf-8"))
    }
    own = {code for code in said if code.split(".")[0] in {known.split(".")[0] for known in sentences("ja")}}
    assert own - sentences("ja").keys() == set()


def test_every_percent_line_has_usage_and_help() -> None:
    wanted = {f"magic.{magic.name}.{part}" for magic in MAGICS for part in ("usage", "help")}
    assert wanted - sentences("ja").keys() == set()


@pytest.mark.parametrize("offer", [*LADDER, *OFFERS], ids=lambda each: each.name)
def test_every_button_has_its_label_and_the_line_that_gives_the_same(offer: Offer) -> None:
    assert all(sentence(f"button.{offer.name}", lang) for lang in LANGS)
    assert not offer.has_line or offer.name in {magic.name for magic in MAGICS}


def test_english_sentences_hold_no_japanese() -> None:
    japanese = re.compile(r"[぀-ヿ一-鿿]")
    assert [code for code, sentence in sentences("en").items() if japanese.search(sentence)] == []
