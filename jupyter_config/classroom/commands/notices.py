"""`penguin mentor notices`: where notices go, what became of them, and a try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from classroom.commands.at_desk import HERE, Root, stop, tell, the_folder
from classroom.messages import say

if TYPE_CHECKING:
    from classroom.mentor.place.folder import MentorFolder

_WHY = {"certificate": "certificate", "address": "refused_address"}


def notices(
    directory: Root = HERE,
    test: Annotated[str, typer.Option(help="Send a word at once: a mail address, or 'chat' for the chat alone.")] = "",
    send: Annotated[bool, typer.Option("--send", help="Send what waits now.")] = False,
) -> None:
    """Say where notices go and what became of them."""
    from classroom.mentor.notices.deliver import deliver, try_out
    from classroom.mentor.notices.outbox import NoticeWay, notices_of
    from classroom.mentor.notices.settings import FILE, NoticeWays, read_ways
    from classroom.mentor.place.faults import DeskFault

    folder = the_folder(directory)
    lang = folder.lang
    try:
        ways = read_ways(folder)
        if not ways:
            tell("desk.notices.none", lang, place=folder.desk / FILE)
            return
        if test:
            if "@" not in test and ways.mail is not None:
                tell("desk.notices.where_to", lang)
                ways = NoticeWays(ways.webhook)
            for way, why in try_out(folder, ways, test):
                code = "did_not_go" if why else "went"
                tell(f"desk.notices.{code}", lang, way=say(f"desk.notices.{way}_way", lang), why=_in_words(why, lang))
        if send:
            deliver(folder)
    except DeskFault as fault:
        stop(f"desk.{fault.code}", lang, **fault.params)
    store = notices_of(folder)
    counts = store.counts()
    for way, server in ((NoticeWay.CHAT, ways.webhook), (NoticeWay.MAIL, ways.mail)):
        if server is not None:
            found = {each: counts.get((way, each), 0) for each in ("sent", "failed", "uncertain")}
            waiting = counts.get((way, "waiting"), 0) + counts.get((way, "sending"), 0)
            tell(f"desk.notices.{way}", lang, host=server.host, waiting=waiting, **found)
            if why := store.latest_fault(way):
                tell("desk.notices.why", lang, why=_in_words(why, lang))


def deliver_or_say(folder: MentorFolder) -> None:
    """Send what waits; what keeps it is said, and stops nothing."""
    from classroom.mentor.notices.deliver import deliver
    from classroom.mentor.place.faults import DeskFault

    try:
        deliver(folder)
    except DeskFault as fault:
        tell(f"desk.{fault.code}", folder.lang, **fault.params)


def _in_words(why: str, lang: str) -> str:
    return say(f"desk.notices.{_WHY[why]}", lang) if why in _WHY else why
