"""How well a header names a field: exactly, once its frame is taken off, or nearly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import log
from types import MappingProxyType
from typing import Final

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.dictionary import ENTITIES, fields, own_field, words_of

EXACT: Final = 1.0
FRAMED: Final = 0.94
"""A name inside a known frame ("Billing City", "Téléphone (bureau)")."""

NEAR: Final = 0.92
"""Ceiling of a name that is only close in its letters."""

NEUTRAL: Final = frozenset(
    "utc gmt cet billing shipping mailing default value 0 eur euros votre vos your quel quelle quels quelles"
    " est sont what is are indiquez entrez enter please merci svp".split()
)
"""Words that say where, in which unit or how one asks, never what."""

_QUESTIONS: Final = frozenset("what which quel quelle quels quelles how and enter indiquez where ou".split())
_ASKING: Final = frozenset(
    "s and do does did you your we our us me i live in the a an et vous nous habitez dans de la le les l d"
    " please merci enter of indiquez may can is are est what"
    " which quel quelle quels quelles how where".split()
)
"""How a question begins, and its words that say nothing of what it asks for."""

ASKING: Final = _QUESTIONS | _ASKING
"""Words of a question that say nothing of what it asks for."""

_UNKNOWN_WORD: Final = 0.4
_LITTLE: Final = 0.3
_TELLING: Final = 0.3
"""Weights of words: one that no name uses, a short absent one (a factor), the least that must be shared."""

_GRAMMAR: Final = frozenset("le la les l de du des d the of at to a au aux et and en".split())
_FAINT: Final = 0.05
"""Words that tie others together, and what one weighs: « Saisi le » is no « Né le »."""

_SHORT: Final = MappingProxyType(
    {
        **dict.fromkeys(("dern", "dernier"), "derniere"),
        **dict.fromkeys(("1re", "1ere", "1er"), "premiere"),
        **dict.fromkeys(("nbre", "nb"), "nombre"),
        "adr": "adresse",
        "tot": "total",
        "qte": "quantite",
        "qtes": "quantites",
        "mt": "montant",
        "mnt": "montant",
        "dt": "date",
        "pts": "points",
        "regl": "reglement",
        "pref": "prefere",
        "disc": "discount",
        "del": "delivery",
        "mag": "magasin",
        "dte": "date",
        "cde": "commande",
        "cdes": "commandes",
        "cmd": "commande",
        "cli": "client",
        "num": "numero",
        "qty": "quantity",
        "amt": "amount",
        "addr": "address",
        "nbr": "number",
        "mob": "mobile",
        "livr": "livraison",
        "rglt": "reglement",
        "paiemt": "paiement",
        "inscr": "inscription",
        "naiss": "naissance",
        "enf": "enfants",
        "bal": "balance",
        "resa": "reservation",
        "lig": "ligne",
        "mque": "marque",
        "px": "prix",
        "rem": "remise",
        "cpte": "compte",
        "clt": "client",
        "fact": "facture",
    }
)
"""How words are cut short in headers."""

_GLUED: Final = re.compile(r"([a-z]{3})(\d)")
"""A word and its number written as one ("Line1")."""
_LIFETIME: Final = re.compile(r"^life ?time (?!value)(?=\w)")
"""What sums up until today, as a total does; a lifetime value is what somebody may bring in their life."""
_REPEATED: Final = re.compile(r" \(\d+\)$")
_UNIT: Final = re.compile(
    r"\s*[(\[]\s*(inc\w*\.?( of)?( tax\w*| vat| gst)?|ttc|fact\.?|facturation|billing|buyer|acheteur|client"
    r"|customer|[€$£]|eur|usd|gbp|utc)\s*[)\]]\s*$| [-–] (other|autre)$",
    re.I,
)
"""What is added to a header to say its tax, its unit or whose it is."""
_SECTION: Final = re.compile(r"^\w[\w ]{1,20} [-–] (?=\w)")
"""The part of a document a header says first (« Ligne - Quantité »)."""
_BEFORE_TAX: Final = re.compile(r"\s*[(\[]\s*(ex\w*\.?|hors)( of)? (tax\w*|vat|gst)\s*[)\]]\s*$", re.I)


@dataclass(frozen=True, slots=True)
class Named:
    """A field a header may name, and how surely from the header alone."""

    entity: str
    key: str
    score: float


@lru_cache(maxsize=1)
def _names() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Every normalised name → the (entity, key) it may mean; also written in one word."""
    found: dict[str, list[tuple[str, str]]] = {}
    for entity in ENTITIES:
        for field in fields()[entity]:
            for name in sorted(
                field.names
            ):  # a set's order changes from run to run, and decides between ties
                for written in sorted({name, name.replace(" ", "")}) if len(name) > 5 else (name,):
                    found.setdefault(written, []).append((entity, field.key))
    return MappingProxyType({name: tuple(dict.fromkeys(owners)) for name, owners in found.items()})


@lru_cache(maxsize=1)
def _long_names() -> tuple[str, ...]:
    return tuple(name for name in _names() if len(name) > 3)


