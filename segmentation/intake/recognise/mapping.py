"""Which field each column holds: names, then values, then one column per field."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from segmentation.intake.clean.code_and_town import holds_both
from segmentation.intake.clean.columns import CONSENT_FIELDS
from segmentation.intake.clean.dates import BY_YEAR
from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.ambiguous import RULES, VAGUE, Doubt
from segmentation.intake.recognise.consent_headers import answers, consent_fields, names_channel
from segmentation.intake.recognise.content import STRONG, Content, agreement
from segmentation.intake.recognise.dictionary import detector_of
from segmentation.intake.recognise.headers import EXACT, FRAMED, framed, named, undecorated
from segmentation.intake.recognise.kinds import FAMILY
from segmentation.intake.recognise.model import ACCEPTED
from segmentation.intake.recognise.other_values import pays_by
from segmentation.intake.recognise.row_words import tells_refunds
from segmentation.intake.recognise.trade_headers import ROW_ID, TRADE, numbers_rows

Field = tuple[str, str]

_RULES: Final = MappingProxyType({**RULES, **TRADE})

_NUMBERED: Final = re.compile(r" \d+$")
_AGREES: Final = 0.25
_DISAGREES: Final = 0.35
_DENIED: Final = 0.55
"""Ceiling of a field that the values of an ambiguous header rule out: shown as a choice, never proposed."""

_UNPROVEN: Final = 0.15
"""What a name that is only close loses when no value can confirm it."""

_NEAR_CEILING: Final = 0.89
"""A name that is only close never goes without a question, unless its values speak by themselves."""

_EMAIL: Final[Field] = ("contacts", "email")
_AGAIN: Final = frozenset("secondary secondaire second other autre autres alternate alternative 2".split())
"""The words of a second of something."""
_SECOND: Final = 0.7
"""How surely a second column of addresses is a person's other address."""

_LOOSE: Final = frozenset(("count", "age_band"))
"""Detectors that any small figure passes: they confirm no name that is only close."""

_SENDING: Final[Field] = ("events", "campaign")
"""What a campaign is, in a file of e-mails sent and opened."""

_SHADOWED: Final[Mapping[str, frozenset[Field]]] = MappingProxyType(
    {
        "orders": frozenset(
            ("contacts", key)
            for key in (
                "payment_method",
                "status",
                "created_at",
                "notes",
                "tags",
                "owner",
                "acquisition_channel",
            )
        ),
        "order_lines": frozenset(
            {
                ("orders", "discount"),
                ("orders", "items_count"),
                ("contacts", "payment_method"),
                ("contacts", "status"),
                ("contacts", "owner"),
                ("contacts", "acquisition_channel"),
            }
            | {("contacts", key) for key in ("created_at", "notes", "tags", "products_bought", "total_spent")}
        ),
        "events": frozenset(
            ("contacts", key) for key in ("status", "created_at", "acquisition_channel", "website", "notes")
        ),
    }
)
"""Fields that, in a file of each kind, the file's own entity says better: never taken unasked."""

_CONTENT_FIELDS: Final[Mapping[str, Field]] = MappingProxyType(
    {
        "email": ("contacts", "email"),
        "siret": ("contacts", "siret"),
        "naf": ("contacts", "naf_code"),
        "vat": ("contacts", "vat_number"),
    }
)
"""Fields their values name whatever the header says."""

_TOWN: Final[Field] = ("contacts", "city")
"""What a column of postal codes with their towns is taken for; cleaning cuts it in two."""

_COUNTRY: Final[Field] = ("contacts", "country")
_PAID_BY: Final[Mapping[str, Field]] = MappingProxyType(
    dict.fromkeys(("orders", "order_lines"), ("orders", "payment_method"))
)

_SAID: Final = 0.8
"""From this certainty on a second column speaks of a consent: what it refuses is asked about, never lost."""

_SHARED: Final = frozenset(("contacts", key) for key in CONSENT_FIELDS)

_MOMENT: Final[Mapping[str, Field]] = MappingProxyType(
    {
        "orders": ("orders", "order_date"),
        "order_lines": ("orders", "order_date"),
        "events": ("events", "event_date"),
    }
)
"""The date no row of a kind goes without: proposed for a column of dates that says nothing else."""


