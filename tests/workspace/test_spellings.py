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


def test_a_title_in_another_language_is_the_same_title(empty: Workspace) -> None:
    english = "Title,First name,Surname,Email\n{},Ann,Lee,a@x.co.uk\nMr,Tom,Hill,b@x.co.uk\n"
    brought(empty, english.format("Mrs"))
    french = "Civilité;Prénom;Nom;E-mail\nMme;Ann;Lee;a@x.co.uk\nMr;Tom;Hill;b@x.co.uk\n"
    told = brought(empty, french)
    assert (told.preview.spellings, told.preview.unchanged) == (0, 2)
    assert [row(empty, one, "civility", "gender") for one in (1, 2)] == [("Mrs", None), ("Mr", None)]
    brought(empty, english.format("Miss"))
    assert row(empty, 1, "civility") == ("Miss",)
