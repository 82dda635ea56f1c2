"""An exercise made of a query from work, in three clicks: read, proved with its near misses, kept in the course."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, Any

from classroom.author.proof_view import marked_html
from classroom.author.proofs import build_full_pack
from classroom.author.shown import folded, sql_html
from classroom.author.words import word
from classroom.language import LANGS
from classroom.session.trouble import of_dialect
from classroom.unwritten import why_unwritten
from coursebook.from_query.files import QueryDraft
from coursebook.from_query.keeping import NotKept, keep, next_id
from coursebook.from_query.proposing import Proposal, propose
from coursebook.from_query.reading import QueryFromWork, read_query, tables_of
from coursebook.proving import Demand, opened_grader
from sqlgrade.dialect.heading import DIALECTS, SYSTEMS
from sqlgrade.record import LONGEST_ANSWER, ExerciseFault
from sqlgrade.tables.result import RunError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from classroom.author.reading import CourseReader
    from classroom.language import Lang
    from coursebook import Course

NAMES = {"duckdb": "DuckDB", "bigquery": "BigQuery", **SYSTEMS}
"""What a query may be written in, and what that is called."""
_MOST_TITLE, _MOST_PROMPT = 120, 4000
_MOST_KEPT = 20
_MOST_ALIVE = 20


class QueryRefused(ValueError):  # noqa: N818  (told on the page)
    """What was asked for can't be done; the text is HTML that says why."""


