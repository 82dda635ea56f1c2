"""The request as the learner writes it down above the draft: grain, period, denominator, exclusions, expectation."""

import math
import re
from dataclasses import dataclass

from classroom.messages import say_in
from coursebook.messages import LANGUAGES

MESSAGES = "classroom.learner.panel.drafts"
FIELDS = ("request", "grain", "period", "denominator", "excluded", "expected")
"""In the order in which they are asked."""
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_COLON = re.compile(r"[:：]")


@dataclass(frozen=True)
class AskedFor:
    """What is written in each field; empty where nothing is."""

    said: dict[str, str]

    @property
    def is_written(self) -> bool:
        """Whether anything is."""
        return any(self.said.values())

    @property
    def number(self) -> float | None:
        """The expectation as a number, if it holds one that is no larger than a number can be."""
        found = _NUMBER.search(self.said["expected"].translate(_NARROW))
        if found is None:
            return None
        after = self.said["expected"].translate(_NARROW)[found.end() :].strip()
        scale = 10_000 if after.startswith("万") else 100_000_000 if after.startswith("億") else 1
        number = float(found[0].replace(",", "")) * scale
        return number if math.isfinite(number) else None


_NARROW = {**{ord("０") + n: str(n) for n in range(10)}, ord("，"): ",", ord("．"): "."}


def request_in(text: str) -> AskedFor:
    """The request in the comments above a draft, in either language; the first line of a field counts."""
    names = {say_in(MESSAGES, f"label.{each}", lang).casefold(): each for each in FIELDS for lang in LANGUAGES}
    said = dict.fromkeys(FIELDS, "")
    for line in text.splitlines():
        label, *rest = _COLON.split(line.strip().removeprefix("--").strip(), maxsplit=1)
        name = names.get(label.strip().casefold(), "") if line.strip().startswith("--") else ""
        if name and rest and not said[name]:
            said[name] = rest[0].strip()
    return AskedFor(said)


def form(lang: str, request: AskedFor | None = None, draft: str = "") -> str:
    """The form as it stands in a cell: empty, or with a request and a draft."""
    said = request.said if request is not None else dict.fromkeys(FIELDS, "")
    lines = [f"-- {say_in(MESSAGES, f'label.{each}', lang)}: {said[each]}" for each in FIELDS]
    return "\n".join(["%draft", *lines, draft or say_in(MESSAGES, "paste_here", lang)])
