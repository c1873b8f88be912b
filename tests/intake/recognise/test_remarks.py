"""Remarks that refuse in words are told, for no column counts them."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.read import read_pasted
from segmentation.intake.recognise import recognise

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
