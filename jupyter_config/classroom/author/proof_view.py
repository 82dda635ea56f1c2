"""What the proof says, beside the exercise: faults with file and line, and the mistakes that no data tell from the solution."""

from __future__ import annotations

import difflib
import re
from html import escape
from typing import TYPE_CHECKING

from classroom.author.shown import folded, sql_html
from classroom.author.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from classroom.author.proofs import JudgeProof, TextProof
    from classroom.language import Lang
    from coursebook import LessonExercise, Problem
    from sqlgrade.pack.report import MutantFate

_MOST_LINE = 200
"""Characters of a file's line that is quoted."""
_MOST_ALIVE = 40
_RUNNING = "judging"
_CODE = re.compile(r"`([^`]+)`")
"""Code in a sentence."""


def proof_html(
    root: Path, texts: TextProof | None, judged: JudgeProof | None, exercise: LessonExercise | None, lang: Lang
) -> str:
    """All that is known so far of an exercise."""
    found = [*(texts.problems if texts else ()), *(judged.problems if judged else ())]
    faults = [each.fault for each in (texts, judged) if each and each.fault]
    parts = [_state(texts, judged, found, exercise, lang), problems_html(root, found, lang)]
    parts += [f'<p class="problem">{escape(word("proof.stumbled", lang, fault=each))}</p>' for each in faults]
    if judged and judged.is_judged and exercise is not None:
        parts.append(_alive(judged, exercise, lang))
    return "".join(parts)


def problems_html(root: Path, problems: Iterable[Problem], lang: Lang) -> str:
    """Each problem with its file and line, that line, and what to do."""
    items = "".join(f"<li>{_problem(root, each, lang)}</li>" for each in problems)
    return f'<ol class="problems">{items}</ol>' if items else ""


def _state(
    texts: TextProof | None,
    judged: JudgeProof | None,
    found: list[Problem],
    exercise: LessonExercise | None,
    lang: Lang,
) -> str:
    """One line: how far the proof is, and what came out of it."""
    if exercise is None or any(each.code == "query_fails" for each in found):
        code, kind = "proof.stopped", "wrong"
    elif texts is None or judged is None:
        code, kind = "proof.judging", _RUNNING
    elif found or any(each.fault for each in (texts, judged)):
        code, kind = "proof.problems", "wrong"
    elif not judged.is_whole:
        code, kind = "proof.searching", _RUNNING
    else:
        code, kind = ("proof.alive", "alive") if judged.alive else ("proof.sound", "sound")
    seconds = f"{judged.seconds:.1f}" if judged else ""
    said = word(code, lang, count=len(found), seconds=seconds, alive=len(judged.alive) if judged else 0)
    return f'<p class="state {kind}" role="status">{escape(said)}</p>'


def _problem(root: Path, problem: Problem, lang: Lang) -> str:
    place = f"{_below(root, problem.file)}:{problem.line}"
    quoted = _line_of(root, problem)
    quote = f"<pre>{escape(quoted)}</pre>" if quoted else ""
    said, remedy = (
        _CODE.sub(r"<code>\1</code>", escape(problem.sentence(part, lang))) for part in ("problem", "remedy")
    )
    return f"<code>{escape(place)}</code>{quote}<p>{said}</p><p>{remedy}</p>"


def _below(root: Path, file: Path) -> str:
    return file.relative_to(root).as_posix() if file.is_relative_to(root) else file.name


def _line_of(root: Path, problem: Problem) -> str:
    """The line that is meant; nothing for a problem of a whole file, or a file that is not the course's."""
    if problem.line <= 1 or not problem.file.resolve().is_relative_to(root.resolve()):
        return ""
    try:
        lines = problem.file.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[problem.line - 1][:_MOST_LINE] if problem.line <= len(lines) else ""


def _alive(judged: JudgeProof, exercise: LessonExercise, lang: Lang) -> str:
    if not judged.is_whole:
        return ""
    head = f"<h3>{escape(word('proof.mutants', lang, count=judged.mutants))}</h3>"
    if not judged.alive:
        said = word("proof.all_told" if judged.mutants else "proof.no_mutants", lang)
        return f"{head}<p>{escape(said)}</p>"
    shown = "".join(_mutant(each, variant, exercise, lang) for variant, each in judged.alive[:_MOST_ALIVE])
    return f"{head}<p>{escape(word('proof.what_to_do', lang))}</p><ol>{shown}</ol>"


def _mutant(mutant: MutantFate, variant: str, exercise: LessonExercise, lang: Lang) -> str:
    about = " ".join(filter(None, (mutant.clause, mutant.code, variant and f"({variant})")))
    excuse = f'[alive."{mutant.edit}"]\nreason = ""'
    marked = marked_html(exercise.in_language(variant or lang).solution, mutant.sql)
    copied = folded(f"alive {mutant.edit}", escape(word("proof.excuse", lang)), sql_html(excuse))
    return f"<li><small>{escape(about)}</small><pre>{marked}</pre>{copied}</li>"


def marked_html(solution: str, sql: str) -> str:
    """A query changed on purpose, with what differs from the solution marked; layout and capitals count for nothing."""
    was_words, words = list(_words(solution)), list(_words(sql))
    was_plain, plain = ([each.strip().lower() for each in one] for one in (was_words, words))
    matcher = difflib.SequenceMatcher(None, was_plain, plain, autojunk=False)
    html = []
    for tag, was, had, start, end in matcher.get_opcodes():
        piece = escape("".join(words[start:end]))
        gone = escape("".join(was_words[was:had]).strip())
        left_out = f"<del>{gone}</del> " if tag in ("delete", "replace") and gone else ""
        html.append(piece if tag == "equal" else f"{left_out}<ins>{piece}</ins>" if piece.strip() else left_out)
    return "".join(html)


def _words(sql: str) -> Iterator[str]:
    """The text cut behind each word or sign."""
    return (found[0] for found in re.finditer(r"(?:\w+|[^\w\s]|)\s*", " ".join(sql.split())) if found[0])
