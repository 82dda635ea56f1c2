"""A learner's own file becomes a table `my.…`: read in a process that can be ended, kept beside the progress, sent nowhere."""

from __future__ import annotations

import logging
import multiprocessing
import os
import re
import threading
from typing import TYPE_CHECKING, Any

from classroom.learner.state.own_file import FileFault, FileTable, read_file
from classroom.learner.state.own_objects import FILE, OwnFault, OwnObjects
from classroom.messages import say
from classroom.session.type_words import type_sayer
from coursebook.own_schema import Making

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from classroom.learner.page.handlers import Room

_log = logging.getLogger(__name__)
SWITCH = "PENGUIN_OWN_FILES"
"""`off`, and nobody's own files are read here: an operator's to say."""
_SECONDS = 180.0
"""On an idle machine the largest file takes a few; a busy hub must not refuse it for that."""
_ONE_AT_A_TIME = threading.Lock()
_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def take_in(room: Room, name: str, content: bytes) -> dict[str, Any]:
    """Make a table of a file; what was made of it, or why that can't be, in the learner's language."""
    lang = room.lang
    if os.environ.get(SWITCH, "").lower() == "off":
        return _refused(say("own_file.off", lang))
    try:
        table = _read_beside(name, content)
        objects = OwnObjects(room.folder.progress.with_name(FILE))
        with _ONE_AT_A_TIME:  # two files of one name
            made = Making("table", _free_name(name, objects), f"-- {' '.join(name.split())[:200]}", 0)
            objects.take_in(made, table.columns, table.types, table.rows)
    except FileFault as fault:
        return _refused(say(f"own_file.{fault.code}", lang, **fault.params))
    except OwnFault as fault:
        told = [say(f"own.{fault.code}{part}", lang, **fault.params) for part in ("", "_advice")]
        return _refused(" ".join(told))
    worded = type_sayer(lang, named=False)
    notes = [say(f"own_file.note_{code}", lang, count=count) for code, count in table.notes]
    said = say("own_file.made", lang, name=made.name, rows=f"{len(table.rows):,}")
    columns = [f"{column} ({worded(kind)})" for column, kind in zip(table.columns, table.types, strict=True)]
    return {"name": f"my.{made.name}", "said": said, "columns": columns, "notes": notes}


def _refused(said: str) -> dict[str, Any]:
    return {"name": "", "said": said, "columns": [], "notes": []}


def _free_name(file: str, objects: OwnObjects) -> str:
    """A name that every database takes, made of the file's; one that is there already gets a number."""
    base = _NOT_IN_NAMES.sub("_", file.rsplit(".", 1)[0].lower()).strip("_")[:40]
    base = base if base[:1].isalpha() else f"file_{base}".rstrip("_")
    known = {each.name for each in objects.listed()}
    return next(each for each in (base, *(f"{base}_{at}" for at in range(2, 100))) if each not in known)


def _read_beside(name: str, content: bytes) -> FileTable:
    """Read a file in a process of its own, with its memory capped and its time.

    Raises:
        FileFault: it can't be read, or takes too much.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True, name="classroom-file")
    process.start()
    theirs.close()
    try:
        ours.send((name, content))
        found = ours.recv() if ours.poll(_SECONDS) else FileFault("too_slow")
    except (EOFError, OSError):
        _log.warning("The process that reads a learner's file was lost", exc_info=True)
        found = FileFault("too_slow")
    finally:
        ours.close()
        process.kill()
        process.join()
    if isinstance(found, FileTable):
        return found
    code, params = (found.code, found.params) if isinstance(found, FileFault) else found
    raise FileFault(code, **params)


def _serve(pipe: Connection) -> None:
    from classroom.session.limits import AddressSpace

    AddressSpace().cap()
    name, content = pipe.recv()
    try:
        pipe.send(read_file(name, content))
    except FileFault as fault:
        pipe.send((fault.code, fault.params))
    except MemoryError:
        pipe.send(("too_slow", {}))
