"""The columns of a list: the usual ones of its channel, or those chosen, and their values row by row."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.fields import KINDS
from segmentation.errors import ListError
from segmentation.i18n import Words
from segmentation.reports.relations import values_of
from segmentation.results import Value
from segmentation.store.session import Session
from segmentation.traits.choices import choice_word

_WHO = ("contact_id", "civility", "first_name", "last_name")
_USUAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "email": (*_WHO, "email"),
        "sms": (*_WHO, "sms_number"),
        "phone": (*_WHO, "phone", "mobile"),
        "none": (
            *_WHO,
            "company_name",
            "email",
            "phone",
            "mobile",
            "postal_code",
            "city",
            "country",
            "rfm_segment",
            "orders_count",
            "total_spent",
            "last_purchase_date",
        ),
        "post": (*_WHO, "company_name", "address1", "address2", "postal_code", "city", "country"),
    }
)

TEXTS = frozenset(kind for kind, operators in KINDS.items() if operators in ("text", "place"))
"""Types that stay text in a workbook, however numeric they look: a postal code keeps its zero."""


@dataclass(frozen=True, slots=True)
class ListColumn:
    """One column: the field's code, its header in the reader's words, its type, the words of its choices."""

    code: str
    header: str
    type: str
    words: Mapping[str, str] = field(default_factory=dict)


def usual_columns(channel: str) -> tuple[str, ...]:
    """The codes of the columns a list of that channel has when nobody has chosen."""
    return _USUAL[channel]


def list_columns(catalogue: Catalogue, codes: Sequence[str], w: Words) -> tuple[ListColumn, ...]:
    """The columns of these fields, in their order, each once.

    Raises ListError ``error.list.no_column`` for none and ``error.list.unknown_column``.
    """
    if not codes:
        raise ListError("error.list.no_column")
    columns = []
    for code in dict.fromkeys(codes):
        known = catalogue.fields.get(code)
        if known is None:
            raise ListError("error.list.unknown_column", name=code)
        choices = {value: w(str(choice_word(known, value))) for value in known.choices}
        columns.append(ListColumn(code, known.label or w(f"field.{code}"), known.type, choices))
    return tuple(columns)


def list_rows(
    session: Session, catalogue: Catalogue, columns: Sequence[ListColumn]
) -> Iterator[tuple[Value, ...]]:
    """The values of the session's audience, one contact after the other by id, in the order of the columns.

    Choices are in the reader's words. The rows are read from one Arrow table, a few thousand at a time.
    """
    fields = [catalogue.fields[column.code] for column in columns]
    table = session.arrow(values_of("audience", catalogue, fields))
    named = [_in_words(column.words) for column in columns]
    for batch in table.to_batches(max_chunksize=4096):
        values = [column.to_pylist() for column in batch.columns[1:]]
        for row in zip(*values, strict=True):
            yield tuple(
                say(value) if say is not None else value for value, say in zip(row, named, strict=True)
            )


def _in_words(words: Mapping[str, str]) -> Callable[[Value], Value] | None:
    return (lambda value: words.get(str(value), value) if value is not None else None) if words else None
