"""Whom to ask for what: counts, who can be asked and how, the most useful first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from segmentation.criteria.codec import criterion_from_json
from segmentation.i18n import LANGUAGES, words
from segmentation.reports.collecting import WISHES, collecting, criterion
from segmentation.workspace import Workspace
from tests.bringing import bring

FILE = (
    "Prénom;Nom;E-mail;Mobile;Code postal;Ville;Adresse;Newsletter;Dernier achat;Nombre de commandes;"
    "Date de naissance\n"
    "Ana;A;ana@example.com;0639980001;69003;Lyon;1 rue A;oui;01/11/2026;3;05/06/1980\n"
    "Bob;B;;0639980002;69003;Lyon;2 rue B;;01/11/2026;2;\n"
    "Eva;E;eva@example.com;;;;;;;;\n"
)


def test_who_lacks_what_and_who_can_be_asked(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "base.duckdb") as base:
        base.set_as_of(date(2026, 11, 22))
        assert collecting(base.evaluator).sheets["wishes"].rows == []
        bring(base, FILE)
        rows = {row[0]: row[1:] for row in collecting(base.evaluator).sheets["wishes"].rows}
        # people, active, e-mail, SMS, phone, post, counter
        assert rows["email"] == (1, 1, 0, 0, 0, 1, 0)
        assert rows["agreement"] == (1, 0, 0, 0, 0, 0, 1)
        assert rows["mobile"] == (1, 0, 0, 0, 0, 0, 1)
        assert rows["birth_date"][:2] == (2, 1)
        active = [row[2] for row in collecting(base.evaluator).sheets["wishes"].rows]
        assert active == sorted(active, reverse=True) and active[0] == 2
        for wish in WISHES:
            count = base.evaluator.count(criterion_from_json(criterion(wish)))
            assert count == rows.get(wish.key, (0,))[0]


def test_every_wish_has_its_words() -> None:
    for language in LANGUAGES:
        w = words(language)
        assert all(w.has(f"collect.{one.key}") and w.has(f"collect.{one.key}.why") for one in WISHES)
