"""The data that an author writes for a drill is valid whatever the drill is drawn with."""

from __future__ import annotations

import duckdb

from coursebook import load_course
from coursebook.practice import draw_drill, load_library
from coursebook.practice.sample_data import sample_runs

SEEDS = range(1, 13)


def test_the_hand_made_data_of_every_draw_meets_the_schema() -> None:
    course, library, drawn = load_course(), load_library(), set[str]()
    with sample_runs() as runs, duckdb.connect() as empty:
        empty.execute(course.schema.ddl)
        for name, template in library.templates.items():
            if not template.databases:
                continue
            for seed in SEEDS:
                drill = draw_drill(template, seed, runs["ja"], course.schema, lang="ja")
                for script in drill.exercise.sqlgrade.databases if drill is not None else ():
                    if script not in drawn:
                        drawn.add(script)
                        empty.begin()
                        empty.execute(script)
                        assert empty.execute("SELECT COUNT(*) FROM guests").fetchone() != (0,), name
                        empty.rollback()
    assert len(drawn) > len([each for each in library.templates.values() if each.databases])
