"""Small files in, the base out: what is written, what is not, twice the same, and undone."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from segmentation.errors import CancelledError, InputError
from segmentation.intake.load import commit, prepare
from segmentation.intake.plan import LEFT_OUT, ConsentAnswer, ImportRequest
from segmentation.intake.read.table import RefusedRow

PEOPLE = {
    "Id": "contacts.contact_id",
    "Nom": "contacts.last_name",
    "Prénom": "contacts.first_name",
    "E-mail": "contacts.email",
    "Tel": "contacts.phone",
    "Ville": "contacts.city",
    "Inscrit": "contacts.optin_email",
    "Groupes": "contacts.tags",
    "Né le": "contacts.birth_date",
    "Note": None,
    "Interne": LEFT_OUT,
}
PEOPLE_ROWS = [
    ["1", "DUPONT", "Jean", "Jean@x.fr", "0612345678", "LYON", "oui", "vip;ami", "12/03/68", "7", "z"],
    ["2", "Martin", "Marie", "marie@x.fr", "", "Paris", "non", "", "", "x1", "z"],
    ["1", "DUPONT", "Jean", "jean@x.fr", "", "Lyon 3", "", "", "", "", "z"],
    ["", "Durand", "Paul", "", "", "", "", "", "", "", "z"],
    ["", "Durand", "Paul", "", "", "", "", "", "", "", "z"],
    ["", "", "", "", "", "Nulle part", "", "", "", "", "z"],
    ["", "Martin", "M.", "marie@x.fr", "", "", "", "", "", "", "z"],
    ["", "Petit", "Luc", "marie@x.fr", "", "", "", "", "", "", "z"],
]
SALES = {
    "No": "orders.order_id",
    "Client": "orders.contact_id",
    "Email": "orders.email",
    "Date": "orders.order_date",
    "Montant": "orders.amount_total",
    "Statut": "orders.order_status",
}
SALES_ROWS = [
    ["A1", "1", "", "12/03/2024", "12,50", "payée"],
    ["A2", "", "marie@x.fr", "13/03/2024", "20", "annulée"],
    ["A3", "", "", "14/03/2024", "5", ""],
    ["A4", "9", "new@x.fr", "zz", "5", ""],
    ["A5", "9", "new@x.fr", "15/03/2024", "", ""],
    ["A6", "9", "new@x.fr", "15/03/2024 10:00", "-8", ""],
    ["A6", "9", "new@x.fr", "15/03/2024 10:00", "-8", ""],
]
LINES = {
    "Facture": "order_lines.order_id",
    "Article": "order_lines.sku",
    "Libellé": "order_lines.product_name",
    "Qté": "order_lines.quantity",
    "Prix": "order_lines.unit_price",
    "Date": "orders.order_date",
    "Client": "contacts.contact_id",
    "Pays": "contacts.country",
}
LINES_ROWS = [
    ["536365", "85123A", "HEART  T-LIGHT", "6", "2.55", "2010-12-01 08:26:00", "17850.0", "United Kingdom"],
    ["536365", "71053", "LANTERN", "6", "3.39", "2010-12-01 08:26:00", "17850.0", "United Kingdom"],
    ["536365", "71053", "LANTERN", "6", "3.39", "2010-12-01 08:26:00", "17850.0", "United Kingdom"],
    ["C536379", "D", "Discount", "-1", "27.50", "2010-12-01 09:41:00", "14527.0", "France"],
    ["536414", "22139", "", "56", "0.0", "2010-12-01 11:52:00", "", "United Kingdom"],
    ["", "22139", "", "56", "0.0", "", "14527.0", "France"],
    ["536415", "", "", "", "", "2010-12-01 11:52:00", "14527.0", "France"],
]
EVENTS = {
    "Mail": "events.email",
    "Type": "events.event_type",
    "Quand": "events.event_date",
    "Campagne": "events.campaign",
}
EVENTS_ROWS = [
    ["jean@x.fr", "Ouverture", "2024-03-01 10:00", "Printemps"],
    ["jean@x.fr", "Ouverture", "2024-03-01 10:00", "Printemps"],
    ["marie@x.fr", "désinscription", "02/03/2024", "Printemps"],
    ["paul@x.fr", "Soft bounce", "02/03/2024", "Printemps"],
    ["luc@x.fr", "Hard bounce", "02/03/2024", "Printemps"],
    ["luc@x.fr", "clic", "bientôt", "Printemps"],
    ["luc@x.fr", "", "02/03/2024", "Printemps"],
    ["", "clic", "02/03/2024", "Printemps"],
]


def test_a_contact_file_becomes_contacts(base, counts) -> None:  # type: ignore[no-untyped-def]
    report = base.load("contacts", PEOPLE, PEOPLE_ROWS)
    assert counts(report) == (8, 5, 0, 0, 2, 1)
    said = "contact_id, first_name, last_name, email, phone, sms_number, city, birth_date, c001"
    assert base.rows(f"SELECT {said} FROM contacts ORDER BY 1") == [
        (1, "Jean", "Dupont", "jean@x.fr", "+33612345678", "+33612345678", "Lyon", date(1968, 3, 12), "7"),
        (2, "Marie", "Martin", "marie@x.fr", None, None, "Paris", None, "x1"),
        (3, "Paul", "Durand", None, None, None, None, None, None),
        (4, "Paul", "Durand", None, None, None, None, None, None),
        (5, "Luc", "Petit", "marie@x.fr", None, None, None, None, None),
    ]
    assert base.rows("SELECT contact_id, channel, state FROM consents ORDER BY 1") == [
        (1, "email", "yes"),
        (2, "email", "no"),
    ]
    assert base.rows("SELECT contact_id, name FROM memberships ORDER BY ALL") == [(1, "ami"), (1, "vip")]
    assert base.rows("SELECT row_number, reason, raw[6] FROM rejects") == [
        (7, "reject.no_identity", "Nulle part")
    ]
    assert base.rows("SELECT entity, header, type FROM user_columns") == [("contacts", "Note", "text")]


def test_orders_make_their_contacts_and_keep_what_is_nobodys(base, counts) -> None:  # type: ignore[no-untyped-def]
    base.load("contacts", PEOPLE, PEOPLE_ROWS)
    report = base.load("orders", SALES, SALES_ROWS)
    assert counts(report) == (7, 4, 0, 0, 1, 2)
    assert report.preview.rejects == {"reject.order_no_amount": 1, "reject.order_no_date": 1}
    assert (report.preview.contacts_new, report.preview.contacts_known, report.preview.without_contact) == (
        1,
        2,
        1,
    )
    assert base.rows(
        "SELECT order_key, contact_id, order_date, amount, counted, summed FROM orders ORDER BY 1"
    ) == [
        ("shop:A1", 1, datetime(2024, 3, 12), Decimal("12.5000"), True, True),
        ("shop:A2", 2, datetime(2024, 3, 13), Decimal(20), False, False),
        ("shop:A3", None, datetime(2024, 3, 14), Decimal(5), True, True),
        ("shop:A6", 6, datetime(2024, 3, 15, 10), Decimal(-8), False, True),
    ]
    assert base.rows("SELECT email, live FROM contacts WHERE contact_id = 6") == [("new@x.fr", True)]


def test_an_order_told_over_several_rows_is_one_order(base, counts) -> None:  # type: ignore[no-untyped-def]
    first = ["A1", "1", "", "12/03/2024", "12,50", "payée"]
    rows = [first, ["A1", "", "", "", "", ""], ["A2", "", "", "", "3", ""]]
    assert counts(base.load("orders", SALES, rows)) == (3, 1, 0, 0, 1, 1)
    assert base.rows("SELECT order_id, amount, contact_id FROM orders") == [("A1", Decimal("12.5000"), 1)]


def test_lines_make_orders_and_contacts(base, counts) -> None:  # type: ignore[no-untyped-def]
    report = base.load("order_lines", LINES, LINES_ROWS)
    assert counts(report) == (7, 5, 0, 0, 0, 2)
    assert report.preview.rejects == {"reject.line_empty": 1, "reject.line_no_order": 1}
    assert report.preview.without_contact == 1
    assert base.rows("SELECT order_id, contact_id, order_date, amount FROM orders ORDER BY 1") == [
        ("536365", 1, datetime(2010, 12, 1, 8, 26), Decimal("55.9800")),
        ("536414", None, datetime(2010, 12, 1, 11, 52), Decimal(0)),
        ("C536379", 2, datetime(2010, 12, 1, 9, 41), Decimal("-27.5000")),
    ]
    assert base.rows("SELECT contact_id, country FROM contacts ORDER BY 1") == [
        (1, "United Kingdom"),
        (2, "France"),
    ]
    assert base.rows("SELECT count(*), count(DISTINCT line_key), count(contact_id) FROM order_lines") == [
        (5, 5, 4)
    ]
    assert base.rows("SELECT external_id FROM identities ORDER BY 1") == [("14527",), ("17850",)]


def test_lines_without_a_customer_belong_to_the_customer_of_their_order(base) -> None:  # type: ignore[no-untyped-def]
    base.load("orders", SALES, SALES_ROWS[:3])
    headers = {
        "No": "order_lines.order_id",
        "Article": "order_lines.sku",
        "Montant": "order_lines.line_amount",
    }
    report = base.load("order_lines", headers, [["A1", "x", "5"], ["A3", "y", "5"], ["A9", "z", "5"]])
    assert report.preview.without_contact == 2
    assert base.rows("SELECT order_key, contact_id, order_date FROM order_lines ORDER BY 1") == [
        ("shop:A1", 1, datetime(2024, 3, 12)),
        ("shop:A3", None, datetime(2024, 3, 14)),
        ("shop:A9", None, None),
    ]
    assert base.rows("SELECT amount FROM orders WHERE order_key = 'shop:A1'") == [(Decimal("12.5000"),)]


def test_events_say_who_has_left(base, counts) -> None:  # type: ignore[no-untyped-def]
    report = base.load("events", EVENTS, EVENTS_ROWS)
    assert counts(report) == (8, 6, 0, 0, 0, 2)
    assert report.preview.without_contact == 1
    assert base.rows(
        "SELECT email, state, consent_date, consent_source FROM consents JOIN contacts USING (contact_id)"
        " ORDER BY 1"
    ) == [
        ("luc@x.fr", "no", date(2024, 3, 2), "email_bounce"),
        ("marie@x.fr", "no", date(2024, 3, 2), "unsubscribe"),
    ]
    assert base.rows("SELECT count(*) FROM events WHERE event_type = 'email_open'") == [(2,)]


def test_a_file_of_one_kind_of_event_says_it_once(base) -> None:  # type: ignore[no-untyped-def]
    mapping = {key: field for key, field in EVENTS.items() if key != "Type"}
    rows = [[row[0], row[2], row[3]] for row in EVENTS_ROWS[:3]]
    base.load("events", mapping, rows, event_type="site_visit")
    assert base.rows("SELECT DISTINCT event_type FROM events") == [("site_visit",)]
    assert base.load("events", mapping, rows).preview.rejects == {"reject.event_no_type": 3}


FILES = [
    ("contacts", PEOPLE, PEOPLE_ROWS),
    ("orders", SALES, SALES_ROWS),
    ("order_lines", LINES, LINES_ROWS),
    ("events", EVENTS, EVENTS_ROWS),
]


@pytest.mark.parametrize(("kind", "headers", "rows"), FILES, ids=[file[0] for file in FILES])
def test_the_same_file_twice_changes_nothing(base, counts, kind, headers, rows) -> None:  # type: ignore[no-untyped-def]
    first = base.load(kind, headers, rows)
    said = base.says()
    again = base.load(kind, headers, rows)
    read, new, _, _, merged, rejected = counts(first)
    assert counts(again) == (read, 0, 0, new, merged, rejected)
    assert again.preview.contacts_new == 0
    assert base.says() == said


@pytest.mark.parametrize(("kind", "headers", "rows"), FILES, ids=[file[0] for file in FILES])
def test_undo_forgets_an_import_exactly(base, kind, headers, rows) -> None:  # type: ignore[no-untyped-def]
    base.load("contacts", PEOPLE, PEOPLE_ROWS, source="other")
    before = base.says()
    report = base.load(kind, headers, rows)
    assert base.says() != before
    base.undo(report.import_id)
    assert base.says() == before


@pytest.mark.parametrize(("kind", "headers", "rows"), FILES, ids=[file[0] for file in FILES])
def test_undoing_the_first_of_two_leaves_the_second(base, kind, headers, rows) -> None:  # type: ignore[no-untyped-def]
    first = base.load(kind, headers, rows)
    said = base.says()
    base.load(kind, headers, rows)
    base.undo(first.import_id)
    assert base.says() == said


def test_preparing_writes_nothing_and_a_stop_leaves_nothing(base) -> None:  # type: ignore[no-untyped-def]
    before, version = base.says(), base.database.version
    request = base.request("contacts", PEOPLE, PEOPLE_ROWS)
    prepared = prepare(base.database, request)
    assert prepared.preview.new == 5
    assert base.says() == before
    with pytest.raises(CancelledError):
        commit(prepared, cancelled=lambda: True)
    assert prepared.closed
    with pytest.raises(CancelledError):
        prepare(base.database, request, cancelled=lambda: True)
    assert (base.says(), base.database.version) == (before, version)
    assert base.rows("SELECT count(*) FROM imports") == [(0,)]


def test_a_base_that_moved_between_the_two_steps_is_matched_again(base, counts) -> None:  # type: ignore[no-untyped-def]
    waiting = prepare(base.database, base.request("contacts", PEOPLE, PEOPLE_ROWS))
    base.load("contacts", PEOPLE, PEOPLE_ROWS)
    said = base.says()
    report = commit(waiting)
    assert counts(report) == (8, 0, 0, 5, 2, 1)
    assert base.says() == said


def test_an_empty_value_never_erases_and_another_one_replaces(base, counts) -> None:  # type: ignore[no-untyped-def]
    headers = {"Id": "contacts.contact_id", "Ville": "contacts.city", "Tel": "contacts.phone"}
    base.load("contacts", headers, [["1", "Lyon", "0612345678"], ["2", "Paris", ""]])
    report = base.load("contacts", headers, [["1", "", ""], ["2", "Nantes", ""], ["3", "Nice", ""]])
    assert counts(report) == (3, 1, 1, 1, 0, 0)
    assert base.rows("SELECT city, phone FROM contacts ORDER BY contact_id") == [
        ("Lyon", "+33612345678"),
        ("Nantes", None),
        ("Nice", None),
    ]


def test_ids_of_two_sources_are_two_worlds(base) -> None:  # type: ignore[no-untyped-def]
    headers = {"Id": "contacts.contact_id", "Nom": "contacts.last_name"}
    base.load("contacts", headers, [["1", "Dupont"]], source="shop")
    report = base.load("contacts", headers, [["1", "Martin"]], source="crm")
    assert report.preview.new == 1


def test_records_the_reader_refused_come_back_with_the_others(base, counts) -> None:  # type: ignore[no-untyped-def]
    refused = [RefusedRow(9, ("a", "b", "c"), "reject.width"), RefusedRow(12, ("Total",), "reject.footer")]
    report = base.load("contacts", PEOPLE, PEOPLE_ROWS[:2], refused=refused)
    assert counts(report) == (4, 2, 0, 0, 0, 2)
    assert base.rows("SELECT row_number, reason, raw FROM rejects ORDER BY 1") == [
        (9, "reject.width", []),
        (12, "reject.footer", []),
    ], "a column is left out: which cell of a row of another width is its own cannot be told"


def test_an_own_column_is_found_again_by_its_header(base) -> None:  # type: ignore[no-untyped-def]
    headers = {"Id": "contacts.contact_id", "Points de vue": None}
    base.load("contacts", headers, [["1", "12,5"]], own_types={1: "number"})
    base.load("contacts", headers, [["1", "13,5"]], own_types={1: "text"})
    assert base.rows("SELECT code, type FROM user_columns") == [("c001", "number")]
    assert base.rows("SELECT c001 FROM contacts") == [(13.5,)]


def test_what_cannot_be_read_is_kept_raw_beside_the_row(base) -> None:  # type: ignore[no-untyped-def]
    headers = {"Id": "contacts.contact_id", "Né le": "contacts.birth_date", "Tel": "contacts.phone"}
    report = base.load("contacts", headers, [["1", "un jour", "12"], ["2", "12/03/1968", ""]])
    assert [(u.field, u.count, u.example) for u in report.preview.unread] == [
        ("contacts.birth_date", 1, "un jour"),
        ("contacts.phone", 1, "12"),
    ]
    assert base.rows("SELECT unread FROM import_contacts ORDER BY row_number") == [
        ({"birth_date": "un jour", "phone": "12"},),
        (None,),
    ]


def test_hostile_and_repeated_headers_are_only_names(base) -> None:  # type: ignore[no-untyped-def]
    headers = {"Id": "contacts.contact_id", '"; drop table contacts; --': None, "l'un": None, "L’un": None}
    types = {1: "number", 2: "number", 3: "number"}
    base.load("contacts", headers, [["1", "a' b", "z", "y"], ["2", "1", "2", "3"]], own_types=types)
    assert base.rows("SELECT header FROM user_columns ORDER BY code") == [
        (name,) for name in list(headers)[1:]
    ]
    unread = base.rows("SELECT unread FROM import_contacts ORDER BY row_number")
    assert unread == [({'"; drop table contacts;': "a' b", "l un": "z", "l un (2)": "y"},), (None,)]


def test_two_columns_of_one_field_fill_each_other(base) -> None:  # type: ignore[no-untyped-def]
    table = base.table(["Id", "Mail", "Mail 2"], [["1", "", "b@x.fr"], ["2", "a@x.fr", "c@x.fr"]])
    mapping = {0: "contacts.contact_id", 1: "contacts.email", 2: "contacts.email"}
    commit(prepare(base.database, ImportRequest(table, "contacts", "shop", mapping)))
    assert base.rows("SELECT email, email_valid FROM contacts ORDER BY 1") == [
        ("a@x.fr", True),
        ("b@x.fr", True),
    ]


@pytest.mark.parametrize(
    ("kind", "headers", "code"),
    [
        ("contacts", {"Ville": "contacts.city"}, "error.import.nobody"),
        ("orders", {"No": "orders.order_id", "Montant": "orders.amount_total"}, "error.import.no_date"),
        ("order_lines", {"Article": "order_lines.sku"}, "error.import.no_order"),
        ("order_lines", {"No": "order_lines.order_id"}, "error.import.nothing_sold"),
        ("events", {"Type": "events.event_type"}, "error.import.no_date"),
    ],
)
def test_a_file_without_what_its_kind_lives_on_is_refused(base, kind, headers, code) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(InputError) as refusal:
        prepare(base.database, base.request(kind, headers, [["x"] * len(headers)]))
    assert refusal.value.code == code


def test_the_record_of_an_import_says_what_was_done(base) -> None:  # type: ignore[no-untyped-def]
    answer = ConsentAnswer("customer", date(2024, 1, 1), "caisse", "registre")
    report = base.load("contacts", PEOPLE, PEOPLE_ROWS, author="Ana", file_hash="abc", consent=answer)
    row = base.rows(
        "SELECT import_id, kind, source, author, file_hash, consent, rows_read, rows_loaded, rows_rejected,"
        " new_rows, merged_rows, mapping ->> '$.Nom', mapping ->> '$.Note', mapping ->> '$.Interne'"
        " FROM imports"
    )
    assert row == [
        (
            report.import_id,
            "contacts",
            "shop",
            "Ana",
            "abc",
            "customer",
            8,
            7,
            1,
            5,
            2,
            "contacts.last_name",
            None,
            "-",
        )
    ]
    assert set(report.stages) >= {"stage", "clean", "split", "match", "preview", "write", "fold", "commit"}


def test_progress_goes_forward_and_names_its_steps(base) -> None:  # type: ignore[no-untyped-def]
    told: list[tuple[str, float]] = []

    def tell(step: str, share: float) -> None:
        told.append((step, share))

    prepared = prepare(base.database, base.request("contacts", PEOPLE, PEOPLE_ROWS), progress=tell)
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert all(step.startswith("progress.import.") for step, _ in told)
    prepared.close()
