"""How many different drills each template gives, and how evenly their answers are spread.

    python bench/draws.py [--seeds 100] [--list]

Each template is drawn with so many seeds on the practice data of standard size, in both languages. Told are the least and the median of
different drills, the templates below 20, and, where the answer is one of a few (kinds of choice and prediction), the share of the commonest
answer: who always says the same is right so often. `--list` prints a line for each template.
"""

from __future__ import annotations

import argparse
from collections import Counter
from functools import cache
from statistics import median

from coursebook import load_course
from coursebook.kind import AnswerForm
from coursebook.practice import draw_drill, load_library
from coursebook.practice.checks import LEAST_INSTANCES
from coursebook.practice.sample_data import sample_runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=100)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    library, schema = load_library(), load_course().schema
    with sample_runs() as runs:
        for lang, run in runs.items():
            ask = cache(run)
            different: dict[str, int] = {}
            alike: dict[str, float] = {}
            for name, template in sorted(library.templates.items()):
                made = [draw_drill(template, seed, ask, schema, lang=lang) for seed in range(options.seeds)]
                drills = {each.content: each for each in made if each is not None}
                different[name] = len(drills)
                if not template.kind.counts_as_written and template.kind.answer is not AnswerForm.ROWS:
                    answers = Counter(each.exercise.solution for each in drills.values())
                    alike[name] = max(answers.values(), default=0) / max(1, len(drills))
                if options.list:
                    share = f", commonest answer {alike[name]:.0%}" if name in alike else ""
                    print(f"{lang} {name} {template.kind.letter}: {different[name]} different{share}", flush=True)
            least = min(different, key=lambda each: (different[each], each))
            commonest = max(alike, key=lambda each: (alike[each], each))
            few = [name for name, count in different.items() if count < LEAST_INSTANCES]
            print(
                f"{lang}: {len(different)} templates, {options.seeds} seeds: different drills least {different[least]} ({least}), "
                f"median {median(different.values()):g}; below {LEAST_INSTANCES}: {', '.join(few) or 'none'}; commonest answer of "
                f"{len(alike)} templates of choice at most {alike[commonest]:.0%} ({commonest}), median {median(alike.values()):.0%}",
                flush=True,
            )


if __name__ == "__main__":
    main()
