from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from marketplace import Settings, build

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("small") / "marketplace.duckdb"
    build(Settings(scale=0.01, out=out))
    return out
