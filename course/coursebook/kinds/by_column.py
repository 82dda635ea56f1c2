"""Judges a SELECT of literals column by column; wrong beliefs are recognised by the values they predict."""

from dataclasses import dataclass, replace

from coursebook.answer import Answer, with_points
from coursebook.answer_cell import words_of
from coursebook.judgement import ColumnMark, Judgement, Message, Outcome
from coursebook.kinds.drafts import WITNESS, DraftRecord
from coursebook.kinds.unwritten import refuse_unwritten
from coursebook.kinds.value_form import other_form
from coursebook.literals import Literals, Value, agree, read_literals, shown

_ROUNDED = 0.005
"""A belief's value is recognised when it is written to two decimals."""


def judge_by_column(answer: Answer) -> Judgement:
    """One mark a column; the points are shared out evenly."""
    if refusal := refuse_unwritten(answer):
        return refusal
    given = read_literals(answer.sql)
    if isinstance(given, Message):
        form = " ".join(words_of(answer.exercise.starter))
        return answer.judgement(Outcome.REFUSED, Message(given.code, {**given.params, "form": form}))
    expected = read_literals(answer.exercise.solutions[0].sql)
    if isinstance(expected, Message):
        return answer.judgement(Outcome.AUTHOR_FAULT)
    if other := _other_form(given, expected):
        return answer.judgement(Outcome.REFUSED, other)
    written = _written(answer, given, expected)
    marks = _marks(written, expected)
    right = sum(mark.right for mark in marks)
    outcome = Outcome.ACCEPTED if right == len(marks) else Outcome.PARTLY if right else Outcome.REFUTED
    judgement = answer.judgement(outcome, *_messages(marks))
    stems = () if outcome is Outcome.ACCEPTED else _beliefs(answer, written, expected)
    recognised = tuple(answer.recognised(stem) for stem in stems)
    scored = replace(judgement, marks=marks, recognised=recognised)
    return with_points(scored, answer.exercise.points * right / len(marks))


def _other_form(given: Literals, expected: Literals) -> Message | None:
    """What to say of the first value in another form than the one asked for: it isn't marked as a wrong belief."""
    width = len(expected.values)
    columns = enumerate(zip(expected.names, expected.values, strict=True))
    found = (other_form(given.pick(name, position, width), value) for position, (name, value) in columns)
    return next(filter(None, found), None)


@dataclass(frozen=True)
class _Written:
    """What stands in a column."""

    value: Value
    right: bool


def _written(answer: Answer, given: Literals, expected: Literals) -> tuple[_Written, ...]:
    """What stands in each column that is asked; a witness is right as any of those that the practice data has."""
    record, width, found = answer.exercise.record.table(DraftRecord), len(expected.values), []
    for position, (name, value) in enumerate(zip(expected.names, expected.values, strict=True)):
        written = given.pick(name, position, width)
        others = record.witnesses if record is not None and name == WITNESS else ()
        found.append(_Written(written, agree(written, value) or any(agree(written, each) for each in others)))
    return tuple(found)


def _marks(written: tuple[_Written, ...], expected: Literals) -> tuple[ColumnMark, ...]:
    return tuple(
        ColumnMark(name, shown(each.value), each.right) for name, each in zip(expected.names, written, strict=True)
    )


def _messages(marks: tuple[ColumnMark, ...]) -> tuple[Message, ...]:
    right = [mark.name for mark in marks if mark.right]
    wrong = [mark.name for mark in marks if not mark.right]
    if len(marks) == 1:  # its name says nothing, and "all one" of them would be odd
        return (Message("column_wrong"),) if wrong else ()
    if not wrong:
        return (Message("columns_all_right", {"count": len(right)}),)
    told = [Message("columns_right", {"names": ", ".join(right)})] if right else []
    return (*told, Message("columns_wrong", {"names": ", ".join(wrong)}))


def _beliefs(answer: Answer, written: tuple[_Written, ...], expected: Literals) -> tuple[str, ...]:
    """Stems of the near misses all of whose deviating columns the learner has too: the widest first, then by their first column.

    A letter that follows from a number is not what was believed where a number before it is wrong in another way.
    """
    width, found = len(expected.values), []
    for near_miss in answer.exercise.near_misses:
        belief = read_literals(near_miss.sql)
        if isinstance(belief, Message):
            continue
        believed = [belief.pick(name, position, width) for position, name in enumerate(expected.names)]
        deviating = [at for at, value in enumerate(expected.values) if not agree(believed[at], value)]
        if deviating and all(agree(written[at].value, believed[at], _ROUNDED) for at in deviating):
            found.append((-len(deviating), deviating, near_miss.stem))
    explained = {at for _, deviating, _ in found for at in deviating}
    wrong = (at for at, each in enumerate(written) if not each.right)
    open_number = next((at for at in wrong if at not in explained and not isinstance(expected.values[at], str)), width)
    return tuple(stem for _, deviating, stem in sorted(found) if not _follows(deviating, open_number, expected))


def _follows(deviating: list[int], number: int, expected: Literals) -> bool:
    """Whether only letters and words after a number deviate."""
    return all(at > number and isinstance(expected.values[at], str) for at in deviating)
