"""`penguin mentor lti`: the platform to which scores go, what became of them, and the key to be given to it."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from classroom.commands.at_desk import HERE, Root, stop, tell, the_folder


def lti(
    directory: Root = HERE,
    key: Annotated[bool, typer.Option("--key", help="Make the desk's key, and show its public half.")] = False,
    send: Annotated[bool, typer.Option("--send", help="Send now what waits, also what was refused.")] = False,
) -> None:
    """Say what became of the scores that go to a learning platform."""
    from classroom.mentor.passback.deliver import deliver_scores, kept_back
    from classroom.mentor.passback.key import make_key, public_jwk, public_key
    from classroom.mentor.passback.score_store import scores_of
    from classroom.mentor.passback.settings import FILE, read_platform, who_came
    from classroom.mentor.passback.told import why_in_words
    from classroom.mentor.place.faults import DeskFault

    folder = the_folder(directory)
    lang = folder.lang
    try:
        if key:
            make_key(folder)
            tell("desk.lti.key", lang)
            typer.echo(public_key(folder))
            typer.echo(json.dumps(public_jwk(folder)))
            return
        settings = read_platform(folder)
        if settings is None:
            tell("desk.lti.none", lang, place=folder.desk / FILE)
            return
        if send:
            deliver_scores(folder, all_at_once=True)
        came = who_came(settings)
    except DeskFault as fault:
        stop(f"desk.{fault.code}", lang, **fault.params)
    store = scores_of(folder)
    tell("desk.lti.counts", lang, came=len(came), sent=store.count_sent(), waiting=len(store.waiting()))
    for each in kept_back(folder):
        tell("desk.lti.kept", lang, student=each.learner, lesson=each.lesson, why=why_in_words(each.fault, lang))


def scores_or_say(directory: Root) -> None:
    """Send scores that wait; what keeps them is said, and stops nothing."""
    from classroom.mentor.passback.deliver import deliver_scores
    from classroom.mentor.place.faults import DeskFault
    from classroom.mentor.place.folder import MentorFolder

    folder = MentorFolder(directory)
    try:
        deliver_scores(folder)
    except DeskFault as fault:
        tell(f"desk.{fault.code}", folder.lang, **fault.params)
