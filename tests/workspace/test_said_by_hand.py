"""Consent and groups by hand: no agreement lifts a refusal, and every word is taken back exactly."""

from __future__ import annotations

from datetime import date

import pytest

from segmentation.errors import InputError
from segmentation.intake.plan import ConsentAnswer
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.workspace.test_edits import picture

FILE = (
    "Prénom;E-mail;Mobile;Accepte e-mails;Groupe\n"
    "Ana;ana@example.com;0639980001;oui;vip\nBob;bob@example.com;0639980002;non;vip, thé\n"
    "Eva;eva@example.com;;;\n"
)


@pytest.fixture
def shop(empty: Workspace) -> Workspace:
    bring(empty, FILE)
    return empty


def states(base: Workspace, contact: int) -> dict[str, str]:
    sql = "SELECT channel, state FROM consents WHERE contact_id = ?"
    return dict(base.database.run(Statement(sql, (contact,))).rows)


def groups(base: Workspace, contact: int) -> list[str]:
    sql = "SELECT name FROM memberships WHERE contact_id = ? ORDER BY 1"
    return [row[0] for row in base.database.run(Statement(sql, (contact,))).rows]


def test_an_agreement_by_hand_has_its_date_its_source_and_its_proof(shop: Workspace) -> None:
    before, version = picture(shop), shop.version
    said = ConsentAnswer("customer", date(2026, 3, 4), "au comptoir", "ticket 12", ("email", "sms"))
    made = shop.say_consent(3, said)
    assert shop.version > version
    assert states(shop, 3) == {"email": "customer", "sms": "customer"}
    told = {row[0]: row[1:5] for row in shop.report("contact", contact=3).sheets["consents"].rows}
    assert told["sms"] == ("customer", date(2026, 3, 4), "au comptoir", "ticket 12")
    assert shop.check() == {}
    shop.undo(made.import_id)
    assert picture(shop) == before


@pytest.mark.parametrize("state", ["yes", "customer", "professional"])
def test_no_agreement_lifts_a_refusal_wherever_it_comes_from(shop: Workspace, state: str) -> None:
    for contact in (1, 2):
        if contact == 1:
            shop.say_consent(1, ConsentAnswer("no", date(2026, 3, 4), channels=("email",)))
        with pytest.raises(InputError, match=r"error\.contact\.opposed"):
            shop.say_consent(contact, ConsentAnswer(state, channels=("sms", "email")))
        assert states(shop, contact) == {"email": "no"}


def test_a_refusal_typed_by_mistake_is_undone(shop: Workspace) -> None:
    before = picture(shop)
    made = shop.say_consent(1, ConsentAnswer("no", channels=("email",)))
    assert states(shop, 1) == {"email": "no"}
    shop.undo(made.import_id)
    assert picture(shop) == before


@pytest.mark.parametrize(
    ("contact", "answer"),
    [(9, ConsentAnswer("yes")), (1, ConsentAnswer("unknown")), (1, ConsentAnswer("yes", channels=()))],
)
def test_what_cannot_be_said(shop: Workspace, contact: int, answer: ConsentAnswer) -> None:
    with pytest.raises(InputError):
        shop.say_consent(contact, answer)
    assert len(shop.imports()) == 1


def test_out_of_a_group_alone_or_together_and_back_in(shop: Workspace) -> None:
    before = picture(shop)
    alone = shop.untag([2], "VIP")
    assert (alone.contacts, groups(shop, 1), groups(shop, 2)) == (1, ["vip"], ["thé"])
    assert shop.check() == {}
    with pytest.raises(InputError, match=r"error\.contact\.untagged"):
        shop.untag([2, 3], "vip")
    shop.undo(alone.import_id)
    assert picture(shop) == before
    shop.untag([1, 2, 3], "vip")
    assert (groups(shop, 1), groups(shop, 2)) == ([], ["thé"])
    shop.tag([1], "Vip")
    assert groups(shop, 1) == ["Vip"]


def test_who_left_a_group_stays_out_of_it_through_a_merge(shop: Workspace) -> None:
    shop.untag([1], "vip")
    shop.merge([(1, 3)])
    assert groups(shop, 1) == []
    assert shop.check() == {}
