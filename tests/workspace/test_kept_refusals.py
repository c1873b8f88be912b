"""An undo says which refusals it takes back, and keeps them when asked; exact, it takes all back."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.plan import ConsentAnswer
from segmentation.results import Statement
from segmentation.store.kept_refusals import Stake
from segmentation.workspace import Workspace
from tests.bringing import bring

FILE = "Prénom;E-mail;Mobile\nAna;ana@example.com;0639980001\nBob;bob@example.com;\nEva;eva@example.com;\n"
LEFT = "E-mail désabonné\nbob@example.com\nzoe@example.com\n"


def bring_left(base: Workspace, text: str = LEFT) -> int:
    path: Path = base.database.workdir / "left"
    path.write_text(text, encoding="utf-8")
    table = base.read(path, name="desabonnes.csv")
    said = ConsentAnswer("no", source="optout", channels=("email",), over=True)
    recognition = base.recognise(table, known={table.headers[0]: "email"})
    return base.commit(base.prepare(base.request(table, recognition, consent=said))).import_id


def living(base: Workspace) -> list[tuple[object, ...]]:
    """Who lives in the base and what they refuse."""
    sql = "SELECT contact_id, email, channel, state FROM contacts LEFT JOIN consents USING (contact_id)"
    return base.database.run(Statement(f"{sql} WHERE live ORDER BY ALL")).rows


def state(base: Workspace, email: str) -> str | None:
    sql = (
        "SELECT state FROM contacts LEFT JOIN consents ON consents.contact_id = contacts.contact_id AND"
        " channel = 'email' WHERE live AND email = ?"
    )
    found = base.database.scalar(Statement(sql, (email,)))
    return None if found is None else str(found)


@pytest.fixture
def shop(empty: Workspace) -> Workspace:
    bring(empty, FILE)
    return empty


def test_refusals_outlive_the_import_that_said_them(shop: Workspace) -> None:
    before = living(shop)
    number = bring_left(shop)
    assert shop.refusals_at_stake() == {number: Stake(2, 2)}
    shop.undo(number, keep_refusals=True)
    assert (state(shop, "bob@example.com"), state(shop, "ana@example.com")) == ("no", None)
    assert shop.contacts == 3
    assert shop.check() == {}
    bring(shop, "Prénom;E-mail;Accepte e-mails\nZoé;zoe@example.com;oui\nBob;bob@example.com;oui\n")
    assert state(shop, "zoe@example.com") == state(shop, "bob@example.com") == "no"
    kept = shop.imports()[1]
    assert (kept.file_name, kept.notes["what"], kept.notes["of"]) == ("desabonnes.csv", "refusals", number)
    shop.undo(shop.imports()[0].import_id)
    shop.undo(kept.import_id)
    assert living(shop) == before
    assert shop.check() == {}


def test_undo_is_exact_unless_asked(shop: Workspace) -> None:
    before = living(shop)
    shop.undo(bring_left(shop))
    assert living(shop) == before


def test_a_refusal_said_elsewhere_too_is_not_at_stake(shop: Workspace) -> None:
    number = bring_left(shop)
    shop.say_consent(2, ConsentAnswer("no", channels=("email",)))
    assert shop.refusals_at_stake() == {number: Stake(1, 1)}, "only Zoé's, whom nothing else names"
    shop.undo(number)
    assert state(shop, "bob@example.com") == "no"


def test_who_leaves_the_base_takes_along_what_was_said_by_hand(shop: Workspace) -> None:
    shop.say_consent(3, ConsentAnswer("no", channels=("email", "sms")))
    assert shop.refusals_at_stake() == {1: Stake(1, 2), 2: Stake(1, 2)}
    shop.undo(1, keep_refusals=True)
    bring(shop, FILE)
    assert (state(shop, "eva@example.com"), state(shop, "ana@example.com")) == ("no", None)


def test_a_number_shared_at_home_is_not_closed_by_an_address(empty: Workspace) -> None:
    bring(empty, "Prénom;E-mail;Mobile\nMarc;marc@example.com;0639980009\n")
    bring_left(empty, "E-mail désabonné;Mobile;Prénom\nluc@example.com;0639980009;Luc\n")
    empty.undo(2, keep_refusals=True)
    assert state(empty, "marc@example.com") is None
