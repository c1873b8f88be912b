"""An audience summed: figures, tables and pictures, without a drawing library.

To add a report, write one file with its function and give it a name in ``REPORTS``. It is called with a
session in one read transaction, where ``audience(contact_id)`` holds the people it is about, with the
catalogue, and with its own options as keywords.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from segmentation.reports.after_import import after_import
from segmentation.reports.contact import contact
from segmentation.reports.contacts import contacts
from segmentation.reports.crossing import crossing
from segmentation.reports.currencies import currencies
from segmentation.reports.duplicates import duplicates, merge_preview
from segmentation.reports.email_slips import email_slips
from segmentation.reports.engagement import engagement
from segmentation.reports.import_changes import import_changes
from segmentation.reports.life_cycle import life_cycle
from segmentation.reports.portrait import portrait
from segmentation.reports.quality import quality
from segmentation.reports.rfm_migration import rfm_migration
from segmentation.reports.rfm_trial import rfm_trial
from segmentation.reports.town_slips import town_slips
from segmentation.reports.value_cohorts import value_cohorts
from segmentation.reports.value_concentration import value_concentration
from segmentation.reports.value_months import value_months
from segmentation.reports.value_pairs import value_pairs
from segmentation.reports.value_seasons import value_seasons
from segmentation.reports.value_second import value_second
from segmentation.reports.weight import weight
from segmentation.results import Report

REPORTS: Mapping[str, Callable[..., Report]] = MappingProxyType(
    {
        "after_import": after_import,
        "contact": contact,
        "contacts": contacts,
        "crossing": crossing,
        "currencies": currencies,
        "duplicates": duplicates,
        "email_slips": email_slips,
        "engagement": engagement,
        "import_changes": import_changes,
        "life_cycle": life_cycle,
        "merge_preview": merge_preview,
        "quality": quality,
        "rfm_migration": rfm_migration,
        "rfm_trial": rfm_trial,
        "portrait": portrait,
        "town_slips": town_slips,
        "value_cohorts": value_cohorts,
        "value_concentration": value_concentration,
        "value_months": value_months,
        "value_pairs": value_pairs,
        "value_seasons": value_seasons,
        "value_second": value_second,
        "weight": weight,
    }
)
"""Name of a report → its function ``(session, catalogue, **options) -> Report``."""
