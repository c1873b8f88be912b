"""What every test shares: the demonstration shop, filled once; generated cases that take their time."""

from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from segmentation.workspace import make_demo_ready

settings.register_profile(
    "carnet", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("carnet")

# Tests write plain spaces, as the catalogue does; tests/i18n/test_typography.py holds those that are shown.
import_module("segmentation.i18n.words").typeset = lambda text, language: text


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration shop, whole and closed: to be copied, never written."""
    path = tmp_path_factory.mktemp("demo") / "demo.duckdb"
    make_demo_ready(path)
    return path
