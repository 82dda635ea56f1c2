"""What a task asks of a right answer's form: dates written in one place only, constructs that it practises."""

import re

from sqlglot import exp

from coursebook.answer import Answer
from coursebook.judgement import Message
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
    return () if any(note.code == _MISSING for note in verdict.notes) else None


def dates_written(sql: str) -> tuple[str, ...]:
    """The dates in a query's texts; none in comments, and none of a query that cannot be read."""
    tree = parsed(sql)
    texts = tree.find_all(exp.Literal) if tree is not None else ()
    return tuple(found.group() for text in texts if text.is_string and (found := _DATE.match(text.name)))
