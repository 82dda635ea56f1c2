"""What is sent for a draft (the request card, the schema and the metric dictionary: never a row), and the query in what comes back."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BLOCK = re.compile(r"```[^\S\n]*(?:(?:sql|duckdb)[^\S\n]*)?\n(.*?)```", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\d-])0\d{1,4}[-\s]?\d{1,4}[-\s]?\d{4}(?![\d-])")
_CARD = re.compile(r"(?<!\d)(?:\d[ -]?){13,16}(?!\d)")
_FULL_WIDTH = {ord("＠"): "@", ord("．"): ".", ord("－"): "-", **{ord("０") + n: str(n) for n in range(10)}}


def instructions(name: str) -> str:
    """What the assistant is told to do: `draft` or `voice`."""
    return files("classroom.assistant").joinpath(f"{name}.md").read_text(encoding="utf-8")


def question(request: Mapping[str, str], tables: Iterable[Mapping[str, Any]], metrics: str) -> str:
    """The request with what it is about, as JSON, so that no text of it can pass for another part."""
    asked = {"request": {name: said for name, said in request.items() if said}, "tables": list(tables)}
    return json.dumps(asked | ({"metrics": metrics} if metrics else {}), ensure_ascii=False, indent=1)


def personal_in(text: str) -> str:
    """The first e-mail address, telephone or card number in a text that is to be sent; empty where there is none."""
    plain = text.translate(_FULL_WIDTH)
    found = next(filter(None, (each.search(plain) for each in (_ADDRESS, _CARD, _PHONE))), None)
    return found[0].strip() if found else ""


def query_in(answer: str) -> str:
    """The query of an answer: its only block of SQL, or all of it where it has none."""
    blocks = _BLOCK.findall(answer)
    return (blocks[0] if blocks else answer).strip().rstrip(";").rstrip()
