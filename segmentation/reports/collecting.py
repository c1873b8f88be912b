"""What is worth asking people, and whom: the few fields that weigh most, with who can be asked by which way.

A wish is a weakness turned into a question: who lacks the value, among customers and prospects.
Active customers come first: they answer, and what they say serves at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from segmentation.audience.evaluator import Evaluator
from segmentation.criteria.codec import criterion_from_json
from segmentation.reports.to_do import THINGS
from segmentation.results import Column, Report, Sheet, Value

Json = Mapping[str, Any]
CHANNELS: Final = ("email", "sms", "phone", "post")
COLUMNS = (
    Column("key", "report.collecting.key"),
    Column("contacts", "report.quality.contacts", "integer"),
    Column("active", "report.collecting.active", "integer"),
    *(Column(channel, f"channel.{channel}", "integer") for channel in CHANNELS),
    Column("counter", "report.collecting.counter", "integer"),
)


@dataclass(frozen=True, slots=True)
class Wish:
    """Something to ask: its words are ``collect.<key>``, ``fields`` go on a form, ``lacks`` says whom."""

    key: str
    fields: tuple[str, ...]
    lacks: Json


def _empty(*codes: str) -> Json:
    return {"all": [{"field": code, "op": "empty"} for code in codes]}


_BUSINESS = {"field": "clientele", "op": "in", "value": ["business", "likely_business"]}

WISHES: tuple[Wish, ...] = (
    Wish("email", ("email",), _empty("email")),
    Wish("agreement", (), THINGS["to_confirm"]),
    Wish("mobile", ("mobile",), _empty("mobile", "phone")),
    Wish("postal_code", ("postal_code", "city"), _empty("postal_code")),
    Wish("birth_date", ("birth_date",), _empty("birth_date", "birth_year", "age")),
    Wish("first_name", ("first_name", "last_name"), _empty("first_name", "full_name", "company_name")),
    Wish("interests", ("interests",), _empty("interests", "tags")),
    Wish(
        "company",
        ("company_name", "job_title"),
        {"all": [_BUSINESS, {"field": "company_name", "op": "empty"}]},
    ),
)
"""What may be asked, in the order of the forms."""

_CUSTOMER: Json = {"not": {"field": "life_cycle", "op": "is", "value": "outside"}}
_ACTIVE: Json = {"field": "life_cycle", "op": "in", "value": ["new", "active"]}


def criterion(wish: Wish) -> dict[str, Any]:
    """Whom a wish is about."""
    return {"all": [wish.lacks, _CUSTOMER]}


def collecting(evaluator: Evaluator) -> Report:
    """Whom to ask for what: one row per wish that concerns somebody, most active customers first.

    Columns: key, people, active customers among them, how many can be asked by each channel, and those
    who can only be asked at the counter. charts: none; ``WISHES`` gives each criterion.
    """
    rows: list[tuple[Value, ...]] = []
    for wish in WISHES:
        asked = criterion(wish)
        look = evaluator.look(criterion_from_json(asked))
        if not look.count:
            continue
        active = evaluator.count(criterion_from_json({"all": [asked, _ACTIVE]}))
        reach = [look.reach[channel].reachable for channel in CHANNELS]
        nobody = {
            "all": [asked, *({"field": f"reachable_{c}", "op": "is", "value": False} for c in CHANNELS)]
        }
        rows.append((wish.key, look.count, active, *reach, evaluator.count(criterion_from_json(nobody))))
    rows.sort(key=lambda row: (-int(str(row[2])), -int(str(row[1]))))
    return Report("collecting", {}, {"wishes": Sheet("wishes", COLUMNS, rows)})
