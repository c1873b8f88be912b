"""What every test shares: generated cases take the time they need; tests of a file stay in one process."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "carnet", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("carnet")

BROWSER = Path(__file__).with_name("browser")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Group the tests by file, those of the browser all together: one Chromium at a time."""
    for item in items:
        group = "browser" if item.path.is_relative_to(BROWSER) else str(item.path)
        item.add_marker(pytest.mark.xdist_group(group))
