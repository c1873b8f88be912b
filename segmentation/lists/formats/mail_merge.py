"""A workbook for a mail merge: whom each letter is for, how it begins, the lines of the address.

Source: Microsoft's "Prepare your Excel data source for a Word mail merge" and "How to design and set up a
mail merge address list" (KB 294688): one row per letter and one column per piece of information, column names
in the first row of the first sheet, every row with the same fields, postal codes kept as text so that a
leading zero stays; empty address lines are skipped by Word. Here the cells of names and addresses are text.
The second sheet says what the list is. Salutations come from the civility or the gender given
(``lists.salutation``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from segmentation.criteria.catalogue import Catalogue, Field
from segmentation.lists.columns import ListColumn, list_rows
from segmentation.lists.formats.excel import MIME
from segmentation.lists.formats.form import Content, ListFormat
from segmentation.lists.salutation import form_of, salutation
from segmentation.lists.workbook import write_workbook
from segmentation.results import Value

_FIRST = ("recipient", "formal", "warm")
_WHO = ("civility", "declared", "first_name", "last_name", "company_name")
_ADDRESS = ("address1", "address2", "postal_code", "city", "country")
DECLARED = Field("declared", "category", "socio_demographic", "contacts", "r.gender")
"""The gender as declared, whatever else the base may deduce."""


def write(out: BinaryIO, content: Content) -> int:
    """Write the workbook."""
    reached = ("email",) if content.channel == "email" else _ADDRESS
    fixed = content.of((*_WHO[2:], *reached))
    taken = {column.code for column in fixed} | {"civility", *_ADDRESS}
    extra = [column for column in content.columns if column.code not in taken]
    first = [ListColumn(name, content.w(f"list.merge.{name}"), "text") for name in _FIRST]
    texts = [ListColumn(column.code, column.header, "text") for column in fixed]
    return write_workbook(
        out, [*first, *texts, *extra], _rows(content, fixed, extra), content.w,
        about=content.about, currency=content.currency,
    )  # fmt: skip


def _rows(
    content: Content, fixed: Sequence[ListColumn], extra: Sequence[ListColumn]
) -> Iterator[Sequence[Value]]:
    w, catalogue = content.w, content.evaluator.catalogue
    known = _with_declared(catalogue)
    asked = [ListColumn("civility", "", "category"), ListColumn("declared", "", "category"), *fixed, *extra]
    for civility, gender, *values in list_rows(content.session, known, asked):
        first, last, company = (None if name is None else str(name) for name in values[:3])
        form = form_of(None if civility is None else str(civility), None if gender is None else str(gender))
        said = salutation(form, first, last, company, w)
        yield (said.recipient, said.formal, said.warm, *values)


def _with_declared(catalogue: Catalogue) -> Catalogue:
    return replace(catalogue, fields={**catalogue.fields, DECLARED.code: DECLARED})


MAIL_MERGE = ListFormat("mailmerge", "xlsx", MIME, ("post", "email"), write)
