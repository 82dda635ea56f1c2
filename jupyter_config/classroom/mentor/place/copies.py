"""Copies of the desk's stores, one a day and fourteen of them: made beside the work, missed when a store is gone, brought back when asked."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
import shutil
import sqlite3
import time
import uuid
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from classroom.exchange.moments import moment_in
from classroom.mentor.place.stores import BESIDE_A_DATABASE, GRADEBOOK, STORES, StoreDamaged, copy_database, rows_of
from sqlgrade.outside import read_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from classroom.mentor.place.folder import MentorFolder
    from classroom.mentor.place.stores import Store

_log = logging.getLogger(__name__)
COPIES, SET_ASIDE = "copies", "set-aside"
"""In the desk's folder."""
KEPT = 14
MANIFEST = "manifest.json"
EVERY = dt.timedelta(minutes=15)
"""Today's copy is made anew when it is older than this."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_PART, _LEFTOVER_SECONDS = ".part", 3_600.0


@dataclass(frozen=True)
class Copy:
    """The copy of one day."""

    day: str
    place: Path
    at: str
    """When it was made, ISO 8601 in UTC."""
    rows: Mapping[str, Mapping[str, int]]
    """The stores in it, and how many rows each table of a database had."""


@dataclass(frozen=True)
class Lost:
    """A store that was there at the last copy, and is no more as it was."""

    store: Store
    code: str
    """missing, damaged or emptied."""


class CannotRestore(Exception):  # noqa: N818  (told to the mentor)
    """There is no such copy."""


def copies_of(folder: MentorFolder) -> list[Copy]:
    """The copies that are whole, oldest first."""
    root = folder.desk / COPIES
    try:
        places = sorted(each for each in root.iterdir() if _DAY.match(each.name)) if root.is_dir() else []
    except PermissionError:  # another account's, which keeps them to itself
        _log.warning("the copies can't be read", exc_info=True)
        return []
    return [copy for each in places if (copy := _read(each)) is not None]


def newest_with(copies: Iterable[Copy], name: str) -> Copy | None:
    """The last copy that has a store."""
    return next((each for each in reversed(list(copies)) if name in each.rows), None)


def lost_stores(folder: MentorFolder) -> tuple[Lost, ...]:
    """What is gone since the last copy: nothing may be written in its place before a mentor has decided."""
    copies = copies_of(folder)
    found = []
    for store in STORES:
        copy = newest_with(copies, store.name)
        if store.name == GRADEBOOK and copy is None and is_gradebook_gone(folder):
            found.append(Lost(store, "missing"))
        elif copy is not None and (code := _what_is_wrong(folder, store, copy.rows[store.name])):
            found.append(Lost(store, code))
        elif copy is None and store.form and store.path(folder.root).is_file() and not _has_form(folder, store):
            found.append(Lost(store, "damaged"))
    return tuple(found)


def keep_copies(folder: MentorFolder, now: dt.datetime | None = None) -> bool:
    """Copy all stores, unless that was done a short while ago; what is gone or damaged is never copied over what was whole.

    Raises:
        OSError, sqlite3.Error: the disk is full, or a store stayed locked; the copies of before stand.
        Damaged: a store is: no copy is made of it over a good one.
    """
    moment = (now or dt.datetime.now(dt.UTC)).astimezone(dt.UTC)
    copies, day = copies_of(folder), f"{moment.astimezone():%Y-%m-%d}"
    last = next((each for each in copies if each.day == day), None)
    if last is not None and moment - dt.datetime.fromisoformat(last.at) < EVERY:
        return False
    if not any(each.path(folder.root).is_file() for each in STORES) or lost_stores(folder):
        return False
    root = folder.desk / COPIES
    _make(root, folder)
    part = root / f".{day}.{uuid.uuid4().hex}{_PART}"
    try:
        _copy_all(folder, part, moment)
        _put(part, root / day)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    _tidy(folder)
    return True


def try_to_keep_copies(folder: MentorFolder) -> Exception | None:
    """Copy all stores beside a step; that it can't be done is logged, given to who wants to say so, and stops nothing."""
    try:
        keep_copies(folder)
    except (OSError, sqlite3.Error, StoreDamaged) as fault:
        _log.warning("no copy of the stores could be made", exc_info=True)
        return fault
    return None


def restore(folder: MentorFolder, day: str = "", names: Iterable[str] = ()) -> list[tuple[str, str]]:
    """Bring stores back from their copies: those that are lost, or those named; what lies there now is set aside.

    Args:
        folder: the mentor's.
        day: of the copy, such as 2027-01-31; left out, the last that has the store.
        names: of stores, such as gradebook.db; left out, what is lost.

    Returns:
        The stores that were brought back, each with the day of its copy.

    Raises:
        CannotRestore: there is no copy of that day, or no such store in it.
    """
    copies = [each for each in copies_of(folder) if not day or each.day == day]
    if day and not copies:
        raise CannotRestore(day)
    known = {each.name: each for each in STORES} | {each.name.rpartition("/")[2]: each for each in STORES}
    asked = list(names)
    if unknown := [each for each in asked if each not in known]:
        raise CannotRestore(", ".join(unknown))
    wanted = [known[each] for each in asked] or [each.store for each in lost_stores(folder)]
    from_day = []
    for store in wanted:
        copy = newest_with(copies, store.name)
        if copy is None and asked:
            raise CannotRestore(store.name)
        if copy is None:
            set_aside(folder, store)  # it is of no use, and is made anew
        if copy is not None:
            _bring_back(folder, store, copy)
            from_day.append((store.name, copy.day))
    return from_day


