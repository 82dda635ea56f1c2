"""Workers are started once for all tests of the judge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sqlgrade import Grader

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def grader() -> Iterator[Grader]:
    with Grader(workers=1) as grader:
        yield grader
