"""`python -m classroom.hub.singleuser`: JupyterHub's single-user server, without what it would load for nothing."""

from __future__ import annotations

import importlib.util
import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from classroom.quick_imports import keep_out_node, keep_out_unused


def main() -> None:
    """Serve until the hub ends it."""
    keep_out_unused()
    keep_out_the_hub()
    keep_out_node()
    program: Any = import_module("jupyterhub.singleuser")
    program.main()


def keep_out_the_hub() -> None:
    """Leave out the hub's own pages and database, 25 MB and a quarter of a processor second that no room has a use for.

    Its log asks for one class of its pages, so as not to tell of each look at whether it lives; no such page is here. Its
    database is loaded if somebody asks for anything in it.
    """
    load_when_used("jupyterhub.orm")
    package, pages = ModuleType("jupyterhub.handlers"), ModuleType("jupyterhub.handlers.pages")
    package.__path__ = []
    pages.HealthCheckHandler = type("HealthCheckHandler", (), {})  # type: ignore[attr-defined]
    sys.modules[package.__name__], sys.modules[pages.__name__] = package, pages


def load_when_used(name: str) -> None:
    """Have a module of a package loaded by the first who asks for anything in it."""
    parent, _, own = name.rpartition(".")
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        return
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    setattr(sys.modules[parent], own, module)


if __name__ == "__main__":
    main()
