"""Remarks that refuse in words are told, for no column counts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.read import read_pasted
from segmentation.intake.recognise import recognise
from segmentation.intake.recognise.content import content_of
from segmentation.intake.recognise.remarks import refuses_in_words

NOTE = "recognise.remarks_refuse"


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("ne veut plus de courrier", True),
        ("NE PAS SOLLICITER svp", True),
        ("n’accepte plus les appels", True),
        ("please do not email", True),
        ("no more letters", True),
        ("décédée en 2025", True),
        ("NPAI", True),
        ("ne veut que du thé vert", False),
        ("n’a pas le temps le lundi", False),
        ("prefers Saturdays, do not be late", False),
        ("stops by on Mondays", False),
    ],
)
def test_a_remark_that_refuses_is_told(tmp_path: Path, remark: str, told: bool) -> None:
    rows = [f"p{n}@x.fr\tLéa{n}\tRoux\t{remark if n == 3 else f'vient le {n}'}" for n in range(6)]
    text = "\n".join(["E-mail\tPrénom\tNom\tRemarques", *rows]) + "\n"
    assert (NOTE in recognise(read_pasted(text, workdir=tmp_path)).notes) is told


@pytest.mark.parametrize(
    "remarks",
    [
        ["", "", "Ne veut plus de courrier", ""],
        ["Ne veut plus de courrier", "", "Ne veut plus de courrier", ""],
        ["NPAI", "", "", "décédé"],
        ["fidèle", "", f"{'passe le mardi, ' * 40}ne veut plus de courrier", ""],
        ["fidèle", "", f"{'passe le mardi, ' * 400}ne veut plus de courrier", ""],
        ["fidèle", "", f"NPAI {'passe le mardi, ' * 400}", ""],
    ],
)
def test_refusals_alone_or_far_in_a_remark_are_told(tmp_path: Path, remarks: list[str]) -> None:
    rows = [f"Roux{n}\tp{n}@x.fr\t{remark}" for n, remark in enumerate(remarks)]
    text = "\n".join(["Nom\tE-mail\tRemarques", *rows]) + "\n"
    assert NOTE in recognise(read_pasted(text, workdir=tmp_path)).notes


SPEAK = (
    "ne veut plus rien recevoir",
    "ne veut plus de courrier",
    "ne veut plus ni catalogue ni SMS",
    "ne souhaite plus être contacté",
    "ne souhaite plus être contactée par téléphone",
    "ne veut pas qu'on l'appelle",
    "ne veut pas qu’on lui écrive",
    "n’accepte plus les appels",
    "ne désire plus recevoir la lettre d'info",
    "ne veulent aucun mail",
    "ne veut plus rien",
    "ne souhaite pas être dérangée",
    "ne veut plus entendre parler de nous",
    "n'accepte aucune publicité",
    "ne veut plus d'e-mails",
    "ne souhaite plus recevoir nos offres",
    "does not want to be contacted",
    "doesn't want any more letters",
    "no longer wishes to be contacted",
    "doesn’t want to hear from us",
    "does not want our newsletter",
    "wants no calls",
    "asked not to be called",
    "don't want emails",
    "ne veut plus recevoir de mails",
    "ne veut pas de SMS",
)
SILENT = (
    "Ne veut pas de gluten",
    "Ne veut pas de gluten, appeler avant de livrer",
    "Ne veut pas de gluten et appeler avant midi",
    "ne veut pas donner son mail",
    "ne veut plus de lait",
    "ne souhaite pas de sac",
    "n'accepte pas les chèques",
    "ne veut pas de lentilles de contact",
    "ne veut que du thé vert",
    "ne désire aucun sucre",
    "ne veut pas d'appellation contrôlée",
    "ne veut pas de maillot rouge",
    "ne veut pas s'asseoir près de la porte - rappeler la table 4",
    "does not want gluten",
    "doesn't want sugar",
    "does not want to give her email",
    "does not want contact lenses",
    "no longer wants the blue one",
    "does not accept cheques",
    "doesn't want nuts, call before delivery",
    "wants no onions",
    "wants no sugar",
    "stops by on Mondays",
)


def test_only_who_will_not_be_reached_is_told() -> None:
    assert [remark for remark in SPEAK if not _told(remark)] == []
    assert [remark for remark in SILENT if _told(remark)] == []


def _told(remark: str) -> bool:
    return refuses_in_words(content_of([remark, ""]))
