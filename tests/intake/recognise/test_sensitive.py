"""Sensitive columns are left out and asked about; ordinary ones never are."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.read import read_pasted
from segmentation.intake.recognise import recognise
from segmentation.intake.recognise.content import content_of
from segmentation.intake.recognise.sensitive import sensitive_kind


@pytest.mark.parametrize(
    ("header", "values", "kind"),
    [
        ("Allergies", ["arachide"], "health"),
        ("Groupe sanguin", ["A+"], "health"),
        ("N° de sécurité sociale", [], "social_number"),
        ("Religion", ["x"], "religion"),
        ("Orientation sexuelle", ["x"], "opinions"),
        ("Opinions politiques", ["x"], "opinions"),
        ("Opinions", ["trop cher"], ""),
        ("Opinion client", ["bien"], ""),
        ("IBAN", [], "bank"),
        ("Numéro", ["1 84 12 76 451 089 46", "255081416802538"], "social_number"),
        ("Compte", ["FR76 3000 6000 0112 3456 7890 189"], "bank"),
        ("Paiement", ["4970 1012 3456 7890", "4111111111111111", "5555555555554444"], "bank"),
        ("N° SS", [], "social_number"),
        ("Mutuelle", ["MGEN"], "health"),
        ("Contre-indications", ["Genou fragile"], "health"),
        ("Contraindication", ["knee"], "health"),
        ("Motif de consultation", ["Bilan annuel"], "health"),
        ("Form Field: injuries?", ["none"], "health"),
        ("Asthme / PAI", ["ventoline"], "health"),
        ("Empreinte CB", ["VISA **** 0000"], "bank"),
        ("user_pass", ["$P$Bexample"], "password"),
        ("SS catégorie", ["Chaussures"], ""),
        ("Date de traitement", ["03/02/2025"], ""),
        ("Origine", ["Site web"], ""),
        ("Ville", ["Lyon"], ""),
        ("SIRET", ["73282932000074"], ""),
        ("Téléphone", ["0612345678"], ""),
        ("Commentaire", ["appeler le soir"], ""),
        ("Parti le", ["01/02/2024"], ""),
    ],
)
def test_kinds(header: str, values: list[str], kind: str) -> None:
    assert sensitive_kind(header, content_of(values)) == kind


def test_left_out_unless_decided(tmp_path: Path) -> None:
    text = "Nom\tAllergies\nRoy\tarachide\nPetit\tlait\n"
    column = recognise(read_pasted(text, workdir=tmp_path)).columns[1]
    assert (column.field, column.accepted, column.sensitive) == ("-", False, "health")
    found = recognise(read_pasted(text, workdir=tmp_path))
    assert "recognise.sensitive" in found.notes
    kept = recognise(read_pasted(text, workdir=tmp_path), known={"Allergies": None})
    assert (kept.columns[1].field, kept.columns[1].accepted) == (None, True)
    assert "recognise.sensitive" not in kept.notes


@pytest.mark.parametrize(
    ("said", "kind"), [("enceinte, livrer à l’étage", "comments"), ("appeler plutôt le soir", "")]
)
def test_free_comments_are_sensitive_when_they_tell(tmp_path: Path, said: str, kind: str) -> None:
    text = f"Email\tCommentaires\na@free.fr\tbonjour\nb@free.fr\t{said}\n"
    column = recognise(read_pasted(text, workdir=tmp_path)).columns[1]
    assert (column.sensitive, column.field) == (kind, "-" if kind else "notes")


@pytest.mark.parametrize(("header", "mask"), [("IBAN", "~last"), ("Allergies", "~filled")])
def test_a_mask_suits_its_kind(tmp_path: Path, header: str, mask: str) -> None:
    text = f"Email\t{header}\na@free.fr\tx\n"
    column = recognise(read_pasted(text, workdir=tmp_path), known={header: "~"}).columns[1]
    assert (column.qualified, column.mask, column.accepted) == (mask, mask, True)
