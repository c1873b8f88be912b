"""The look-up tables handed to the store: keys unique, no French geography under a foreign country."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from segmentation.reference import TABLES, tables
from segmentation.reference.countries import is_french
from segmentation.reference.geography import place_of

KEYS = {
    "ref_postal": ["country", "postal_code"],
    "ref_department": ["code"],
    "ref_first_name": ["name_key"],
    "ref_last_name": ["name_key"],
    "ref_email_domain": ["domain"],
    "ref_country": ["iso2"],
    "ref_country_spelling": ["name_key"],
    "ref_activity": ["code"],
    "ref_sector": ["sector"],
}


@pytest.fixture(scope="module")
def made() -> Mapping[str, pa.Table]:
    return tables()


def test_the_tables_are_the_listed_ones(made: Mapping[str, pa.Table]) -> None:
    assert set(made) == set(TABLES) == set(KEYS)


@pytest.mark.parametrize("name", KEYS)
def test_keys_are_present_and_unique(made: Mapping[str, pa.Table], name: str) -> None:
    table = made[name]
    assert table.num_rows > 10
    assert table.group_by(KEYS[name]).aggregate([]).num_rows == table.num_rows
    assert all(table[key].null_count == 0 for key in KEYS[name])


def test_only_french_countries_have_departments(made: Mapping[str, pa.Table]) -> None:
    postal = made["ref_postal"]
    french = {row["country"] for row in postal.filter(postal["department"].is_valid()).to_pylist()}
    assert "FR" in french
    assert all(is_french(country) for country in french)


def test_a_table_row_says_what_the_python_look_up_says(made: Mapping[str, pa.Table]) -> None:
    postal = made["ref_postal"]
    for country, code in (("FR", "69003"), ("RE", "97400"), ("BE", "1000"), ("CH", "1003"), ("GB", "SW")):
        row = postal.filter((pc.field("country") == country) & (pc.field("postal_code") == code))
        place = place_of(code, country)
        assert place is not None
        found = row.to_pylist()[0]
        assert found["city"] == place.city
        assert found["department"] == place.department
        assert found["precise"] == place.precise
        assert found["lat"] == pytest.approx(place.lat, abs=1e-4) if place.lat else found["lat"] is None