def named(header: str, entities: tuple[str, ...]) -> tuple[Named, ...]:
    """The fields of ``entities`` a header may name, best first; the kept field of each pair once."""
    best: dict[tuple[str, str], float] = {}
    whole = normal_header(_REPEATED.sub("", header))
    meant = _meanings(whole)
    if not any(score >= EXACT for *_, score in meant):
        plainer = normal_header(undecorated(header))
        if plainer and plainer != whole:
            meant += tuple((entity, key, min(score, FRAMED)) for entity, key, score in _meanings(plainer))
    for entity, key, score in meant:
        field = own_field(entity, key)
        if entity in entities and field[0] in entities:
            best[field] = max(best.get(field, 0.0), score)
    ranked = sorted(best.items(), key=lambda item: (-item[1], entities.index(item[0][0])))
    return tuple(Named(entity, key, score) for (entity, key), score in ranked)


def undecorated(header: str) -> str:
    """A header without the part it is of, its tax, its unit or whose it is; "ex tax" stays in French."""
    return _SECTION.sub("", _UNIT.sub("", _BEFORE_TAX.sub(" ht", header)))


@lru_cache(maxsize=4096)
def _meanings(text: str) -> tuple[tuple[str, str, float], ...]:
    """Every (entity, key, score) a normalised header may mean: its exact readings, else the nearest names."""
    names = _names()
    found = [(entity, key, score) for name, score in _readings(text) for entity, key in names.get(name, ())]
    if found or len(text) <= 3 or words_of("ignore_words") & set(text.split()):
        return tuple(found)
    near = process.extract(text, _long_names(), scorer=fuzz.WRatio, limit=60, score_cutoff=70)
    short = [word for word in text.split() if 1 < len(word) <= 3 and word in names]
    scored = (
        (name, closeness(text, name)) for name in dict.fromkeys([*short, *(name for name, _, _ in near)])
    )
    return tuple(
        (entity, key, NEAR * score) for name, score in scored if score >= 0.5 for entity, key in names[name]
    )


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, float]:
    """How much each word of the names tells: the fewer fields use it, the more."""
    owners: dict[str, set[tuple[str, str]]] = {}
    for name, meant in _names().items():
        for word in name.split():
            owners.setdefault(word, set()).update(meant)
    return MappingProxyType(
        {word: _FAINT if word in _GRAMMAR else 1 / (1 + log(len(found))) for word, found in owners.items()}
    )


def closeness(text: str, name: str) -> float:
    """How near two headers are, in [0, 1]: the same words, weighted by what they tell, or a slip or
    two in the letters.

    A word that no name uses ("usager") counts little against a header.
    """
    theirs = name.split()
    weights = _weights()
    shared = missing = 0.0
    for word in text.split():
        twin = next((other for other in theirs if _same(word, other)), None)
        if twin is not None:
            shared += weights.get(twin, 1.0)
            theirs.remove(twin)
        else:
            missing += weights.get(word, _UNKNOWN_WORD)
    missing += sum(weights.get(word, 1.0) * (_LITTLE if len(word) < 3 else 1.0) for word in theirs)
    words = shared / (shared + missing) if shared >= _TELLING else 0.0
    slips = OSA.distance(text, name, score_cutoff=2)
    letters = fuzz.ratio(text, name) / 100 if slips <= (1 if len(text) < 12 else 2) else 0.0
    return max(0.5 + 0.5 * words if words >= 0.3 else 0.0, letters if letters >= 0.85 else 0.0)


def _same(word: str, other: str) -> bool:
    """The same word, or a long one with one slip after its first letter."""
    if word == other or min(len(word), len(other)) < 5 or word[0] != other[0]:
        return word == other
    return bool(OSA.distance(word, other, score_cutoff=1) <= 1)


_PLACED: Final = frozenset(("billing", "shipping", "mailing"))
_BEARERS: Final = frozenset("order commande client customer total amount date id".split())


def bared(text: str) -> str:
    """A normalised header without its neutral words; itself when nothing would be left.

    "Order Shipping" is no order: a place stays beside a word that alone means something else.
    """
    words = text.split()
    left = [word for word in words if word not in NEUTRAL]
    if _PLACED & set(words) and len(left) == 1 and left[0] in _BEARERS:
        return text
    if words and words[0] in _QUESTIONS and len(words) > 2:
        left = [word for word in left if word not in _ASKING]
    return " ".join(left) or text


def in_full(word: str) -> str:
    """The word that a short one stands for; itself otherwise."""
    return _SHORT.get(word, word)


def framed(text: str) -> list[str]:
    """A normalised header as it is, then without its frame, each once."""
    return list(dict.fromkeys(reading for reading, _ in _readings(text)))


def _readings(text: str) -> list[tuple[str, float]]:
    """A header as it is, then with its frame taken off."""
    readings = [(text, EXACT), (text.replace(" ", ""), EXACT)]
    apart = " ".join(_SHORT.get(word, word) for word in _GLUED.sub(r"\1 \2", text).split())
    if apart != text:
        readings.append((apart, FRAMED))
    for whole in dict.fromkeys((text, apart)):
        for prefix in words_of("strip_prefixes"):
            if whole.startswith(prefix + " "):
                readings.append((whole.removeprefix(prefix + " "), FRAMED))
        for suffix in words_of("strip_suffixes"):
            if whole.endswith(" " + suffix):
                readings.append((whole.removesuffix(" " + suffix), FRAMED))
        if (bare := bared(whole)) != text:
            readings.append((bare, FRAMED))
    if (summed := _LIFETIME.sub("total ", text)) != text:
        readings.append((summed, FRAMED))
    if text.endswith("s") and len(text) > 4:
        readings.append((text[:-1], FRAMED))
    return readings
