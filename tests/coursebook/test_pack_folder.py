"""Where packs are kept between runs."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import platformdirs
import pytest

from coursebook.cache import cache_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps other people out of a user's own folders by itself")
def test_nobody_else_on_the_machine_reads_the_packs_with_their_solutions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda *_, **__: str(tmp_path))
    (tmp_path / "judge").mkdir(mode=0o755)  # from before
    made = cache_folder.__wrapped__()
    assert made.is_dir()
    assert (tmp_path / "judge").stat().st_mode & 0o077 == 0
