"""What happened, what is owed: files whose rows are no people are told by several signs of one story."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.read import read_pasted
from segmentation.intake.recognise import Recognition, recognise

VALUES = {
    "number": ["12", "7", "31", "4"],
    "money": ["12,50", "7,00", "31,90", "4,20"],
    "date": ["03/02/2025 09:30", "04/02/2025 11:05", "14/02/2025 18:20", "27/02/2025 10:00"],
    "birth": ["03/02/1985", "04/07/1971", "14/12/1990", "27/09/1962"],
    "full": ["Anne Morel", "Luc Petit", "Zoé Garnier", "Paul Roy"],
    "email": ["anne@example.com", "luc@example.org", "zoe@example.net", "paul@example.fr"],
    "word": ["atelier", "salon", "atelier", "cuisine"],
    "yes": ["oui", "non", "oui", "oui"],
    "way": ["chèque", "espèces", "virement", "espèces"],
    "country": ["France", "Belgique", "France", "Suisse"],
    "code": ["A12", "A13", "B07", "B09"],
}


def seen(tmp_path: Path, written: str) -> Recognition:
    """What is recognised of a file written « header: kind of value; … »."""
    columns = dict(part.split(": ") for part in written.split("; "))
    rows = zip(*(VALUES[kind] for kind in columns.values()), strict=True)
    lines = ["\t".join(row) for row in (tuple(columns), *rows)]
    return recognise(read_pasted("\n".join(lines) + "\n", workdir=tmp_path))


@pytest.mark.parametrize(
    "written",
    [
        "Correspondant: full; Début de l'appel: date; Durée (s): number; Sens: word; Agent: word",
        "Member: full; Check-in time: date; Visit type: word; Scan method: word",
        "Respondent ID: code; Submitted at: date; Collector: word; Which branch do you use?: word",
        "Attendee: full; Joined session: date; Left session: date; Minutes in session: number",
        "Person: full; Done at: date; Activity type: word; Outcome: word; Summary: word",
    ],
)
def test_a_story_of_several_signs_makes_events_and_is_asked_about(tmp_path: Path, written: str) -> None:
    found = seen(tmp_path, written)
    assert found.kind == "events"
    assert "recognise.kind_unsure" in found.notes


@pytest.mark.parametrize(
    "written",
    [
        "Nom complet: full; Date de naissance: birth; Début: date; Badge: code; Points: number",
        "Name: full; E-mail: email; Last check-in: date; Badge: code; Visits: number; Points: number",
        "Nom complet: full; E-mail: email; Soumis le: date; Qu'aimez-vous ?: word; Un commentaire ?: word",
        "Nom complet: full; E-mail: email; Date d'adhésion: date; Cotisation payée: yes; Mode: way",
    ],
)
def test_a_list_of_people_stays_one(tmp_path: Path, written: str) -> None:
    assert seen(tmp_path, written).kind == "contacts"


@pytest.mark.parametrize(
    "written",
    [
        "Adhérent: full; Nb paniers: number; À payer: money; Payé: yes; Point de retrait: word",
        "Name: full; Places: number; Total to pay: money; All paid?: yes; Card/cash: way",
        "Donor: full; Donation ref: code; Date given: date; Gift amount: money; Paid with: way",
    ],
)
def test_what_is_taken_and_paid_makes_purchases(tmp_path: Path, written: str) -> None:
    assert seen(tmp_path, written).kind == "orders"


def test_what_somebody_pays_with_is_no_country(tmp_path: Path) -> None:
    fields = {
        values: seen(tmp_path, f"Nom: full; E-mail: email; Pays: {values}").columns[2].field
        for values in ("way", "country")
    }
    assert fields == {"way": "payment_method", "country": "country"}


def test_the_only_address_is_the_first(tmp_path: Path) -> None:
    fields = [column.field for column in seen(tmp_path, "Nom: full; Work email: email").columns]
    assert fields[1] == "email"
    second = [column.field for column in seen(tmp_path, "Nom: full; Email secondaire: email").columns]
    assert second[1] == "email_secondary"


@pytest.mark.parametrize(
    ("written", "field"),
    [
        ("Correspondant: full; Ville: word; E-mail: email", "full_name"),
        ("N°: code; Nom: full; E-mail: email", "contact_id"),
    ],
)
def test_words_of_the_trade_are_proposed_never_taken(tmp_path: Path, written: str, field: str) -> None:
    column = seen(tmp_path, written).columns[0]
    assert column.field == field
    assert not column.accepted
