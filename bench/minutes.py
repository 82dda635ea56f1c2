"""How long each stretch of a lesson takes, worked out from what has to be read, thought of and typed in it.

    python bench/minutes.py [--lang ja] [--lesson L9 --lesson L10 ...] [--wrong N] [--over 15]

Two figures stand beside the minutes that a stretch states (those of its exercises alone):

- reader: the prose and each task read once, each example run and looked at, each answer right at the first try;
- beginner: the reader's, and in each exercise so many wrong answers (--wrong, 1 unless told) as the author foresaw. Each is
  typed first, its hint and the idea are read, the task is read once more, and what differs from the right answer is typed anew. The
  near miss that takes the median time of its exercise stands for all of them.

Operators and their seconds are those of the keystroke-level model (Card, Moran and Newell, "The keystroke-level model for user
performance time with interactive systems", CACM 23 (1980)): a key of a code that is not known by heart 0.75, a thought before each unit that is
written 1.35, a point and click 1.3. A unit is a word or sign of SQL. Prose is read at 240 words a minute (Brysbaert 2019, as `penguin check` has it),
a given unit of SQL in a fixation of 0.4 (Busjahn et al., "Eye movements in code reading", ICPC (2015): 0.3 to 0.4). What the model has no
operator for, finding the way to a solution that one doesn't see, is not in it: the figures are lower bounds. Prose tasks are counted as their model answer.
"""

from __future__ import annotations

import argparse
import re
from difflib import SequenceMatcher
from statistics import median
from typing import TYPE_CHECKING

from coursebook import load_course
from coursebook.kind import AnswerForm
from coursebook.text import count_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from coursebook import Lesson, LessonExercise
    from coursebook.text import Segment

KEY, THOUGHT, CLICK, FIXATION = 0.75, 1.35, 1.3, 0.4
"""Seconds of the operators above."""
RUN_AND_LOOK = 24.0
"""Seconds to run an example and look at its rows: 0.4 minutes, as `penguin check` counts it."""
WORDS_A_MINUTE = 240
UNIT = re.compile(r"'[^']*'|\w+|[^\w\s]")


def main() -> None:
    """Print a line a stretch, and sums a lesson."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="ja", choices=("ja", "en"))
    parser.add_argument("--lesson", action="append", default=[])
    parser.add_argument("--wrong", type=int, default=1)
    parser.add_argument("--over", type=float, default=15.0)
    options = parser.parse_args()
    print("stretch | stated | reader | beginner | exercises")
    long, all_of_them = 0, 0
    for lesson in load_course().lessons:
        if options.lesson and lesson.id not in options.lesson:
            continue
        sums = [0.0, 0.0, 0.0]
        for name, stated, reader, beginner in stretches(lesson, options.lang, options.wrong):
            flag = " over" if beginner > options.over else ""
            print(f"{name} | {stated:g} | {reader:.1f} | {beginner:.1f}{flag}")
            sums = [each + more for each, more in zip(sums, (stated, reader, beginner), strict=True)]
            long, all_of_them = long + bool(flag), all_of_them + 1
        print(f"{lesson.id} in all | {lesson.record.minutes} | {sums[1]:.0f} | {sums[2]:.0f}")
    print(f"{long} of {all_of_them} stretches over {options.over:g} minutes for a beginner")


def stretches(lesson: Lesson, lang: str, wrong: int) -> Iterator[tuple[str, float, float, float]]:
    """For each stretch: its last exercise, the minutes stated, a reader's, a beginner's."""
    rest = list(lesson.segments[lang])
    for stretch in lesson.stretches:
        folders = {each.folder.name for each in stretch.exercises}
        ends = [at for at, each in enumerate(rest, 1) if each.kind == "exercise" and each.content in folders]
        own, rest = rest[: max(ends, default=0)], rest[max(ends, default=0) :]
        if stretch is lesson.stretches[-1]:
            own, rest = own + rest, []
        around = sum(given(each, lang) for each in own)
        exercises = [each.in_language(lang) for each in stretch.exercises]
        right = sum(first_try(each, lang) for each in exercises)
        mistakes = wrong * sum(one_mistake(each, lang) for each in exercises)
        yield stretch.record.last, stretch.minutes, (around + right) / 60, (around + right + mistakes) / 60


def given(segment: Segment, lang: str) -> float:
    """Seconds for what stands between the exercises."""
    if segment.kind == "text":
        return words(segment.content, lang)
    return looked_at(segment.content) + RUN_AND_LOOK if segment.kind == "query" else 0.0


def first_try(exercise: LessonExercise, lang: str) -> float:
    """Seconds for a task whose first answer is right: read, written, run, and what is said then read."""
    text = exercise.text[lang]
    shown = exercise.starter + exercise.predict_query + exercise.drafts.get(lang, "")
    read = words(text.prompt, lang) + looked_at(shown) + words(text.success, lang) + words(text.explanation, lang)
    if exercise.kind.answer is AnswerForm.WORDS:
        model = exercise.model_answers.get(("good", lang), "")
        return read + len(model) * KEY
    return read + written(exercise, exercise.starter, exercise.solution) + RUN_AND_LOOK


def one_mistake(exercise: LessonExercise, lang: str) -> float:
    """Seconds for a foreseen mistake: its hint and the idea read, the task read again, the answer changed and run."""
    text = exercise.text[lang]
    again = words(text.prompt, lang) + words(text.idea, lang) + RUN_AND_LOOK
    costs = [
        again + words(exercise.hint(near.stem, lang), lang) + written(exercise, near.sql, exercise.solution)
        for near in exercise.near_misses
    ]
    return median(costs) if costs else 0.0


def written(exercise: LessonExercise, before: str, after: str) -> float:
    """Seconds to make one text of the other: keys and thoughts for each unit that is new, or clicks where it is clicked."""
    old, new = UNIT.findall(uncommented(before)), UNIT.findall(uncommented(after))
    fresh = [
        unit
        for tag, _, _, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        if tag != "equal"
        for unit in new[start:end]
    ]
    if exercise.kind.answer is AnswerForm.VALUES or exercise.kind.letter == "J":
        return sum(CLICK + THOUGHT for _ in fresh)
    return sum((len(unit) + 1) * KEY + THOUGHT for unit in fresh)


def looked_at(sql: str) -> float:
    """Seconds to read SQL that is given."""
    return len(UNIT.findall(sql)) * FIXATION


def words(prose: str, lang: str) -> float:
    """Seconds to read prose."""
    return count_words(prose, lang) / WORDS_A_MINUTE * 60


def uncommented(sql: str) -> str:
    """SQL without its comments."""
    return re.sub(r"--[^\n]*", "", sql)


if __name__ == "__main__":
    main()
