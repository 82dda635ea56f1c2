"""How long each stretch of a lesson takes: what home says of it, and what `coursebook.minutes` works out from what has to be read, thought of and typed.

    python bench/minutes.py [--lang ja] [--lesson L9 --lesson L10 ...] [--wrong N] [--over 15]

- home: what is read around its exercises, and the minutes that these state, to the nearest minute: what a learner is told;
- reader: prose and tasks read once, each example run and looked at, each answer right at the first try;
- beginner: the reader's, and in each exercise so many wrong answers (--wrong, 1 unless told) as the author foresaw.

A stretch is marked where home says more than --over minutes, or, rounding aside, less than a beginner takes.
"""

from __future__ import annotations

import argparse

from coursebook import load_course
from coursebook.minutes import least_minutes, reading_minutes


def main() -> None:
    """Print a line a stretch, and sums a lesson."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lang", default="ja", choices=("ja", "en"))
    parser.add_argument("--lesson", action="append", default=[])
    parser.add_argument("--wrong", type=int, default=1)
    parser.add_argument("--over", type=float, default=15.0)
    options = parser.parse_args()
    print("stretch, by its last exercise | home | reader | beginner")
    long, short, all_of_them = 0, 0, 0
    for lesson in load_course().lessons:
        if options.lesson and lesson.id not in options.lesson:
            continue
        sums = [0.0, 0.0, 0.0]
        for stretch in lesson.stretches:
            read = reading_minutes(stretch.segments[options.lang], options.lang)
            reader, beginner = (
                read + sum(least_minutes(each, options.lang, wrong) for each in stretch.exercises)
                for wrong in (0, options.wrong)
            )
            is_long, is_short = stretch.minutes > options.over, stretch.minutes + 0.5 < beginner
            marks = " long" * is_long + " short" * is_short
            print(f"{stretch.record.last} | {stretch.minutes} | {reader:.1f} | {beginner:.1f}{marks}")
            sums = [each + more for each, more in zip(sums, (stretch.minutes, reader, beginner), strict=True)]
            long, short, all_of_them = long + is_long, short + is_short, all_of_them + 1
        print(f"{lesson.id} in all, {lesson.record.minutes} stated | {sums[0]:g} | {sums[1]:.0f} | {sums[2]:.0f}")
    print(
        f"of {all_of_them} stretches {long} over {options.over:g} minutes, {short} shorter at home than for a beginner"
    )


if __name__ == "__main__":
    main()
