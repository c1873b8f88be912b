"""What a preview and a finished import tell: counts that add up, repairs, what could not be read, seconds
by stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from segmentation.i18n import Words
from segmentation.intake.clean.columns import Repair, Unread
from segmentation.intake.refusing import Refusing
from segmentation.intake.undone import Undone


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; nothing is written yet.

    rows_read = rows_loaded + rejected; rows_loaded = new + updated + unchanged + merged. ``rejects`` counts
    refused rows by reason. ``unread`` lists the cells kept raw because they could not be read. ``consents``
    counts (channel, state) of the file. ``contacts_new`` and ``contacts_known`` are people, whatever the
    kind. ``without_contact`` counts orders, lines or events of nobody known. ``near_duplicates`` counts
    people of the file who look like someone else and are not merged. ``held_back`` counts people the file
    agrees for and who refused before. ``shared_addresses`` counts addresses and numbers that too many people
    carry to identify anyone. ``date_orders`` says how each date column was read, by header. ``stages`` is
    seconds by stage. ``joined`` counts the people each rule of the base puts in a group, by group.
    ``currencies`` counts the rows whose amounts are in another currency than the base's, by code;
    ``currency`` is the one the base takes, when it holds no money yet and the whole file says another.
    ``spellings`` counts the names and addresses left as the base writes them, the file's being a slip.
    ``reachable`` counts the file's people who may be written to, by channel, as a list made then would.
    ``refusing`` are the columns that would alone have most of the file's people refused. ``undone`` counts
    the orders kept without counting in the totals, and the returns.
    """

    kind: str
    rows_read: int
    new: int
    updated: int
    unchanged: int
    merged: int
    rejected: int
    rejects: Mapping[str, int]
    repairs: tuple[Repair, ...]
    unread: tuple[Unread, ...]
    consents: Mapping[tuple[str, str], int]
    contacts_new: int
    contacts_known: int
    without_contact: int
    near_duplicates: int
    held_back: int
    shared_addresses: int
    date_orders: Mapping[str, str]
    stages: Mapping[str, float]
    joined: Mapping[str, int] = field(default_factory=dict)
    currencies: Mapping[str, int] = field(default_factory=dict)
    currency: str | None = None
    spellings: int = 0
    reachable: Mapping[str, int] = field(default_factory=dict)
    refusing: tuple[Refusing, ...] = ()
    undone: Undone = field(default_factory=Undone)

    @property
    def rows_loaded(self) -> int:
        """Rows that are kept."""
        return self.new + self.updated + self.unchanged + self.merged


def said_of_money(preview: Preview, w: Words) -> list[str]:
    """One sentence on amounts in another currency than the base's, none when there are none."""
    if preview.currency:
        return [w("page.import.currency_taken", currency=w.currency(preview.currency))]
    counted = [
        w("page.import.currency_count", n=n, currency=w.currency(code))
        for code, n in preview.currencies.items()
    ]
    return [w("page.import.currencies", counted=w.listing(counted))] if counted else []


def said_of_returns(preview: Preview, w: Words) -> list[str]:
    """One line on the orders that do not count and on the returns, none when there are none."""
    undone = preview.undone
    counts = {"left_out_orders": undone.orders, "returns": undone.returns, "reversing": undone.reversing}
    counts["less_orders"] = undone.parts
    said = [w(f"page.import.{name}", n=n) for name, n in counts.items() if n]
    return [" ".join(said)] if said else []


@dataclass(frozen=True, slots=True)
class ImportReport:
    """A finished import: its number, its last preview, the version it made and what it touched.

    ``touched_contacts`` are the ids whose derived values must be refreshed, None when they are all the
    base's.
    """

    import_id: int
    version: int
    preview: Preview
    touched_contacts: tuple[int, ...] | None
    contacts: int
    stages: Mapping[str, float]
