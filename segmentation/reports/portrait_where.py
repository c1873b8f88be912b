"""Where contacts are, beyond a field's value: countries under all their spellings, distances from a place."""

from __future__ import annotations

from collections import defaultdict

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.compile import compile_values
from segmentation.reference.countries import country_code
from segmentation.reference.geography import Place, place_of
from segmentation.reports.portrait_split import PEOPLE, Json, Part, Split, by_criteria, by_value
from segmentation.results import Statement
from segmentation.store.session import Session

RADII = (5, 10, 25, 50, 100)
"""Limits of the bands of distance, in km."""

MOST_COUNTRIES = 8


def by_country(session: Session, catalogue: Catalogue) -> Split:
    """Countries by ISO code, whatever the file writes (« France », « FR »); an unknown text is its own."""
    raw = by_value(session, catalogue, "country")
    groups: dict[str, list[Part]] = defaultdict(list)
    for part in raw.parts:
        groups[country_code(str(part.label)) or part.key].append(part)
    parts = [
        Part(
            key,
            key if country_code(key) == key else held[0].label,
            sum(part.contacts for part in held),
            sum(part.base for part in held),
            {"field": "country", "op": "in", "value": [part.label for part in held]},
        )
        for key, held in groups.items()
    ]
    parts.sort(key=lambda part: (-part.contacts, -part.base, part.key))
    return Split("country", tuple(parts[:MOST_COUNTRIES]), raw.known, raw.base_known)


def usual_place(session: Session, catalogue: Catalogue, asked: str = "") -> Place | None:
    """The French place asked for, else that of the commonest five-figure postal code of the base; None when
    it has no point on the map."""
    if asked:
        return _located(asked)
    values = compile_values("postal_code", catalogue)
    sql = f"""
        SELECT v.value FROM ({values.sql}) AS v JOIN {PEOPLE} AS p ON p.contact_id = v.contact_id
        GROUP BY v.value ORDER BY count(*) DESC, v.value LIMIT 50"""
    found = [str(row[0]) for row in session.run(Statement(sql, values.params)).rows]
    whole = (code for code in found if len(code) == 5 and code.isdigit())
    return next((place for code in whole if (place := _located(code))), None)


def by_distance(session: Session, catalogue: Catalogue, origin: str) -> Split:
    """Bands of distance between the centre of a postal code and that of each contact's.

    The last band takes in all other postal codes: farther than the last limit, or not located.
    """
    asked: list[tuple[str, Json]] = []
    for rank, km in enumerate(RADII):
        inner: list[Json] = [] if not rank else [{"not": _within(origin, RADII[rank - 1])}]
        asked.append((str(km), {"all": [_within(origin, km), *inner]} if inner else _within(origin, km)))
    filled: Json = {"field": "postal_code", "op": "not_empty"}
    asked.append(("beyond", {"all": [filled, {"not": _within(origin, RADII[-1])}]}))
    return by_criteria(session, catalogue, "postal_code", asked)


def near(split: Split, origin: str) -> tuple[int, int, Json]:
    """The smallest circle that holds half of those with a postal code, else the largest: km, contacts,
    criterion."""
    km, held = RADII[-1], 0
    for limit, part in zip(RADII, split.parts, strict=False):
        held += part.contacts
        if held and 2 * held >= split.known:
            km = limit
            break
    return km, held, _within(origin, km)


def _within(origin: str, km: int) -> Json:
    return {"field": "postal_code", "op": "within_km", "value": {"of": origin, "km": km}}


def _located(postal_code: str) -> Place | None:
    place = place_of(postal_code)
    return place if place is not None and place.lat is not None and place.country == "FR" else None
