"""Nobody is held silent where nobody was ever heard of: an old day of creation alone proves nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from segmentation.workspace import Workspace
from tests.bringing import bring

PEOPLE = (
    "Prénom;Nom;E-mail;Créé le\nAna;Roux;ana@example.com;01/02/2015\nBob;Noir;bob@example.com;03/04/2016\n"
)


def test_a_creation_date_alone_is_no_silence(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "base.duckdb") as base:
        bring(base, PEOPLE)
        told = base.report("quality")
        assert (told.figures["fresh"], told.figures["heard"]) == (None, 0)
        assert not {"obsolete", "inactive"} & {row[0] for row in told.sheets["weak"].rows}
        known = [told.figures[part] for part in ("complete", "valid", "unique")]
        assert told.figures["score"] == pytest.approx(sum(known) / 3)  # type: ignore[arg-type]
        bring(base, "E-mail;Dernier achat\nana@example.com;20/03/2015\n", "achats.csv")
        told = base.report("quality")
        assert (told.figures["fresh"], told.figures["heard"]) == (0, 1)
        assert dict(told.sheets["weak"].rows)["obsolete"] == 1, "Bob was never heard of, only written down"
        bring(base, f"E-mail;Créé le\nana@example.com;{date.today():%d/%m/%Y}\n", "refait.csv")
        assert base.report("quality").figures["fresh"] == 1, "whose record is new is not silent for years"
