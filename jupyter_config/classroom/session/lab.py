"""JupyterLab for one folder: settings of its own, the learner's language, nothing that a learner does not need."""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.appearance import style_sheet
from classroom.folder import written_in
from classroom.language import VARIABLE
from classroom.quick_imports import keep_out_node
from classroom.settings import settings_root
from sqlgrade.whole_file import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from classroom.folder import Folder
    from classroom.language import Lang

_TOKEN = re.compile("[0-9a-f]{16,}")
_LOCALES = {"ja": "ja_JP", "en": "default"}
_PAGE_CSS = """\
.jp-RenderedHTMLCommon.jp-RenderedMarkdown table { margin-left: 0; margin-right: auto; }
.jp-StatusBar-Item:has(> [title='Go to cell…']) { display: none; }
.jp-OutputArea-output:is(.lm-Panel, .jupyter-widgets):not(:has(*)) { font-size: 0; }
"""
"""Rules for the page itself; the last: a panel that is still being loaded, or will not be, says so in English."""
_KERNEL_SECONDS = 300
"""So long a kernel may take to start; after Jupyter's own minute a busy machine would lose the page's line to it."""


@dataclass(frozen=True)
class LabPlan:
    """Everything that starting JupyterLab takes."""

    folder: Folder
    lang: Lang
    port: int
    browser: bool

    @property
    def path(self) -> str:
        """The page to open, below the server's root."""
        return "/doc"


def prepare_settings(plan: LabPlan) -> None:
    """Write the folder's own Jupyter settings; the learner's own choices in JupyterLab are kept elsewhere."""
    source, config = settings_root() / "lab", plan.folder.jupyter / "config"
    overrides: dict[str, Any] = json.loads((source / "overrides.json").read_text(encoding="utf-8"))
    write_overrides(plan.folder, plan.lang, overrides)
    shutil.copyfile(source / "page_config.json", config / "labconfig" / "page_config.json")
    write_whole(config / "custom" / "custom.css", f"{style_sheet()}\n{_PAGE_CSS}".encode())


def environment(plan: LabPlan) -> dict[str, str]:
    """The variables that keep Jupyter inside the folder and tell the kernels the language."""
    return {
        **places_of(plan.folder, plan.lang),
        "JUPYTER_DATA_DIR": str(plan.folder.jupyter / "data"),
        "JUPYTER_PLATFORM_DIRS": "1",
    }


def places_of(folder: Folder, lang: Lang) -> dict[str, str]:
    """Where Jupyter keeps settings, workspaces and run-time files of one folder, its token, and the kernels' language."""
    home = folder.jupyter
    return {
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "user-settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "JUPYTER_TOKEN": token_of(folder),
        VARIABLE: lang,
    }


def write_overrides(folder: Folder, lang: Lang, overrides: dict[str, Any]) -> None:
    """Write what JupyterLab's settings are in a folder until its user changes them, the language among them."""
    overrides = {**overrides, "@jupyterlab/translation-extension:plugin": {"locale": _LOCALES[lang]}}
    place = folder.jupyter / "config" / "labconfig" / "default_setting_overrides.json"
    write_whole(place, json.dumps(overrides, indent=1).encode())


def arguments(plan: LabPlan) -> list[str]:
    """The command line of `jupyter lab`."""
    return [
        f"--config={settings_root() / 'learner_config.py'}",
        *settings_arguments(plan.folder.root),
        f"--ServerApp.port={plan.port}",
        f"--ServerApp.open_browser={plan.browser}",
        f"--LabApp.default_url={plan.path}",
    ]


def settings_arguments(root: Path) -> tuple[str, ...]:
    """The part of a command line that every JupyterLab of ours has: the folder it serves and the page's extension."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    return (
        f"--ServerApp.root_dir={root}",
        f"--ServerApp.allow_root={is_root}",
        f"--LabApp.extra_labextensions_path={settings_root() / 'lab' / 'labextensions'}",
        f"--MappingKernelManager.kernel_info_timeout={_KERNEL_SECONDS}",
        "--LabApp.extension_manager=readonly",  # nothing is installed from a page, and no registry is asked
    )


def token_of(folder: Folder) -> str:
    """The folder's own token, kept between starts so that a bookmark stays good."""
    place = folder.jupyter / "token"
    if _TOKEN.fullmatch(kept := written_in(place)):
        return kept
    token = secrets.token_hex(24)
    place.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(token)
    return token


def running_url(plan: LabPlan) -> str | None:
    """The address of the server that already serves this folder, or None."""
    from jupyter_server.serverapp import list_running_servers

    runtime = plan.folder.jupyter / "runtime"
    if not runtime.is_dir():
        return None
    for server in list_running_servers(str(runtime)):
        if Path(server["root_dir"]).resolve() == plan.folder.root.resolve():
            return f"{server['url'].rstrip('/')}{plan.path}?token={token_of(plan.folder)}"
    return None


def lab_app() -> Any:
    """JupyterLab's application, loaded without a question to Node."""
    keep_out_node()
    lab: Any = import_module("jupyterlab.labapp")
    return lab.LabApp


def serve(plan: LabPlan, ready: Callable[[str], None]) -> None:
    """Run JupyterLab until it is stopped; `ready` is called with the page's address once the port is bound."""
    os.environ.update(environment(plan))
    os.chdir(plan.folder.root)
    server = lab_app().initialize_server(argv=arguments(plan))
    address = f"http://localhost:{server.port}{plan.path}?token={token_of(plan.folder)}"
    server.io_loop.add_callback(ready, address)  # the loop binds the port first
    server.start()
