"""A sentence in a consent cell: a yes that denies or narrows anything is not a yes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

ASKED = {
    "Oui, j'accepte de recevoir vos offres": "yes",
    "Oui !": "yes",
    "J’accepte": "yes",
    "Je souhaite recevoir la lettre": "yes",
    "Yes, I agree": "yes",
    "I consent to receive e-mails": "yes",
    "12/03/2024 10:15": "yes",
    "Oui, je ne souhaite plus recevoir vos offres": "no",
    "Oui, je n’accepte plus rien": "no",
    "Je souhaite ne plus recevoir vos offres": "no",
    "Je souhaite ne pas recevoir vos offres": "no",
    "Je souhaite être retiré de la liste": "no",
    "Merci de me retirer de la liste": "no",
    "Retirée de votre liste": "no",
    "Je souhaite me désinscrire": "no",
    "J'accepte pas": "no",
    "Je ne consens pas": "no",
    "Oui, je refuse": "no",
    "Oui : stoppez tout": "no",
    "STOP, merci": "no",
    "Non, je préfère le courrier": "no",
    "Yes, I do not want to receive e-mails": "no",
    "Yes, I don’t want this": "no",
    "I agree not to be contacted": "no",
    "Yes, remove me": "no",
    "I would like to be removed": "no",
    "12/03/2024 désabonnée": "no",
    "12/03/2024 : je ne souhaite plus": "no",
    "J'accepte uniquement par courrier": "unknown",
    "J'accepte seulement les SMS": "unknown",
    "J'accepte tout sauf les e-mails": "unknown",
    "J'accepte, mais par courrier": "unknown",
    "Oui jusqu'en 2023": "unknown",
    "Oui, je préfère le courrier": "unknown",
    "Oui, plus de mails": "unknown",
    "Oui, n'arrêtez pas": "unknown",
    "I agree, by post only": "unknown",
    "I accept but can't read e-mails": "unknown",
    "12/03/2024 par courrier uniquement": "unknown",
    "Pourquoi pas": "unknown",
    "J'accepte par courrier": "unknown",
    "Oui, par téléphone": "unknown",
    "J'accepte la newsletter par courrier": "unknown",
    "I agree to receive text messages": "unknown",
    "12/03/2024 par courrier": "unknown",
    "J'accepte par courrier et par e-mail": "yes",
    "J'accepte par courrier électronique": "yes",
    "J'accepte de recevoir vos offres, désinscription possible à tout moment": "yes",
    "J'accepte de recevoir la newsletter (désabonnement en un clic)": "yes",
    "Oui, j'accepte. Vous pouvez vous désinscrire à tout moment.": "yes",
    "J’accepte, je peux retirer mon consentement quand je veux": "yes",
    "I agree to receive your newsletter, you can unsubscribe at any time": "yes",
    "Je souhaite me désinscrire à tout moment": "no",
    "Je veux me désinscrire en un clic": "no",
    "Désinscription le 12/03/2024": "no",
}
"""Cells under « Newsletter », with what they say."""

LEAVING = {
    "Oui, plus de mails": "no",
    "Oui : stoppez tout": "no",
    "Oui je m'en vais": "no",
    "Yes please": "no",
    "Yes, remove me": "no",
    "Je ne souhaite plus recevoir vos offres": "no",
    "Non, je ne souhaite plus recevoir vos offres": "no",
    "12/03/2024 par téléphone": "no",
    "Non, je reste": None,
    "No, thanks": "no",
    "Non !": None,
    "Non, plus de mails": "unknown",
    "Plus de mails": "unknown",
    "voir avec elle": "unknown",
}
"""Cells under « Désabonné » or « Ne pas appeler », with what they say."""


POST = {
    "J'accepte par courrier": "yes",
    "I agree, by post": "yes",
    "I agree, by mail": "unknown",
    "J'accepte par e-mail": "unknown",
    "Oui, j'accepte de recevoir vos offres": "yes",
    "J'accepte par courrier électronique": "unknown",
}
"""Cells under « Courrier »."""


@pytest.mark.parametrize(
    ("key", "inverted", "cells"),
    [
        ("optin_email", False, ASKED),
        ("optin_mail", False, POST),
        ("optout", False, LEAVING),
        ("optin_phone", True, LEAVING),
    ],
)
def test_a_sentence_agrees_only_when_nothing_in_it_denies_or_narrows(
    clean: Callable[..., object], key: str, inverted: bool, cells: dict[str, str | None]
) -> None:
    out = clean(f"contacts.{key}", "boolean", list(cells), inverted=inverted)
    assert dict(zip(cells, out.values, strict=True)) == cells  # type: ignore[attr-defined]
    kept = [cell for cell, state in cells.items() if state == "unknown"]
    assert [cell for cell in out.unread if cell is not None] == kept  # type: ignore[attr-defined]
