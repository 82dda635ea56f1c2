"""Prints what a learner is shown for a list of answers: the finding with the mistake that is announced after it, the first two hints, and the judge's own name for it.

    python bench/shown.py answers.jsonl [--only L3-07] [--cache FOLDER] [--out shown.jsonl]

A line of the list is `{"exercise": "L3-07", "lang": "ja", "sql": "SELECT …", "note": "anything"}`; a drill goes by its id
(P09d-3). Nothing is judged on practice data, so what rests on the small data alone is seen. At the end stands how many answers
were recognised as near misses, named by the judge, told by facts alone, or accepted.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from classroom.session.case import Case
from classroom.session.verdict.finding import advice_of, finding_of
from classroom.session.verdict.further import further_of
from classroom.session.verdict.hints import hints_in_words
from coursebook import Outcome, load_course
from coursebook.judging import judge_answer
from coursebook.packs import pack_of
from coursebook.practice import draw_drill, load_library
from coursebook.practice.sample_data import sample_runs
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.kept import pack_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coursebook import LessonExercise
    from sqlgrade.pack.contents import Pack
    from sqlgrade.verdict import Verdict

DRILL = re.compile(r"P(?P<template>\w+)-(?P<seed>\d+)")
"""A drill's id: its template and the seed that it is drawn with on the small data (P09d-3)."""


@dataclass(frozen=True)
class Shown:
    """One answer and what is said about it."""

    exercise: str
    note: str
    sql: str
    outcome: str
    by: str
    """What the first hint rests on: near miss, catalogue, clause, nothing."""
    name: str
    finding: str
    hints: tuple[str, ...]
    ms: float


class Deep:
    """A judge in this process that always searches to the end."""

    def __init__(self) -> None:
        self.judge = Judge()

    def grade(self, pack: Pack, sql: str, *, dialect: str = "duckdb") -> Verdict:
        """The verdict on one query."""
        return self.judge.grade(pack, sql, deep=True, dialect=dialect)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--only", default="", help="exercises whose id begins with this")
    parser.add_argument("--cache", type=Path, help="folder for packs, kept whatever changes in the judge")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    told = []
    for each in _all_shown(options.answers, options.only, options.cache):
        told.append(each)
        sys.stdout.write(_as_text(each))
    counted = Counter(each.by if each.outcome != Outcome.ACCEPTED else "accepted" for each in told)
    sys.stdout.write(f"\n{len(told)} answers: " + ", ".join(f"{by} {n}" for by, n in counted.most_common()) + "\n")
    if options.out:
        lines = [json.dumps(asdict(each), ensure_ascii=False) for each in told]
        options.out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _all_shown(path: Path, only: str, cache: Path | None) -> Iterator[Shown]:
    course, library, grader = load_course(), load_library(), Deep()
    with sample_runs() as runs:
        for line in path.read_text(encoding="utf-8").splitlines():
            asked = json.loads(line)
            if not asked["exercise"].startswith(only):
                continue
            if drilled := DRILL.fullmatch(asked["exercise"]):
                template = library.templates[drilled["template"]]
                drill = draw_drill(
                    template, int(drilled["seed"]), runs[asked["lang"]], course.schema, lang=asked["lang"]
                )
                if drill is None:
                    raise ValueError(f"{asked['exercise']} can't be drawn")
                yield _shown(drill.exercise, asked, grader, cache)
            else:
                yield _shown(course.exercise(asked["exercise"]), asked, grader, cache)


def _shown(exercise: LessonExercise, asked: dict[str, str], grader: Deep, cache: Path | None) -> Shown:
    lang, sql = asked["lang"], asked["sql"]
    exercise = exercise.in_language(lang)
    pack = pack_for(exercise.sqlgrade, cache_dir=cache) if cache else pack_of(exercise)
    judgement = judge_answer(exercise, sql, grader, lang, pack=pack)
    case = Case(judgement, exercise, sql, lang)
    verdict = judgement.verdict
    finding = verdict.findings[0] if verdict is not None and verdict.findings else None
    if judgement.recognised:
        by, name = "near miss", judgement.recognised[0].stem
    elif finding is not None:
        by, name = ("catalogue", finding.mistake) if finding.mistake else ("clause", f"{finding.code} {finding.clause}")
    else:
        by, name = "nothing", ""
    said = " ".join(filter(None, [finding_of(case), advice_of(case) or further_of(case)]))
    hints = tuple(plain for _, _, plain in hints_in_words(case))
    spent = verdict.ms.get("diagnose", 0.0) if verdict is not None else 0.0
    return Shown(
        asked["exercise"], asked.get("note", ""), sql, judgement.outcome.value, by, name, said, hints, round(spent)
    )


def _as_text(shown: Shown) -> str:
    head = f"{shown.outcome}, {shown.by} {shown.name}, {shown.ms:.0f} ms"
    lines = [f"== {shown.exercise}  [{shown.note}]  {head}", f"   {shown.finding}"]
    lines += [f"   {number}) {' '.join(hint.split())}" for number, hint in enumerate(shown.hints, 1)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
