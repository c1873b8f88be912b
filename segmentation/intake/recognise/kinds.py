"""What one row of a table is: a contact, an order, a line of an order or an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from segmentation.intake.recognise.content import Content
from segmentation.intake.recognise.headers import named

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

_SURE: Final = 0.9
_PERSON: Final = (
    "first_name last_name full_name civility birth_date birth_year age gender phone mobile address1 "
    "postal_code city company_name siret job_title created_at total_spent orders_count last_purchase_date "
    "first_purchase_date optin_email optin_sms interests tags status loyalty_points"
).split()


def kind_of(headers: Sequence[str], contents: Sequence[Content]) -> tuple[str, float]:
    """(kind, certainty). Headers speak first; values tell a list of people from a list of their purchases."""
    held = {entity: _held(headers, contents, entity) for entity in KINDS}
    scores = {
        "order_lines": _lines(held["order_lines"], held["orders"]),
        "orders": _orders(held["orders"], held["contacts"], contents),
        "events": _events(held["events"], contents),
        "contacts": _contacts(held["contacts"], contents),
    }
    ranked = sorted(scores.items(), key=lambda item: -item[1])
    (best, first), (next_kind, second) = ranked[0], ranked[1]
    if (best, next_kind) == ("order_lines", "orders"):  # a lines file carries its orders' fields
        second = ranked[2][1]
    if first <= 0:
        return "contacts", 0.3
    return best, round(min(1.0, 0.5 + 0.5 * (first - second) / first), 3)


def _held(headers: Sequence[str], contents: Sequence[Content], entity: str) -> dict[str, int]:
    """The fields of an entity that headers surely name, with the column of each."""
    found: dict[str, int] = {}
    for index, header in enumerate(headers):
        for name in named(header, FAMILY[entity]):
            if name.score >= _SURE and name.key not in found:
                found[name.key] = index
    return found


def _lines(lines: Mapping[str, int], orders: Mapping[str, int]) -> float:
    product = "sku" in lines or "product_name" in lines
    figures = sum(key in lines for key in ("quantity", "unit_price", "line_amount"))
    anchor = "order_id" in lines or "order_date" in lines
    if not (product and figures and anchor):
        return 0.0
    return (
        3.0
        + figures
        + ("sku" in lines)
        + ("product_name" in lines)
        + ("order_id" in lines)
        + ("line_id" in lines)
    )


def _orders(orders: Mapping[str, int], contacts: Mapping[str, int], contents: Sequence[Content]) -> float:
    amount = "amount_total" in orders or "amount_net" in orders
    dated = "order_date" in orders and contents[orders["order_date"]].share("date") > 0.6
    if not (amount and (dated or "order_id" in orders)):
        return 0.0
    score = 2.0 + dated + amount + 2.0 * ("order_id" in orders) + 0.5 * ("order_status" in orders)
    score += 0.5 * ("payment_method" in orders) + 1.0 * _repeated_contact(contacts, contents)
    people = sum(
        key in contacts
        for key in ("birth_date", "gender", "optin_email", "optin_sms", "orders_count", "last_purchase_date")
    )
    return max(0.5, score - 1.5 * people) if "order_id" not in orders else score


def _events(events: Mapping[str, int], contents: Sequence[Content]) -> float:
    typed = "event_type" in events and contents[events["event_type"]].share("event_type") > 0.6
    dated = "event_date" in events and contents[events["event_date"]].share("date") > 0.6
    who = "contact_id" in events or "email" in events
    if not (typed and dated and who):
        return 0.0
    return 6.0 + ("campaign" in events) + ("url" in events)


def _contacts(contacts: Mapping[str, int], contents: Sequence[Content]) -> float:
    score = sum(key in contacts for key in _PERSON) * 0.8
    emails = max((content.share("email") for content in contents), default=0.0)
    score += 2.0 * (emails > 0.6) + ("contact_id" in contacts)
    return score - 3.0 * _repeated_contact(contacts, contents)


def _repeated_contact(contacts: Mapping[str, int], contents: Sequence[Content]) -> bool:
    """Whether the same people come back from row to row."""
    for key in ("contact_id", "email"):
        if key in contacts and len(contents[contacts[key]].values) >= 10:
            return contents[contacts[key]].distinct < 0.8
    return False
