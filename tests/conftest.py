"""How the tests are shared out among processes."""

import pytest


@pytest.hookimpl(tryfirst=True)  # before the groups are read
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep a file's tests in one process, for what they share is dear to make, and all that drive a browser in one."""
    for item in items:
        drives = item.get_closest_marker("browser") is not None
        item.add_marker(pytest.mark.xdist_group("browser" if drives else str(item.path)))
