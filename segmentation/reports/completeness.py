"""How full the fields that most pages live on are, among an audience."""

from __future__ import annotations

from segmentation.criteria.catalogue import Catalogue
from segmentation.results import Report, Statement, Value
from segmentation.store.session import Session

WISHED: tuple[str, ...] = ("email", "mobile", "first_name", "postal_code", "birth_date", "gender")


def completeness(session: Session, catalogue: Catalogue) -> Report:
    """The audience of the session (``audience(contact_id)``), field by field.

    figures: the code of each wished field kept with the contacts → the share of people with a value, in
    [0, 1]; nothing for an audience of nobody.
    """
    fields = [catalogue.fields[code] for code in WISHED if code in catalogue.fields]
    kept = [field for field in fields if field.relation == "contacts" and ":as_of" not in field.expression]
    counts = ", ".join(["count(*)", *(f"count({field.expression})" for field in kept)])
    sql = f"SELECT {counts} FROM contacts r SEMI JOIN audience USING (contact_id)"
    total, *filled = (int(str(value)) for value in session.run(Statement(sql)).rows[0])
    figures: dict[str, Value] = {}
    if total:
        figures = {field.code: count / total for field, count in zip(kept, filled, strict=True)}
    return Report("completeness", figures)
