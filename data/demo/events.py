"""What people did besides buying: letters, visits, workshops, calls; nothing is sent after a no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from data.demo.dice import Dice
from data.demo.orders import Order
from data.demo.people import Person
from data.demo.shop import CAMPAIGNS, HISTORY_START, LAST_DAY, TEXTS, WORKSHOPS, Campaign, in_outage

PAGES = {
    "Thé": "/the",
    "Café": "/cafe",
    "Épicerie": "/epicerie",
    "Coffret": "/coffrets",
    "Accessoires": "/table",
}
GUIDES = ("/guides/bien-infuser", "/guides/choisir-son-cafe", "/guides/cadeaux")
END = datetime.combine(LAST_DAY, time(23, 59))


@dataclass(frozen=True, slots=True)
class Event:
    person: Person
    what: str
    when: datetime
    campaign: str = ""
    link: str = ""
    value: str = ""


def every_event(people: list[Person], orders: list[Order]) -> list[Event]:
    """All events in time order. Whoever unsubscribes is marked so: the contact file must say no."""
    bought: dict[int, list[Order]] = {}
    for order in orders:
        if order.person is not None:
            bought.setdefault(order.person.number, []).append(order)
    found: list[Event] = []
    for person in people:
        dice, mine = Dice("events", person.number), bought.get(person.number, [])
        found += _letters(dice, person, bool(mine))
        found += _visits(dice, person, mine)
        found += _meetings(dice, person)
    found = [event for event in found if event.when <= END]
    return sorted(found, key=lambda event: (event.when, event.person.number, event.what))


def _letters(dice: Dice, person: Person, customer: bool) -> list[Event]:
    found: list[Event] = []
    if not person.email or not person.optin_email:
        return found
    bounces = 0
    dies = HISTORY_START + timedelta(days=dice.between(100, 1000)) if person.dead_mailbox else None
    for campaign in CAMPAIGNS:
        if campaign.sent.date() < person.signup or (campaign.customers_only and not customer):
            continue
        sent = campaign.sent + timedelta(minutes=dice.between(0, 4))
        found.append(Event(person, "envoyé", sent, campaign.name))
        if person.mistyped or (dies is not None and campaign.sent.date() > dies):
            found.append(Event(person, "rebond", sent + timedelta(minutes=1), campaign.name))
            bounces += 1
            if bounces == 2:
                break
            continue
        reading = _reading(dice, person, campaign, sent)
        found += reading
        if reading and reading[-1].what in ("désinscription", "plainte"):
            person.unsubscribed = reading[-1].when <= END
            break
    return found


def _reading(dice: Dice, person: Person, campaign: Campaign, sent: datetime) -> list[Event]:
    """Opening, click, visit and, rarely, goodbye; those who left read less and less."""
    interest = person.opens
    if person.churned and sent.date() > person.end:
        interest *= max(0.08, 0.5 - (sent.date() - person.end).days / 700)
    if not dice.chance(interest):
        return []
    delay = dice.weighted(
        ((dice.between(2, 150), 5.0), (dice.between(240, 840), 3.0), (dice.between(1300, 3600), 2.0))
    )
    seen = sent + timedelta(minutes=delay)
    found = [Event(person, "ouvert", seen, campaign.name)]
    clicked = dice.chance(min(0.6, 0.12 + 0.36 * person.opens))
    if clicked:
        seen += timedelta(minutes=dice.between(1, 12))
        found.append(Event(person, "clic", seen, campaign.name, campaign.page))
        if dice.chance(0.8):
            found.append(Event(person, "visite site", seen + timedelta(minutes=1), "", campaign.page))
    if dice.chance(0.028 if clicked else 0.0035):
        found.append(Event(person, "désinscription", seen + timedelta(minutes=3), campaign.name))
    elif dice.chance(0.0006):
        found.append(Event(person, "plainte", seen + timedelta(minutes=3), campaign.name))
    return found


def _visits(dice: Dice, person: Person, mine: list[Order]) -> list[Event]:
    """Visits before a purchase on the site, visits by curiosity, abandoned carts, guides, reviews."""
    found: list[Event] = []
    for order in mine:
        if order.channel == "Site" and order.total > 0:
            page = PAGES[order.lines[0].category]
            found.append(
                Event(person, "visite site", order.when - timedelta(minutes=dice.between(3, 25)), "", page)
            )
        if order.status == "Échouée":
            found.append(Event(person, "panier abandonné", order.when + timedelta(minutes=1), "", "/panier"))
        elif order.status == "Payée" and order.total > 0 and dice.chance(0.03):
            mark = dice.weighted(((5, 6.0), (4, 3.0), (3, 1.0), (2, 0.5), (1, 0.4)))
            found.append(
                Event(person, "avis", order.when + timedelta(days=dice.between(3, 12)), value=str(mark))
            )
    span = (person.end - person.start).days
    warm = {"champion": 1.2, "regular": 0.9, "occasional": 0.6, "prospect": 1.1}[person.kind.name]
    for _ in range(dice.poisson(warm * (0.3 + span / 900))):
        when = _someday(dice, person)
        page = PAGES[person.favourite.name] if dice.chance(0.7) else "/"
        found.append(Event(person, "visite site", when, "", page))
        if dice.chance(0.05) and not in_outage(when.date()):
            found.append(Event(person, "panier abandonné", when + timedelta(minutes=8), "", "/panier"))
        if dice.chance(0.16 if person.kind.name == "prospect" else 0.06):
            found.append(Event(person, "téléchargement", when + timedelta(minutes=4), "", dice.among(GUIDES)))
    return found


def _meetings(dice: Dice, person: Person) -> list[Event]:
    """Workshops near Lyon, texts before Christmas, calls to professionals, friends brought, forms filled."""
    found: list[Event] = []
    for workshop in WORKSHOPS:
        if person.start <= workshop.date() <= person.end and person.km < 40 and dice.chance(0.016):
            name = f"Atelier {workshop:%m/%y}"
            found.append(
                Event(person, "inscription événement", workshop - timedelta(days=dice.between(3, 20)), name)
            )
            if dice.chance(0.72):
                found.append(Event(person, "participation", workshop, name))
    if person.optin_sms and person.mobile:
        found += [
            Event(person, "SMS envoyé", sent + timedelta(minutes=dice.between(0, 5)), f"SMS Noël {sent:%y}")
            for sent in TEXTS
            if sent.date() >= person.signup and not person.unsubscribed
        ]
    if person.company:
        found += [
            Event(person, "appel", _someday(dice, person, office=True)) for _ in range(dice.poisson(1.1))
        ]
    if dice.chance(0.28 if person.company else 0.035):
        found.append(
            Event(
                person, "formulaire", _someday(dice, person), "", "/devis" if person.company else "/contact"
            )
        )
    if person.kind.name == "champion" and dice.chance(0.15):
        found.append(Event(person, "parrainage", _someday(dice, person)))
    if dice.chance(0.04):
        found.append(Event(person, "suivi Instagram", _someday(dice, person)))
    return found


def _someday(dice: Dice, person: Person, *, office: bool = False) -> datetime:
    day: date = person.start + timedelta(days=dice.between(0, max(0, (person.end - person.start).days)))
    hour = (
        dice.between(9, 17)
        if office
        else dice.weighted(((8, 1.0), (12, 3.0), (18, 2.0), (20, 4.0), (21, 4.0)))
    )
    return datetime.combine(day, time(hour, dice.between(0, 59)))
