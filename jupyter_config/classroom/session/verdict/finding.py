"""The one thing that is said first about an answer: the cause if it shows, else the most telling fact."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from classroom.session.table_view import value_text
from classroom.session.verdict.calendar import nights_in_short
from classroom.session.verdict.comparing import CHANGED, mark_rows
from classroom.session.verdict.conditions import condition_in_words
from classroom.session.verdict.other_line import LINE_IN_PLACE_OF_ANOTHER, mistake_of_other_line, tells_a_line
from classroom.session.verdict.said_by_author import what_was_done
from classroom.session.verdict.sentences import sentence
from coursebook import Outcome
from sqlgrade.messages import error_sentences, further_sentences, mistake_sentence, remark_sentence, values_told
from sqlgrade.verdict import DiffKind, Reason, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from classroom.session.case import Case
    from coursebook.judgement import Message
    from sqlgrade.verdict import Diff, Remark, SmallTable, Verdict

_OF_RIGHT_PARTS = frozenset({"columns_right", "query_right"})
_CAUSES = {
    "comma_became_alias": "SELECT",
    "equals_null": "WHERE",
    "list_in_one_text": "WHERE",
    "in_without_brackets": "WHERE",
    "contradiction": "WHERE",
    "tautology": "WHERE",
    "like_without_wildcard": "WHERE",
    "parameter_unused": "",
    "construct_missing": "",
    "construct_forbidden": "",
}
"""Notes on the text that say why the result is another, the surest first, with the clause that each is about."""
_OFTEN_HARMLESS = frozenset({"like_without_wildcard", "tautology"})
"""Those that may change nothing."""
_ABOUT_VALUES = tuple(
    "integer_part rounding rounding_whole letter_case spaces date_as_text number_as_text null_for_zero zero_for_null"
    " null_for_zero_alone zero_for_null_alone null_for_value value_for_null null_for_value_alone value_for_null_alone hours_later hours_earlier days_later days_earlier months_later months_earlier next_day ratio ratio_where".split()
)
_ABOUT_ROWS = tuple(
    "extra_condition missing_condition extra_no_match missing_no_match duplicates_kept duplicates_removed key_repeated".split()
)
_OF_MANY_ROWS = tuple(
    "offset_above offset_above_where offset_below offset_below_where values_above values_below only_column".split()
)
_OF_BLANKS = frozenset({"null_for_value", "value_for_null", "null_for_value_alone", "value_for_null_alone"})
"""Facts that hold of every row of a table that nothing fills, whatever is wrong."""
_FOLLOWED = ("made_from", "made_row", "made_apart")
"""How the codes begin that say from which rows one is made, and what those of one side have."""
_OF_COLUMNS = frozenset({"columns_wrong", "column_wrong"})
"""Which columns are wrong, and nothing of why."""
SHOWS_MORE = "shows_more"
"""The note that the data shows another mistake beside the one that is told."""
_MOST_NAMED = 3
_LONGEST_LIST = 48
_SAID_IN_ROOM = frozenset({"extra_condition", "missing_condition", "extra_no_match", "missing_no_match"})
_WITH_ONE = frozenset({"extra_condition", "missing_condition"})


def finding_of(case: Case) -> str:
    """The first thing to say, with the values of parameters that it is about; empty where the title says it all."""
    found = next(filter(None, (say(case) for say in _FINDINGS)), "")
    verdict = case.judgement.verdict
    if not found or verdict is None or not verdict.setting:
        return found
    return sentence("finding.with_values", case.lang, values=values_told(verdict), finding=found)


def advice_of(case: Case) -> str:
    """What to try, where the answer does not run on some data or is not allowed."""
    error = case.judgement.verdict.error if case.judgement.verdict else None
    return error_sentences(error, case.lang)[-1] if error else ""


def further_in_query(case: Case) -> str:
    """The mistake that comes after the one that is told, and whether the data shows it beside that one."""
    verdict = case.judgement.verdict
    if verdict is None or verdict.status is not Status.REFUTED:
        return ""
    if tells_a_line(case):
        return mistake_of_other_line(case)
    if not (_done(case) or _foreseen(case) or any(each.mistake for each in verdict.findings[1:2])):
        return ""
    by_author = {each.clause for each in case.judgement.recognised} - {each.clause for each in verdict.findings[:1]}
    if by_author & {each.clause for each in verdict.findings[1:]}:
        return ""  # the author's hint speaks of that one
    notes = [remark_sentence("note", each, case.lang) for each in verdict.notes if each.code == SHOWS_MORE]
    return (" " if case.lang == "en" else "").join([*further_sentences(verdict, case.lang), *notes])


def clauses_right(case: Case) -> str:
    """The clauses that need no change, without those that the finding or a hint asks to look at."""
    verdict = case.judgement.verdict
    kept = next((each for each in verdict.good if each.code == "clauses_right"), None) if verdict else None
    by_line = any(each.code.startswith("line_") for each in case.judgement.messages)
    if case.judgement.outcome is Outcome.ACCEPTED or case.judgement.marks or by_line:
        return ""
    if verdict is None or kept is None:
        return "".join(each.sentence(case.lang) for each in _messages(case, right=True))
    doubted = {each.clause for each in verdict.findings} | {each.clause for each in case.judgement.recognised[:1]}
    doubted |= {_CAUSES[each.code] for each in verdict.notes if each.code in _CAUSES}
    clauses = [each for each in str(kept.params["clauses"]).split(", ") if each not in doubted]
    if not clauses:
        return ""
    return remark_sentence("good", type(kept)(kept.code, {"clauses": ", ".join(clauses)}), case.lang)


def agrees_by_chance(case: Case) -> bool:
    """Whether the answer is wrong, and its result on the practice data is the expected one all the same."""
    verdict = case.judgement.verdict
    return (
        verdict is not None
        and verdict.status is Status.REFUTED
        and verdict.counterexample is not None
        and verdict.practice_diff is None
        and case.result is not None
        and all(note.code != "practice_skipped" for note in verdict.notes)
    )


def practice_sentences(diff: Diff, lang: str) -> tuple[str, ...]:
    """How the result differs on the practice data, in words that say so."""
    other_rows = diff.kind is DiffKind.VALUES and not diff.changed and diff.missing_count and diff.extra_count
    kind = DiffKind.BOTH if other_rows else diff.kind
    told = sentence(f"practice.{kind.value}", lang, **_counts(diff)) if kind in _TOLD_OF_PRACTICE else ""
    facts = [_fact(fact, lang) for fact in diff.facts if fact.code in (*_ABOUT_ROWS, *_ABOUT_VALUES, "rows_times")]
    return tuple(filter(None, [told or sentence("practice.other", lang), *facts[:2]]))


def _accepted(case: Case) -> str:
    if case.judgement.outcome is not Outcome.ACCEPTED:
        return ""
    said = [each.sentence(case.lang) for each in case.judgement.messages]
    verdict = case.judgement.verdict
    if not said and verdict is not None and verdict.nights:
        return nights_in_short(verdict, case.lang)
    return " ".join(said) or (sentence("finding.accepted", case.lang, n=verdict.databases) if verdict else "")


def _of_the_course(case: Case) -> str:
    """What the course itself says: what is not written yet, the wrong columns, the line that does not follow.

    Where a line is a mistake that the author foresaw, its place in the order is not what is wrong with it; wrong columns
    come after what the author says of them.
    """
    if case.judgement.outcome is Outcome.AUTHOR_FAULT:
        return case.say("verdict.author_fault_note")
    recognised = case.judgement.recognised
    foreseen = recognised and case.judgement.outcome is Outcome.REFUTED
    said = _messages(case, right=False)
    first = next((each for each in said if not (foreseen and each.code in LINE_IN_PLACE_OF_ANOTHER)), None)
    if first is None:
        return ""
    why = what_was_done(recognised[0].hint) if recognised and first.code in _OF_COLUMNS else ""
    return (" " if case.lang == "en" else "").join(filter(None, (why, first.sentence(case.lang))))


def _not_judged(case: Case) -> str:
    """Why the judge could not tell right from wrong."""
    verdict = case.judgement.verdict
    if verdict is None or verdict.status is not Status.INVALID:
        return ""
    if verdict.reason is Reason.ORDER_DEPENDENT and (undecided := _done(case)):
        only_order = verdict.diff is not None and verdict.diff.kind is DiffKind.ORDER_ONLY
        may_come = sentence("finding.may_come", case.lang) if only_order else ""  # what the room shows may be in order
        return (" " if case.lang == "en" else "").join(filter(None, (undecided, may_come)))
    if verdict.error is not None and verdict.reason is not Reason.ORDER_DEPENDENT:
        return error_sentences(verdict.error, case.lang)[-2]
    return sentence(f"finding.{(verdict.reason or Reason.DOES_NOT_RUN).value}", case.lang)


def _cause(case: Case) -> str:
    """A note on the text that says why the result is another; one that may change nothing, only where nothing that mends it has a name."""
    verdict = case.judgement.verdict
    if verdict is None:
        return ""
    passed_over = _OFTEN_HARMLESS if any(each.mistake for each in verdict.findings[:1]) else ()
    notes = {each.code: each for each in verdict.notes if each.code not in passed_over}
    return next((remark_sentence("note", notes[code], case.lang) for code in _CAUSES if code in notes), "")


def _foreseen(case: Case) -> str:
    """What the author says of a near miss that was recognised, unless the judge's own name says as much."""
    recognised, verdict = case.judgement.recognised, case.judgement.verdict
    named = next((each for each in verdict.findings[:1] if each.mistake), None) if verdict is not None else None
    if not recognised or case.judgement.outcome is not Outcome.REFUTED or (named and not named.author_first):
        return ""
    return what_was_done(recognised[0].hint)


