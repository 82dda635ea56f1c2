"""What is said of a hand-in, as sentences: exercises by their numbers, never by the names of cells."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from classroom.mentor.collecting.reading import HandinRemark
from classroom.messages import say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from classroom.mentor.collecting.received import NotTaken

_CELL = re.compile(r"(?P<role>answer|grade|task|model|text|glossary)-(?P<id>L\d+(?:-\d+[a-z]?)?)(?:-\d+)?\Z")


def remark_sentence(remark: HandinRemark, lang: str) -> str:
    """A remark about a submission as a sentence."""
    params = dict(remark.params)
    if "cell" in params:
        cells = [each.strip() for each in str(params["cell"]).split(",")]
        params["cell"] = say("desk.list_comma", lang).join(dict.fromkeys(cell_in_words(each, lang) for each in cells))
    return say(f"desk.remark.{remark.code}", lang, **params)


def cell_in_words(name: str, lang: str) -> str:
    """A cell as people know it: the answer to L1-07."""
    found = _CELL.match(name)
    if found is None:
        return say("desk.cell.own", lang)
    role = found["role"] if found["role"] in ("answer", "grade", "task") else "text"
    return say(f"desk.cell.{role}", lang, id=found["id"])


def merged(remarks: Iterable[HandinRemark]) -> Iterator[HandinRemark]:
    """One remark for all cells of which the same is to be said."""
    by_code: dict[str, list[HandinRemark]] = {}
    for each in remarks:
        by_code.setdefault(each.code, []).append(each)
    for code, alike in by_code.items():
        cells = dict.fromkeys(str(each.params["cell"]) for each in alike if "cell" in each.params)
        yield HandinRemark(code, {**alike[0].params, **({"cell": ", ".join(cells)} if cells else {})})


def reason_of(kept: str | None, lang: str) -> str:
    """A refusal as the desk keeps it, as a sentence."""
    if not kept:
        return say("desk.remark.not_graded", lang)
    code, params = json.loads(kept)
    return remark_sentence(HandinRemark(str(code), params), lang)


def remarks_of(kept: str) -> list[HandinRemark]:
    """What was put right in a hand-in, as the desk keeps it."""
    return [HandinRemark(str(code), params) for code, params in json.loads(kept)]


def trouble_sentence(trouble: NotTaken, lang: str) -> str:
    """Why something that arrived could not be taken, and what to do."""
    file = trouble.place.partition(":")[2].rpartition("/")[2] or trouble.place
    known = {"learner": trouble.learner or "–", "lesson": trouble.lesson or "–", "file": file}
    return say(f"desk.trouble.{trouble.code}", lang, **{**known, **trouble.params})
