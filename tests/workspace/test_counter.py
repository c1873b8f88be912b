"""A person met at the counter comes in as an import: cleaned, matched, with the proof of the agreement."""

from __future__ import annotations

from datetime import date

import pytest

from segmentation.errors import InputError
from segmentation.intake.joining import JoinRule
from segmentation.results import Statement
from segmentation.workspace import Workspace
from segmentation.workspace.counter import enter, still_refused
from segmentation.workspace.joining import keep_rules

ANA = {
    "first_name": "Ana",
    "last_name": "roux",
    "email": "Ana@Example.com",
    "mobile": " ",
    "birth_date": "05/06/1980",
}


def rows(base: Workspace, sql: str) -> list[tuple[object, ...]]:
    return base.database.run(Statement(sql)).rows


def test_a_new_person_comes_in_with_proof_group_and_a_way_back(empty: Workspace) -> None:
    keep_rules(empty, [JoinRule("source", "is", "comptoir", "Vus au comptoir")])
    report = enter(empty, ANA, agreed=["email"], form="Formulaire", proof="J’accepte…")
    assert (report.preview.new, report.preview.contacts_new) == (1, 1)
    said = rows(empty, "SELECT last_name, email, birth_date, mobile FROM contacts WHERE live")
    assert said == [("Roux", "ana@example.com", date(1980, 6, 5), None)]
    proof = rows(empty, "SELECT channel, state, consent_date, consent_source, proof FROM import_consents")
    assert proof == [("email", "yes", date.today(), "Formulaire", "J’accepte…")]
    assert rows(empty, "SELECT name FROM memberships") == [("Vus au comptoir",)]
    made = empty.imports()[0]
    assert (made.source, made.file_name, made.author) == ("comptoir", "Formulaire", "Ana")
    assert empty.check() == {}
    empty.undo(report.import_id)
    assert empty.contacts == 0


def test_a_known_person_is_completed_and_their_no_stays(empty: Workspace) -> None:
    enter(empty, {"first_name": "Ana", "email": "ana@example.com"}, form="F")
    empty.database.run(
        Statement(
            "INSERT INTO import_consents VALUES (1, 1, 1, 'sms', 'no', DATE '2026-01-01', 'optout', NULL)"
        )
    )
    report = enter(
        empty, {"first_name": "ana", "email": "ANA@example.com", "city": "Lyon"}, agreed=["sms"], form="F"
    )
    assert (report.preview.contacts_known, empty.contacts) == (1, 1)
    assert rows(empty, "SELECT city FROM contacts WHERE live") == [("Lyon",)]
    assert rows(empty, "SELECT state FROM consents WHERE channel = 'sms'") == [("no",)]
    assert still_refused(empty, report.import_id, ["email", "sms"]) == ("sms",)
    assert still_refused(empty, report.import_id, ["email"]) == ()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"city": "Lyon"}, "error.contact.nobody"),
        ({"first_name": "  "}, "error.contact.nobody"),
        ({"first_name": "Ana", "birth_date": "hier"}, "error.contact.value"),
        ({"first_name": "Ana", "email": "pas un mail"}, "error.contact.value"),
    ],
)
def test_what_cannot_be_read_is_refused_and_nothing_written(
    empty: Workspace, values: dict[str, str], code: str
) -> None:
    with pytest.raises(InputError) as caught:
        enter(empty, values, form="F")
    assert caught.value.code == code
    assert empty.contacts == 0 and empty.imports() == ()
    assert [path for path in empty.database.workdir.iterdir() if path.is_file()] == []


def test_values_are_text_whatever_they_hold(empty: Workspace) -> None:
    enter(empty, {"first_name": 'Zoé "Z"; , \n x', "last_name": "=1+1", "email": "z@example.com"}, form="F")
    assert rows(empty, "SELECT first_name, last_name FROM contacts WHERE live") == [('Zoé "Z"; , x', "=1+1")]
