"""What trades write: staff, visits, codes, decorated totals, appointments; nothing doubtful goes unasked."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.read import read_pasted
from segmentation.intake.recognise import recognise
from segmentation.intake.recognise.content import content_of
from segmentation.intake.recognise.headers import named, undecorated
from segmentation.intake.recognise.mapping import candidates
from segmentation.intake.recognise.model import ACCEPTED
from segmentation.intake.recognise.model import Recognition as Found


def found(tmp_path: Path, text: str) -> Found:
    return recognise(read_pasted(text.replace("|", "\t") + "\n", workdir=tmp_path))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Order ID|Customer Name|Customer Email|Order Date|Order Total (inc tax)\n"
            "10241|Gwen Abbott|gwen@example.com|04/11/2024|102.50\n"
            "10242|Ivo Lenz|ivo@example.org|04/11/2024|35.45",
            "orders",
        ),
        (
            "Subscriber|Status|Sent|Opens|Subscribed\n"
            "lea@example.org|active|48|31|2023-05-14\n"
            "paul@example.com|unsubscribed|12|2|2022-10-01",
            "contacts",
        ),
        (
            "Date du RDV|Statut|Nom|Prénom|Portable\n"
            "10/03/2025|Venu|Thébault|Loïc|0639980512\n"
            "11/03/2025|Annulé|Nguyen|Minh|0639980526",
            "events",
        ),
        (
            "Dernier RDV|Statut|Nom|Prénom|Portable\n"
            "10/03/2025|Venu|Thébault|Loïc|0639980512\n"
            "11/03/2025|Annulé|Nguyen|Minh|0639980526",
            "contacts",
        ),
        (
            "Booking ID|Booking date|Guest name|Nights|Status|Total\n"
            "B1|2025-02-03|Ann Lee|2|No show|210.00\n"
            "B2|2025-02-04|Bo Ray|1|Checked in|95.00",
            "orders",
        ),
        (
            "N° OR|Dt entrée|Client|Tot HT|Tot TTC|Statut\n"
            "OR-25-0114|06/01/2025|Yann Le Goff|124,17|149,00|Terminé\n"
            "OR-25-0115|08/01/2025|Lise Barreau|149,00|178,80|En cours",
            "orders",
        ),
    ],
)
def test_kind(tmp_path: Path, text: str, kind: str) -> None:
    assert found(tmp_path, text).kind == kind


@pytest.mark.parametrize(
    ("header", "values", "kind"),
    [
        ("Service", ["Dîner", "Déjeuner"], "events"),
        ("Service", ["Dîner", "Déjeuner"], "contacts"),
        ("Staff Member", ["Coach Ines", "Coach Bart"], "events"),
        ("First Visit", ["3/2/2021", "8/19/2023"], "contacts"),
        ("Cost", ["61.00", "5.20"], "order_lines"),
        ("Code-barres", ["0001234500011", "0001234500028"], "order_lines"),
        ("NPAI", ["N", "O"], "contacts"),
        ("Opt-in IP", ["192.0.2.14", "192.0.2.77"], "contacts"),
        ("Divers 1", ["clé chez la gardienne", "x"], "contacts"),
        ("Échéance", ["03/11/24", "07/10/24"], "orders"),
        ("Rappel SMS OK", ["O", "N"], "contacts"),
    ],
)
def test_doubtful_headers_are_never_taken_unasked(header: str, values: list[str], kind: str) -> None:
    offers = candidates(header, content_of(values), kind)
    assert not offers or offers[0][1] < ACCEPTED


def test_a_reminder_by_text_is_no_consent_to_email() -> None:
    offers = dict(candidates("Rappel SMS OK", content_of(["O", "N"]), "contacts"))
    assert ("contacts", "optin_email") not in offers


def test_a_transaction_beside_an_order_is_its_line(tmp_path: Path) -> None:
    columns = found(
        tmp_path,
        "Sale Date|Item Name|Quantity|Price|Transaction ID|Order ID\n"
        "11/18/24|Linen apron|1|38.00|4120098871|3498812001\n"
        "11/19/24|Espresso cup|2|19.50|4120099012|3498812977\n"
        "11/19/24|Espresso cup|4|19.50|4120099013|3498812977",
    ).columns
    assert [column.field for column in columns[-2:]] == ["line_id", "order_id"]
    assert columns[-2].certainty < ACCEPTED <= columns[-1].certainty


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Order Total (inc tax)", "amount_total"),
        ("Subtotal (ex tax)", "amount_net"),
        ("TOTAL £", "amount_total"),
        ("Tot TTC", "amount_total"),
        ("NB_CDES", "orders_count"),
        ("Phone - other", "phone"),
    ],
)
def test_decorations(header: str, field: str) -> None:
    assert named(header, ("orders", "contacts"))[0].key == field


def test_thousands_are_no_decoration() -> None:
    assert undecorated("Budget (k€)") == "Budget (k€)"
