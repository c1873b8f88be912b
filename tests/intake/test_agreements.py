"""Consent through an import: columns first, the answer for what they do not say, a refusal for ever."""

from __future__ import annotations

from datetime import date

import pytest

from segmentation.intake.plan import ConsentAnswer
from segmentation.results import Statement
from segmentation.store.oppositions import add_oppositions

HEADERS = {
    "Mail": "contacts.email",
    "Tel": "contacts.phone",
    "Newsletter": "contacts.optin_email",
    "SMS": "contacts.optin_sms",
    "Désinscrit": "contacts.optout",
    "Rebond": "contacts.email_bounced",
    "Le": "contacts.consent_date",
    "Par": "contacts.consent_source",
    "Parti le": "contacts.optout_date",
}
_PEOPLE = "FROM consents JOIN contacts USING (contact_id)"
SAID = f"SELECT email, channel, state {_PEOPLE} ORDER BY ALL"
STATES = f"SELECT email, channel, state, consent_date, consent_source {_PEOPLE}"


def test_columns_speak_for_their_channel(base) -> None:  # type: ignore[no-untyped-def]
    rows = [
        ["yes@x.fr", "", "oui", "", "", "", "01/02/2024", "salon", ""],
        ["no@x.fr", "", "non", "oui", "", "", "", "", ""],
        ["out@x.fr", "", "oui", "oui", "oui", "", "", "", "03/04/2024"],
        ["bounce@x.fr", "", "oui", "", "", "hard bounce", "", "", ""],
        ["doubt@x.fr", "", "peut-être", "", "non", "", "", "", ""],
    ]
    report = base.load("contacts", HEADERS, rows)
    assert base.rows(f"{STATES} ORDER BY 1, 2") == [
        ("bounce@x.fr", "email", "no", None, "bounce"),
        ("no@x.fr", "email", "no", None, None),
        ("no@x.fr", "sms", "yes", None, None),
        ("out@x.fr", "email", "no", date(2024, 4, 3), "optout"),
        ("out@x.fr", "sms", "no", date(2024, 4, 3), "optout"),
        ("yes@x.fr", "email", "yes", date(2024, 2, 1), "salon"),
    ]
    assert [(u.field, u.example) for u in report.preview.unread] == [("contacts.optin_email", "peut-être")]


@pytest.mark.parametrize("state", ["yes", "customer", "professional", "no"])
def test_the_answer_holds_where_the_file_is_silent(base, state: str) -> None:  # type: ignore[no-untyped-def]
    headers = {key: HEADERS[key] for key in ("Mail", "Tel", "Newsletter")}
    answer = ConsentAnswer(state, date(2024, 5, 1), "boutique", "bulletin signé")
    rows = [["a@x.fr", "", "oui"], ["b@x.fr", "", ""]]
    base.load("contacts", headers, rows, consent=answer)
    assert base.rows(SAID) == [
        ("a@x.fr", "email", "yes"),
        *[("a@x.fr", channel, state) for channel in ("phone", "post", "sms")],
        *[("b@x.fr", channel, state) for channel in ("phone", "post", "sms")],
    ]
    assert base.rows("SELECT DISTINCT proof, consent_date FROM import_consents WHERE channel = 'sms'") == [
        ("bulletin signé", date(2024, 5, 1))
    ]


def test_a_refusal_holds_for_every_channel_its_header_names(base) -> None:  # type: ignore[no-untyped-def]
    headers = {
        "Mail": "contacts.email",
        "Opt-in SMS et email": "contacts.optin_sms",
        "Liste noire téléphone": "contacts.optin_phone",
    }
    base.load("contacts", headers, [["no@x.fr", "non", "oui"], ["yes@x.fr", "oui", "non"]])
    assert base.rows(SAID) == [
        ("no@x.fr", "email", "no"),
        ("no@x.fr", "phone", "no"),
        ("no@x.fr", "sms", "no"),
        ("yes@x.fr", "sms", "yes"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"Do not mail": "optin_mail", "Do not email": "optout"}, {"post"}),
        ({"Do not mail": "optout", "Email opt-in": "optin_email"}, {"post"}),
        ({"Mail opt-in": "optin_mail", "Do not email": "optout"}, {"post"}),
        ({"Do not mail": "optin_mail", "Do not call": "optin_phone"}, {"email", "post"}),
        ({"Do not mail": "optin_mail", "Email bounced": "email_bounced"}, {"email", "post"}),
        ({"Pas de mail": "optin_mail", "Do not email": "optout"}, {"email", "post"}),
        ({"Refus mail": "optout", "Refus e-mail": "optout"}, {"email", "post"}),
    ],
)
def test_what_a_refusal_of_mail_closes_in_an_english_file(base, headers, refused) -> None:  # type: ignore[no-untyped-def]
    said = {"Email": "email", "Title": "civility", **headers}
    cells = ["no" if header.endswith("opt-in") else "yes" for header in headers]
    said_by = {"mail@x.fr": (cells[0], ""), "other@x.fr": ("", cells[1]), "both@x.fr": cells}
    rows = [[who, "Mr", *answers] for who, answers in said_by.items()]
    fields = {header: f"contacts.{key}" for header, key in said.items()}
    base.load("contacts", fields, rows, consent=ConsentAnswer("customer"))
    closed = {row[:2] for row in base.rows(f"SELECT email, channel, state {_PEOPLE}") if row[2] == "no"}
    assert {channel for who, channel in closed if who == "mail@x.fr"} == refused
    if "email" in str(headers).lower():
        assert ("other@x.fr", "email") in closed and ("both@x.fr", "email") in closed


