"""A base per file of tests, filled by hand, and its catalogue."""

from __future__ import annotations

from tests.reports.conftest import catalogue_at
from tests.traits.conftest import base, fill

__all__ = ["base", "catalogue_at", "fill"]
