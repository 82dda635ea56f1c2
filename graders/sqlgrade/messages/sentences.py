"""A verdict told in sentences, from what happened to where to look."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from sqlgrade.messages.catalogue import has_sentence, render
from sqlgrade.verdict import DiffKind, Reason, Status

if TYPE_CHECKING:
    from sqlgrade.verdict import Diff, Finding, Remark, SqlError, Verdict

FACTS, IDEA, PLACE = 0, 1, 2
"""Levels of help."""

_MOST_FACTS = 1


def verdict_sentences(verdict: Verdict, lang: str, level: int = FACTS, answer: str = "") -> list[str]:
    """Tell a verdict in sentences.

    Args:
        verdict: What the judge found.
        lang: `ja` or `en`.
        level: How much help is asked for: 0 facts, 1 also the idea, 2 also the place.
        answer: The learner's own text, needed to quote the place.
    """
    match verdict.status:
        case Status.ACCEPTED:
            return _accepted(verdict, lang)
        case Status.AUTHOR_FAULT:
            return [render("verdict.author_fault", {}, lang)]
        case Status.NOT_PROVED:
            return [render("verdict.not_proved", {}, lang), *proof_sentences(verdict, lang)]
        case Status.UNJUDGED:
            return [render("verdict.unjudged", {}, lang)]
        case Status.INVALID:
            return _invalid(verdict, lang, level, answer)
    return _refuted(verdict, lang, level, answer)


def proof_sentences(verdict: Verdict, lang: str) -> list[str]:
    """Say what the data that an answer was tried on can tell, or why it tells nothing."""
    proof = verdict.proof
    if proof is None or (proof.lacking is None and not proof.mutants):
        return []
    params = {
        "mutants": proof.mutants,
        "killed": proof.killed,
        "percent": floor(100 * proof.share),
        "databases": proof.databases,
        "tables": ", ".join(proof.empty),
    }
    return [render(f"verdict.{f'untold_{proof.lacking}' if proof.lacking else 'proved'}", params, lang)]


def error_sentences(error: SqlError, lang: str, answer: str = "") -> tuple[str, ...]:
    """Say where a query fails (if known), why, and one thing to try."""
    card = str(error.params.get("card", "engine"))
    params = {"message": error.message, **error.params}
    said = tuple(render(f"error.{card}.{part}", params, lang) for part in ("cause", "try"))
    where = _where(error, lang, answer)
    return (where, *said) if where else said


def remark_sentence(group: str, remark: Remark, lang: str) -> str:
    """Say one remark of a group: `shape`, `note` or `good`; a mistake travels as its code."""
    params = dict(remark.params)
    mistake = f"avoided.{params.get('mistake')}"
    if has_sentence(mistake):
        params["mistake"] = render(mistake, {}, lang)
    if "clauses" in params:
        params["clauses"] = ", ".join(_written(clause, lang) for clause in params["clauses"].split(", "))
    return render(f"{group}.{remark.code}", params, lang)


def mistake_sentence(finding: Finding, lang: str) -> str:
    """Say what was done, in the learner's own words; empty where it has no name."""
    said, heading = _said_of(finding, lang), finding.params.get("heading")
    return render("finding.in_column", {"heading": heading, "said": said}, lang) if said and heading else said


def _said_of(finding: Finding, lang: str) -> str:
    """The same without the column in which it was done."""
    key = _for_dialect(f"mistake.{finding.mistake}.said", finding)
    return render(key, finding.params, lang) if finding.mistake and has_sentence(key) else ""


def further_sentences(verdict: Verdict, lang: str) -> list[str]:
    """Announce the mistake that comes after the one that is told: what it is, or else its clause."""
    return [_also(other, verdict.findings[0], lang) for other in verdict.findings[1:2]]


def further_place(verdict: Verdict, lang: str) -> list[str]:
    """Where to look for that other mistake, if it is not the place of the first."""
    first, other = (each.params.get("place") or each.clause for each in verdict.findings[:2])
    return [render("also.place", {"clause": _written(str(other), lang)}, lang)] if other and other != first else []


def _also(finding: Finding, first: Finding, lang: str) -> str:
    clause = {"clause": _written(str(finding.params.get("place") or finding.clause), lang)}
    said = mistake_sentence(finding, lang)
    if said and _said_of(finding, lang) == _said_of(first, lang):
        column = {"heading": finding.params.get("heading", "")}
        return render("also.in_column", column, lang) if column["heading"] else render("also.same", clause, lang)
    if said and finding.repeats(first):
        return render("also.again", {"what": finding.about}, lang)
    return render("also.said", {"said": said}, lang) if said else render("also.clause", clause, lang)


def _for_dialect(key: str, finding: Finding) -> str:
    """The sentence in the words of the dialect in which the answer was written, where it has one of its own."""
    own = f"{key}_{finding.params.get('dialect')}"
    return own if has_sentence(own) else key


def finding_sentences(finding: Finding, lang: str, level: int = IDEA, answer: str = "") -> list[str]:
    """Say the idea behind a named mistake and, from level 2, its place in the learner's text."""
    said = []
    if level >= IDEA and has_sentence(f"{finding.code}.idea"):
        variants = (f"{finding.code}.{name}" for name in (finding.params.get("variant"), finding.clause))
        own = (f"mistake.{finding.mistake}.idea",) if finding.mistake and not finding.near_miss else variants
        idea = next(filter(has_sentence, own), f"{finding.code}.idea")
        said.append(render(_for_dialect(idea, finding), finding.params, lang))
    place = str(finding.params.get("place") or finding.clause or "")
    if level >= PLACE and finding.clause:
        said += place_sentences(place, lang)
    if level >= PLACE and finding.site and answer:
        said.append(render("place.site", {"text": answer[finding.site.start : finding.site.end]}, lang))
    return said


