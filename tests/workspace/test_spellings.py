"""Of two spellings one letter apart, the better stays: a known name, an address whose domain is no slip."""

from __future__ import annotations

from segmentation.workspace import Workspace
from tests.bringing import brought
from tests.workspace.test_edits import row

KNOWN = "Prénom;Nom;Mobile;E-mail\nMathieu;Martin;0639980001;mathieu@gmail.com\n"


def test_the_slip_of_a_later_file_does_not_replace_what_is_known(empty: Workspace) -> None:
    brought(empty, KNOWN)
    told = brought(empty, "Prénom;Nom;Mobile;E-mail\nMathieu;Matrin;0639980001;mathieu@gmial.com\n")
    assert (told.preview.spellings, told.preview.unchanged, empty.contacts) == (2, 1, 1)
    assert row(empty, 1, "last_name", "email", "email_valid") == ("Martin", "mathieu@gmail.com", True)


def test_a_correction_and_another_known_name_are_taken(empty: Workspace) -> None:
    brought(empty, "Prénom;Nom;Mobile\nMathieu;Matrin;0639980001\n")
    told = brought(empty, "Prénom;Nom;Mobile\nMathieu;Martin;0639980001\n")
    assert (told.preview.spellings, row(empty, 1, "last_name")) == (0, ("Martin",))
    told = brought(empty, "Prénom;Nom;Mobile\nMathieu;Marti;0639980001\n")
    assert row(empty, 1, "last_name") == ("Marti",), "both are surnames: the last said stays"
