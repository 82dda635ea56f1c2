"""The text files of an exercise that was made of a query: what can be known stands in them, what its author is to write is marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from coursebook.messages import LANGUAGES, render
from coursebook.toml_text import toml_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from coursebook.format import Bilingual
    from coursebook.from_query.reading import QueryFromWork

MINUTES = 5
"""What an exercise takes until its author knows better."""
_TO_WRITE = ("idea", "success", "explanation")
_HEADING = re.compile(r"^(\s*)(#|:::)", re.MULTILINE)


@dataclass(frozen=True)
class ProposedMiss:
    """A mistake that people make, made in the query on purpose, that the data refute."""

    stem: str
    """Its file's name without .sql."""
    sql: str
    code: str
    """Error code of the curriculum, or empty."""
    clause: str
    mistake: Bilingual
    """What was done, in the judge's words."""


@dataclass(frozen=True)
class QueryDraft:
    """An exercise as far as it can be made of a query."""

    id: str
    """L1-04."""
    query: QueryFromWork
    near_misses: tuple[ProposedMiss, ...] = ()
    title: Mapping[str, str] | None = None
    """By language; what is missing is left to be written."""
    prompt: Mapping[str, str] | None = None


def exercise_files(draft: QueryDraft, *, with_names: bool = False) -> dict[str, str]:
    """Name of a file in the exercise's folder -> its text.

    Args:
        draft: the exercise.
        with_names: whether a hint is the near miss's name, by which a proof tells them apart; else it is to be written.
    """
    columns = ", ".join(draft.query.columns)
    files = {
        "exercise.toml": toml_text(_record(draft)),
        "starter.sql": f"-- {columns}\n",
        "solution.sql": f"{draft.query.sql}\n",
    }
    files |= {f"near-misses/{each.stem}.sql": f"{each.sql}\n" for each in draft.near_misses}
    return files | {f"{lang}.md": _text(draft, lang, with_names=with_names) for lang in LANGUAGES}


def _record(draft: QueryDraft) -> dict[str, Any]:
    near = {
        each.stem: {key: said for key, said in (("code", each.code), ("clause", each.clause)) if said}
        for each in draft.near_misses
    }
    return {
        "id": draft.id,
        "kind": "W",
        "codes": list(dict.fromkeys(each.code for each in draft.near_misses if each.code)),
        "minutes": MINUTES,
        "column_names": list(draft.query.columns),
        "rules": {"row_order": "as_solution" if draft.query.sorts else "ignored"},
        "near_misses": near,
    }


def _text(draft: QueryDraft, lang: str, *, with_names: bool) -> str:
    title, prompt = ((each or {}).get(lang, "").strip() for each in (draft.title, draft.prompt))
    parts = [f"# {' '.join(title.split())}".rstrip(), _plain(prompt) or _to_write("prompt", lang)]
    for heading in _TO_WRITE:
        parts += [f"## {heading}", _to_write(heading, lang)]
    for each in draft.near_misses:
        hint = each.stem if with_names else _to_write("hint", lang, mistake=each.mistake[lang])
        parts += [f"## near-miss: {each.stem}", hint]
    return "\n\n".join(parts) + "\n"


def _plain(prompt: str) -> str:
    """What somebody typed as a task, without what the file's own form is made of."""
    return _HEADING.sub(r"\1\\\2", prompt.replace("<!--", "<! --"))


def _to_write(what: str, lang: str, **params: str) -> str:
    """A note to the author, which no learner sees."""
    return f"<!-- {render(f'from_query.{what}', params, lang).replace('--', '—')} -->"
