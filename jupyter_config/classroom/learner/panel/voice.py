"""What the judge proved of an answer, in the words of the company's assistant: each sentence beside the fact that it rests on."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from sqlglot import exp

from classroom.assistant.asking import instructions
from classroom.assistant.line import NoWord, assistant_line
from classroom.assistant.voice import Restated, question, restated
from classroom.learner.panel.notices import notice
from classroom.learner.panel.offer import sentence
from classroom.session.display import Display, page
from classroom.session.verdict.card import verdict_record
from coursebook import Outcome
from coursebook.kind import AnswerForm
from sqlgrade.parse import parsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from classroom.assistant.line import AssistantLine
    from classroom.learner.state.desk import Desk
    from classroom.session.case import Case


def has_voice(case: Case) -> bool:
    """Whether there are facts about a wrong query, and an assistant who could put them into other words."""
    wrong = case.judgement.outcome is Outcome.REFUTED and case.exercise.kind.answer is AnswerForm.QUERY
    return wrong and assistant_line() is not None and bool(facts_of(case))


def facts_of(case: Case) -> tuple[str, ...]:
    """What is said of an answer on the judge's word: each a sentence or two, none of them of the solution."""
    record = verdict_record(case)
    said = (record.finding, record.advice, record.right, record.chance)
    return tuple(dict.fromkeys(filter(None, said)))


def in_other_words(line: AssistantLine, case: Case, desk: Desk) -> tuple[Restated, ...]:
    """The facts about an answer, each with a sentence where one was let through; raises NoWord."""
    facts = facts_of(case)
    if not facts:
        return ()
    answer = line.ask(instructions("voice"), question(facts, case.lang))
    said = {each.fact: each for each in restated(answer, facts, case.lang, _names(case, desk))}
    return tuple(said.get(each, Restated(each)) for each in facts)


def words_html(words: Sequence[Restated], lang: str) -> str:
    """The facts, with the assistant's words under each."""
    items = []
    for each in words:
        says = (
            f'<br><span class="pg-soft">{escape(sentence("voice.says", lang, says=each.says))}</span>'
            if each.says
            else ""
        )
        items.append(f"<li>{escape(each.fact)}{says}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""


def words_plain(words: Sequence[Restated], lang: str) -> list[str]:
    """The same in lines."""
    return [
        f"- {each.fact}" + (f"\n  {sentence('voice.says', lang, says=each.says)}" if each.says else "")
        for each in words
    ]


def show_voice(case: Case, desk: Desk) -> Display:
    """What a click on the button gives."""
    title, line = sentence("button.voice", case.lang), desk.assistant
    try:
        words = in_other_words(line, case, desk) if line is not None else ()
    except NoWord as none:
        return notice(title, sentence(f"voice.{none.why}", case.lang))
    if not any(each.says for each in words):
        return notice(title, sentence("voice.nothing", case.lang))
    note = sentence("voice.note", case.lang)
    html = f'<div class="pg-card pg-quiet">{words_html(words, case.lang)}<p class="pg-soft">{escape(note)}</p></div>'
    return page(html, "\n".join([*words_plain(words, case.lang), note]))


def _names(case: Case, desk: Desk) -> frozenset[str]:
    """What a sentence may name only with its fact: tables, columns, and the words and values of a solution where one is here."""
    tables = desk.session.schema.tables.values()
    names = {each.name for each in tables} | {column for each in tables for column in each.columns}
    trees = filter(None, (parsed(each.sql) for each in case.exercise.solutions))
    values = {str(each.this) for tree in trees for each in tree.find_all(exp.Literal) if each.is_string}
    return frozenset(each.lower() for each in names | values if each.strip("%_ "))
