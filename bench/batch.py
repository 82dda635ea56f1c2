"""How much memory `penguin judge --batch` takes while exercises come and go, and how fast it is.

    python bench/batch.py [--lines 3000] [--exercises 300] [--workers 2] [--mixed] [--out FILE]

The exercises are those of tests/sqlgrade/wrong_answers, told apart by a word in their schemas, so that each needs databases
of its own. Lines come exercise by exercise, or with --mixed each of another exercise than the one before. Memory is the
proportional set size of the command with its workers: the highest in each tenth of the lines. It is flat if the last
tenths need no more than the third.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from grading import tree_mb
from wrong_answers import AnswerSet, read_answer_sets

TENTHS = 10


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="batch-") as place:
        figures = _measure(Path(place), options)
    text = json.dumps(figures, indent=2)
    print(text)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lines", type=int, default=3_000)
    parser.add_argument("--exercises", type=int, default=300)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--mixed", action="store_true", help="no two lines in a row of one exercise")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def _measure(place: Path, options: argparse.Namespace) -> dict[str, object]:
    asked, answered = place / "in.jsonl", place / "out.jsonl"
    asked.write_text("".join(json.dumps(line) + "\n" for line in _lines(options)), encoding="utf-8")
    command = [sys.executable, "-m", "classroom", "judge", "--batch", str(asked), "--out", str(answered)]
    started = time.perf_counter()
    process = subprocess.Popen([*command, "--workers", str(options.workers)])
    highest = [0.0] * TENTHS
    while process.poll() is None:
        now = min(_count(answered) * TENTHS // options.lines, TENTHS - 1)
        highest[now] = max(highest[now], tree_mb(process.pid))
        time.sleep(0.5)
    seconds = time.perf_counter() - started
    verdicts = [json.loads(line)["verdict"] for line in answered.read_text(encoding="utf-8").splitlines()]
    return {
        "lines": len(verdicts),
        "exercises": options.exercises,
        "workers": options.workers,
        "order": "mixed" if options.mixed else "exercise by exercise",
        "verdicts": {each: verdicts.count(each) for each in sorted(set(verdicts))},
        "lines_per_second": round(len(verdicts) / seconds, 1),
        "highest_mb_by_tenth": [round(mb) for mb in highest],
        "last_over_third_tenth": round(max(highest[-2:]) / highest[2], 2) if highest[2] else None,
    }


def _lines(options: argparse.Namespace) -> list[dict[str, object]]:
    sets = read_answer_sets()
    exercises = [(sets[number % len(sets)], f"-- {number}\n") for number in range(options.exercises)]
    each = -(-options.lines // options.exercises)
    lines: list[dict[str, object]] = []
    for number in range(options.lines):
        turn, at = divmod(number, options.exercises) if options.mixed else reversed(divmod(number, each))
        answers, mark = exercises[at]
        lines.append(_line(number, answers, mark, turn))
    return lines


def _line(number: int, answers: AnswerSet, mark: str, turn: int) -> dict[str, object]:
    """The answer that is due in this turn: all right and wrong ones of the exercise after each other."""
    given = [*(sql for _, sql in answers.alternatives), *(wrong.sql for wrong in answers.wrong)]
    return {
        "id": number,
        "schema": mark + answers.ddl,
        "solutions": [answers.solution],
        "answer": given[turn % len(given)],
    }


def _count(file: Path) -> int:
    return file.read_bytes().count(b"\n") if file.exists() else 0


if __name__ == "__main__":
    main()
