"""Who is probably in the base twice: groups of contacts, and for one group what would be kept of each."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.criteria.catalogue import Catalogue
from segmentation.intake.duplicate_groups import Group, duplicate_groups
from segmentation.intake.kept_values import kept_values
from segmentation.results import Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

GROUPS = (
    Column("ids", "report.duplicates.ids", "list"),
    Column("rules", "report.duplicates.rules", "list"),
    Column("certain", "report.duplicates.certain", "boolean"),
    Column("names", "report.duplicates.names", "list"),
)


def duplicates(session: Session, catalogue: Catalogue, *, import_id: int | None = None) -> Report:
    """The groups of contacts that are probably one person, with at least one of the audience.

    ``import_id``: only groups with somebody that this import has brought as a new contact.
    figures: ``groups``, ``certain`` (groups sure enough to be merged together), ``contacts`` (in the groups),
    ``extra`` (contacts there would be less if all were merged). sheet ``groups``: ids in ascending order,
    keys of the rules, whether it is certain, the names; the certain ones first.
    """
    session.sql("CREATE OR REPLACE TEMP TABLE looked_at AS SELECT contact_id FROM audience")
    if import_id is not None:
        session.sql(
            "CREATE OR REPLACE TEMP TABLE looked_at AS SELECT contact_id FROM audience JOIN contacts"
            " USING (contact_id) WHERE first_import = ?",
            import_id,
        )
    groups = duplicate_groups(session, "looked_at")
    names = _names(session, groups)
    rows: list[tuple[Value, ...]] = [
        (list(group.ids), list(group.rules), group.certain, [names.get(one, "") for one in group.ids])
        for group in groups
    ]
    figures: dict[str, Value] = {
        "groups": len(groups),
        "certain": sum(group.certain for group in groups),
        "contacts": sum(len(group.ids) for group in groups),
        "extra": sum(len(group.ids) - 1 for group in groups),
    }
    return Report("duplicates", figures, {"groups": Sheet("report.duplicates", GROUPS, rows)})


def merge_preview(session: Session, catalogue: Catalogue, *, ids: Sequence[int]) -> Report:
    """What a merge of these contacts would keep, field by field.

    figure ``into``: who the others become. sheet ``values``, one row per field with a value: its code, what
    each contact says in the order of ``ids`` (None when it says nothing), whose value stays, why
    (``kept_values.REASONS``), the value that stays.
    """
    people = sorted(set(map(int, ids)))
    (fields,) = kept_values(session, [people])
    rows: list[tuple[Value, ...]] = []
    for kept in fields:
        said = {given.contact_id: given.value for given in kept.given}
        rows.append(
            (kept.field, *(said.get(one) for one in people), kept.contact_id, kept.reason, kept.value)
        )
    columns = (
        Column("field", "report.duplicates.field"),
        *(Column(f"contact_{one}", f"n° {one}", literal=True) for one in people),
        Column("kept", "report.duplicates.kept", "integer"),
        Column("reason", "report.duplicates.reason"),
        Column("value", "report.duplicates.value"),
    )
    return Report("merge_preview", {"into": people[0]}, {"values": Sheet("values", columns, rows)})


def _names(session: Session, groups: Sequence[Group]) -> dict[int, str]:
    sql = (
        "SELECT contact_id, coalesce(nullif(concat_ws(' ', first_name, last_name), ''), full_name,"
        " company_name, email, mobile, phone, '') FROM contacts WHERE contact_id IN (SELECT unnest(?))"
    )
    ids = [one for group in groups for one in group.ids]
    return {int(one): str(name) for one, name in session.run(Statement(sql, (ids,))).rows}
