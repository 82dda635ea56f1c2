"""Sends what waits: one message to the chat, one mail to each learner, however much there is to say."""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from classroom.mentor.notices.channels import MailConnection, NotSent, Refused, Uncertain, post
from classroom.mentor.notices.outbox import STORE, UNWANTED, Notice, NoticeKind, NoticeState, NoticeStore, NoticeWay
from classroom.mentor.notices.settings import NoticeWays, read_ways
from classroom.mentor.place.calendar import in_zone, zone_of
from classroom.mentor.place.gradebook import open_gradebook
from classroom.messages import say_in

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from classroom.mentor.notices.settings import MailServer, Webhook
    from classroom.mentor.place.folder import MentorFolder

_log = logging.getLogger(__name__)
_NOT_WANTED, _NO_ADDRESS = "not wanted", "no address"


def deliver(folder: MentorFolder, now: dt.datetime | None = None) -> None:
    """Send all that is to be sent now; what does not go waits.

    Raises:
        DeskFault: the ways can't be read.
    """
    ways, moment = read_ways(folder), now or dt.datetime.now(dt.UTC)
    if not ways and not (folder.desk / STORE).is_file():
        return
    store = NoticeStore(folder.desk / STORE)
    store.note_broken_off(moment)
    if ways.webhook is not None:
        _to_chat(folder, store, ways.webhook, moment)
    if ways.mail is not None:
        _to_learners(folder, store, ways.mail, moment)


def try_out(folder: MentorFolder, ways: NoticeWays, address: str) -> list[tuple[NoticeWay, str]]:
    """Send a word to each way at once: what came of it, empty where it went."""
    text, found = _say("test", folder.lang, course=folder.course_id), []
    if ways.webhook is not None:
        webhook = ways.webhook
        found.append((NoticeWay.CHAT, _came_of(lambda: post(webhook, text))))
    if ways.mail is not None:
        found.append((NoticeWay.MAIL, _came_of(lambda: _mail_now(ways, folder, address, text))))
    return found


def _mail_now(ways: NoticeWays, folder: MentorFolder, address: str, text: str) -> None:
    assert ways.mail is not None  # noqa: S101  (asked by who calls)
    with MailConnection(ways.mail) as connection:
        connection.send(address, _say("subject", folder.lang, course=folder.course_id), text, _id(text, address))


def _came_of(act: Callable[[], None]) -> str:
    try:
        act()
    except (NotSent, Refused, Uncertain) as fault:
        return str(fault)
    return ""


def _to_chat(folder: MentorFolder, store: NoticeStore, webhook: Webhook, now: dt.datetime) -> None:
    if taken := store.take(NoticeWay.CHAT, "", now):
        text = "\n".join([_say("title", folder.lang, course=folder.course_id), *_for_class(folder, taken)])
        _settled(store, taken, now, lambda: post(webhook, text))


def _to_learners(folder: MentorFolder, store: NoticeStore, server: MailServer, now: dt.datetime) -> None:
    learners = store.waiting_for(NoticeWay.MAIL, now)
    addresses = _addresses(folder, store, learners, now) if learners else {}
    if not addresses:
        return
    try:
        connection = MailConnection(server)
    except NotSent as fault:
        for each in addresses:
            store.put_back(store.take(NoticeWay.MAIL, each, now), now, str(fault))
        return
    with connection:
        for each, to in addresses.items():
            if taken := store.take(NoticeWay.MAIL, each, now):
                _settled(store, taken, now, partial(_mail, folder, connection, to, taken))


def _addresses(folder: MentorFolder, store: NoticeStore, learners: Sequence[str], now: dt.datetime) -> dict[str, str]:
    """Who gets mail, and where; of those who get none what waits is settled."""
    unwanted = folder.settings.get(UNWANTED, [])
    with open_gradebook(folder) as gradebook:
        known = {each.id: each.email or "" for each in gradebook.students}
    for each in learners:
        if each in unwanted or not known.get(each):
            why = _NOT_WANTED if each in unwanted else _NO_ADDRESS
            store.settle(store.take(NoticeWay.MAIL, each, now), NoticeState.FAILED, why)
    return {each: known[each] for each in learners if known.get(each) and each not in unwanted}


def _mail(folder: MentorFolder, connection: MailConnection, to: str, taken: Sequence[Notice]) -> None:
    lines = [*_for_learner(folder, taken), "", _say("where", folder.lang)]
    subject = _say("subject", folder.lang, course=folder.course_id)
    connection.send(to, subject, "\n".join(lines), _id(*(str(each.notice_id) for each in taken), taken[0].at))


def _settled(store: NoticeStore, taken: Sequence[Notice], now: dt.datetime, act: Callable[[], None]) -> None:
    try:
        act()
    except NotSent as fault:
        store.put_back(taken, now, str(fault))
    except Refused as fault:
        store.settle(taken, NoticeState.FAILED, str(fault))
        _log.warning("a notice was refused: %s", fault)
    except Uncertain as fault:
        store.settle(taken, NoticeState.UNCERTAIN, str(fault))
        _log.warning("a notice may not have arrived: %s", fault)
    else:
        store.settle(taken, NoticeState.SENT)


def _for_class(folder: MentorFolder, taken: Sequence[Notice]) -> list[str]:
    """Lessons by name; of what goes to single people only how many there are."""
    lines = _lessons_out(folder, taken)
    for kind in (NoticeKind.RETURNED, NoticeKind.ANSWERED, NoticeKind.ANNOUNCED):
        counts = Counter(each.about.partition("-")[0] for each in taken if each.kind == kind)
        lines += [_say(f"class.{kind}", folder.lang, lesson=lesson, count=n) for lesson, n in sorted(counts.items())]
    return lines


def _for_learner(folder: MentorFolder, taken: Sequence[Notice]) -> list[str]:
    lines = _lessons_out(folder, taken)
    for each in taken:
        if each.kind != NoticeKind.OUT:
            lines.append(_say(f"own.{each.kind}", folder.lang, about=each.about))
    return list(dict.fromkeys(lines))


def _lessons_out(folder: MentorFolder, taken: Sequence[Notice]) -> list[str]:
    """Each lesson with its latest date."""
    latest = dict(each.about.partition(" ")[::2] for each in taken if each.kind == NoticeKind.OUT)
    lines = []
    for lesson, due in latest.items():
        if due:
            when = in_zone(dt.datetime.fromisoformat(due), zone_of(folder))
            lines.append(_say("out_until", folder.lang, lesson=lesson, when=when))
        else:
            lines.append(_say("out", folder.lang, lesson=lesson))
    return lines


def _id(*parts: str) -> str:
    """The same for the same notices, so that a mail program shows one that came twice once."""
    return f"<{hashlib.sha256(' '.join(parts).encode()).hexdigest()[:32]}@second-penguin.invalid>"


def _say(code: str, lang: str, **params: object) -> str:
    return say_in("classroom.mentor.notices", code, lang, **params)