def _done(case: Case) -> str:
    """What was done, as far as undoing it mends the answer; where its name says little more than the place, with one row."""
    verdict = case.judgement.verdict
    if verdict is None or not verdict.findings:
        return ""
    done = mistake_sentence(verdict.findings[0], case.lang)
    shown = _made_from(verdict.diff, verdict, case.lang) if done and verdict.diff is not None else ""
    return (" " if case.lang == "en" else "").join(filter(None, (done, shown)))


def _failure(case: Case) -> str:
    verdict = case.judgement.verdict
    shown = verdict.counterexample if verdict else None
    if verdict is None or shown is None or shown.error is None or _is_told(verdict):
        return ""
    return sentence("finding.stops", case.lang, cause=error_sentences(shown.error, case.lang)[-2])


def _is_told(verdict: Verdict) -> bool:
    """Whether the cause has a name that says more than where the query stops."""
    return any(each.mistake and not each.author_first and not each.stops for each in verdict.findings[:1])


def _nights(case: Case) -> str:
    """How an alert did on its nights."""
    verdict = case.judgement.verdict
    return nights_in_short(verdict, case.lang) if verdict is not None and verdict.nights else ""


def _difference(case: Case) -> str:
    verdict = case.judgement.verdict
    if verdict is None:
        return ""
    small = verdict.diff if verdict.counterexample is not None else None
    diff = small or verdict.practice_diff
    if diff is None:
        return ""
    return next(filter(None, (say(diff, verdict, case.lang) for say in _DIFFERENCES)))


