"""The classroom's sentences exist in both languages, with the same parameters."""

from __future__ import annotations

import re
import string
from importlib.resources import files
from pathlib import Path

from classroom.kernel.magics import MAGICS
from classroom.messages import sentences

_CODE = re.compile(r"""\bsay\(\s*"([\w.]+)"|_say\("([\w.]+)\"""")


def test_both_files_hold_the_same_codes() -> None:
    assert sentences("ja").keys() == sentences("en").keys()


def test_both_files_use_the_same_parameters() -> None:
    def names(sentence: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}

    different = [code for code in sentences("ja") if names(sentences("ja")[code]) != names(sentences("en")[code])]
    assert different == []


def test_every_code_that_is_said_has_a_sentence() -> None:
    package = Path(str(files("classroom")))
    said = {
        one or two for path in package.rglob("*.py") for one, two in _CODE.findall(path.read_text(encoding="utf-8"))
    }
    own = {code for code in said if code.split(".")[0] in {known.split(".")[0] for known in sentences("ja")}}
    assert own - sentences("ja").keys() == set()


def test_every_percent_line_has_usage_and_help() -> None:
    wanted = {f"magic.{magic.name}.{part}" for magic in MAGICS for part in ("usage", "help")}
    assert wanted - sentences("ja").keys() == set()


def test_english_sentences_hold_no_japanese() -> None:
    japanese = re.compile(r"[぀-ヿ一-鿿]")
    assert [code for code, sentence in sentences("en").items() if japanese.search(sentence)] == []
