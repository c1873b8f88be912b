"""Who may be written to after an import is who the lists made then hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.plan import ConsentAnswer
from segmentation.results import Statement
from segmentation.store.oppositions import add_oppositions
from segmentation.traits.consent import CHANNELS, consents_statement
from segmentation.workspace import Workspace
from tests.bringing import brought

FIRST = (
    "Nom;E-mail;Mobile;Adresse;Code postal;Ville;Newsletter\n"
    "A;a@example.com;06 11 22 33 44;1 rue X;69003;Lyon;oui\nB;b@example;06 11 22 33 45;;;;oui\n"
    "C;;04 78 11 22 33;2 rue X;69003;;oui\nD;d@example.com;;;;;non\nE;e@example.com;06 11 22 33 46;;;;\n"
    "A;a@example.com;;;;;non\nF;f@example.com;;3 rue Y;75011;Paris;oui\n"
)
SECOND = "Nom;E-mail;Mobile;Newsletter\nD;d@example.com;06 11 22 33 47;oui\nE;e@example.com;;oui\nG;;;oui\n"


def lists(base: Workspace) -> dict[str, int]:
    counts = ", ".join(f"count(*) FILTER ({channel}_reachable)" for channel in CHANNELS)
    said = consents_statement()
    (row,) = base.database.run(Statement(f"SELECT {counts} FROM ({said.sql})", said.params)).rows
    return dict(zip(CHANNELS, map(int, row), strict=True))


@pytest.mark.parametrize("opposed", [False, True])
@pytest.mark.parametrize("state", [None, "yes", "professional", "no"])
def test_the_preview_counts_as_the_lists_do(tmp_path: Path, state: str | None, *, opposed: bool) -> None:
    with Workspace.open(tmp_path / "base.duckdb") as base:
        if opposed:
            with base.database.session() as session, session.transaction(write=True):
                add_oppositions(session, ["f@example.com"], channels=("email", "post"), reason="asked")
        answer = ConsentAnswer(state) if state else None
        first = brought(base, FIRST, consent=answer)
        assert first.preview.reachable == lists(base)
        assert first.preview.consents.get(("email", "yes"), 0) > first.preview.reachable["email"]
        known = Statement("SELECT count(*) FROM contacts WHERE live")
        before = base.database.scalar(known)
        second = brought(base, FIRST + SECOND.partition("\n")[2].replace(";oui", ";;;;oui"), "suite.csv")
        assert second.preview.reachable == lists(base)
        assert base.database.scalar(known) == before + 1
