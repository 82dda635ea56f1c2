"""The checks that a course must pass, in the order in which they run."""

from collections.abc import Callable, Iterator

from coursebook.checks.brackets_of_prose import brackets_of_prose
from coursebook.checks.codes_known import codes_known
from coursebook.checks.drafts_proved import drafts_proved
from coursebook.checks.examined import Examined
from coursebook.checks.exercises_placed import exercises_placed
from coursebook.checks.expo_whole import expo_whole
from coursebook.checks.files_of_kind import files_of_kind
from coursebook.checks.finish_reached import finish_reached
from coursebook.checks.languages_agree import languages_agree
from coursebook.checks.lessons_listed import lessons_listed
from coursebook.checks.marks_shown import marks_shown
from coursebook.checks.minutes_fit import minutes_fit
from coursebook.checks.mutants_explained import mutants_explained, reasons_current
from coursebook.checks.near_misses_described import near_misses_described
from coursebook.checks.near_misses_told import near_misses_told
from coursebook.checks.nights_named import nights_named
from coursebook.checks.numbers_kept import numbers_kept
from coursebook.checks.options_told import options_told
from coursebook.checks.packs_sound import packs_sound
from coursebook.checks.parameters_told import parameters_matter, parameters_told
from coursebook.checks.pictures_there import pictures_there
from coursebook.checks.predictions_hold import predictions_hold
from coursebook.checks.queries_run import queries_run
from coursebook.checks.schema_whole import schema_whole
from coursebook.checks.solutions_accepted import solutions_accepted
from coursebook.checks.starters_fail import starters_fail
from coursebook.checks.starters_fit_kind import starters_fit_kind
from coursebook.checks.stretches_short import stretches_short
from coursebook.checks.texts_encoded import texts_encoded
from coursebook.checks.variations_judged import explaining_whole, variations_judged
from coursebook.checks.views_hold import views_hold
from coursebook.checks.word_limits import word_limits
from coursebook.checks.words_of_data import words_of_data
from coursebook.course import Course
from coursebook.lesson import Lesson
from coursebook.problem import Problem

COURSE_CHECKS: tuple[Callable[[Course], Iterator[Problem]], ...] = (
    lessons_listed,
    schema_whole,
    numbers_kept,
    expo_whole,
    views_hold,
)
"""Checks that read the whole course."""

LESSON_CHECKS: tuple[Callable[[Lesson], Iterator[Problem]], ...] = (
    files_of_kind,
    texts_encoded,
    exercises_placed,
    finish_reached,
    languages_agree,
    near_misses_described,
    codes_known,
    starters_fit_kind,
    options_told,
    parameters_told,
    predictions_hold,
    queries_run,
    word_limits,
    minutes_fit,
    stretches_short,
    words_of_data,
    marks_shown,
    pictures_there,
    brackets_of_prose,
)
"""Checks that read a lesson."""

EXERCISE_CHECKS: tuple[Callable[[Examined], Iterator[Problem]], ...] = (
    solutions_accepted,
    starters_fail,
    drafts_proved,
    near_misses_told,
    variations_judged,
    parameters_matter,
    explaining_whole,
    packs_sound,
    nights_named,
    mutants_explained,
    reasons_current,
)
"""Checks of what the judge said about an exercise's own files."""
