"""Short answers about an open base that need no report: whom a text names, the RFM groups in figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from segmentation.audience.evaluator import Asked
from segmentation.errors import InputError
from segmentation.predictive.rfm import KEYS, PROSPECTS
from segmentation.predictive.rfm_codec import cuts_to_json
from segmentation.reports.rfm import rfm
from segmentation.results import Report, Statement
from segmentation.store.database import Database
from segmentation.traits import SCORES
from segmentation.workspace.assembly import cuts_at
from segmentation.workspace.derived import proposed

if TYPE_CHECKING:
    from segmentation.workspace.opened import OpenBase


@dataclass(frozen=True, slots=True)
class Group:
    """One RFM group: how many customers, and their orders and net amount inside the window."""

    key: str
    customers: int
    orders: int
    amount: Decimal


def find_contact(database: Database, text: str) -> int:
    """The live contact of that number, e-mail address or id in a file, in this order.

    Raises InputError ``error.contact.unknown``.
    """
    wanted = text.strip()
    for sql, value in (
        ("SELECT contact_id FROM contacts WHERE live AND contact_id = ?", _number(wanted)),
        ("SELECT contact_id FROM contacts WHERE live AND lower(email) = ?", wanted.lower()),
        (
            "SELECT contact_id FROM identities JOIN contacts USING (contact_id)"
            " WHERE live AND external_id = ? ORDER BY contact_id",
            wanted,
        ),
    ):
        found = database.scalar(Statement(sql, (value,)))
        if found is not None:
            return int(found)
    raise InputError("error.contact.unknown", name=wanted)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def rfm_report(base: OpenBase, asked: Asked | None) -> Report:
    """The RFM of an audience at the base's date, with the limits in use; a proposal only for everyone."""
    catalogue = base.catalogue
    with base.audience(asked) as session:
        cuts = cuts_at(session, catalogue.as_of)
        due = proposed(session, cuts, catalogue.as_of) if asked is None else None
        return rfm(session, catalogue, cuts, proposal=due)


def rfm_groups(base: OpenBase) -> tuple[Mapping[str, object], tuple[Group, ...]]:
    """The limits in use and every group, the empty ones too, in the order of their names."""
    catalogue = base.catalogue
    relation = catalogue.relations[SCORES]
    source = (
        relation.statement(catalogue.as_of) if relation.statement else Statement(f"SELECT * FROM {SCORES}")
    )
    with base.database.session() as session, session.transaction(write=False):
        cuts = cuts_at(session, catalogue.as_of)
        rows = session.run(
            Statement(
                "SELECT rfm_segment, count(*), coalesce(sum(frequency), 0)::BIGINT,"
                f" coalesce(sum(monetary), 0)::DECIMAL(18,4) FROM ({source.sql})"
                " WHERE rfm_segment IS NOT NULL GROUP BY rfm_segment",
                source.params,
            )
        ).rows
    found = {row[0]: Group(*row) for row in rows}
    groups = tuple(found.get(key, Group(key, 0, 0, Decimal(0))) for key in (*KEYS, PROSPECTS))
    return cuts_to_json(cuts), groups
