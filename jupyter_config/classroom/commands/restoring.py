"""`penguin mentor restore`: what the desk keeps, brought back from its copies and rebuilt from what else is there."""

from __future__ import annotations

from typing import Annotated

import typer

from classroom.commands.at_desk import HERE, Root, in_words, open_way, settings_of, stop, stopping, tell
from classroom.language import current_language


def restore(
    directory: Root = HERE,
    day: Annotated[str, typer.Option(help="The day of the copy, such as 2027-01-31; left out, the last one.")] = "",
    file: Annotated[
        list[str] | None,
        typer.Option(help="Only this file, such as gradebook.db, even if it is not lost; again for more."),
    ] = None,
) -> None:
    """Bring back what was lost: from the daily copies, and what those lack from hand-ins, letters and releases."""
    from classroom.mentor.place.copies import COPIES, SET_ASIDE, CannotRestore, copies_of, lost_stores
    from classroom.mentor.place.copies import restore as bring_back
    from classroom.mentor.place.folder import MentorFolder, find_mentor_folder
    from classroom.mentor.returning.rebuild import rebuild
    from classroom.mentor.returning.workflow import NbgraderFault

    folder = find_mentor_folder(directory)
    if folder is None:
        stop("desk.no_folder", current_language(), place=directory.resolve())
    lost, days = lost_stores(folder), [each.day for each in copies_of(folder)]
    try:
        with stopping(folder):
            brought = bring_back(folder, day, file or ())
    except CannotRestore as fault:
        stop(
            "desk.no_such_copy", current_language(), what=fault, days=", ".join(days) or "–", place=folder.desk / COPIES
        )
    folder = MentorFolder(folder.root)  # its settings may be others now
    settings_of(folder)
    lang = folder.lang
    if lost:
        tell("desk.was_lost", lang, files=in_words(lost, lang))
    for name, from_day in brought:
        tell("desk.brought_back", lang, file=name, day=from_day)
    try:
        with stopping(folder), open_way(folder):
            made = rebuild(folder)
    except NbgraderFault as fault:
        stop("desk.nbgrader_fault", lang, log=fault)
    if made.is_something:
        counts = {"letters": made.letters, "graded": made.graded, "comments": made.comments, "points": made.points}
        tell("desk.rebuilt", lang, lessons=", ".join(made.lessons) or "–", dates=made.dates, **counts)
    if made.learners:
        tell("desk.nameless", lang, learners=", ".join(made.learners))
    if not brought and not lost and not made.is_something:
        tell("desk.nothing_lost", lang, days=", ".join(days) or "–")
    elif (folder.desk / SET_ASIDE).is_dir():
        tell("desk.set_aside", lang, place=folder.desk / SET_ASIDE)
