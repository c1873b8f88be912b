"""The look-up tables a base carries, as Arrow tables: the store loads them once, when the base is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import pyarrow as pa

from segmentation.reference import abroad
from segmentation.reference.activity import activities, sectors
from segmentation.reference.countries import countries, spellings
from segmentation.reference.email_domains import corrections, listed
from segmentation.reference.first_names import first_names, last_names
from segmentation.reference.geography import departments, french_places

_TEXT, _WHOLE, _REAL, _YES_NO = pa.string(), pa.int32(), pa.float64(), pa.bool_()


def _table(columns: Mapping[str, pa.DataType], rows: list[tuple[object, ...]]) -> pa.Table:
    values = zip(*rows, strict=True)
    arrays = [pa.array(value, kind) for value, kind in zip(values, columns.values(), strict=True)]
    return pa.Table.from_arrays(arrays, names=list(columns))


def _postal() -> pa.Table:
    columns = {
        "country": _TEXT, "postal_code": _TEXT, "city": _TEXT, "department": _TEXT, "department_name": _TEXT,
        "region": _TEXT, "region_code": _TEXT, "lat": _REAL, "lon": _REAL, "precise": _YES_NO,
    }  # fmt: skip
    french = _table(columns, [tuple(getattr(place, name) for name in columns) for place in french_places()])
    return pa.concat_tables([french, abroad.table()], promote_options="default").combine_chunks()


def _department() -> pa.Table:
    columns = {"code": _TEXT, "name": _TEXT, "region_code": _TEXT, "region": _TEXT}
    return _table(columns, [(d.code, d.name, d.region_code, d.region) for d in departments().values()])


def _first_name() -> pa.Table:
    columns = {"name_key": _TEXT, "gender": _TEXT, "rank_women": _WHOLE, "rank_men": _WHOLE}
    return _table(columns, [(key, r.gender(), r.women, r.men) for key, r in first_names().items()])


def _last_name() -> pa.Table:
    return _table({"name_key": _TEXT, "rank": _WHOLE}, list(last_names().items()))


def _email_domain() -> pa.Table:
    columns = {"domain": _TEXT, "kind": _TEXT, "suggestion": _TEXT}
    return _table(columns, [(name, kind, corrections().get(name)) for name, kind in listed().items()])


def _country() -> pa.Table:
    columns = {"iso2": _TEXT, "iso3": _TEXT, "name_fr": _TEXT, "name_en": _TEXT}
    return _table(columns, [(c.iso2, c.iso3, c.french, c.english) for c in countries()])


def _country_spelling() -> pa.Table:
    return _table({"name_key": _TEXT, "iso2": _TEXT}, list(spellings().items()))


def _activity() -> pa.Table:
    columns = {"code": _TEXT, "label": _TEXT, "division": _TEXT, "sector": _TEXT}
    return _table(columns, [(code, a.label, a.division, a.sector) for code, a in activities().items()])


def _sector() -> pa.Table:
    columns = {"sector": _TEXT, "label_fr": _TEXT, "label_en": _TEXT}
    return _table(columns, [(s.key, s.french, s.english) for s in sectors().values()])


# Table name → maker. Country and postal code together are the key of ref_postal: a code alone has no country.
TABLES: Final[Mapping[str, Callable[[], pa.Table]]] = MappingProxyType(
    {
        "ref_postal": _postal,
        "ref_department": _department,
        "ref_first_name": _first_name,
        "ref_last_name": _last_name,
        "ref_email_domain": _email_domain,
        "ref_country": _country,
        "ref_country_spelling": _country_spelling,
        "ref_activity": _activity,
        "ref_sector": _sector,
    }
)


def tables() -> Mapping[str, pa.Table]:
    """Every look-up table by name, read now: for the creation of a base, not for its opening."""
    return {name: make() for name, make in TABLES.items()}