def candidates(header: str, content: Content, kind: str, *, first: bool = False) -> list[tuple[Field, float]]:
    """The fields a column may hold in a file of a kind, best first, each with its certainty.

    ``first``: the file's first column, where the number of each row is.
    """
    sold = kind in ("orders", "order_lines")
    if content.share("machine") > 0.8 or (sold and tells_refunds(header, content.values)):
        return []
    scores: dict[Field, float] = {}
    name, bare = normal_header(header), normal_header(undecorated(header))
    meant = named(header, FAMILY[kind])
    known = any(found.score >= EXACT for found in meant)
    sure = known or any(found.score >= EXACT for found in named(bare, FAMILY[kind]))
    rule = next((_RULES[text] for text in ((name, bare) if sure else framed(bare)) if text in _RULES), None)
    chosen = rule(content, kind) if rule is not None else None
    for found in meant:
        field = (found.entity, found.key)
        score = _weighed(found.score, field, content)
        if field in _SHADOWED.get(kind, ()):
            score = min(score, _NEAR_CEILING)
        score -= 0.01 * FAMILY[kind].index(found.entity)
        if found.score < FRAMED - 0.001 and _far_fetched(field, header, kind):
            continue
        scores[field] = min(score, _DENIED) if chosen is not None and field not in chosen else score
    for rank, field in enumerate(chosen or ()):
        if field[0] in FAMILY[kind]:
            score = min(0.98, _weighed(EXACT - 0.12 * rank, field, content))  # behind a name that is sure
            scores[field] = min(score, _NEAR_CEILING - 0.01 * rank) if isinstance(chosen, Doubt) else score
    if _NUMBERED.sub("", name) in VAGUE:
        scores = {f: score if f == _SENDING else min(score, _NEAR_CEILING) for f, score in scores.items()}
    told = consent_fields(undecorated(header), content)
    if told and told[0][1] > ACCEPTED and not any(scores.get(f, 0.0) >= ACCEPTED for f in _SHARED):
        return told
    for field, score in told:
        scores[field] = max(scores.get(field, 0.0), score)
    for detector, field in _CONTENT_FIELDS.items():
        if content.share(detector) > 0.8 and len(content.values) >= 2:
            others = [other for other in scores if detector_of(*other) != detector]
            scores |= {other: min(scores[other], _DENIED) for other in others}
            scores[field] = max(scores.get(field, 0.0), 0.95 if field in scores else 0.92)
    if holds_both(header, content.values[:300]):
        scores = {f: min(score, _DENIED) for f, score in scores.items()} | {_TOWN: 0.92}
    if kind in _MOMENT and content.share("date") > 0.9 and max(scores.values(), default=0.0) < 0.9:
        shadowed = any(scores.get(field, 0.0) >= 0.8 for field in _SHADOWED.get(kind, ()))
        scores[_MOMENT[kind]] = max(
            scores.get(_MOMENT[kind], 0.0), _NEAR_CEILING + 0.005 if shadowed else 0.8
        )
    if first and kind in ROW_ID and numbers_rows(name, content):
        scores[ROW_ID[kind]] = max(scores.get(ROW_ID[kind], 0.0), 0.8)
    if _COUNTRY in scores and pays_by(content):  # "Pays": what somebody pays with
        scores[_COUNTRY] = 0.0
        scores[_PAID_BY.get(kind, ("contacts", "payment_method"))] = 0.8
    if kind == "contacts" and content.share("email") > 0.8:
        scores.setdefault(("contacts", "email_secondary"), _SECOND)
    _relabel_mobile(scores, content)
    return sorted(((f, s) for f, s in scores.items() if s > 0.3), key=lambda item: -item[1])


def _far_fetched(field: Field, header: str, kind: str) -> bool:
    """Whether a name that is only close cannot be meant: a channel it does not name, a person's figures or
    consents in a file of purchases, a sum that would be taken off what was sold."""
    if field == ("orders", "amount_refunded"):
        return True
    figures = detector_of(*field) in ("money", "count", "number", "percent", "score")
    figures = figures or field[1] in CONSENT_FIELDS or field[1] == "optout_date"
    return not names_channel(field[1], header) or (kind != "contacts" and field[0] == "contacts" and figures)


def _weighed(score: float, field: Field, content: Content) -> float:
    """A name's score moved by what the values say."""
    detector = detector_of(*field)
    agrees = agreement(detector, content)
    if agrees is not None and field[1] in CONSENT_FIELDS and answers(content):
        agrees = 1.0
    exact = score >= FRAMED - 0.001
    if not exact and not field[1].startswith("opt") and content.share("boolean") > 0.8:
        return score - _DISAGREES  # a yes or a no: what a close name says is not that
    if agrees is None:
        return score if exact else min(score, _NEAR_CEILING) - _UNPROVEN
    if agrees < 0.3:
        years = detector == "date" and field[1] not in BY_YEAR and content.share("year_birth") > 0.8
        return min(score - _DISAGREES, _DENIED if detector in STRONG or years else 1.0)
    if exact:
        return min(1.0, score + _AGREES * max(0.0, agrees - 0.5))
    if detector in _LOOSE:
        return min(score, _NEAR_CEILING) - _UNPROVEN
    strong = detector in STRONG and agrees > 0.8 and field in _CONTENT_FIELDS.values()
    return min(1.0 if strong else _NEAR_CEILING, score + _AGREES * (agrees - 0.5) * (strong or 0.4))


def _relabel_mobile(scores: dict[Field, float], content: Content) -> None:
    """A phone column that holds mobiles is the mobile."""
    phone, mobile = ("contacts", "phone"), ("contacts", "mobile")
    if content.share("mobile") > 0.8 and phone in scores and scores.get(mobile, 0.0) < scores[phone]:
        scores[mobile], scores[phone] = scores[phone], scores[phone] - 0.02


def assign(
    ranked: Sequence[Sequence[tuple[Field, float]]], *, taken: frozenset[Field]
) -> dict[int, tuple[Field, float]]:
    """Column → its field and certainty: best score first, each field once, the leftmost column on a tie.

    Several columns may speak of one consent: what a second one refuses must not be lost.
    """
    offers = sorted(
        ((score, column, field) for column, options in enumerate(ranked) for field, score in options),
        key=lambda offer: (-offer[0], offer[1]),
    )
    chosen: dict[int, tuple[Field, float]] = {}
    used = set(taken)
    for score, column, field in offers:
        if column not in chosen and (field not in used or (score >= _SAID and field in _SHARED)):
            chosen[column] = (field, score)
            used.add(field)
    return chosen


def first_address(
    found: Mapping[int, tuple[Field, float]], headers: Sequence[str], taken: frozenset[Field]
) -> dict[int, tuple[Field, float]]:
    """The same fields; a second address (« Mail pro ») is the first where there is no other: proposed."""
    if _EMAIL in taken or any(field == _EMAIL for field, _ in found.values()):
        return dict(found)
    return {
        column: (_EMAIL, min(score, _NEAR_CEILING))
        if field[1] == "email_secondary" and not _AGAIN & set(normal_header(headers[column]).split())
        else (field, score)
        for column, (field, score) in found.items()
    }
