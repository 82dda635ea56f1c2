"""`python -m classroom.hub.singleuser`: JupyterHub's single-user server, without what it would load for nothing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from classroom.quick_imports import keep_out_unused


def main() -> None:
    """Serve until the hub ends it."""
    keep_out_unused()
    program: Any = import_module("jupyterhub.singleuser")
    program.main()


if __name__ == "__main__":
    main()
