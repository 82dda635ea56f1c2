"""What of a hub can't be made again, in one file: the hub's database and secrets, the mentors' folder, the exchange, the learners' folders.

Homes belong to learners, and whoever backs them up may be root. So no link is followed, on the way or at its end; nothing is opened as a
database; and only plain files are read, whole as of one moment: a database together with what SQLite keeps beside it.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import shutil
import stat
import tarfile
import tempfile
import time
import uuid
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

MANIFEST = "manifest.json"
FORM = 1
HUB_FILES = ("jupyterhub.sqlite", "jupyterhub_cookie_secret")
"""What JupyterHub keeps where it is started: its database, and the secret of its cookies."""
JOURNALS = ("-wal", "-journal")
"""How what SQLite keeps beside a database ends."""
MADE_ANEW = ("-shm",)
"""And what it makes again by itself."""
_TRIES, _PAUSE_SECONDS = 20, 0.25
_OWNER_ALONE = 0o600


@dataclass(frozen=True)
class BackupPlace:
    """A folder that is backed up."""

    name: str
    """In the backup."""
    path: Path
    only: tuple[str, ...] = ()
    """These files alone, at its top; empty for all."""


@dataclass
class BackedUp:
    """What became of a backup."""

    places: list[Path] = field(default_factory=list)
    files: int = 0
    size: int = 0
    """Bytes, before they were packed."""
    left_out: list[Path] = field(default_factory=list)
    """Links, sockets and devices, which are no work of anybody's."""
    restless: list[Path] = field(default_factory=list)
    """Files that were written to all the time: they are not in it."""


class NoPlace(Exception):  # noqa: N818  (told to the operator)
    """A folder to back up is not there, is none, or lacks what it is backed up for."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


def places_of(
    hub: Path, course_folder: Path | None, exchange: Path | None, homes: str, also: Iterable[Path] = ()
) -> list[BackupPlace]:
    """The places of a hub: those that it has.

    Args:
        hub: where JupyterHub is started.
        course_folder: the mentors', or None.
        exchange: the service's, or None.
        homes: the learners' folders, with * for the learner.
        also: other folders, such as those of courses beside the first.
    """
    named = [("course", course_folder), ("exchange", exchange), *((f"also/{n}", each) for n, each in enumerate(also))]
    learners = sorted(each for each in Path("/").glob(homes.lstrip("/")) if each.is_dir() and not each.is_symlink())
    found = [
        BackupPlace("hub", _absolute(hub), HUB_FILES),
        *(BackupPlace(name, _absolute(each)) for name, each in named if each is not None),
        *(BackupPlace(f"homes/{number}", each) for number, each in enumerate(learners)),
    ]
    once: dict[tuple[Path, tuple[str, ...]], BackupPlace] = {}
    for one in found:  # courses may share a folder, and an operator names one again
        once.setdefault((one.path, one.only), one)
    return list(once.values())


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  (a link at its end is refused, not followed; and no ".." in it)


def back_up(places: Iterable[BackupPlace], target: Path, now: dt.datetime | None = None) -> BackedUp:
    """Write a backup, readable by its owner alone: it holds secrets. It is there whole or not at all.

    What lies in a place that lies in another one is in it once.

    Raises:
        NoPlace: a place is not there, or the backup would lie in it.
        FileExistsError: there is such a file already.
        OSError: something can't be read or written.
    """
    found = list(places)
    for each in found:
        _check(each, target)
    if target.exists():
        raise FileExistsError(target)
    done = BackedUp([each.path for each in found])
    part = target.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with ExitStack() as stack:
            raw = stack.enter_context(
                os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ALONE), "wb")
            )
            packed = stack.enter_context(gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw))
            tar = stack.enter_context(tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT))
            _add_manifest(tar, {each.name: str(each.path) for each in found}, now or dt.datetime.now(dt.UTC))
            for each in found:
                _add_place(tar, each, found, done)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return done


def _check(place: BackupPlace, target: Path) -> None:
    if place.path.is_symlink() or not place.path.is_dir():
        raise NoPlace(place.path)
    if place.only and not (place.path / place.only[0]).is_file():
        raise NoPlace(place.path / place.only[0])
    if not place.only and target.absolute().is_relative_to(place.path.absolute()):
        raise NoPlace(target)


def _add_manifest(tar: tarfile.TarFile, places: Mapping[str, str], now: dt.datetime) -> None:
    said = {"form": FORM, "at": now.isoformat(timespec="seconds"), "places": dict(places)}
    text = json.dumps(said, ensure_ascii=False, indent=1).encode()
    info = tarfile.TarInfo(MANIFEST)
    info.size, info.mode, info.mtime = len(text), _OWNER_ALONE, now.timestamp()
    tar.addfile(info, io.BytesIO(text))


def _add_place(tar: tarfile.TarFile, place: BackupPlace, places: Iterable[BackupPlace], done: BackedUp) -> None:
    others = {each.path for each in places if not each.only}
    for inside, folders, files, handle in os.fwalk(place.path, follow_symlinks=False, onerror=_raise_unless_gone):
        below = os.path.relpath(inside, place.path)
        name = place.name if below == "." else f"{place.name}/{below}"
        tar.addfile(_info(name, os.fstat(handle), tarfile.DIRTYPE))
        here = place.path / below
        folders[:] = [each for each in folders if not place.only and here / each not in others]
        done.left_out += [here / each for each in folders if _is(stat.S_ISLNK, each, handle)]
        for each in _of_place(_leading(files), here, place, places):
            _add_together(tar, name, each, handle, here, done)


def _of_place(names: Iterable[str], here: Path, place: BackupPlace, places: Iterable[BackupPlace]) -> list[str]:
    """The files of a folder that are in the backup as this place's."""
    if place.only:
        return [each for each in names if each in place.only]
    of_others = {only for each in places if each.path == here for only in each.only}
    return [each for each in names if each not in of_others]


