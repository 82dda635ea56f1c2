import ast
import re
from pathlib import Path
from string import Formatter

import coursebook
from coursebook.messages import sentences
from sqlgrade.engine import written_rows
from sqlgrade.judging import drafted

SOURCES = [path.read_text(encoding="utf-8") for path in Path(coursebook.__file__).parent.rglob("*.py")]
SOURCES += [Path(each.__file__).read_text(encoding="utf-8") for each in (written_rows, drafted)]
"""With those of the judge's that say why a learner's rows do not count."""


def parameters(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_hold_the_same_codes() -> None:
    assert set(sentences("ja")) == set(sentences("en"))


def test_the_japanese_sentences_are_japanese() -> None:
    japanese = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
    assert all(japanese.search(sentence) for sentence in sentences("ja").values())


def test_every_code_of_a_problem_or_message_is_used_in_the_code() -> None:
    codes = {code.split(".")[1] for code in sentences("en") if code.startswith(("check.", "judge."))}
    unused = {code for code in codes if not any(f'"{code}"' in source for source in SOURCES)}
    assert unused <= {"not_in_ja", "not_in_en"}


def test_every_code_in_the_code_has_a_sentence() -> None:
    known = {code.split(".")[1] for code in sentences("en") if code.startswith(("check.", "judge."))}
    assert len(raised()) > 70
    assert raised() - known == set()


PLACE_OF_CODE = {"Problem": 2, "Message": 0, "refused": 0, "blame": 1, "RowsRefused": 0}
"""Who is given a code, and as which argument."""


def raised() -> set[str]:
    """The codes that are written out where something is told."""
    calls = [node for source in SOURCES for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call)]
    told = [(PLACE_OF_CODE.get(getattr(call.func, "attr", getattr(call.func, "id", ""))), call) for call in calls]
    given = [call.args[place] for place, call in told if place is not None and len(call.args) > place]
    return {str(each.value) for each in given if isinstance(each, ast.Constant)}
