"""Salutations: the civility, then the declared gender, never the first name."""

from __future__ import annotations

import pytest

from segmentation.i18n import words
from segmentation.lists.salutation import form_of, salutation

CASES = [
    # civility, declared gender, first name, last name, company → recipient, formal, warm
    ("Mme", None, "Claire", "Dupont", None, "Madame Claire Dupont", "Madame Dupont,", "Bonjour Claire,"),
    ("Mademoiselle", None, None, "Dupont", None, "Madame Dupont", "Madame Dupont,", "Bonjour,"),
    ("M.", "F", "Jean", "Roy", None, "Monsieur Jean Roy", "Monsieur Roy,", "Bonjour Jean,"),
    (None, "F", "Dominique", "Roy", None, "Madame Dominique Roy", "Madame Roy,", "Bonjour Dominique,"),
    (None, "M", "Camille", "Roy", None, "Monsieur Camille Roy", "Monsieur Roy,", "Bonjour Camille,"),
    (None, "X", "Camille", "Roy", None, "Camille Roy", "Madame, Monsieur,", "Bonjour Camille,"),
    (None, None, "Marie", "Roy", None, "Marie Roy", "Madame, Monsieur,", "Bonjour Marie,"),
    (None, None, "Jean-Pierre", "Roy", "SAS Roy", "Jean-Pierre Roy", "Madame, Monsieur,",
     "Bonjour Jean-Pierre,"),
    ("Mme", None, "Claire", None, None, "Claire", "Madame, Monsieur,", "Bonjour Claire,"),
    (None, None, None, None, "SAS Roy", "SAS Roy", "Madame, Monsieur,", "Bonjour,"),
    (None, None, None, None, None, "", "Madame, Monsieur,", "Bonjour,"),
    ("Dr", "F", "Anne", "Roy", None, "Docteur Anne Roy", "Docteur Roy,", "Bonjour Anne,"),
    ("Maître", None, "Anne", "Roy", None, "Maître Anne Roy", "Maître Roy,", "Bonjour Anne,"),
    ("M. et Mme", None, "Jean", "Roy", None, "Madame et Monsieur Roy", "Madame, Monsieur Roy,",
     "Bonjour Jean,"),
    ("SARL", None, None, "Roy", None, "Roy", "Madame, Monsieur,", "Bonjour,"),
    ("Mrs", None, "Jane", "Roy", None, "Madame Jane Roy", "Madame Roy,", "Bonjour Jane,"),
    ("Mr", None, "John", "Roy", None, "Monsieur John Roy", "Monsieur Roy,", "Bonjour John,"),
    ("truc", "F", "Anne", "Roy", None, "Anne Roy", "Madame, Monsieur,", "Bonjour Anne,"),
    ("  MME  ", None, " Anne  Lise ", "de  La Tour", None, "Madame Anne Lise de La Tour",
     "Madame de La Tour,", "Bonjour Anne Lise,"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}-{case[1]}-{case[2]}")
def test_french(case: tuple[str | None, ...]) -> None:
    civility, gender, first, last, company, recipient, formal, warm = case
    said = salutation(form_of(civility, gender), first, last, company, words("fr"))
    assert (said.recipient, said.formal, said.warm) == (recipient, formal, warm)


@pytest.mark.parametrize(
    ("civility", "formal"),
    [
        ("Mme", "Dear Ms Roy,"),
        ("M.", "Dear Mr Roy,"),
        (None, "Dear Sir or Madam,"),
        ("Pr", "Dear Professor Roy,"),
        ("Mr", "Dear Mr Roy,"),
        ("Mrs", "Dear Mrs Roy,"),
        ("Miss", "Dear Miss Roy,"),
        ("Ms", "Dear Ms Roy,"),
        ("Mx", "Dear Mx Roy,"),
        ("Mr and Mrs", "Dear Mr and Mrs Roy,"),
    ],
)
def test_english(civility: str | None, formal: str) -> None:
    said = salutation(form_of(civility, None), "Sam", "Roy", None, words("en"))
    assert (said.formal, said.warm) == (formal, "Hello Sam,")


def test_a_first_name_never_tells() -> None:
    """Whatever the first name, nothing else known gives the neutral form."""
    for first in ("Marie", "Jean", "Sophie", "Mohamed", "Madame", "Monsieur"):
        assert salutation(form_of(None, None), first, "Roy", None, words("fr")).formal == "Madame, Monsieur,"
