"""The first two hints: the idea behind the mistake, then the place where to look."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING

from classroom.session.display import Display, page
from classroom.session.markdown import markdown_html
from classroom.session.trouble import mark_place
from classroom.session.verdict.finding import finding_of, further_in_query
from classroom.session.verdict.other_line import tells_a_line
from classroom.session.verdict.said_by_author import not_yet_said
from classroom.session.verdict.sentences import sentence
from coursebook import Outcome
from coursebook.answer_cell import constructs_named
from sqlgrade.messages import finding_sentences, further_place, place_sentences
from sqlgrade.parse import parsed
from sqlgrade.query.clause import STAGES, clauses_in

if TYPE_CHECKING:
    from classroom.session.case import Case
    from sqlgrade.verdict import Finding

_HELPED = (Outcome.REFUTED, Outcome.PARTLY, Outcome.INVALID)
_CLAUSES = frozenset(map(str, STAGES))
_GIVEN_IDEA = (*_HELPED, Outcome.REFUSED)
"""Who has left a blank is shown the way before the solution, too."""


def has_idea(case: Case) -> bool:
    """Whether there is an idea to give."""
    return case.judgement.outcome in _GIVEN_IDEA and bool(idea_text(case))


def show_idea(case: Case, _: object) -> Display:
    """The idea as a card of its own."""
    text = idea_text(case)
    return page(f'<div class="pg-hint-idea">{markdown_html(text)}</div>', text)


def idea_text(case: Case) -> str:
    """The recognised mistake's own hint, else the judge's, else the exercise's, as Markdown.

    What the finding has said of the recognised mistake's hint is not said again; where that is all, the exercise's idea is next.
    """
    hint = case.judgement.hint
    if left := not_yet_said(hint, finding_of(case)):
        return left
    own = _own_idea(case)
    verdict = case.judgement.verdict
    if verdict is not None and verdict.findings and not (hint and own):
        said = finding_sentences(verdict.findings[0], case.lang, 1)
        if said:
            return "\n\n".join(said)
    return own


def _own_idea(case: Case) -> str:
    """The exercise's idea; none where it speaks of a construct of the given query that the answer has done without.

    "The place to mend is inside EXISTS" is not to be said to whoever wrote a join in its place.
    """
    idea = case.exercise.text[case.lang].idea
    named, given, kept = map(constructs_named, (idea, case.exercise.starter, case.judgement.sql.upper()))
    return "" if named & given - kept else idea


def hints_in_words(case: Case) -> list[tuple[str, str, str]]:
    """Name, HTML and text of the hints for which no query has to be run."""
    found = [("idea", markdown_html(idea_text(case)), idea_text(case))] if has_idea(case) else []
    return [*found, ("place", *_place(case))] if has_place(case) else found


def has_place(case: Case) -> bool:
    """Whether a second hint says more than the first."""
    return case.judgement.outcome in _HELPED and bool(_place(case)[0])


def show_place(case: Case, _: object) -> Display:
    """The clause, and the place in the learner's own text; where none is known, the exercise's own idea."""
    html, plain = _place(case)
    return page(f'<div class="pg-hint-place">{html}</div>', plain)


def _place(case: Case) -> tuple[str, str]:
    verdict = case.judgement.verdict
    found = _of_finding(case, verdict.findings[0]) if verdict is not None and verdict.findings else ("", "")
    found = found if found[0] else _of_author(case)
    of_two = verdict is not None and len(verdict.findings) > 1 and not tells_a_line(case)
    if found[0] and verdict is not None and of_two and further_in_query(case):
        also = further_place(verdict, case.lang)
        found = "".join([found[0], *(f"<p>{escape(each)}</p>" for each in also)]), "\n".join([found[1], *also])
    idea = _own_idea(case)
    if not found[0] and idea and idea != idea_text(case):
        found = markdown_html(idea), idea
    return found


def _of_author(case: Case) -> tuple[str, str]:
    """The clause that the author names, as far as the answer has it."""
    clause = next((each.clause for each in case.judgement.recognised[:1]), None)
    said = place_sentences(clause, case.lang) if clause and _has_clause(case, clause) else []
    return "".join(f"<p>{escape(each)}</p>" for each in said), "\n".join(said)


def _of_finding(case: Case, finding: Finding) -> tuple[str, str]:
    sql = case.judgement.sql
    if finding.near_miss and finding.clause and not _has_clause(case, finding.clause):
        return "", ""  # the author's clause, which this answer has done without
    if finding.site is not None and sql[finding.site.start : finding.site.end] == sql.strip():
        finding = replace(finding, site=None)  # the whole query is no place to look at
    beside = _new_at_the_place(replace(finding, site=None), case)
    html = "".join(f"<p>{escape(each)}</p>" for each in beside)
    if finding.site is not None:
        html += mark_place(sql, finding.site.start, finding.site.end)
    return html, "\n".join(_new_at_the_place(finding, case))


def _has_clause(case: Case, clause: str) -> bool:
    """Whether an answer has a clause to look at once more; also where it can't be read, or the place is no clause."""
    tree = parsed(case.judgement.sql)
    return tree is None or clause not in _CLAUSES or clause in map(str, clauses_in(tree))


def _new_at_the_place(finding: Finding, case: Case) -> list[str]:
    """What the second hint says beyond the first; the place is quoted if the finding has one."""
    level_two, level_one = (finding_sentences(finding, case.lang, level, case.judgement.sql) for level in (2, 1))
    return [each for each in level_two if each not in level_one]


def static_ladder(case: Case, count: int) -> str:
    """The hints that stand in the notebook itself, each inside the one before it, for a page without widgets."""
    html = ""
    for at, (name, shown, _) in reversed(list(enumerate(hints_in_words(case)))):
        html = f"<details><summary>{escape(_head(name, at, count, case.lang))}</summary>{shown}{html}</details>"
    return html


def text_of_ladder(case: Case, count: int) -> str:
    """The same in characters."""
    hints = enumerate(hints_in_words(case))
    return "\n".join(f"[{_head(name, at, count, case.lang)}]\n{plain}" for at, (name, _, plain) in hints)


def hint_head(name: str, at: int, count: int, lang: str) -> str:
    """What stands over a hint; its name in words."""
    return sentence("hint.head", lang, number=at + 1, count=count, name=name)


def _head(name: str, at: int, count: int, lang: str) -> str:
    return hint_head(sentence(f"button.{name}", lang), at, count, lang)
