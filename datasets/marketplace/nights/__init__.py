"""Nights that go by: business days after the end of a data set, each with what it brings and what it changes.

A night's file holds what has come and changed since the end of the data, up to that night and nothing later, and views that put
it together with the data set, which stays as it is. Learners with different nights share one data set.
"""

from marketplace.nights.files import ARRIVED, ensure_night, last_night, make_night, night_path
from marketplace.nights.merging import FIXED_NAME
from marketplace.nights.past import past_views
from marketplace.nights.timetable import HORIZON, TIMETABLE, day_of

__all__ = [
    "ARRIVED",
    "FIXED_NAME",
    "HORIZON",
    "TIMETABLE",
    "day_of",
    "ensure_night",
    "last_night",
    "make_night",
    "night_path",
    "past_views",
]
