"""What people bought: orders and their lines in cents, the lines of an order always summing to its total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.demo.dice import Dice
from data.demo.people import Person
from data.demo.shop import (
    BUSY,
    CATEGORIES,
    DAYS,
    HISTORY_START,
    LAST_DAY,
    OUTAGE_FAILURE,
    OUTAGE_NEVER_BACK,
    Category,
    in_outage,
)

WALK_INS = 120  # sales at the till with no name on them
VOLUME = 1.185


@dataclass(frozen=True, slots=True)
class Line:
    sku: str
    product: str
    category: str
    quantity: int
    price: int


@dataclass(frozen=True, slots=True)
class Order:
    """One sale; `person` is None at the till without a name; returns have negative quantities."""

    person: Person | None
    when: datetime
    channel: str
    payment: str
    status: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        return sum(line.quantity * line.price for line in self.lines)


def every_order(people: list[Person]) -> list[Order]:
    """All orders in time order. People who give up after the outage have their `end` moved to that day."""
    orders = [order for person in people for order in _history(person)]
    dice = Dice("walk-ins")
    for _ in range(WALK_INS):
        day = HISTORY_START + timedelta(days=dice.bucket(BUSY[1:]))
        day += timedelta(days=2) if day.weekday() in (0, 6) else timedelta(days=0)
        if day <= LAST_DAY:
            orders.append(
                Order(
                    None,
                    _moment(dice, day, "Boutique"),
                    "Boutique",
                    "Espèces",
                    "Payée",
                    _basket(dice, day, dice.among(CATEGORIES), 0.7, 1),
                )
            )
    return sorted(orders, key=lambda order: (order.when, order.person.number if order.person else -1))


def _history(person: Person) -> list[Order]:
    dice = Dice("orders", person.number)
    found: list[Order] = []
    size = person.kind.basket * (0.8 + 0.45 * (LAST_DAY.year - person.birth.year - 18) / 60)
    for day in _days(dice, person):
        order = _order(dice, person, day, size * (2.2 if person.company else 1.0))
        found.append(order)
        if order.status == "Échouée":
            if dice.chance(0.35):
                again = order.when + timedelta(minutes=dice.between(2, 9))
                found.append(Order(person, again, order.channel, order.payment, "Échouée", order.lines))
            if dice.chance(OUTAGE_NEVER_BACK):
                person.end, person.churned = day, True
                break
        elif order.status == "Payée" and dice.chance(0.013) and day + timedelta(days=9) <= LAST_DAY:
            found.append(_return(dice, order))
    return found


def _days(dice: Dice, person: Person) -> list[date]:
    """The days of a person's orders: as many as their kind, taste and time with us; busy days draw more."""
    first, last = (person.start - HISTORY_START).days, (person.end - HISTORY_START).days
    span = last - first + 1
    mean = person.kind.orders * person.favourite.loyalty * (0.12 + 1.05 * span / DAYS) * VOLUME
    count = dice.poisson(mean * (0.65 + 0.7 * dice.unit()))
    floor = {"champion": 3, "regular": 2, "occasional": 1}.get(person.kind.name, 0)
    count = min(max(count, floor), 1 + span // 9) if person.kind.orders else 0
    drawn = [dice.bucket(BUSY, BUSY[first], BUSY[last + 1]) - 1 for _ in range(count)]
    if drawn and person.start > HISTORY_START:
        drawn[0] = min(first + dice.between(0, 12), last)
    return [HISTORY_START + timedelta(days=max(0, number)) for number in sorted(drawn)]


def _order(dice: Dice, person: Person, day: date, size: float) -> Order:
    shut = day.weekday() in (0, 6)
    online = 1.0 if shut else (0.85 if person.km > 60 else 0.27)
    channel = "Site" if dice.chance(online) else "Boutique"
    if channel == "Site":
        payment = dice.weighted((("Carte bancaire", 8.0), ("PayPal", 2.0)))
    else:
        payment = dice.weighted((("Carte bancaire", 15.0), ("Espèces", 4.0), ("Chèque", 1.0)))
    status = dice.weighted((("Payée", 97.4), ("Annulée", 1.6), ("Remboursée", 1.0)))
    if channel == "Site" and in_outage(day) and dice.chance(OUTAGE_FAILURE):
        status = "Échouée"
    lines = _basket(dice, day, person.favourite, size, 3 if person.company else 1)
    return Order(person, _moment(dice, day, channel), channel, payment, status, lines)


def _moment(dice: Dice, day: date, channel: str) -> datetime:
    hours = ((7, 1.0), (9, 1.0), (12, 3.0), (14, 1.0), (18, 2.0), (20, 4.0), (21, 4.0), (22, 2.0))
    if channel == "Boutique":
        hours = ((10, 2.0), (11, 3.0), (12, 2.0), (14, 1.0), (15, 2.0), (16, 3.0), (17, 4.0), (18, 4.0))
    return datetime.combine(day, time(dice.weighted(hours), dice.between(0, 59)))


def _basket(dice: Dice, day: date, favourite: Category, size: float, bulk: int) -> tuple[Line, ...]:
    """One to five lines: the favourite shelf first, gift boxes in the weeks before Christmas."""
    festive = (day.month == 12 and day.day <= 24) or (day.month == 11 and day.day >= 20)
    shelves = [
        (shelf, shelf.weight * (6.0 if festive and shelf.name == "Coffret" else 1.0)) for shelf in CATEGORIES
    ]
    lines: dict[str, Line] = {}
    for number in range(min(5, 1 + dice.poisson(1.35 * size))):
        shelf = favourite if number == 0 or dice.chance(0.35) else dice.weighted(shelves)
        sku, product, price = dice.among(shelf.products)
        quantity = dice.weighted(((1, 15.0), (2, 4.0), (3, 1.0))) * bulk
        lines[sku] = Line(sku, product, shelf.name, quantity, price)
    return tuple(lines.values())


def _return(dice: Dice, order: Order) -> Order:
    line = dice.among(order.lines)
    when = order.when + timedelta(days=dice.between(2, 9))
    back = Line(line.sku, line.product, line.category, -line.quantity, line.price)
    return Order(order.person, when, order.channel, order.payment, "Payée", (back,))
