"""Measures the judge by a hand that has seen no solution: writes the tasks out for that hand, then its answers as the cards a learner gets.

    python bench/blind.py tasks FOLDER [--only L9 --only L10] [--lang en] [--drill 11c --drill 22b] [--seed 91]
    python bench/blind.py cards answers.jsonl cards.md [--only L9-03] [--cache FOLDER]

FOLDER gets a page a lesson (its text, and of every exercise the task and what stands in its cell), one with the drills and the
dictionary; no solution, no near miss and no hint. A line of the answers is `{"id": "1", "exercise": "L9-03", "lang": "en",
"sql": "SELECT …", "kind": "right", "note": "what the writer did wrong"}`; kind and note are printed under the card for whoever rates it, and
never judged. How such a list is written and rated: docs/blind-lists.md.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from shown import DRILL, Deep

from classroom.session.case import Case
from classroom.session.verdict.card import verdict_card
from coursebook import load_course
from coursebook.judging import judge_answer
from coursebook.packs import pack_of
from coursebook.practice import draw_drill, load_library
from coursebook.practice.sample_data import sample_runs
from sqlgrade.pack.kept import pack_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coursebook import LessonExercise

_DICTIONARY = Path(__file__).resolve().parents[1] / "docs"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(dest="step", required=True)
    tasks = steps.add_parser("tasks")
    tasks.add_argument("folder", type=Path)
    tasks.add_argument("--only", action="append", default=[], help="lessons, else all")
    tasks.add_argument("--lang", default="en")
    tasks.add_argument("--drill", action="append", default=[], help="templates, else none")
    tasks.add_argument("--seed", type=int, default=1, help="what drills are drawn with")
    cards = steps.add_parser("cards")
    cards.add_argument("answers", type=Path)
    cards.add_argument("page", type=Path)
    cards.add_argument("--only", action="append", default=[], help="ids of answers or exercises, else all")
    cards.add_argument("--cache", type=Path, help="folder for packs, kept whatever changes in the judge")
    options = parser.parse_args()
    if options.step == "tasks":
        _write_tasks(options)
    else:
        _write_cards(options)


def _write_tasks(options: argparse.Namespace) -> None:
    course, lang, folder = load_course(), options.lang, options.folder
    folder.mkdir(parents=True, exist_ok=True)
    dictionary = (_DICTIONARY / f"dictionary.{lang}.md").read_text(encoding="utf-8")
    (folder / "dictionary.md").write_text(dictionary, encoding="utf-8")
    for lesson in course.lessons:
        if options.only and lesson.id not in options.only:
            continue
        text = (lesson.folder / f"lesson.{lang}.md").read_text(encoding="utf-8")
        tasks = [_task(each.in_language(lang), lang) for each in lesson.placed_exercises(lang) if each.solutions]
        (folder / f"{lesson.id}.md").write_text("\n\n".join([text, "# The exercises", *tasks]), encoding="utf-8")
    if options.drill:
        drills = [_task(each, lang) for each in _drills([(name, options.seed) for name in options.drill], lang)]
        (folder / "drills.md").write_text("\n\n".join(drills), encoding="utf-8")


def _drills(asked: list[tuple[str, int]], lang: str) -> Iterator[LessonExercise]:
    course, library = load_course(), load_library()
    with sample_runs() as runs:
        for name, seed in asked:
            drill = draw_drill(library.templates[name], seed, runs[lang], course.schema, lang=lang)
            if drill is None:
                sys.stderr.write(f"{name} can't be drawn with {seed}\n")
            else:
                yield drill.exercise


def _task(exercise: LessonExercise, lang: str) -> str:
    """What a learner reads before writing."""
    text = exercise.text[lang]
    given = f"\n\nIn the cell:\n\n```sql\n{exercise.starter}\n```" if exercise.starter.strip() else ""
    return f"## {exercise.id} (kind {exercise.kind.name}): {text.title}\n\n{text.prompt}{given}"


def _write_cards(options: argparse.Namespace) -> None:
    course, grader, written = load_course(), Deep(), 0
    asked = [json.loads(each) for each in options.answers.read_text(encoding="utf-8").splitlines() if each.strip()]
    wanted: dict[str, set[tuple[str, int]]] = {}
    for each in asked:
        if at := DRILL.fullmatch(each["exercise"]):
            wanted.setdefault(each["lang"], set()).add((at["template"], int(at["seed"])))
    drills = {(drill.id, lang): drill for lang, which in wanted.items() for drill in _drills(sorted(which), lang)}
    with options.page.open("w", encoding="utf-8") as page:
        for each in asked:
            if options.only and not {str(each["id"]), each["exercise"]} & set(options.only):
                continue
            found = drills.get((each["exercise"], each["lang"])) or course.exercise(each["exercise"])
            page.write(_card(found, each, grader, options.cache))
            page.flush()
            written += 1
    sys.stdout.write(f"{written} cards\n")


def _card(exercise: LessonExercise, asked: dict[str, str], grader: Deep, cache: Path | None) -> str:
    lang, sql = asked["lang"], asked["sql"]
    exercise = exercise.in_language(lang)
    pack = pack_for(exercise.sqlgrade, cache_dir=cache) if cache else pack_of(exercise)
    judgement = judge_answer(exercise, sql, grader, lang, pack=pack)
    card = verdict_card(Case(judgement, exercise, sql, lang), hints=True).data["text/plain"]
    verdict = judgement.verdict
    first = verdict.findings[0] if verdict is not None and verdict.findings else None
    name = " ".join(filter(None, [first.mistake, first.code, first.clause])) if first else ""
    spent = verdict.ms.get("diagnose", 0.0) if verdict is not None else 0.0
    foreseen = judgement.recognised[0].stem if judgement.recognised else ""
    return (
        f"# {asked['id']} · {asked['exercise']} · {asked.get('kind', '')} · {judgement.outcome.value}\n\n```sql\n{sql}\n```\n\n"
        f"{card}\n\n> written: {asked.get('note', '')}\n> by the judge: {name} {foreseen} ({spent:.0f} ms)\n\n"
    )


if __name__ == "__main__":
    main()
