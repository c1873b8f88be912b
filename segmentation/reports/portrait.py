"""Who the contacts are, before any purchase: where, how old, women and men, trade, source, since when.

A part of the base is told against the whole base; what people said and what is deduced stay apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from segmentation.criteria.catalogue import Catalogue
from segmentation.reference.geography import departments
from segmentation.reports.portrait_split import PEOPLE, Split, by_days, by_value, median
from segmentation.reports.portrait_where import by_country, by_distance, near, usual_place
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

MOST = 10
"""Values shown of a field that may have any number."""

BANDS: tuple[tuple[str, int, int | None], ...] = (
    ("3_months", 0, 90),
    ("1_year", 91, 365),
    ("2_years", 366, 730),
    ("5_years", 731, 1825),
    ("older", 1826, None),
)
"""How long somebody has been known: key, first and last day ago."""

SINCE = ("created_at", "first_purchase_date", "consent_date")
"""Dates that say since when; the one that most of the base has."""

COLUMNS = (
    Column("key", "report.portrait.key", "id"),
    Column("label", "report.portrait.value"),
    Column("contacts", "report.portrait.contacts", "integer"),
    Column("share", "report.portrait.share", "percent"),
    Column("base", "report.portrait.base", "integer"),
    Column("base_share", "report.portrait.base_share", "percent"),
    Column("index", "report.portrait.index", "number"),
)

Splitter = Callable[[Session, Catalogue], Split]


def _closed(code: str) -> Splitter:
    """A field of few known values, in their own order."""

    def split(session: Session, catalogue: Catalogue) -> Split:
        keys = [choice.lower() for choice in catalogue.fields[code].choices]
        return by_value(session, catalogue, code, order=keys)

    return split


def _bands(session: Session, catalogue: Catalogue) -> Split:
    """Ages by band; the bands of a file are its own words and come after those computed."""
    keys = [choice.replace("-", " ") for choice in catalogue.fields["age_band"].choices]
    return by_value(session, catalogue, "age_band", order=keys)


def _open(code: str, most: int | None = MOST) -> Splitter:
    """A field of any values: the commonest ones."""

    def split(session: Session, catalogue: Catalogue) -> Split:
        return by_value(session, catalogue, code, most=most)

    return split


THEMES: Mapping[str, Splitter] = MappingProxyType(
    {
        "department": _open("department", None),
        "region": _open("region"),
        "city": _open("city"),
        "country": by_country,
        "age_band": _bands,
        "gender": _closed("gender"),
        "gender_deduced": _closed("gender_deduced"),
        "clientele": _closed("clientele"),
        "activity_sector": _open("activity_sector"),
        "sector": _open("sector"),
        "acquisition_channel": _open("acquisition_channel"),
        "conversion_page": _open("conversion_page"),
        "interests": _open("interests"),
        "tags": _open("tags"),
        "persona": _open("persona"),
    }
)
"""Each split of the portrait under the code of its field; distance and seniority are added."""


def portrait(session: Session, catalogue: Catalogue, *, origin: str = "") -> Report:
    """The audience of the session (``audience(contact_id)``) against the base.

    ``origin``: the postal code distances are told from ("69003"), "" for the commonest of the base.

    figures: ``contacts``, ``base``, ``compared`` (the audience is a part of the base), ``median_age`` and
    ``base_median_age`` (None: no age is known), ``origin`` (None: no located postal code), ``origin_city``,
    ``since`` (the date that seniority reads, None: none), ``known`` and ``base_known`` {theme: contacts with
    a value}, ``near`` (the smallest circle around the origin that holds half of those with a postal code,
    else the largest, as (km, contacts, criterion)), ``distinct`` ((theme, key) of what differs from the
    base, the surest first).
    sheets: one per theme that has a part, keys of ``THEMES`` with ``distance`` and ``seniority``: rows of
    ``COLUMNS`` (shares are of the known contacts; ``index`` is None when it may be chance).
    charts: the same keys, "bars" ("map" for the departments), with the criterion of every part.
    """
    contacts, base = _sizes(session)
    figures: dict[str, Value] = {
        "contacts": contacts,
        "base": base,
        "compared": contacts < base,
        "near": None,
    }
    splits: dict[str, Split] = {name: split(session, catalogue) for name, split in THEMES.items()}
    place = usual_place(session, catalogue, origin)
    if place is not None:
        splits["distance"] = by_distance(session, catalogue, place.postal_code)
        figures["near"] = near(splits["distance"], place.postal_code)
    since = _since(session, catalogue)
    if since is not None:
        splits["seniority"] = since
    shown = {name: split for name, split in splits.items() if any(p.contacts for p in split.parts)}
    age, base_age = median(session, catalogue, "age")
    figures |= {
        "median_age": age,
        "base_median_age": base_age,
        "origin": place.postal_code if place else None,
        "origin_city": place.city if place else None,
        "since": since.field if since else None,
        "known": {name: split.known for name, split in splits.items()},
        "base_known": {name: split.base_known for name, split in splits.items()},
        "distinct": _distinct(shown) if contacts < base else (),
    }
    return Report(
        "portrait",
        figures,
        {name: _sheet(name, split) for name, split in shown.items()},
        {name: _chart(name, split) for name, split in shown.items()},
    )


def _sizes(session: Session) -> tuple[int, int]:
    sql = f"SELECT count(*) FILTER (WHERE inside), count(*) FROM {PEOPLE} AS p"
    inside, base = session.run(Statement(sql)).rows[0]
    return int(str(inside)), int(str(base))


def _since(session: Session, catalogue: Catalogue) -> Split | None:
    """Seniority by the date that most of the base has; None when there is none."""
    splits = [by_days(session, catalogue, code, BANDS) for code in SINCE]
    best = max(splits, key=lambda split: split.base_known)
    return best if best.base_known else None


def _distinct(splits: Mapping[str, Split]) -> tuple[tuple[str, str], ...]:
    """What differs from the base beyond chance, the surest first."""
    found = [
        (split.strength(part), name, part.key)
        for name, split in splits.items()
        for part in split.parts
        if split.index(part) is not None
    ]
    return tuple((name, key) for _, name, key in sorted(found, key=lambda one: (-one[0], one[1], one[2])))


def _sheet(name: str, split: Split) -> Sheet:
    rows = [
        (
            part.key,
            part.label,
            part.contacts,
            split.share(part),
            part.base,
            split.base_share(part),
            split.index(part),
        )
        for part in split.parts
    ]
    return Sheet(name, COLUMNS, rows)


def _chart(name: str, split: Split) -> ChartSpec:
    keys = [part.key for part in split.parts]
    known = departments()
    data: dict[str, Value] = {
        "field": split.field,
        "keys": keys,
        "labels": [part.label for part in split.parts],
        "values": [part.contacts for part in split.parts],
        "unit": "integer",
    }
    if name == "department":
        names = [
            known[str(part.label)].name if str(part.label) in known else part.label for part in split.parts
        ]
        data |= {"codes": [str(part.label) for part in split.parts], "labels": names}
    return ChartSpec(
        "map" if name == "department" else "bars",
        data,
        {part.key: part.criterion for part in split.parts},
    )