_FINDINGS: tuple[Callable[[Case], str], ...] = (
    _accepted,
    _of_the_course,
    _not_judged,
    _cause,
    _failure,
    _foreseen,
    _done,
    _nights,
    _difference,
)
"""The surest first."""


def _telling_fact(diff: Diff, verdict: Verdict, lang: str) -> str:
    """A fact that explains the rows or the values at fault."""
    order = _ABOUT_VALUES if diff.kind is DiffKind.VALUES else _ABOUT_ROWS
    facts = {each.code: each for each in reversed(diff.facts) if _holds_elsewhere(each, diff, verdict)}
    return next((_fact(facts[code], lang) for code in order if code in facts), "")


def _holds_elsewhere(fact: Remark, diff: Diff, verdict: Verdict) -> bool:
    """Whether what blanks have in common says something of more than tables without a row, and of the practice data too."""
    shown, practice = verdict.counterexample, verdict.practice_diff
    if fact.code not in _OF_BLANKS or diff is practice:
        return True
    told_there = (
        practice is None or practice.kind is not DiffKind.VALUES or fact.code in {f.code for f in practice.facts}
    )
    return told_there and (shown is None or shown.total_rows > 0)


def _columns(diff: Diff, verdict: Verdict, lang: str) -> str:
    """How many columns there are, and which are missing or too many as far as a line holds them."""
    if diff.kind is not DiffKind.WIDTH:
        return ""
    facts = {each.code: each for each in diff.facts}
    counted = [remark_sentence("shape", facts["column_count"], lang)] if "column_count" in facts else []
    named = [facts[code] for code in ("column_missing", "column_extra") if code in facts]
    short = [each for each in named if len(str(each.params.get("column", ""))) <= _LONGEST_LIST]
    said = [*counted, *(remark_sentence("shape", each, lang) for each in short[:1])]
    return (" " if lang == "en" else "").join(said)


def _made_from(diff: Diff, verdict: Verdict, lang: str) -> str:
    """One row, and the rows of the small data that it is made from."""
    found = (remark_sentence("shape", each, lang) for each in diff.facts if each.code.startswith(_FOLLOWED))
    return (" " if lang == "en" else "").join(found)