def set_aside(folder: MentorFolder, store: Store) -> None:
    """Put what lies in a store's place where nothing looks for it, with what belongs to it."""
    path = store.path(folder.root)
    place = folder.desk / SET_ASIDE / f"{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S-%f}"
    for each in (path, *(path.with_name(path.name + end) for end in BESIDE_A_DATABASE)):
        if each.exists():
            place.mkdir(parents=True, exist_ok=True)
            each.rename(place / each.name)


def _copy_all(folder: MentorFolder, part: Path, moment: dt.datetime) -> None:
    rows: dict[str, Mapping[str, int]] = {}
    for store in STORES:
        source, target = store.path(folder.root), part / store.name
        if not source.is_file():
            continue
        _make(target.parent, folder)
        if store.is_database:
            copy_database(source, target)
            rows[store.name] = rows_of(target)
        else:
            shutil.copyfile(source, target)
            rows[store.name] = {}
        target.chmod(_rights(folder) & 0o660)
    said = json.dumps({"at": moment.isoformat(), "rows": rows}, indent=1)
    (part / MANIFEST).write_text(said, encoding="utf-8")


def _rights(folder: MentorFolder) -> int:
    """Who may read and write the desk may its copies too, another mentor's account among them; nobody else."""
    return folder.desk.stat().st_mode & 0o770


def _make(place: Path, folder: MentorFolder) -> None:
    for each in reversed([place, *place.parents]):
        if folder.desk in each.parents and not each.is_dir():
            each.mkdir(exist_ok=True)
            each.chmod(_rights(folder))


def _put(part: Path, target: Path) -> None:
    """The new copy in the place of an earlier one of the day; another program may be doing the same."""
    old = target.with_name(f".{target.name}.{uuid.uuid4().hex}{_PART}")
    with suppress(FileNotFoundError):
        target.rename(old)
    try:
        part.rename(target)
    except OSError:
        if not target.is_dir():
            with suppress(OSError):
                old.rename(target)
            raise
    shutil.rmtree(old, ignore_errors=True)


def _tidy(folder: MentorFolder) -> None:
    """Keep the last days, and of each store the last copy however old; what was left half made goes.

    A day counts by its name: today's copy can't be read while another program puts a newer one in its place.
    """
    root, copies = folder.desk / COPIES, copies_of(folder)
    days = sorted(each.name for each in root.iterdir() if _DAY.match(each.name))
    kept = set(days[-KEPT:]) | {copy.day for store in STORES if (copy := newest_with(copies, store.name)) is not None}
    for each in root.iterdir():
        is_old = each.name in days and each.name not in kept
        with suppress(OSError):
            is_left = each.name.endswith(_PART) and time.time() - each.stat().st_mtime > _LEFTOVER_SECONDS
            if is_old or is_left:
                shutil.rmtree(each, ignore_errors=True)


def _read(place: Path) -> Copy | None:
    try:
        said = read_json((place / MANIFEST).read_bytes())
        at = moment_in(str(said["at"])).isoformat()
        rows = {
            str(name): {str(table): int(count) for table, count in found.items()}
            for name, found in said["rows"].items()
            if (place / name).is_file()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        _log.info("the copy %s can't be read", place, exc_info=True)
        return None
    return Copy(place.name, place, at, rows)


def _what_is_wrong(folder: MentorFolder, store: Store, before: Mapping[str, int]) -> str:
    path = store.path(folder.root)
    if store.name == GRADEBOOK and not path.is_file() and _is_elsewhere(folder):
        return ""
    if not path.is_file():
        return "missing"
    if not path.stat().st_size:
        return "emptied"
    if not store.is_database:
        return "" if _has_form(folder, store) else "damaged"
    try:
        now = rows_of(path)
    except StoreDamaged:
        return "damaged"
    return "emptied" if any(before.get(table) and not now.get(table) for table in store.lasting) else ""


def _has_form(folder: MentorFolder, store: Store) -> bool:
    """Whether a text is what nobody but the desk writes there; whatever a mentor may write is."""
    text = store.path(folder.root).read_text(encoding="utf-8", errors="replace")
    return store.form is None or store.form.fullmatch(text) is not None


def is_gradebook_gone(folder: MentorFolder) -> bool:
    """Whether there was a gradebook here that is no more, by its copies or by what the desk remembers to have graded."""
    path = folder.root / GRADEBOOK
    if (path.is_file() and path.stat().st_size > 0) or _is_elsewhere(folder):
        return False
    return newest_with(copies_of(folder), GRADEBOOK) is not None or _was_graded(folder)


def _is_elsewhere(folder: MentorFolder) -> bool:
    """Whether the gradebook lies in another database, which is copied where it runs."""
    return folder.own_gradebook is None


def _was_graded(folder: MentorFolder) -> bool:
    """Whether the desk remembers hand-ins that it graded, so that there must have been a gradebook."""
    if not folder.store_path.is_file():
        return False
    try:
        return bool(rows_of(folder.store_path).get("submissions"))
    except (StoreDamaged, sqlite3.Error):
        return False


def _bring_back(folder: MentorFolder, store: Store, copy: Copy) -> None:
    path, part = store.path(folder.root), store.path(folder.root).with_name(f".{uuid.uuid4().hex}{_PART}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        shutil.copyfile(copy.place / store.name, part)
        part.chmod(_rights(folder) & 0o660)
        set_aside(folder, store)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
