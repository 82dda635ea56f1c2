"""Where Jupyter's configuration lies: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def settings_root() -> Path:
    """The folder that holds learner_config.py, nbgrader_config.py and lab/."""
    package = Path(str(files("classroom")))
    checkout = package.parent
    return checkout if (checkout / "learner_config.py").is_file() else package / "settings"