def test_a_column_that_only_refuses_leaves_the_others_to_the_answer(base) -> None:  # type: ignore[no-untyped-def]
    headers = {"Mail": "contacts.email", "Ne pas appeler": "contacts.optin_phone"}
    rows = [["no@x.fr", "oui"], ["quiet@x.fr", "non"]]
    base.load("contacts", headers, rows, consent=ConsentAnswer("customer", channels=("phone",)))
    assert base.rows("SELECT email, state FROM consents JOIN contacts USING (contact_id) ORDER BY ALL") == [
        ("no@x.fr", "no"),
        ("quiet@x.fr", "customer"),
    ]


def test_a_refusal_nobody_understood_is_never_a_customer(base) -> None:  # type: ignore[no-untyped-def]
    headers = {
        "Réf": "contacts.contact_id",
        "Mail": "contacts.email",
        "Désabonné": "contacts.optout",
        "Ne pas appeler": "contacts.optin_phone",
        "Rebond": "contacts.email_bounced",
    }
    rows = [
        ["1", "out@x.fr", "Oui, plus de mails", "", ""],
        ["2", "stop@x.fr", "Oui : stoppez tout", "", ""],
        ["3", "doubt@x.fr", "plus de mails", "", ""],
        ["4", "twice@x.fr", "non", "", ""],
        ["4", "twice@x.fr", "voir avec elle", "", ""],
        ["5", "call@x.fr", "non", "le matin", ""],
        ["6", "back@x.fr", "non", "", "2 fois"],
        ["7", "in@x.fr", "non", "non", "non"],
    ]
    everyone = ConsentAnswer("customer", channels=("email", "phone", "post"))
    report = base.load("contacts", headers, rows, consent=everyone)
    said = base.rows(f"SELECT email, channel, state {_PEOPLE} WHERE channel <> 'sms' ORDER BY ALL")
    assert [row for row in said if row[1] == "email"] == [
        ("call@x.fr", "email", "customer"),
        ("in@x.fr", "email", "customer"),
        ("out@x.fr", "email", "no"),
        ("stop@x.fr", "email", "no"),
    ]
    people = sorted({row[1] for row in rows})
    assert [row[0] for row in said if row[1:] == ("phone", "customer")] == [
        who for who in people if who != "call@x.fr"
    ]
    assert [row[0] for row in said if row[1:] == ("post", "customer")] == people
    assert {u.example for u in report.preview.unread} >= {"le matin", "2 fois"}


def test_a_doubt_never_lifts_a_refusal_given_for_everyone(base) -> None:  # type: ignore[no-untyped-def]
    headers = {"Mail": "contacts.email", "Désabonné": "contacts.optout"}
    base.load("contacts", headers, [["a@x.fr", "?!"]], consent=ConsentAnswer("no", channels=("email",)))
    assert base.rows(f"SELECT email, state {_PEOPLE}") == [("a@x.fr", "no")]


def test_unknown_writes_nothing(base) -> None:  # type: ignore[no-untyped-def]
    base.load("contacts", {"Mail": "contacts.email"}, [["a@x.fr"]], consent=ConsentAnswer("unknown"))
    assert base.rows("SELECT count(*) FROM import_consents") == [(0,)]


def test_no_import_undoes_a_refusal(base) -> None:  # type: ignore[no-untyped-def]
    headers = {key: HEADERS[key] for key in ("Mail", "Newsletter")}
    base.load("contacts", headers, [["a@x.fr", "non"], ["b@x.fr", "oui"]])
    report = base.load("contacts", headers, [["a@x.fr", "oui"], ["b@x.fr", "oui"]])
    assert (report.preview.held_back, report.preview.unchanged) == (1, 2)
    assert base.rows("SELECT state FROM consents ORDER BY contact_id") == [("no",), ("yes",)]


def test_an_opposed_person_stays_opposed_when_brought_in_again(base) -> None:  # type: ignore[no-untyped-def]
    with base.database.session() as session, session.transaction(write=True):
        add_oppositions(session, ["gone@x.fr", "+33612345678"], channels=["email", "sms"], reason="asked")
    headers = {key: HEADERS[key] for key in ("Mail", "Tel", "Newsletter", "SMS")}
    rows = [
        ["gone@x.fr", "", "oui", "oui"],
        ["b@x.fr", "06 12 34 56 78", "oui", "oui"],
        ["c@x.fr", "", "oui", ""],
    ]
    report = base.load("contacts", headers, rows)
    assert report.preview.held_back == 2
    assert base.rows(SAID) == [
        ("b@x.fr", "email", "no"),
        ("b@x.fr", "sms", "no"),
        ("c@x.fr", "email", "yes"),
        ("gone@x.fr", "email", "no"),
        ("gone@x.fr", "sms", "no"),
    ]


