"""Messages: who writes when, and what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from marketplace import days
from marketplace.columns import Ids, Moments, Rows, Words, numbers
from marketplace.keys import I64, U64, Flags, below, chance, key_of, part
from marketplace.pools import KINDS

if TYPE_CHECKING:
    from marketplace.talks import Course, Talks
    from marketplace.world import World

SENDERS = ("guest", "cast")
BODY_KINDS = (*KINDS, "stamp")
_STAMP = len(KINDS)
"""Position in BODY_KINDS."""
_REPLY_SCALE = np.array([30, 90, 360, 2400])
"""Seconds that a cast of each pace takes at the least, roughly; most replies take a few times as long."""

HOURLY_WAIT = np.array([100] * 3 + [140] * 5 + [100] * 2 + [220] * 7 + [70] * 7)
"""By the hour of the opening in Japan: how long casts let guests wait, in percent; by day they have other work, from 17 on they are there."""


def message_rows(world: World, talks: Talks, course: Course) -> Rows:
    """Return the rows of the table, ordered by talk and time."""
    count = course.messages
    talk = np.repeat(np.arange(len(count)), count)
    place = np.arange(len(talk)) - np.repeat(np.cumsum(count) - count, count)
    key = key_of(talks.key[talk], place)
    bits = world.dice.roll("messages", key)
    by_cast = _by_cast(course, talk, place, bits)
    sent = _sent(world, talks, talk, place, by_cast, bits)
    known = sent < world.end
    talk, place, key, by_cast, sent = (column[known] for column in (talk, place, key, by_cast, sent))
    kind, body = _bodies(world, talks, course, talk, place, by_cast, key)
    state = world.dice.roll("messages.state", key)
    erased = days.when_open(sent + 3600 + part(state, 2))
    deleted = chance(state, 0, 10) & (erased < world.end)
    read = days.when_open(sent + 20 + (part(state, 1) * part(state, 2) >> 17))
    unread = chance(state, 3, 60) | (~course.is_answered[talk] & ~by_cast & chance(state, 3, 500)) | (read >= world.end)
    return Rows(
        {
            "message_id": Ids(np.arange(len(talk)), table="messages"),
            "talk_id": Ids(talk, table="talks"),
            "sender": Words(by_cast, pool=SENDERS),
            "body_kind": Words(kind, pool=BODY_KINDS),
            "body": Words(body, deleted | (kind == _STAMP), world.pools.bodies),
            "char_count": numbers(np.where(kind == _STAMP, 0, world.pools.body_lengths[body]), np.int16),
            "sent_at_utc": Moments(sent),
            "read_at_utc": Moments(read, unread),
            "deleted_at_utc": Moments(erased, ~deleted),
        }
    )


def _by_cast(course: Course, talk: I64, place: I64, bits: U64) -> Flags:
    """Return which messages the cast sends: turns alternate, now and then one writes twice."""
    turn = (place + course.starts_with_cast[talk] + ((place > 2) & chance(bits, 0, 180))) & 1
    turn[(place == 1)] = ~course.starts_with_cast[talk][place == 1]
    return (turn == 1) & course.is_answered[talk]


def reply_wait(world: World, talks: Talks) -> I64:
    """Return the seconds that a cast lets the first message of each talk wait, by her pace and the hour of the opening."""
    bits = world.dice.roll("messages", key_of(talks.key, 1))
    # A Pareto tail: half the replies take four times the scale, one in thirty takes sixty times as long.
    tail = 65_536 * 64 // (65_600 - part(bits, 1))
    hour = (talks.opened + days.JST) // days.HOUR % 24
    return 40 + _REPLY_SCALE[world.casts.pace[talks.cast]] * tail // 32 * HOURLY_WAIT[hour] // 100


def answered_at(world: World, talks: Talks, course: Course) -> I64:
    """Return when a cast first writes in each talk that is answered, whether that is before the end of the data or not."""
    wait = np.where(course.starts_with_cast, 0, np.minimum(reply_wait(world, talks), 5 * days.DAY))
    return days.when_open(talks.opened + 5 + wait, since=talks.opened)


def _sent(world: World, talks: Talks, talk: I64, place: I64, by_cast: Flags, bits: U64) -> I64:
    """Return when each message is sent: a first reply by the cast's pace, later ones within minutes or overnight."""
    product = part(bits, 1) * part(bits, 2) >> 16
    chatter = 30 + (product >> 5) + np.where(chance(bits, 3, 90), 6 * days.HOUR + product // 2, 0)
    first_reply = reply_wait(world, talks)[talk]
    wait = np.where(place == 1, np.where(by_cast, first_reply, 40 + product // 4 + 600), chatter)
    wait = np.minimum(np.where(place == 0, 5, wait), 5 * days.DAY)
    total = np.cumsum(wait)
    starts = np.flatnonzero(place == 0)
    before = total[starts] - wait[starts]
    sent = talks.opened[talk] + total - np.repeat(before, np.diff(np.append(starts, len(place))))
    return days.when_open(sent, since=talks.opened[talk])


def _bodies(
    world: World, talks: Talks, course: Course, talk: I64, place: I64, by_cast: Flags, key: U64
) -> tuple[I64, I64]:
    """Return kind and body: greetings first, plans in the middle, thanks at the end of long talks."""
    bits = world.dice.roll("messages.body", key)
    count = course.messages[talk]
    kind = np.where(chance(bits, 0, 260), KINDS.index("proposal"), KINDS.index("chat"))
    kind[(place == count - 1) & (count >= 6)] = KINDS.index("thanks")
    kind[place <= 1] = KINDS.index("greeting")
    kind[chance(bits, 1, 70) & (place > 1)] = _STAMP
    first, size = _spans(world)
    row = np.where(by_cast, len(KINDS), 0) + np.minimum(kind, len(KINDS) - 1)
    body = first[row] + below(bits, 2, size[row])
    spam = talks.is_spam[talk]
    start, many = world.pools.spans["ring", "spam"]
    body = np.where(spam, start + world.guests.ring[talks.guest[talk]] % many, body)
    kind[spam] = KINDS.index("greeting")
    return kind, body


def _spans(world: World) -> tuple[I64, I64]:
    spans = [world.pools.spans[sender, kind] for sender in SENDERS for kind in KINDS]
    return np.array([span[0] for span in spans]), np.array([span[1] for span in spans])
