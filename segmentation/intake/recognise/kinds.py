"""What one row of a table is: a contact, an order, a line of an order or an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.content import Content, agreement
from segmentation.intake.recognise.dictionary import detector_of
from segmentation.intake.recognise.happenings import owed, story
from segmentation.intake.recognise.headers import named
from segmentation.intake.recognise.signs import bookings, comes_back, priced, traded

KINDS: Final = ("contacts", "orders", "order_lines", "events")

FAMILY: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "contacts": ("contacts",),
        "orders": ("orders", "contacts"),
        "order_lines": ("order_lines", "orders", "contacts"),
        "events": ("events", "contacts"),
    }
)
"""The entities whose fields a file of each kind may carry, its own first."""

_HELD: Final = 0.72
"""How surely a header must name a field for it to count."""

_UNSURE: Final = 0.7
"""The certainty of a list of people that may well be one of what they did."""

_TOLD: Final = 0.85
_EVENT: Final = frozenset("event evenement".split())
"""The certainty of a file of events that has a column of that name, and the names."""

_TOTALS: Final = ("emails_sent", "emails_opened", "emails_clicked", "optout_date")
_BOOKER: Final = ("first_name", "last_name", "full_name", "email", "phone", "mobile")

_PERSON: Final = (
    "first_name last_name full_name civility birth_date birth_year age gender phone mobile address1 "
    "postal_code city company_name siret job_title created_at total_spent orders_count last_purchase_date "
    "first_purchase_date optin_email optin_sms interests tags status loyalty_points"
).split()


def kind_of(headers: Sequence[str], contents: Sequence[Content]) -> tuple[str, float]:
    """(kind, certainty). Headers speak first; values tell a list of people from a list of their purchases."""
    held = {entity: _held(headers, contents, entity) for entity in KINDS}
    dated = any(content.share("date") > 0.8 for content in contents)
    trades = traded(headers, contents)
    trades += bool(trades) and priced(headers, contents)
    trades = max(trades, owed(headers, contents))
    lines = _lines(held["order_lines"], held["contacts"], contents, dated=dated)
    told = 0 if lines > 0 or trades >= 2 else story(headers, contents, people=held["contacts"])
    other = lines > 0 or bookings(headers, contents) or _says_what(held["events"], contents)
    scores = {
        "order_lines": lines,
        "orders": _orders(
            held["orders"], held["contacts"], contents, dated=dated, traded=0 if other else trades
        ),
        "events": max(
            _events(held["events"], headers, contents, dated=dated, traded=trades),
            told and 4.0 + 2.0 * told + 0.8 * _sum(held["contacts"], *_PERSON),
        ),
        "contacts": _contacts(held["contacts"], contents),
    }
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (best, first), (next_kind, second) = ranked[0], ranked[1]
    if (best, next_kind) == ("order_lines", "orders"):  # a lines file carries its orders' fields
        second = ranked[2][1]
    if first <= 0:
        return "contacts", 0.3
    certainty = round(min(1.0, 0.5 + 0.5 * (first - max(0.0, second)) / first), 3)
    if best == "contacts" and (trades or priced(headers, contents) or comes_back(contents)):
        certainty = min(certainty, _UNSURE)
    if best == "events" and told and not _says_what(held["events"], contents):
        certainty = min(certainty, _UNSURE)
    if best == "events" and _says_what(held["events"], contents):
        header = normal_header(headers[held["events"]["event_type"][1]])
        certainty = max(certainty, _TOLD) if _EVENT & set(header.split()) else certainty
    return best, certainty


def _says_what(events: Mapping[str, tuple[float, int]], contents: Sequence[Content]) -> bool:
    """Whether a column named for it says what happened in each row."""
    return "event_type" in events and contents[events["event_type"][1]].share("event_type") > 0.6


def _held(headers: Sequence[str], contents: Sequence[Content], entity: str) -> dict[str, tuple[float, int]]:
    """The fields of an entity that headers name and values do not deny: how surely, and in which column."""
    found: dict[str, tuple[float, int]] = {}
    for index, header in enumerate(headers):
        for name in named(header, FAMILY[entity]):
            agrees = agreement(detector_of(name.entity, name.key), contents[index])
            other = agrees is None and contents[index].share("date") > 0.8  # a date is no product, no note
            score = name.score - 0.5 if other or (agrees is not None and agrees < 0.5) else name.score
            if score >= _HELD and score > found.get(name.key, (0.0, 0))[0]:
                found[name.key] = (score, index)
    return found


def _sum(held: Mapping[str, tuple[float, int]], *keys: str) -> float:
    return sum(held[key][0] for key in keys if key in held)


def _lines(
    lines: Mapping[str, tuple[float, int]],
    contacts: Mapping[str, tuple[float, int]],
    contents: Sequence[Content],
    *,
    dated: bool,
) -> float:
    """Products with figures; a line that names its order may well carry all that is known of the buyer."""
    orders = contents[lines["order_id"][1]] if "order_id" in lines else None
    back = orders is not None and len(orders.values) >= 3 and orders.distinct < 0.8
    product = _sum(lines, "sku", "product_name") or float(back)  # an order told in several rows
    figures = _sum(lines, "quantity", "unit_price", "line_amount")
    anchor = "order_id" in lines or "order_date" in lines or dated
    each = orders is not None and len(orders.values) >= 3 and orders.distinct == 1
    one_each = (
        each and not {"quantity", "sku", "line_amount"} & lines.keys()
    )  # a ticket, a stay: a purchase a row
    if one_each or not (product and figures and anchor):
        return 0.0
    alone = "quantity" in lines or "unit_price" in lines
    buyer = 0.8 * _sum(contacts, *_PERSON) if "order_id" in lines and alone else 0.0
    return 5.0 * alone + figures + product + _sum(lines, "order_id", "line_id") + buyer


def _orders(
    orders: Mapping[str, tuple[float, int]],
    contacts: Mapping[str, tuple[float, int]],
    contents: Sequence[Content],
    *,
    dated: bool,
    traded: int,
) -> float:
    amount = max(_sum(orders, "amount_total"), _sum(orders, "amount_net"))
    taxed = "amount_total" in orders and "amount_net" in orders
    dated = dated and (
        taxed or _sum(orders, "order_date") > 0 or not _sum(contacts, "birth_date", "created_at")
    )
    if traded >= 2:
        return 2.0 + traded + amount + _sum(orders, "order_id", "order_date") + 0.8 * _sum(contacts, *_PERSON)
    if not (amount and (dated or "order_id" in orders)):
        return 0.0
    repeated = _repeated_contact(contacts, contents)
    score = 2.0 + dated + taxed + amount + 2.0 * _sum(orders, "order_id") + repeated
    score += 0.5 * _sum(orders, "order_status", "payment_method", "shipping", "currency")
    people = _sum(
        contacts, *"birth_date gender optin_email optin_sms orders_count last_purchase_date interests".split()
    )
    return max(0.5, score - 1.5 * people) if "order_id" not in orders and not repeated else score


def _events(
    events: Mapping[str, tuple[float, int]],
    headers: Sequence[str],
    contents: Sequence[Content],
    *,
    dated: bool,
    traded: int,
) -> float:
    """What happened to somebody, once a row: a person's totals of e-mails are no such thing."""
    if sum(key in events for key in _TOTALS) >= 2:
        return 0.0
    if dated and bookings(headers, contents) and any(key in events for key in _BOOKER):
        return 6.0 + traded + _sum(events, "event_type", "event_date") + 0.8 * _sum(events, *_BOOKER)
    typed = [content for content in contents if content.share("event_type") > 0.6]
    header = "event_type" in events and contents[events["event_type"][1]].share("event_type") > 0.3
    who = "contact_id" in events or "email" in events
    if not (dated and who and (header or (typed and "event_date" in events))):
        return 0.0
    return 4.0 + 2.0 * header + _sum(events, "event_date", "campaign", "url")


def _contacts(contacts: Mapping[str, tuple[float, int]], contents: Sequence[Content]) -> float:
    score = _sum(contacts, *_PERSON) * 0.8
    emails = max((content.share("email") for content in contents), default=0.0)
    score += 2.0 * (emails > 0.6) + ("contact_id" in contacts)
    return score - 3.0 * _repeated_contact(contacts, contents)


def _repeated_contact(contacts: Mapping[str, tuple[float, int]], contents: Sequence[Content]) -> bool:
    """Whether the same people come back from row to row."""
    for key in ("contact_id", "email"):
        if key in contacts and len(contents[contacts[key][1]].values) >= 10:
            return contents[contacts[key][1]].distinct < 0.8
    return False