def test_a_column_that_asks_the_contrary(base) -> None:  # type: ignore[no-untyped-def]
    headers = {"Mail": "contacts.email", "Ne pas appeler": "contacts.optin_phone"}
    base.load("contacts", headers, [["a@x.fr", "oui"], ["b@x.fr", "non"]])
    assert base.rows("SELECT contact_id, channel, state FROM consents") == [(1, "phone", "no")]


def test_the_preview_counts_people_by_channel_and_state(base) -> None:  # type: ignore[no-untyped-def]
    headers = {key: HEADERS[key] for key in ("Mail", "Newsletter")}
    report = base.load(
        "contacts", headers, [["a@x.fr", "oui"], ["b@x.fr", "non"], ["a@x.fr", "oui"], ["c@x.fr", ""]]
    )
    assert report.preview.consents == {("email", "yes"): 1, ("email", "no"): 1}
    assert base.database.scalar(Statement("SELECT count(*) FROM contacts")) == 3


def test_several_columns_of_one_consent_all_count(base) -> None:  # type: ignore[no-untyped-def]
    headers = {
        "Mail": "contacts.email",
        "Newsletter": "contacts.optin_email",
        "Accord": "contacts.optin_email",
        "Stop e-mail": "contacts.optout",
        "Stop SMS": "contacts.optout",
    }
    rows = [
        ["both@x.fr", "oui", "oui", "", ""],
        ["second@x.fr", "oui", "non", "", ""],
        ["first@x.fr", "non", "oui", "", ""],
        ["sms@x.fr", "oui", "", "", "oui"],
        ["mail@x.fr", "oui", "", "oui", ""],
    ]
    base.load("contacts", headers, rows)
    assert base.rows(SAID) == [
        ("both@x.fr", "email", "yes"),
        ("first@x.fr", "email", "no"),
        ("mail@x.fr", "email", "no"),
        ("second@x.fr", "email", "no"),
        ("sms@x.fr", "email", "yes"),
        ("sms@x.fr", "sms", "no"),
    ]


@pytest.mark.parametrize(("agree", "states"), [(True, [("yes",)]), (False, [])])
def test_a_date_alone_agrees_unless_a_column_may_say_no(base, agree: bool, states: list[object]) -> None:  # type: ignore[no-untyped-def]
    headers = {"Mail": "contacts.email", "Accord le": "contacts.consent_date"}
    base.load("contacts", headers, [["a@x.fr", "01/02/2024"]], dates_agree=agree)
    assert base.rows("SELECT state FROM consents") == states


def test_a_status_that_tells_a_departure_refuses(base) -> None:  # type: ignore[no-untyped-def]
    headers = {"Mail": "contacts.email", "Newsletter": "contacts.optin_email", "Statut": "contacts.status"}
    rows = [
        ["a@x.fr", "oui", "Client"],
        ["b@x.fr", "oui", "Désabonné"],
        ["c@x.fr", "oui", "Ne pas contacter"],
    ]
    base.load("contacts", headers, rows)
    said = base.rows(f"SELECT email, count(*) {_PEOPLE} WHERE state = 'no' GROUP BY 1 ORDER BY 1")
    assert said == [("b@x.fr", 2), ("c@x.fr", 4)]


def test_a_source_written_like_the_one_of_a_refusal_is_said_once(base) -> None:  # type: ignore[no-untyped-def]
    headers = {
        "Mail": "contacts.email",
        "Newsletter": "contacts.optin_email",
        "Par": "contacts.consent_source",
        "Stop e-mail": "contacts.optout",
    }
    base.load("contacts", headers, [["a@x.fr", "non", "optout", "oui"], ["b@x.fr", "oui", "salon", ""]])
    said = (
        "SELECT email, channel, state, consent_source FROM import_consents JOIN contacts USING (contact_id)"
    )
    assert base.rows(f"{said} ORDER BY ALL") == [
        ("a@x.fr", "email", "no", "optout"),
        ("b@x.fr", "email", "yes", "salon"),
    ]


def test_an_answer_like_what_a_refusal_says_is_said_once(base) -> None:  # type: ignore[no-untyped-def]
    headers = {"Mail": "contacts.email", "Stop e-mail": "contacts.optout"}
    gone = ConsentAnswer("no", source="optout", channels=("email",), over=True)
    base.load("contacts", headers, [["a@x.fr", "oui"], ["b@x.fr", ""]], consent=gone)
    assert base.rows("SELECT contact_id, state FROM import_consents ORDER BY ALL") == [(1, "no"), (2, "no")]