def _one_value(diff: Diff, verdict: Verdict, lang: str) -> str:
    """The value itself, where a single one is wrong."""
    sides = _sides(verdict)
    if diff.kind is not DiffKind.VALUES or sides is None or len(sides[0].rows) != 1 or len(sides[1].rows) != 1:
        return ""
    own, expected = sides
    different = _changed_columns(own, expected)
    if len(different) != 1 or len(own.columns) != len(expected.columns):
        return ""
    at = different[0]
    params = {
        "column": own.columns[at] if own.columns[at].isidentifier() else expected.columns[at],
        "learner": value_text(own.rows[0][at]),
        "expected": value_text(expected.rows[0][at]),
    }
    others_right = len(own.columns) > 1 and any(fact.code == "only_column" for fact in diff.facts)
    return sentence("finding.one_value_of_many" if others_right else "finding.one_value", lang, **params)


def _values(diff: Diff, verdict: Verdict, lang: str) -> str:
    if diff.kind is not DiffKind.VALUES:
        return ""
    facts = {each.code: each for each in reversed(diff.facts)}
    if found := next((code for code in _OF_MANY_ROWS if code in facts), ""):
        return remark_sentence("shape", facts[found], lang)
    sides = _sides(verdict)
    changed = _changed_columns(*sides) if sides else []
    names = [sides[0].columns[at] for at in changed] if sides else []
    if not 0 < len(names) <= _MOST_NAMED or sides is None:
        return sentence("finding.values", lang)
    blank = all(_is_blank_for_zero(sides, at) for at in changed)
    return sentence("finding.values_blank" if blank else "finding.values_of", lang, columns=", ".join(names))


def _is_blank_for_zero(sides: tuple[SmallTable, SmallTable], at: int) -> bool:
    """Whether a column of the data that is shown has a blank wherever 0 is expected, and is right elsewhere."""
    own, expected = ([row[at] for row in side.rows] for side in sides)
    return None in own and Counter("0" if cell is None else value_text(cell) for cell in own) == Counter(
        map(value_text, expected)
    )


def _rows(diff: Diff, verdict: Verdict, lang: str) -> str:
    practice = verdict.practice_diff
    if diff.kind is DiffKind.ORDER_ONLY and practice is not None and practice.kind is not DiffKind.ORDER_ONLY:
        return sentence("finding.order_and_rows", lang)
    return sentence(f"finding.{diff.kind.value}", lang, **_counts(diff))


_DIFFERENCES: tuple[Callable[[Diff, Verdict, str], str], ...] = (
    _telling_fact,
    _columns,
    _made_from,
    _one_value,
    _values,
    _rows,
)
_TOLD_OF_PRACTICE = frozenset(
    {
        DiffKind.MISSING_ROWS,
        DiffKind.EXTRA_ROWS,
        DiffKind.BOTH,
        DiffKind.VALUES,
        DiffKind.ORDER_ONLY,
        DiffKind.DUPLICATES_ONLY,
    }
)


def _fact(fact: Remark, lang: str) -> str:
    if fact.code in _SAID_IN_ROOM:
        one = "_one" if fact.code in _WITH_ONE and fact.params["count"] == 1 else ""
        params = dict(fact.params)
        if "condition" in params:
            params["condition"] = condition_in_words(str(params["condition"]), lang)
        return sentence(f"finding.{fact.code}{one}", lang, **params)
    return remark_sentence("shape", fact, lang)


def _messages(case: Case, *, right: bool) -> Iterator[Message]:
    return (each for each in case.judgement.messages if (each.code in _OF_RIGHT_PARTS) is right)


def _counts(diff: Diff) -> dict[str, int]:
    return {
        "learner_rows": diff.learner_rows,
        "expected_rows": diff.expected_rows,
        "missing": diff.missing_count,
        "extra": diff.extra_count,
    }


def _sides(verdict: Verdict) -> tuple[SmallTable, SmallTable] | None:
    shown = verdict.counterexample
    if shown is None or shown.learner is None or shown.expected is None:
        return None
    return shown.learner, shown.expected


def _changed_columns(own: SmallTable, expected: SmallTable) -> list[int]:
    marks = mark_rows(own, expected, "+")
    if len(own.rows) == len(expected.rows) == 1 and len(own.columns) == len(expected.columns):
        return [at for at, (one, two) in enumerate(zip(own.rows[0], expected.rows[0], strict=True)) if one != two]
    return sorted({at for mark in marks if mark.sign == CHANGED for at in mark.cells})
