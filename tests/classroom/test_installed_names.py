"""Names that files on users' disks say are still there, wherever what they name stands now."""

from __future__ import annotations

import json
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from classroom.mentor.classpage.page import OPENS_PAGE

SAID = {
    "a class page's only cell": ("classroom.cohort.page", "show"),
    "a course folder's nbgrader_config.py": ("classroom.mentor.config", "configure"),
    "the same, with a penalty": ("classroom.mentor.late", "PenaltyByDay"),
    "a course of one's own for nbgrader": ("classroom.nbgrader_setup", "configure"),
    "nbgrader's step of a release": ("classroom.starter_step", "PutStarter"),
    "a Jupyter server's list of extensions": ("classroom.room", "_load_jupyter_server_extension"),
    "a company's jupyterhub_config.py": ("classroom.hub.accounts", "AccountSpawner"),
    "the same, with a sign-in of its own": ("classroom.hub.native", "NativeSignIn"),
}


@pytest.mark.parametrize("where", SAID)
def test_what_files_name_is_there(where: str) -> None:
    module, name = SAID[where]
    assert callable(getattr(import_module(module), name))


def test_the_kernels_entry_names_a_program() -> None:
    kernels = Path(__file__).parents[2] / "jupyter_config" / "kernels"
    entry = json.loads((kernels / "sql" / "kernel.json").read_text(encoding="utf-8"))
    assert entry["argv"][entry["argv"].index("-m") + 1] == "classroom.kernel"
    assert find_spec("classroom.kernel.__main__") is not None


def test_the_class_page_is_opened_by_the_text_that_notebooks_hold() -> None:
    assert OPENS_PAGE == "from classroom.cohort.page import show\n\nshow()"
