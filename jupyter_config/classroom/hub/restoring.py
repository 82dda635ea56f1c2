"""A hub brought back from its backup: each file where it was, with its owner and its rights; nothing that lies there is written over."""

from __future__ import annotations

import grp
import gzip
import os
import pwd
import shutil
import tarfile
import zlib
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from classroom.hub.backup import FORM, HUB_FILES, JOURNALS, MADE_ANEW, MANIFEST
from sqlgrade.outside import read_json

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_RIGHTS = 0o777
"""Of a file's mode: no set-user-ID comes back from a file that may have been changed."""
_MOST_MANIFEST = 1_000_000


class NoBackup(ValueError):  # noqa: N818  (told to the operator)
    """A file is no backup, or not a whole one."""


class Occupied(Exception):  # noqa: N818  (told to the operator)
    """Something lies where a backup would be brought back."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path


@dataclass
class BroughtBack:
    """What came back."""

    at: str = ""
    """When the backup was made, ISO 8601 in UTC."""
    places: dict[str, Path] = field(default_factory=dict)
    files: int = 0
    strangers: set[str] = field(default_factory=set)
    """Owners whom this machine does not know: what was theirs has the number that they had."""


def bring_back(file: Path, below: Path | None = None) -> BroughtBack:
    """Bring a backup back to where it was made, or to the same paths below another folder.

    The whole file is read through before anything is written.

    Raises:
        NoBackup: it is none, or damaged, or was cut short.
        Occupied: something lies at one of the places.
        OSError: it can't be read, or something can't be written or given to its owner.
    """
    at, places = _places_in(file)
    targets = {name: _target(path, below) for name, path in places.items()}
    for name, each in targets.items():
        _check_free(each, is_hub=name == "hub")
    done = BroughtBack(at, targets)
    with _opened(file) as tar:
        for member in tar:
            if member.name != MANIFEST:
                _put(tar, member, targets, done)
    _close_folders(file, targets, done)
    return done


def _places_in(file: Path) -> tuple[str, Mapping[str, str]]:
    """When it was made and where each place was; every member is looked at."""
    with _opened(file) as tar:
        first = tar.next()
        content = tar.extractfile(first) if first is not None and first.name == MANIFEST and first.isreg() else None
        said: Any = read_json(content.read(_MOST_MANIFEST)) if content is not None else None
        places = said.get("places") if isinstance(said, dict) and said.get("form") == FORM else None
        if not isinstance(places, dict) or not all(map(_is_place, places.values())):
            raise NoBackup(file)
        for member in tar:
            if member.name != MANIFEST and _of(member, places) is None:
                raise NoBackup(member.name)
    return str(said.get("at", "")), {str(name): path for name, path in places.items()}


def _is_place(path: object) -> bool:
    return isinstance(path, str) and PurePosixPath(path).is_absolute() and ".." not in PurePosixPath(path).parts


def _of(member: tarfile.TarInfo, places: Mapping[str, object]) -> tuple[str, tuple[str, ...]] | None:
    """The place of a member and the parts of its path below it; None for what no backup has in it."""
    parts = PurePosixPath(member.name).parts
    if not (member.isreg() or member.isdir()) or member.name.startswith("/") or ".." in parts:
        return None
    for count in (1, 2):
        if (name := "/".join(parts[:count])) in places and (member.isdir() or parts[count:]):
            return name, parts[count:]
    return None


@contextmanager
def _opened(file: Path) -> Iterator[tarfile.TarFile]:
    """The archive; at the end of the block all of the file was read, so that one that is cut short anywhere is known."""
    try:
        with gzip.open(file) as packed, tarfile.open(fileobj=packed, mode="r:") as tar:
            yield tar
            while packed.read(1 << 20):
                pass
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError) as fault:
        raise NoBackup(file) from fault


def _target(path: str, below: Path | None) -> Path:
    return Path(path) if below is None else below.absolute() / Path(path).relative_to("/")


def _check_free(place: Path, *, is_hub: bool) -> None:
    """The hub's folder may hold what an operator has put there, but none of its two files, nor a journal: SQLite would play that into what comes back."""
    if is_hub:
        own = (f"{each}{end}" for each in HUB_FILES for end in ("", *JOURNALS, *MADE_ANEW))
        taken = next((place / each for each in own if os.path.lexists(place / each)), None)
    else:
        is_taken = place.is_symlink() or (place.exists() and (not place.is_dir() or any(place.iterdir())))
        taken = place if is_taken else None
    if taken is not None:
        raise Occupied(taken)


def _put(tar: tarfile.TarFile, member: tarfile.TarInfo, targets: Mapping[str, Path], done: BroughtBack) -> None:
    found = _of(member, targets)
    if found is None:
        raise NoBackup(member.name)
    name, parts = found
    if member.isdir():
        with _folder(targets[name], parts):
            return
    content = tar.extractfile(member)
    if content is None:
        raise NoBackup(member.name)
    with _folder(targets[name], parts[:-1]) as handle:
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_NOFOLLOW
        with os.fdopen(os.open(parts[-1], flags, 0o600, dir_fd=handle), "wb") as file:
            shutil.copyfileobj(content, file, 1 << 20)
            file.flush()
            _give(file.fileno(), member, done)
            os.utime(file.fileno(), (member.mtime, member.mtime))
    done.files += 1


@contextmanager
def _folder(place: Path, parts: tuple[str, ...]) -> Iterator[int]:
    """A folder below a place, made if need be for its owner alone; no link leads out of the place on the way."""
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    opened = [os.open(place, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)]
    try:
        for each in parts:
            with suppress(FileExistsError):
                os.mkdir(each, 0o700, dir_fd=opened[-1])
            opened.append(os.open(each, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=opened[-1]))
        yield opened[-1]
    finally:
        for one in opened:
            os.close(one)


def _close_folders(file: Path, targets: Mapping[str, Path], done: BroughtBack) -> None:
    """Give folders their owners and rights last, from the inside out: until then they are open to whoever restores alone."""
    with _opened(file) as tar:
        folders = [each for each in tar if each.isdir()]
    for member in reversed(folders):
        found = _of(member, targets)
        if found is None or (found[0] == "hub" and not found[1]):  # the hub's folder is the operator's
            continue
        with _folder(targets[found[0]], found[1]) as handle:
            _give(handle, member, done)


def _give(handle: int, member: tarfile.TarInfo, done: BroughtBack) -> None:
    """Owner first: to change it may take rights away."""
    if os.geteuid() == 0:
        os.fchown(handle, _user(member, done), _group(member))
    os.fchmod(handle, member.mode & _RIGHTS)


def _user(member: tarfile.TarInfo, done: BroughtBack) -> int:
    try:
        return pwd.getpwnam(member.uname).pw_uid
    except KeyError:
        done.strangers.add(member.uname or str(member.uid))
        return member.uid


def _group(member: tarfile.TarInfo) -> int:
    try:
        return grp.getgrnam(member.gname).gr_gid
    except KeyError:
        return member.gid
