"""The folder in which what is dear to find out is kept between runs, for as long as the judge is the same."""

import hashlib
import os
import shutil
import time
from functools import cache
from importlib.resources import files
from pathlib import Path

import platformdirs

from sqlgrade.pack.keys import engines

_KEPT_DAYS = 7
"""Days for which the packs of an earlier judge stay, for whoever goes back to it."""


@cache
def cache_folder() -> Path:
    """Where packs and verdicts are kept between runs: one folder for each state of the judge's own code, its owner's alone.

    A pack holds solutions, and a mentor's is made with the seed that nobody else may know.
    """
    folder = Path(platformdirs.user_cache_dir("second-penguin", appauthor=False)) / "judge"
    current = folder / _judge_stamp()
    current.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    os.utime(current)
    _forget_old(folder)
    return current


def _judge_stamp() -> str:
    """Changes with every change to the judge's code, in a checkout too, and with the engines beneath it."""
    digest = hashlib.sha256(repr(engines()).encode())
    package = Path(str(files("sqlgrade")))
    for path in sorted(package.rglob("*")):
        if path.suffix in (".py", ".toml"):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _forget_old(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and time.time() - path.stat().st_mtime > _KEPT_DAYS * 86400:
            shutil.rmtree(path, ignore_errors=True)
