"""Towns written one key away from the town of their postal code, each with the town that was meant."""

from __future__ import annotations

from segmentation.criteria.catalogue import Catalogue
from segmentation.reference.countries import country_code
from segmentation.reference.towns import is_spelled, meant
from segmentation.results import Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

COLUMNS = (
    Column("contact", "report.quality.contact", "integer"),
    Column("name", "report.quality.name"),
    Column("city", "field.city"),
    Column("meant", "report.quality.town_meant"),
    Column("postal_code", "field.postal_code"),
)


def town_slips(session: Session, catalogue: Catalogue) -> Report:
    """Among the audience: figure ``towns``; sheet ``slips`` (contact, name, town, the one meant, code).

    A proposal; a country that no list knows is not France.
    """
    places = session.run(
        Statement(
            "SELECT DISTINCT city, postal_code, coalesce(country, '') FROM contacts SEMI JOIN audience"
            " USING (contact_id) WHERE city IS NOT NULL AND postal_code IS NOT NULL"
        )
    ).rows
    better = {
        place: town
        for place in ((str(city), str(code), str(country)) for city, code, country in places)
        if not is_spelled(place[0])
        and (town := meant(place[0], place[1], (country_code(place[2]) or "??") if place[2] else ""))
    }
    sql = (
        "SELECT contact_id, coalesce(nullif(concat_ws(' ', first_name, last_name), ''), full_name,"
        " company_name, ''), city, postal_code, coalesce(country, '') FROM contacts SEMI JOIN audience"
        " USING (contact_id) WHERE city IN (SELECT unnest(?)) ORDER BY contact_id"
    )
    found = session.run(Statement(sql, ([city for city, *_ in better],))).rows
    rows: list[tuple[Value, ...]] = [
        (contact, name, city, better[(city, code, country)], code)
        for contact, name, city, code, country in found
        if (city, code, country) in better
    ]
    return Report("town_slips", {"towns": len(rows)}, {"slips": Sheet("slips", COLUMNS, rows)})
