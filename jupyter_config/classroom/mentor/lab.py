"""The mentor's JupyterLab, with nbgrader's formgrader on the course folder."""

from __future__ import annotations

import json
import os
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from classroom.cohort.page import write_page
from classroom.folder import Folder
from classroom.language import VARIABLE
from classroom.mentor.gradebook import put_tools_on_path
from classroom.start.lab import LOCALES, token_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.language import Lang
    from classroom.mentor.place import MentorFolder


def arguments(folder: MentorFolder, port: int, *, browser: bool) -> list[str]:
    """The command line of `jupyter lab`."""
    given = [
        f"--ServerApp.root_dir={folder.root}",
        f"--ServerApp.port={port}",
        f"--ServerApp.open_browser={browser}",
        "--KernelManager.transport_encryption=auto",
        f"--LabApp.default_url=/lab/tree/{quote(write_page(folder).name)}",
    ]
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*given, "--ServerApp.allow_root=True"] if is_root else given


def _settings(lang: Lang) -> dict[str, object]:
    """JupyterLab in the mentor's language, without asking for anything on the network."""
    return {
        "@jupyterlab/translation-extension:plugin": {"locale": LOCALES[lang]},
        "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    }


def serve(folder: MentorFolder, port: int, *, browser: bool, ready: Callable[[str], None]) -> None:
    """Run JupyterLab until it is stopped; nbgrader reads nbgrader_config.py from the working directory."""
    jupyter = Folder(folder.root).jupyter
    token = token_of(Folder(folder.root))
    for name in ("config", "runtime", "workspaces", "user-settings"):
        (jupyter / name).mkdir(parents=True, exist_ok=True)
    place = jupyter / "config" / "labconfig" / "default_setting_overrides.json"
    place.parent.mkdir(exist_ok=True)
    place.write_text(json.dumps(_settings(folder.lang), indent=1), encoding="utf-8")
    os.environ.update(
        {
            "JUPYTER_CONFIG_DIR": str(jupyter / "config"),
            "JUPYTER_RUNTIME_DIR": str(jupyter / "runtime"),
            "JUPYTERLAB_SETTINGS_DIR": str(jupyter / "user-settings"),
            "JUPYTERLAB_WORKSPACES_DIR": str(jupyter / "workspaces"),
            "JUPYTER_TOKEN": token,
            VARIABLE: folder.lang,
        }
    )
    put_tools_on_path()
    os.chdir(folder.root)
    lab: Any = import_module("jupyterlab.labapp")
    server = lab.LabApp.initialize_server(argv=arguments(folder, port, browser=browser))
    ready(f"http://localhost:{server.port}/lab/tree/{quote(write_page(folder).name)}?token={token}")
    server.start()
