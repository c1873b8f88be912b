"""The accounting export every French firm can make (FEC): which of its lines are sales to customers.

Article A47 A-1 of the *Livre des procédures fiscales* fixes its columns. A sale is a line of a customer's
account (411…) in an entry that also moves a product account (7…): its debit is the sale, its credit a credit
note. A customer's other lines are payments or balances carried over. Lines of suppliers, banks, salaries are
none of ours. A firm names its customers by an auxiliary account, else by the end of the account itself.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Final

from segmentation.intake.header_names import normal_header
from segmentation.intake.plan import ImportRequest
from segmentation.results import Statement
from segmentation.store.session import Session, quoted

CUSTOMERS: Final = "411"
PRODUCTS: Final = "7"
_ACCOUNT, _PAYMENT = "reject.ledger_account", "reject.ledger_payment"

_NEEDED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "journal code": "journal",
        "ecriture num": "entry",
        "compte num": "account",
        "compte lib": "account_name",
        "comp aux num": "person",
        "comp aux lib": "person_name",
        "piece ref": "piece",
        "debit": "debit",
        "credit": "credit",
    }
)
"""The headers of such a file, each with its name here."""

_AMOUNT: Final = "orders.amount_total"
_OPENING: Final = ("AN", "RAN", "ANC", "A NOUVEAU", "REPORT")
"""Journals of balances carried over, in a file that shows no product account."""


def is_ledger(request: ImportRequest) -> bool:
    """Whether the orders of a request are the lines of a ledger, its debits taken for their amounts."""
    places = _places(request)
    debit = places.get("debit")
    taken = debit is not None and request.mapping.get(debit) == _AMOUNT
    return request.kind == "orders" and taken and len(places) == len(_NEEDED)


def _places(request: ImportRequest) -> dict[str, int]:
    headers = enumerate(request.table.headers)
    return {_NEEDED[name]: index for index, header in headers if (name := normal_header(header)) in _NEEDED}


def read_ledger(session: Session, request: ImportRequest, names: Collection[str]) -> None:
    """Make ``ledger``(row_number, reason, amount, piece, person, person_name) from ``staged`` and give the
    sales of ``clean`` their amount, their number and their customer.

    An invoice told over several lines has its whole amount on each; one number used for several customers
    is completed by theirs.
    """
    texts = ", ".join(
        f"nullif(trim({request.table.columns[index]}), '') AS {name}"
        for name, index in _places(request).items()
    )
    session.sql(
        "CREATE OR REPLACE TEMP TABLE ledger_lines AS SELECT CAST(_row AS BIGINT) AS row_number, * EXCLUDE"
        f" (_row, debit, credit), {_figure('debit')} - {_figure('credit')} AS moved,"
        " coalesce(journal, '') || '|' || coalesce(entry, '') AS entry_key,"
        f" coalesce(starts_with(account, '{CUSTOMERS}'), FALSE) AS customer"
        f" FROM (SELECT _row, {texts} FROM staged)"
    )
    sold = f"starts_with(account, '{PRODUCTS}')"
    shown = session.scalar(Statement(f"SELECT count(*) FROM ledger_lines WHERE {sold}"))
    is_sale = (
        f"entry_key IN (SELECT entry_key FROM ledger_lines WHERE {sold})"
        if shown
        else f"moved > 0 AND upper(coalesce(journal, '')) NOT IN ({', '.join(f'{o!r}' for o in _OPENING)})"
    )
    own = f"regexp_full_match(account, '{CUSTOMERS}0*')"
    session.sql(
        "CREATE OR REPLACE TEMP TABLE ledger AS SELECT row_number, CASE WHEN NOT customer THEN"
        f" '{_ACCOUNT}' WHEN NOT ({is_sale}) THEN '{_PAYMENT}' END AS reason, moved,"
        " piece,"
        f" coalesce(person, CASE WHEN NOT {own} THEN account END) AS person,"
        f" coalesce(person_name, CASE WHEN NOT {own} THEN account_name END) AS person_name,"
        " coalesce(piece, entry_key) AS document FROM ledger_lines"
    )
    session.sql("DROP TABLE ledger_lines")
    _complete(session, names)


def _figure(column: str) -> str:
    """SQL of an amount in text, whole or with a comma or a point, as DECIMAL(18,4); 0 for nothing."""
    bare = f"regexp_replace({column}, '[^0-9,.-]', '', 'g')"
    pointed = (
        f"CASE WHEN contains({bare}, ',') THEN replace(replace({bare}, '.', ''), ',', '.') ELSE {bare} END"
    )
    return f"coalesce(TRY_CAST({pointed} AS DECIMAL(18,4)), 0)"


def _complete(session: Session, names: Collection[str]) -> None:
    session.sql(
        "CREATE OR REPLACE TEMP TABLE ledger_sales AS SELECT row_number, sum(moved) OVER"
        " (PARTITION BY document, person)::DECIMAL(18,4) AS amount, CASE WHEN piece IS NOT NULL AND"
        " count(DISTINCT person) OVER (PARTITION BY document) > 1 THEN piece || '/' || coalesce(person, '')"
        " ELSE piece END AS piece, person, person_name FROM ledger WHERE reason IS NULL"
    )
    given = {
        _AMOUNT: "l.amount",
        "orders.order_id": "l.piece",
        "contacts.contact_id": "l.person",
        "contacts.full_name": "l.person_name",
        "contacts.company_name": "l.person_name",
    }
    kept = (_AMOUNT, "orders.order_id")
    parts = [
        f"{quoted(name)} = {sql if name in kept else f'coalesce(clean.{quoted(name)}, {sql})'}"
        for name, sql in given.items()
        if name in names
    ]
    session.sql(
        f"UPDATE clean SET {', '.join(parts)} FROM ledger_sales l WHERE l.row_number = clean.row_number"
    )
    session.sql("DROP TABLE ledger_sales")