def _raise_unless_gone(fault: OSError) -> None:
    """A learner at work takes folders away meanwhile; any other fault ends the backup."""
    if not isinstance(fault, FileNotFoundError | NotADirectoryError):
        raise fault


def _leading(names: Iterable[str]) -> list[str]:
    """The files but for what SQLite keeps beside them."""
    there = set(names)
    return sorted(there - {f"{each}{end}" for each in there for end in (*JOURNALS, *MADE_ANEW)})


def _add_together(tar: tarfile.TarFile, name: str, first: str, handle: int, here: Path, done: BackedUp) -> None:
    """Add a file with its journals, if it is a database that has any."""
    with ExitStack() as stack:
        read = _at_rest(first, handle, stack)
        if read is None:
            done.restless.append(here / first)
            return
        for each, copied in read.items():
            if copied is None:
                done.left_out.append(here / each)
                continue
            seen, content = copied
            info = _info(f"{name}/{each}", seen, tarfile.REGTYPE)
            info.size = content.seek(0, os.SEEK_END)
            content.seek(0)
            tar.addfile(info, content)
            done.files, done.size = done.files + 1, done.size + info.size


_Copied = tuple[os.stat_result, IO[bytes]]


def _at_rest(first: str, handle: int, stack: ExitStack) -> dict[str, _Copied | None] | None:
    """Copies of a file and its journals as of one moment; None for one that is no plain file, and in all for some that never rest.

    Which journals there are is asked each time: a database that was closed when its folder was listed may be in use by now.
    """
    for number in range(_TRIES):
        if number:
            time.sleep(_PAUSE_SECONDS)
        with ExitStack() as attempt:
            before = _stamps(first, handle)
            read = {each: _copy(each, handle, attempt) for each in before}
            if before == _stamps(first, handle):
                stack.push(attempt.pop_all())
                return read
    return None


def _stamps(first: str, handle: int) -> dict[str, tuple[int, int, int]]:
    """Of a file and its journals, those that are there."""
    names = (first, *(f"{first}{end}" for end in JOURNALS))
    return {each: stamp for each in names if (stamp := _stamp(each, handle)) is not None}


def _stamp(name: str, handle: int) -> tuple[int, int, int] | None:
    try:
        seen = os.stat(name, dir_fd=handle, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return seen.st_ino, seen.st_size, seen.st_mtime_ns


def _copy(name: str, handle: int, stack: ExitStack) -> _Copied | None:
    """A plain file's state and content; None for anything else, which is not even opened for reading."""
    try:
        opened = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=handle)
    except OSError:
        if _is(stat.S_ISREG, name, handle):
            raise
        return None
    with os.fdopen(opened, "rb") as file:
        seen = os.fstat(file.fileno())
        if not stat.S_ISREG(seen.st_mode):
            return None
        content = stack.enter_context(tempfile.TemporaryFile())  # noqa: SIM115  (closed with the stack)
        shutil.copyfileobj(file, content, 1 << 20)
        return seen, content


def _is(kind: Callable[[int], bool], name: str, handle: int) -> bool:
    """Whether something is of a kind; nothing is, once it is gone."""
    try:
        return kind(os.stat(name, dir_fd=handle, follow_symlinks=False).st_mode)
    except FileNotFoundError:
        return False


def _info(name: str, seen: os.stat_result, kind: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.mode, info.mtime = kind, stat.S_IMODE(seen.st_mode), seen.st_mtime
    info.uid, info.gid = seen.st_uid, seen.st_gid
    info.uname, info.gname = _name_of_user(seen.st_uid), _name_of_group(seen.st_gid)
    return info


def _name_of_user(number: int) -> str:
    import pwd

    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:  # an account that is gone
        return ""


def _name_of_group(number: int) -> str:
    import grp

    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return ""
