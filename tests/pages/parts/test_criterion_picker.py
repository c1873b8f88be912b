"""A criterion is found by the names people's files give it; a yes or no rule asks something at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.parts.criterion_picker import Askable, choices
from segmentation.criteria.fold import fold_text
from segmentation.i18n import words
from segmentation.reports.fields import Profile
from segmentation.workspace import Workspace


@pytest.fixture
def askable(tmp_path: Path) -> Askable:
    """All that an empty base could ask, as if every field were filled."""
    with Workspace.open(tmp_path / "base.duckdb") as base:
        catalogue = base.catalogue
    profiles = {code: Profile(1.0, field.choices) for code, field in catalogue.fields.items()}
    return Askable(catalogue, profiles, {}, {}, (), words("fr"))


@pytest.mark.parametrize(
    ("typed", "code"),
    [("dernier passage", "last_purchase_date"), ("Newsletter", "optin_email"), ("portable", "mobile")],
)
def test_found_by_the_names_of_files(askable: Askable, typed: str, code: str) -> None:
    found = {one.key: one for one in choices(askable)}
    assert (fold_text(typed) or "") in found[f"f_{code}"].also


def test_a_yes_or_no_rule_begins_with_yes(askable: Askable) -> None:
    rules = {one.key: one.make() for one in choices(askable) if one.key.startswith("f_")}
    yes_or_no = {f"f_{code}" for code, field in askable.catalogue.fields.items() if field.kind == "boolean"}
    assert yes_or_no
    assert {key for key, rule in rules.items() if rule["value"] is True} == yes_or_no


def test_choices_are_said_in_words(askable: Askable) -> None:
    said = askable.usual(askable.catalogue.fields["consent_email"])
    assert said
    assert not {"yes", "no", "unknown"} & set(said.values())