@dataclass
class QueryDesk:
    """Makes exercises of queries, one at a time."""

    reader: CourseReader
    lang: Lang
    _proved: dict[str, tuple[QueryDraft, Proposal]] = field(default_factory=dict)
    _one: threading.Lock = field(default_factory=threading.Lock)

    def read(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The first click: the query as the course's tables are asked."""
        return self._told(lambda course: {"html": _read_html(self._query(course, asked), self.lang)})

    def propose(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The second: near misses that the data refute, and what is wrong with it as an exercise."""
        return self._told(lambda course: self._propose(course, asked))

    def keep(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """The third: the exercise's files in the course; what was not proved is not kept."""
        return self._told(lambda course: self._keep(course, asked))

    def _told(self, answer: Callable[[Course], dict[str, Any]]) -> dict[str, Any]:
        course = self.reader.now().course
        if course is None:
            return {"fault": escape(word("query.no_course", self.lang))}
        try:
            return answer(course)
        except QueryRefused as fault:
            return {"fault": str(fault)}
        except NotKept as fault:
            return {"fault": escape(word(f"query.{fault}", self.lang))}
        except ExerciseFault as fault:
            return {"fault": escape(word("query.schema", self.lang, detail=fault))}
        except OSError as fault:
            reason = why_unwritten(self.lang, self.reader.root, fault) or str(fault.strerror)
            return {"fault": escape(word("query.unwritten", self.lang, reason=reason))}

    def _query(self, course: Course, asked: Mapping[str, Any]) -> QueryFromWork:
        text = _text(asked, "sql", LONGEST_ANSWER)
        dialect = _text(asked, "dialect", 20)
        if dialect not in (*DIALECTS, *SYSTEMS):
            raise QueryRefused(escape(word("query.dialect", self.lang)))
        query = read_query(course.schema, text, dialect)
        if isinstance(query, RunError):
            names = {table: tuple(columns) for table, columns in tables_of(course.schema).items()}
            told = of_dialect(query, text, names, self.lang)
            raise QueryRefused(f"<p>{escape(told.cause)}</p><p>{escape(told.advice)}</p>")
        if query.unnamed:
            raise QueryRefused(escape(word("query.unnamed", self.lang, columns=", ".join(query.unnamed))))
        return query

    def _draft(self, course: Course, asked: Mapping[str, Any]) -> QueryDraft:
        return QueryDraft(next_id(course, _text(asked, "lesson", 200)), self._query(course, asked))

    def _propose(self, course: Course, asked: Mapping[str, Any]) -> dict[str, Any]:
        draft = self._draft(course, asked)
        name = _text(asked, "lesson", 200)
        lesson = course.lesson_in(name)[0] if name else None
        with self._one, opened_grader(Demand()) as grader:
            proposal = propose(draft, course.schema, lesson, grader, build_full_pack)
        self._proved[self._key(draft, name)] = draft, proposal
        while len(self._proved) > _MOST_KEPT:
            del self._proved[next(iter(self._proved))]
        return {"html": _proposal_html(draft, proposal, self.lang), "can_be_kept": not proposal.problems}

    def _keep(self, course: Course, asked: Mapping[str, Any]) -> dict[str, Any]:
        with self._one:
            draft, lesson = self._draft(course, asked), _text(asked, "lesson", 200)
            proved = self._proved.get(self._key(draft, lesson))
            if proved is None or proved[1].problems:
                raise QueryRefused(escape(word("query.not_proved", self.lang)))
            wanted = asked.get("near_misses")
            stems = set(map(str, wanted)) if isinstance(wanted, list) else set()
            near = tuple(each for each in proved[1].near_misses if each.stem in stems)
            whole = replace(draft, near_misses=near, title=_both(asked, "title"), prompt=_both(asked, "prompt"))
            if not any((whole.title or {}).values()):
                raise QueryRefused(escape(word("query.no_title", self.lang)))
            folder = keep(course, lesson, whole)
        return {"at": f"{folder.parents[1].name}/{folder.name}"}

    def _key(self, draft: QueryDraft, lesson: str) -> str:
        """The same for the same query in the same lesson, on the same tables."""
        said = f"{self.reader.now().files.shared}\n{lesson}\n{draft.query.sql}"
        return hashlib.sha256(said.encode()).hexdigest()


def _text(asked: Mapping[str, Any], name: str, most: int) -> str:
    found = asked.get(name, "")
    if not isinstance(found, str) or len(found) > most or "\0" in found:
        raise QueryRefused(escape(name))
    return found.strip()


def _both(asked: Mapping[str, Any], name: str) -> dict[str, str]:
    """A text in both languages."""
    most = _MOST_TITLE if name == "title" else _MOST_PROMPT
    return {lang: _text(asked, f"{name}_{lang}", most) for lang in LANGS}


def _read_html(query: QueryFromWork, lang: Lang) -> str:
    order = word("query.sorted" if query.sorts else "query.unsorted", lang)
    said = word("query.columns", lang, columns=", ".join(query.columns))
    return f"{sql_html(query.sql)}<p>{escape(said)}</p><p>{escape(order)}</p>"


def _proposal_html(draft: QueryDraft, proposal: Proposal, lang: Lang) -> str:
    """The near misses to choose from, and what the data would not notice."""
    problems = "".join(
        f'<p class="problem">{escape(each.sentence("problem", lang))} {escape(each.sentence("remedy", lang))}</p>'
        for each in proposal.problems
    )
    misses = "".join(
        f'<li><label><input type="checkbox" name="near_misses" value="{escape(each.stem)}" checked> '
        f"<b>{escape(each.stem)}</b> {escape(each.mistake[lang])}</label>"
        f"<pre>{marked_html(draft.query.sql, each.sql)}</pre></li>"
        for each in proposal.near_misses
    )
    said = word("query.near_misses" if proposal.near_misses else "query.no_near_misses", lang)
    alive = ""
    if proposal.alive:
        shown = "".join(
            f"<li><pre>{marked_html(draft.query.sql, each.sql)}</pre></li>" for each in proposal.alive[:_MOST_ALIVE]
        )
        head = escape(word("query.alive", lang, count=len(proposal.alive)))
        alive = folded("alive", head, f"<ol>{shown}</ol>")
    return f"{problems}<p>{escape(said)}</p><ul>{misses}</ul>{alive}"
