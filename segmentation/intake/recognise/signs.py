"""What betrays that rows are purchases, bookings or appointments, not people: words, and who comes back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from segmentation.intake.header_names import normal_header, plain
from segmentation.intake.recognise.content import Content

_APPOINTMENT: Final = frozenset(
    "rdv rendez reservation booking appointment session seance class cours visite checkin arrivee lesson"
    " lecon workshop consultation".split()
)
_SUMMED: Final = frozenset(
    "dernier derniere dern last prochain prochaine next premier premiere first".split()
)
_TRADED: Final = frozenset(
    "commande cde cmd order booking reservation resa facture invoice ticket receipt recu bon devis arrhes"
    " acompte quote contrat contract bl deposit couverts covers nights nuits nuitees sejour"
    " sejours stay booked billet".split()
)
"""What only a purchase has, or a table, a bed, a seat kept for somebody."""
_COUNTED: Final = _SUMMED | frozenset(
    "nb nbre nombre total totaux count average avg moyen moyenne recent latest 1st lifetime frequence"
    " frequency".split()
)
_PRICE: Final = frozenset("prix price tarif montant amount".split())
_SUMS: Final = frozenset("achats depense spent due du remise discount tax taxe tva vat fee fees".split())
"""How a header says what a row costs; words of a person's sums, or of a part of the price."""

_ELSEWHERE: Final = frozenset("adresse address email mail ville city nom name contact".split())
"""How a person's own sums and coordinates are told from a purchase's."""

_STAY: Final = frozenset("nuit nuits nuitees night nights chambre room checkout depart".split())
"""What only a stay has, which is a purchase."""
_CAME: Final = frozenset(
    "venu|venue|arrive|arrivee|present|presente|honore|honoree|attended|showed|no show|noshow"
    "|did not attend|dna|absent|absente|absent non excuse|absent excuse|non honore|pas venu|late cancel"
    "|early cancel|checked in".split("|")
)
"""Whether somebody came: words that only appointments use."""


def traded(headers: Sequence[str], contents: Sequence[Content]) -> int:
    """How many headers speak of one purchase or booking, and not of somebody's sums or coordinates."""
    count = 0
    for header, content in zip(headers, contents, strict=True):
        name = normal_header(header)
        words = set(name.split())
        summed = words & (_COUNTED | _ELSEWHERE) or "number of" in name
        count += bool(words & _TRADED) and not summed and content.share("boolean") < 0.6
    return count


def priced(headers: Sequence[str], contents: Sequence[Content]) -> bool:
    """Whether a column says what the row costs, and is nobody's sum."""
    return any(
        content.share("number") > 0.8 and _PRICE & words and not words & (_COUNTED - {"total"} | _SUMS)
        for words, content in (
            (set(normal_header(h).split()), c) for h, c in zip(headers, contents, strict=True)
        )
    )


def comes_back(contents: Sequence[Content]) -> bool:
    """Whether the same addresses stand in many rows: more than a list of people has duplicates."""
    return any(
        content.share("email") > 0.8 and len(content.values) >= 3 and content.distinct < 0.7
        for content in contents
    )


def bookings(headers: Sequence[str], contents: Sequence[Content]) -> bool:
    """Whether rows are appointments: a date of one that is nobody's last or next, and who came or did not."""
    dated = any(
        content.share("date") > 0.8 and _APPOINTMENT & set(words) and not _SUMMED & set(words)
        for words, content in ((normal_header(h).split(), c) for h, c in zip(headers, contents, strict=True))
    )
    stays = any(_STAY & set(normal_header(header).split()) for header in headers)
    return (
        dated
        and not stays
        and any(_CAME & {plain(value) for value in content.values} for content in contents)
    )
