"""Columns the law protects or a marketing base has no use for: told by their header or by their values.

Health, religion, opinions, sexual life (GDPR art. 9), social security numbers, bank accounts and cards,
passwords, free comments that tell any of these: left out unless a person decides to keep or to mask them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from segmentation.intake.header_names import normal_header, plain
from segmentation.intake.recognise.content import Content

_WORDS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "health": frozenset(
            "sante medical medicale medicaux allergie allergies allergy pathologie pathologies maladie"
            " maladies handicap handicape disability diagnosis diagnostic health grossesse ordonnance"
            " vaccin vaccination mutuelle mutuelles antecedent antecedents injury injuries blessure blessures"
            " asthme asthma asthmatic medication medications symptom symptoms symptome symptomes"
            " contraindication contraindications".split()
        ),
        "religion": frozenset("religion religieux religieuse culte confession faith".split()),
        "opinions": frozenset("syndicat syndical syndicale politics ethnie ethnicity".split()),
        "social_number": frozenset("nir nss ssn secu".split()),
        "password": frozenset("password passwd pwd".split()),
        "bank": frozenset("iban rib bic swift cvv cvc pan".split()),
    }
)
"""Kind of sensitive column → words that alone betray it in a header."""

_PHRASES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "health": (
            "motif de consultation",
            "motif consultation",
            "motif du rdv",
            "motif de rdv",
            "motif de la visite",
            "reason for visit",
            "reason for consultation",
            "reason for appointment",
            "groupe sanguin",
            "medecin traitant",
            "contre indication",
            "contre indications",
            "etat de sante",
            "blood type",
        ),
        "opinions": (
            *("orientation sexuelle", "sexual orientation", "parti politique", "origine ethnique"),
            *("opinion politique", "opinions politiques", "political opinion", "political part"),
            *("conviction politique", "convictions politiques", "opinions philosophiques", "vote aux"),
        ),
        "social_number": (
            "securite sociale",
            "social security",
            "numero de secu",
            "carte vitale",
            "n ss ",
            "no ss ",
            "num ss ",
            "numero ss ",
        ),
        "password": ("mot de passe", "mots de passe", "user pass ", "pass hash"),
        "bank": (
            "carte bancaire",
            "numero de carte",
            "card number",
            "compte bancaire",
            "bank account",
            "empreinte cb",
            "empreinte bancaire",
            "empreinte carte",
            "card imprint",
            "numero cb ",
            "n cb ",
        ),
    }
)


_TOLD: Final = frozenset(
    "sante maladie malade allergie allergies allergique allergy allergic handicap handicape handicapee"
    " disabled disability pathologie cancer chimio diabete diabetique diabetic asthme asthma asthmatique"
    " epilepsie depression depressif depressive enceinte grossesse pregnant pregnancy coeliaque"
    " hospitalise hospitalisee chirurgie avc fauteuil wheelchair cardiaque traitement medicament"
    " medicaments musulman musulmane muslim juif juive jewish catholique catholic protestant halal casher"
    " kosher ramadan homosexuel homosexuelle gay lesbienne lesbian syndique syndiquee".split()
)
"""Words of free comments that say what the law protects."""


def tells_sensitive(content: Content) -> bool:
    """Whether free comments speak of somebody's health, religion or private life."""
    return any(_TOLD & set(plain(value).split()) for value in content.values[:300])


def _nir(text: str) -> bool:
    """A French social security number with its key: 97 less the number modulo 97."""
    digits = re.sub(r"[\s.]", "", text.upper()).replace("2A", "19").replace("2B", "18")
    return re.fullmatch(r"[12]\d{14}", digits) is not None and 97 - int(digits[:13]) % 97 == int(digits[13:])


def _iban(text: str) -> bool:
    """An international bank account number (ISO 13616: modulo 97 is 1)."""
    plain = re.sub(r"\s", "", text.upper())
    if re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", plain) is None:
        return False
    return int("".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])) % 97 == 1


def _card(text: str) -> bool:
    """A payment card's number (ISO/IEC 7812: 16 digits, Luhn)."""
    digits = re.sub(r"[\s-]", "", text)
    if re.fullmatch(r"[3-6]\d{15}", digits) is None:
        return False
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(digits))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


_VALUES: Final[Mapping[str, tuple[Callable[[str], bool], ...]]] = MappingProxyType(
    {"social_number": (_nir,), "bank": (_iban, _card)}
)
"""Kind of sensitive column → tests its values pass."""


def sensitive_kind(header: str, content: Content) -> str:
    """A kind of ``_WORDS`` (``health``, ``bank``, ``password``…), or "" for an ordinary column."""
    name = normal_header(header)
    words, padded = set(name.split()), f" {name} "
    for kind, known in _WORDS.items():
        if words & known or any(f" {phrase}" in padded for phrase in _PHRASES.get(kind, ())):
            return kind
    looked = content.values[:50]
    for kind, tests in _VALUES.items():
        if looked and any(sum(map(test, looked)) >= 0.6 * len(looked) for test in tests):
            return kind
    return ""
