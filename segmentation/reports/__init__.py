"""An audience summed: figures, tables and pictures, without a drawing library.

To add a report, write one file with its function and give it a name in ``REPORTS``. It is called with a
session in one read transaction, where ``audience(contact_id)`` holds the people it is about, with the
catalogue, and with its own options as keywords.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from segmentation.reports.crossing import crossing
from segmentation.reports.life_cycle import life_cycle
from segmentation.reports.weight import weight
from segmentation.results import Report

REPORTS: Mapping[str, Callable[..., Report]] = MappingProxyType(
    {
        "crossing": crossing,
        "life_cycle": life_cycle,
        "weight": weight,
    }
)
"""Name of a report → its function ``(session, catalogue, **options) -> Report``."""
