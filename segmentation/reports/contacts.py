"""People found, a page at a time: who answers a search among an audience, in the order and columns asked."""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.criteria.catalogue import Catalogue, Field
from segmentation.reports.relations import rows_of, values_of
from segmentation.reports.search import find_people
from segmentation.results import Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session

PAGE = 100
_NAMES = ("last_name", "first_name", "full_name", "company_name")
_BOUGHT = ("last_purchase_date", "total_spent")
_HEARD = ("last_own_contact", "last_contact_date")
USUAL = (*_NAMES, *_BOUGHT, *_HEARD, "email", "city", "mobile", "phone", "rfm_segment")
"""The columns nobody has chosen, those that are not too empty in this base, the most useful first.

Of what was bought and when something was last heard, one answer is enough: a screen is narrow.
"""
_NAMED = (*_NAMES, "email")
RARE = 0.1
"""A usual column with a value (an amount of nothing is none) for no more of the contacts is left out."""
_BY_NAME = (
    "coalesce(c.last_name__key, c.full_name__key, c.company_name__key, c.first_name__key, c.email__key)"
    " NULLS LAST, c.first_name__key NULLS LAST"
)


def contacts(
    session: Session,
    catalogue: Catalogue,
    *,
    text: str = "",
    columns: Sequence[str] = (),
    sort: tuple[str, bool] | None = None,
    page: int = 1,
    size: int = PAGE,
) -> Report:
    """One page of the people of the audience that ``text`` names (``search``), everyone without a text.

    ``columns`` are field codes (none: the usual ones); one the base no longer has is left out. ``sort`` is
    (code, descending), empty values last; without it, the closest first, then by name. ``page`` counts from
    1 and stays in bounds.
    figures: ``same`` and ``close`` (people found), ``total``, ``pages``, ``page``. sheet ``people``: the
    number of each contact, then the columns.
    """
    found = find_people(session, text)
    total = found.same + found.close
    pages = max(1, -(-total // size))
    page = min(max(page, 1), pages)
    wanted = columns or usual_columns(session, catalogue)
    known = [catalogue.fields[code] for code in dict.fromkeys(wanted) if code in catalogue.fields]
    order = catalogue.fields.get(sort[0]) if sort else None
    session.run(_paged(catalogue, order, bool(sort and sort[1]), (page - 1) * size, size))
    rows = session.run(values_of("paged", catalogue, known, order="place")).rows
    shown = tuple(
        Column(field.code, field.label or f"field.{field.code}", field.type, literal=bool(field.label))
        for field in known
    )
    sheet = Sheet("page.contacts.title", (Column("contact", "column.contact", "id"), *shown), rows)
    figures = {"same": found.same, "close": found.close, "total": total, "pages": pages, "page": page}
    return Report("contacts", figures, {"people": sheet})


def _paged(catalogue: Catalogue, order: Field | None, descending: bool, offset: int, size: int) -> Statement:
    """Make ``paged(place, contact_id)``: the people of one page in their order."""
    params: list[Value] = []
    join, first = "", ""
    if order is not None:
        rows = rows_of(catalogue, order.relation)
        said = order.key or order.expression
        params += [catalogue.as_of] * said.count(":as_of")
        params += rows.params
        value = said.replace(":as_of", "CAST(? AS DATE)")
        join = f"LEFT JOIN (SELECT r.contact_id, {value} AS v FROM ({rows.sql}) AS r) AS o USING (contact_id)"
        first = f"o.v {'DESC' if descending else 'ASC'} NULLS LAST, "
    sql = (
        "CREATE OR REPLACE TEMP TABLE paged AS SELECT row_number() OVER () AS place, contact_id FROM ("
        f"SELECT f.contact_id FROM found AS f JOIN contacts AS c USING (contact_id) {join}"
        f" ORDER BY {first}f.far, {_BY_NAME}, f.contact_id LIMIT {int(size)} OFFSET {int(offset)})"
    )
    return Statement(sql, tuple(params))


def usual_columns(session: Session, catalogue: Catalogue) -> tuple[str, ...]:
    """The codes of ``USUAL`` that more than a few contacts of the base have a value for; what was last heard
    only where nothing was bought.

    The number of the file's own comes first where nothing names anybody.
    """
    kept: list[str] = []
    for code in USUAL:
        field = catalogue.fields.get(code)
        if field is None or (code in _HEARD and {*_BOUGHT, *_HEARD} & {*kept}):
            continue
        rows = rows_of(catalogue, field.relation)
        value = f"nullif({field.expression}, 0)" if field.type == "money" else field.expression
        sql = f"SELECT count({value}) > {RARE} * count(*) FROM ({rows.sql}) AS r"
        kept += [code] if session.scalar(Statement(sql, rows.params)) else []
    numbered = "contact_id" in catalogue.fields and not set(kept) & set(_NAMED)
    return ("contact_id", *kept) if numbered else tuple(kept)
