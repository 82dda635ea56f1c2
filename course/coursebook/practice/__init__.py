"""Endless drills: templates with slots, drawn by seed, offered only where the data tells every wrong variant apart."""

from coursebook.practice.draw import Drill, draw_drill, drill_id
from coursebook.practice.library import Library, load_library
from coursebook.practice.template import Slot, TemplateRecord, Wrong

__all__ = ["Drill", "Library", "Slot", "TemplateRecord", "Wrong", "draw_drill", "drill_id", "load_library"]
