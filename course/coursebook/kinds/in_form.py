"""What a task asks of a right answer's form: dates written in one place only, a view of its name, constructs that it practises."""

import re

from sqlglot import exp

from coursebook.answer import Answer
from coursebook.answer_cell import cut_chart
from coursebook.judgement import Message
from coursebook.own_schema import SCHEMA, Making, own_statement
from sqlgrade.parse import parsed
from sqlgrade.verdict import Verdict

SHARE = 0.5
"""What a right result in another form than the one asked for is worth."""
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\b")
_MISSING = "construct_missing"


def out_of_form(answer: Answer, verdict: Verdict) -> tuple[Message, ...] | None:
    """What there is to say about an accepted answer's form, besides the judge's own note; None if nothing is wrong with it."""
    most = answer.exercise.record.most_dates
    dates = dates_written(answer.sql) if most is not None else ()
    if most is not None and len(dates) > most:
        named = ", ".join(sorted(set(dates)))
        return (Message("dates_in_one_place", {"count": len(dates), "dates": named}),)
    if (wanted := answer.exercise.record.view) and (code := _view_amiss(answer, wanted)):
        return (Message(code, {"name": f"{SCHEMA}.{wanted}"}),)
    return () if any(note.code == _MISSING for note in verdict.notes) else None


def _view_amiss(answer: Answer, wanted: str) -> str:
    """What keeps an answer from being the view of that name; empty if it is."""
    made = own_statement(cut_chart(answer.text)[0])
    if not isinstance(made, Making):
        return "view_missing"
    if made.kind != "view":
        return "table_for_view"
    return "" if made.name == wanted else "view_named_otherwise"


def dates_written(sql: str) -> tuple[str, ...]:
    """The dates in a query's texts; none in comments, and none of a query that cannot be read."""
    tree = parsed(sql)
    texts = tree.find_all(exp.Literal) if tree is not None else ()
    return tuple(found.group() for text in texts if text.is_string and (found := _DATE.match(text.name)))