def place_sentences(place: str, lang: str) -> list[str]:
    """Say which clause, or other word of a query, to look at, and what it decides."""
    said = [render("place.clause", {"clause": _written(place, lang)}, lang)] if place != "BLOCK" else []
    return [*said, render(f"place.{place}", {}, lang)] if has_sentence(f"place.{place}") else said


def diff_sentences(diff: Diff, lang: str, group: str = "diff", most: int = _MOST_FACTS) -> list[str]:
    """Say how two results differ, then at most so many facts about it."""
    params = {
        "learner_rows": diff.learner_rows,
        "expected_rows": diff.expected_rows,
        "missing": diff.missing_count,
        "extra": diff.extra_count,
        "cap": diff.learner_rows - 1,
    }
    key = f"{group}.{diff.kind.value}{'_uncounted' if diff.uncounted else ''}"
    said = [render(key if has_sentence(key) else f"{group}.other", params, lang)]
    facts = [fact for fact in diff.facts if fact.code not in _SAID_BY_KIND.get(diff.kind, ())]
    return said + [remark_sentence("shape", fact, lang) for fact in facts[:most]]


_COUNTED = ("row_count", "no_rows", "rows_not_expected", "order_only", "columns_permuted")
_SAID_BY_KIND = {
    DiffKind.MISSING_ROWS: _COUNTED,
    DiffKind.EXTRA_ROWS: _COUNTED,
    DiffKind.VALUES: _COUNTED,
    DiffKind.DUPLICATES_ONLY: _COUNTED,
    DiffKind.ORDER_ONLY: _COUNTED,
    DiffKind.COLUMNS_PERMUTED: _COUNTED,
}
"""Facts that the sentence of the kind has already told."""

_OF_COLUMNS = {DiffKind.WIDTH, DiffKind.TYPES, DiffKind.COLUMNS_PERMUTED, DiffKind.NAMES_ONLY}


def _accepted(verdict: Verdict, lang: str) -> list[str]:
    said = [render("verdict.accepted", {"n": verdict.databases}, lang), *proof_sentences(verdict, lang)]
    return said + _remarks(verdict, lang)


def _refuted(verdict: Verdict, lang: str, level: int, answer: str) -> list[str]:
    shown = verdict.counterexample
    failed = shown is not None and shown.error is not None
    lead = "refuted_error" if failed else "refuted" if shown else "refuted_practice"
    said = [render(f"verdict.{lead}", {}, lang), *_with_values(verdict, lang)]
    if failed and shown is not None and shown.error is not None:
        said += error_sentences(shown.error, lang, answer)
    elif verdict.diff is not None and shown is not None:
        done = list(filter(None, [mistake_sentence(finding, lang) for finding in verdict.findings[:1]]))
        said += [*diff_sentences(verdict.diff, lang, most=0 if done else _MOST_FACTS), *done]
        said += further_sentences(verdict, lang) if _names_one(verdict) else []
    if verdict.practice_diff is not None and not _said_already(verdict, verdict.practice_diff):
        said += diff_sentences(verdict.practice_diff, lang, "practice")
    for finding in verdict.findings[:1]:
        said += finding_sentences(finding, lang, level, answer)
    if level >= PLACE and len(verdict.findings) > 1:
        said += further_place(verdict, lang)
    return list(dict.fromkeys(said + _remarks(verdict, lang)))


def _names_one(verdict: Verdict) -> bool:
    """Whether the mistake that is told, or the one after it, has a name."""
    return any(each.mistake for each in verdict.findings[:2])


def _said_already(verdict: Verdict, practice: Diff) -> bool:
    """Whether the columns differ on the practice data as they do on the small data, whatever the rows."""
    return verdict.diff is not None and verdict.diff.kind is practice.kind and practice.kind in _OF_COLUMNS


def _invalid(verdict: Verdict, lang: str, level: int, answer: str) -> list[str]:
    said = [render(f"verdict.{(verdict.reason or Reason.DOES_NOT_RUN).value}", {}, lang), *_with_values(verdict, lang)]
    if verdict.error is not None:
        said += error_sentences(verdict.error, lang, answer)
    for finding in verdict.findings[:1]:
        said += finding_sentences(finding, lang, level, answer)
    if verdict.credit.points:
        said += [remark_sentence("note", remark, lang) for remark in verdict.notes if remark.code in _READINGS]
    return said


def _with_values(verdict: Verdict, lang: str) -> list[str]:
    return [render("verdict.with_values", {"values": values_told(verdict)}, lang)] if verdict.setting else []


def values_told(verdict: Verdict) -> str:
    """The values of the parameters that a verdict is about: area = OSAKA, n = 3."""
    return ", ".join(f"{name} = {value}" for name, value in verdict.setting.items())


_READINGS = ("read_as", "read_grouped")


def _remarks(verdict: Verdict, lang: str) -> list[str]:
    good = [remark_sentence("good", remark, lang) for remark in verdict.good]
    return good + [remark_sentence("note", remark, lang) for remark in verdict.notes]


def _where(error: SqlError, lang: str, answer: str) -> str:
    end = error.params.get("end")
    if error.position is None or not isinstance(end, int) or not answer[error.position : end].strip():
        return ""
    text = " ".join(answer[error.position : end].split())
    key = "line" if error.line is not None and "\n" in answer.strip() else "first_line"
    return render(f"error.where.{key}", {"line": error.line, "text": text}, lang)


def _written(clause: str, lang: str) -> str:
    """A clause by the word that stands in the query."""
    return render(f"clause.{clause}", {}, lang) if has_sentence(f"clause.{clause}") else clause
