"""Whatever the file, the counts add up, and the same file again changes nothing."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.store.bases import open_base

MESSY = st.sampled_from(
    ["", " ", "1", "2", "17850.0", "Ana", "ANA", "M.", "a@x.fr", "A@X.FR ", "b@x.fr", "a@", "n/a"]
)
PHONES = st.sampled_from(["", "0612345678", "06 12 34 56 78", "12", "+44 7911 123456"])
DATES = st.sampled_from(["", "12/03/2024", "2024-03-12 10:00", "45000", "jamais", "00/00/0000"])
AMOUNTS = st.sampled_from(["", "12,50", "-3", "0", "abc", "1 000,00 €"])
PEOPLE = {
    "Id": "contacts.contact_id",
    "Prénom": "contacts.first_name",
    "Nom": "contacts.last_name",
    "Mail": "contacts.email",
    "Tel": "contacts.phone",
    "Inscrit": "contacts.optin_email",
    "Libre": None,
}
SALES = {
    "No": "orders.order_id",
    "Client": "orders.contact_id",
    "Mail": "orders.email",
    "Nom": "orders.customer_name",
    "Date": "orders.order_date",
    "Total": "orders.amount_total",
}
LINES = {
    "No": "order_lines.order_id",
    "Article": "order_lines.sku",
    "Qté": "order_lines.quantity",
    "Prix": "order_lines.unit_price",
    "Date": "orders.order_date",
    "Mail": "contacts.email",
}
FILES = st.one_of(
    st.tuples(
        st.just("contacts"),
        st.just(PEOPLE),
        st.lists(st.tuples(MESSY, MESSY, MESSY, MESSY, PHONES, MESSY, MESSY), max_size=8),
    ),
    st.tuples(
        st.just("orders"),
        st.just(SALES),
        st.lists(st.tuples(MESSY, MESSY, MESSY, MESSY, DATES, AMOUNTS), max_size=8),
    ),
    st.tuples(
        st.just("order_lines"),
        st.just(LINES),
        st.lists(st.tuples(MESSY, MESSY, AMOUNTS, AMOUNTS, DATES, MESSY), max_size=8),
    ),
)


@settings(max_examples=8)
@given(files=st.lists(FILES, min_size=1, max_size=2))
def test_counts_add_up_and_twice_is_once(base_class, files) -> None:  # type: ignore[no-untyped-def]
    with TemporaryDirectory() as folder, open_base(Path(folder) / "base.duckdb") as database:
        base = base_class(database)
        for kind, headers, rows in files:
            first = base.load(kind, headers, rows).preview
            assert first.rows_read == len(rows) == first.rows_loaded + first.rejected
            said = base.says()
            again = base.load(kind, headers, rows).preview
            assert (again.rows_read, again.rejected) == (first.rows_read, first.rejected)
            assert (again.new, again.contacts_new) == (0, 0)
            assert base.says() == said
            assert again.updated == 0
