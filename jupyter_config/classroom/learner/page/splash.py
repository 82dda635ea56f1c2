"""The course's splash in JupyterLab's own page, so that a learner sees something before any code has been loaded."""

from __future__ import annotations

from typing import Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader

from classroom.settings import settings_root


def put_in_splash(server: Any) -> None:
    """Let JupyterLab serve our page, which extends its own; call it once all of the server's extensions are loaded.

    JupyterLab has one folder of templates and no setting for a second, so its loader is asked after ours, as JupyterHub
    does with the templates of a single user's server. Where there is no JupyterLab, nothing is done.
    """
    environment: Environment | None = server.web_app.settings.get("lab_jinja2_env")
    if environment is None or environment.loader is None:
        server.log.warning("JupyterLab has no templates here: its page begins without the course's splash")
        return
    ours, theirs = FileSystemLoader(settings_root() / "lab" / "templates"), environment.loader
    environment.loader = ChoiceLoader([ours, PrefixLoader({"jupyterlab": theirs}), theirs])
