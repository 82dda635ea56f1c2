"""Endless drills: templates with slots, drawn by seed, offered only where the data tells every wrong variant apart."""

from coursebook.practice.draw import Drill, draw_drill, drill_id
from coursebook.practice.exam import NoTask, draw_exam
from coursebook.practice.gates import (
    ExamRecord,
    ExperienceRecord,
    ItemRecord,
    PlacementRecord,
    ReviewRecord,
    SkillRecord,
)
from coursebook.practice.library import Library, library_of, load_library
from coursebook.practice.shown import ShownDrill, drill_as_shown, shown_drill
from coursebook.practice.template import Slot, TemplateRecord, Wrong

__all__ = [
    "Drill",
    "ExamRecord",
    "ExperienceRecord",
    "ItemRecord",
    "Library",
    "NoTask",
    "PlacementRecord",
    "ReviewRecord",
    "ShownDrill",
    "SkillRecord",
    "Slot",
    "TemplateRecord",
    "Wrong",
    "draw_drill",
    "draw_exam",
    "drill_as_shown",
    "drill_id",
    "library_of",
    "load_library",
    "shown_drill",
]
