"""What it costs to judge an answer with three values of each parameter, beside the same answer with one.

    python bench/parameters.py [--practice marketplace.duckdb] [--times 15]

Processor time of one judgement in this process, packs ready: the median of so many, each of a text never seen before. The
exercises are made here, on the course's tables and fillings.
"""

from __future__ import annotations

import argparse
import statistics
import time
from dataclasses import dataclass, replace
from pathlib import Path

from coursebook import load_course
from sqlgrade import Exercise, NearMiss, Solution, build_pack
from sqlgrade.judging.judge import Judge
from sqlgrade.pack.by_setting import in_setting
from sqlgrade.parameters import fill

LIKE = "L9-08"
"""The exercise whose tables, rules and fillings are used."""
DAY = "CAST(t.opened_at_utc + INTERVAL 4 HOUR AS DATE)"


@dataclass(frozen=True)
class Question:
    """A query with parameters, another right answer and a wrong one."""

    name: str
    solution: str
    right: str
    wrong: str


TALKS = (
    f"SELECT {DAY} AS business_date, COUNT(*) AS talks FROM talks AS t JOIN casts AS c ON c.cast_id = t.cast_id"
    f" WHERE c.area_code = '{{{{ area }}}}' AND {DAY} BETWEEN DATE '{{{{ p.start }}}}' AND DATE '{{{{ p.end }}}}'"
    " GROUP BY 1 ORDER BY business_date"
)
CASTS = (
    "SELECT c.cast_id, COUNT(*) AS n FROM talks AS t JOIN casts AS c ON c.cast_id = t.cast_id"
    " WHERE c.area_code = '{{ area }}' AND t.opened_at_utc >= TIMESTAMP '{{ p.start }} 00:00'"
    " AND t.opened_at_utc < TIMESTAMP '{{ p.end }} 00:00' AND NOT c.is_test GROUP BY c.cast_id"
)
SHARE = (
    "WITH days AS (SELECT business_date FROM calendar WHERE business_date BETWEEN '{{ p.start }}' AND '{{ p.end }}')"
    f" SELECT d.business_date, COUNT(t.talk_id) AS talks FROM days AS d LEFT JOIN talks AS t ON {DAY} = d.business_date"
    " AND t.cast_id IN (SELECT cast_id FROM casts WHERE area_code = '{{ area }}') GROUP BY d.business_date"
)
QUESTIONS = (
    Question("talks a day", TALKS, TALKS.replace("GROUP BY 1", "GROUP BY business_date"), TALKS.replace(" + INTERVAL 4 HOUR", "")),
    Question("casts", CASTS, CASTS.replace("COUNT(*)", "COUNT(t.talk_id)"), CASTS.replace(" AND NOT c.is_test", "")),
    Question("with a spine", SHARE, SHARE.replace("d.business_date, COUNT", "d.business_date AS day, COUNT"), SHARE.replace("LEFT JOIN", "JOIN")),
)  # fmt: skip
SETTINGS = (
    {"area": "SHIBUYA", "p.start": "2025-12-01", "p.end": "2025-12-07"},
    {"area": "GINZA", "p.start": "2025-11-10", "p.end": "2025-11-30"},
    {"area": "YOKOHAMA", "p.start": "2025-12-01", "p.end": "2025-12-31"},
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--practice", type=Path)
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args()
    judge = Judge(options.practice)
    print(f"{'':14} {'':7} three values   one value   ratio")
    for question in QUESTIONS:
        three = _exercise(question)
        packs = [build_pack(three), build_pack(in_setting(three, SETTINGS[0]))]
        for pack in packs:
            judge.prepare(pack).warm()
        for fate, answer in (("right", question.right), ("wrong", question.wrong)):
            texts = [answer, fill(answer, SETTINGS[0]).sql]
            judge.grade(packs[0], texts[0])
            judge.grade(packs[1], texts[1])
            taken: list[list[float]] = [[], []]
            for number in range(1, options.times + 1):
                for place in (0, 1):  # no two texts are equal, so that nothing is remembered
                    text = texts[place] + "\n" * number + " " * place
                    began = time.process_time()
                    judge.grade(packs[place], text)
                    taken[place].append(1000 * (time.process_time() - began))
            all_values, one = (statistics.median(each) for each in taken)
            print(f"{question.name:14} {fate:7} {all_values:9.1f} ms {one:8.1f} ms {all_values / one:7.2f}")


def _exercise(question: Question) -> Exercise:
    like = load_course().exercise(LIKE).sqlgrade
    return replace(
        like,
        id=question.name,
        solutions=(Solution(question.solution),),
        alternatives=(),
        near_misses=(NearMiss("wrong", question.wrong, "E20", "WHERE"),),
        rules=replace(like.rules, column_names=()),
        require=(),
        forbid=(),
        alive={},
        settings=SETTINGS,
    )


if __name__ == "__main__":
    main()
