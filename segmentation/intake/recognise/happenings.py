"""What betrays rows of what happened (calls, visits, answers) or of what is owed, where no name says it.

A list of people tells who they are; a log tells when, for how long, which way, by what. No single header is
enough: several signs of one story are, beside a date that is nobody's birth, first or last time.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.content import Content

_MOMENTS: Final = tuple(
    frozenset(words.split())
    for words in (
        "appel call start started begin debut prevu prevue planned scheduled done fait realise activite"
        " activity evenement event meeting rencontre echange",
        "check checkin scan scanned passage visite visit op operation acces access horodatage timestamp",
        "soumis soumise submitted submit submission reponse response repondu answered completed start",
        "session joined start started connexion webinar webinaire attended",
    )
)
"""How the date of what happened is called, in each story of ``_STORIES``."""

_NOT_MOMENT: Final = frozenset(
    "dernier derniere dern last prochain prochaine next premier premiere first naissance birth dob"
    " inscription registered creation created adhesion membership fin expire expiration updated maj contrat"
    " contract".split()
)
"""Words of a date of somebody's life, or of the record."""

_STORIES: Final[tuple[tuple[re.Pattern[str], ...], ...]] = tuple(
    tuple(re.compile(rf"\b(?:{sign})\b") for sign in story)
    for story in (
        (
            "sens|direction|inbound|outbound",
            "duree|duration|mins|minutes|seconds",
            "enregistrement|recording",
            "appels?|calls?|caller|appelant|correspondant",
            "resultat|result|outcome|issue|qualification|disposition",
            "compte rendu|cr|summary|resume",
            "type d (?:evenement|activite|action|interaction)|(?:activity|event|action|interaction) type",
            "prochaine action|next (?:action|step)",
            "realise par|fait par|done by|assigned to",
        ),
        (
            "scan|badge|tourniquet|turnstile|gate|borne",
            "check ?in",
            "(?:type de )?(?:visite|passage)|visit type",
            "(?:club|site|store|magasin|branch) (?:visited|visite)|lieu du passage",
            "op|operation|type op|mouvement",
            "(?:nb )?(?:pts|points)(?: gagnes| earned)?",
            "(?:mt|montant) ticket|ticket amount",
            "caisse|caissiere?|cashier|terminal",
        ),
        (
            "reponse n|n reponse|respondent|repondant|response id|submission id",
            "soumis|submitted|submission|start date|end date|repondu le",
            "collecteur|collector|collected via|user agent|custom data",
            "recommand\\w*|recommend",
            "note|scale|likely|echelle",
            "commentaire|comments?|main reason|raison",
            "how|which|what|would you|quel(?:le)?s?|comment avez|avez vous|etes vous|votre avis",
        ),
        (
            "session|webinar|webinaire|conference|atelier",
            "joined|join time|connecte|arrive a",
            "left|leave time|deconnecte|quitte",
            "(?:mins|minutes|duration|duree|time)(?: in)?",
            "attendee|attended|registrant|participant|inscrit",
            "questions?(?: asked| posee)?|q asked",
        ),
    )
)
"""Calls and meetings, comings and goings, answers to questions, sessions followed: the signs of each."""

_ANSWERS: Final = _STORIES[2]
_LIVES: Final = frozenset(("birth_date", "birth_year", "total_spent", "orders_count", "last_purchase_date"))
_NAMED: Final = frozenset(("first_name", "last_name", "full_name", "email", "phone", "mobile"))
"""The story of a survey; fields of a list of people; those by which somebody is known."""

_ENOUGH: Final = 3
"""How many signs of one story make it."""

_TO_PAY: Final = re.compile(r"\b(?:a payer|to pay|a regler|montant|amount|total|somme|prix|price)\b")
_SETTLED: Final = re.compile(r"\b(?:payee?|paid|reglee?|settled|soldee?)\b")
_TAKEN: Final = re.compile(r"\b(?:nb|nbre|nombre|qte|quantite|quantity|qty|places|seats|number of)\b")
_WAY: Final = re.compile(
    r"\b(?:mode|moyen|paiement|payment|reglement|paid (?:with|by)|card|cash|especes|cheque)\b"
)
_HANDED: Final = re.compile(r"\b(?:retrait|pickup|pick up|livraison|delivery|collection|transport)\b")
_SUMMED: Final = re.compile(
    r"\b(?:derniere?|last|average|moyen(?:ne)? (?:panier|ticket)|lifetime|cumul|depuis|since|annuel)\b"
)


def story(
    headers: Sequence[str], contents: Sequence[Content], *, people: Collection[str] = frozenset()
) -> int:
    """How many headers tell one story of what happened to somebody, at a date; 0 when too few do.

    ``people``: the contact's fields the file holds. A life's facts make it a list of people, and so do the
    answers of people who leave their name or address.
    """
    if not _LIVES.isdisjoint(people):
        return 0
    named = [(normal_header(header), content) for header, content in zip(headers, contents, strict=True)]
    dates = [set(name.split()) for name, content in named if content.share("date") > 0.8]
    told = [
        sum(any(sign.search(name) for name, _ in named) for sign in signs)
        for signs, moments in zip(_STORIES, _MOMENTS, strict=True)
        if any(moments & words and not _NOT_MOMENT & words for words in dates)
        and not (signs is _ANSWERS and not _NAMED.isdisjoint(people))
    ]
    return max((count for count in told if count >= _ENOUGH), default=0)


def owed(headers: Sequence[str], contents: Sequence[Content]) -> int:
    """How many headers say what somebody took, what it costs, how and whether it is paid; 0 when too few."""
    named = [(normal_header(h), content) for h, content in zip(headers, contents, strict=True)]
    named = [(name, content) for name, content in named if not _SUMMED.search(name)]
    costs = any(_TO_PAY.search(name) and content.share("number") > 0.8 for name, content in named)
    taken = any(_TAKEN.search(name) and content.share("number") > 0.8 for name, content in named)
    paid = any(_SETTLED.search(name) and content.share("number") < 0.2 for name, content in named)
    way = any(_WAY.search(name) and content.share("number") < 0.2 for name, content in named)
    handed = any(_HANDED.search(name) and content.share("number") < 0.2 for name, content in named)
    found = sum((costs, taken, paid, way, handed))
    return found if costs and paid and found > _ENOUGH else 0
