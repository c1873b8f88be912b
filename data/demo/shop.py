"""Maison Colette, a shop that does not exist: its shelves, its calendar and its three planted stories."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import NamedTuple

HISTORY_START = date(2023, 11, 16)
LAST_DAY = date(2026, 11, 15)
DAYS = (LAST_DAY - HISTORY_START).days + 1

# Story 1, a month that went wrong: online payment broken for most of March 2026. Orders of the site fail,
# carts are abandoned, some of those customers never come back. The shop in town sells as usual.
OUTAGE = (date(2026, 3, 2), date(2026, 3, 28))
OUTAGE_FAILURE = 0.93
OUTAGE_NEVER_BACK = 0.30
# Story 2, a category that keeps people: who comes for tea comes back.
KEEPING_CATEGORY = "Thé"
# Story 3, a town that answers: Villeurbanne opens and clicks far more than the others.
ANSWERING_TOWN = "Villeurbanne"
ANSWERING_FACTOR = 1.9


class Kind(NamedTuple):
    """A hidden type of contact: share of the base, orders over three years, basket, opt-in, openings."""

    name: str
    share: float
    orders: float
    basket: float
    optin: float
    opens: float


KINDS = (
    Kind("champion", 0.12, 14.0, 1.25, 0.90, 0.52),
    Kind("regular", 0.28, 6.0, 1.0, 0.80, 0.36),
    Kind("occasional", 0.35, 2.2, 0.85, 0.60, 0.21),
    Kind("prospect", 0.25, 0.0, 0.0, 0.50, 0.17),
)


class Category(NamedTuple):
    """A shelf: how many prefer it, how it multiplies orders, how often they leave, its everyday weight."""

    name: str
    favourite: float
    loyalty: float
    churn: float
    weight: float
    products: tuple[tuple[str, str, int], ...]


CATEGORIES = (
    Category(
        "Thé",
        0.40,
        1.35,
        0.10,
        0.30,
        (
            ("TH01", "Earl Grey bergamote 100 g", 890),
            ("TH02", "Sencha du matin 100 g", 1250),
            ("TH03", "Darjeeling de printemps 100 g", 1490),
            ("TH04", "Rooibos orange 100 g", 790),
            ("TH05", "Genmaicha 100 g", 980),
            ("TH06", "Infusion verveine 50 g", 650),
            ("TH07", "Thé des Canuts 100 g", 1090),
            ("TH08", "Oolong fumé 100 g", 1680),
        ),
    ),
    Category(
        "Café",
        0.27,
        0.88,
        0.32,
        0.25,
        (
            ("CA01", "Café d’Éthiopie 250 g", 950),
            ("CA02", "Café de Colombie 250 g", 850),
            ("CA03", "Café du Brésil 250 g", 790),
            ("CA04", "Décaféiné 250 g", 890),
            ("CA05", "Expresso maison 1 kg", 2600),
        ),
    ),
    Category(
        "Épicerie",
        0.18,
        0.75,
        0.36,
        0.25,
        (
            ("EP01", "Miel d’acacia 250 g", 780),
            ("EP02", "Confiture d’abricot", 590),
            ("EP03", "Pralines roses 200 g", 720),
            ("EP04", "Sablés au beurre", 540),
            ("EP05", "Chocolat noir 70 %", 460),
            ("EP06", "Pâte à tartiner 300 g", 890),
        ),
    ),
    Category(
        "Coffret",
        0.10,
        0.50,
        0.45,
        0.07,
        (
            ("CO01", "Coffret découverte", 2490),
            ("CO02", "Coffret du dimanche", 3200),
            ("CO03", "Coffret de Noël", 3900),
        ),
    ),
    Category(
        "Accessoires",
        0.05,
        0.60,
        0.42,
        0.13,
        (
            ("AC01", "Théière en fonte", 3400),
            ("AC02", "Infuseur inox", 950),
            ("AC03", "Tasse en grès", 1200),
            ("AC04", "Moulin à café", 4900),
            ("AC05", "Filtres en coton", 680),
        ),
    ),
)

MONTHS = {
    1: 0.85,
    2: 0.95,
    3: 1.0,
    4: 1.0,
    5: 1.1,
    6: 1.0,
    7: 0.8,
    8: 0.65,
    9: 1.05,
    10: 1.1,
    11: 1.35,
    12: 2.1,
}
WEEKDAYS = (0.45, 0.9, 1.05, 0.95, 1.15, 1.7, 0.5)  # Monday and Sunday: the shop is shut, the site is open


class Campaign(NamedTuple):
    """A mailing: its name, when it leaves, the page it leads to, and whether only customers get it."""

    name: str
    sent: datetime
    page: str
    customers_only: bool


def _first(year: int, month: int, weekday: int) -> date:
    """The first such weekday (0 = Monday) of a month."""
    start = date(year, month, 1)
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def _campaigns() -> tuple[Campaign, ...]:
    names = [
        "janv.",
        "févr.",
        "mars",
        "avril",
        "mai",
        "juin",
        "juil.",
        "août",
        "sept.",
        "oct.",
        "nov.",
        "déc.",
    ]
    pages = ("/the", "/cafe", "/epicerie", "/ateliers", "/nouveautes")
    found = []
    for number in range(36):
        year, month = 2023 + (number + 11) // 12, (number + 11) % 12 + 1
        if month == 8:
            continue  # no letter in August
        sent = datetime.combine(_first(year, month, 1), time(8))
        found.append(Campaign(f"Lettre {names[month - 1]} {year % 100}", sent, pages[number % 5], False))
    for year in (2024, 2025, 2026):
        found.append(Campaign(f"Fête mères {year % 100}", datetime(year, 5, 16, 18), "/coffrets", True))
    for year in (2023, 2024, 2025):
        found.append(Campaign(f"Noël {year % 100}", datetime(year, 12, 8, 18), "/coffrets", False))
    return tuple(sorted(found, key=lambda campaign: campaign.sent))


CAMPAIGNS = _campaigns()
TEXTS = tuple(datetime(year, 12, 15, 11) for year in (2023, 2024, 2025))
WORKSHOPS = tuple(
    datetime.combine(_first(year, month, 5), time(15))
    for year in (2024, 2025, 2026)
    for month in (2, 4, 6, 10)
)


def _day_weights() -> list[float]:
    mailed = {campaign.sent.date() + timedelta(days=after) for campaign in CAMPAIGNS for after in (0, 1, 2)}
    weights = []
    for number in range(DAYS):
        day = HISTORY_START + timedelta(days=number)
        bump = 1.3 if day in mailed else 1.0
        quiet = 0.4 if (day.month, day.day) in ((12, 25), (1, 1)) else 1.0
        weights.append(
            MONTHS[day.month] * WEEKDAYS[day.weekday()] * (1 + 0.22 * number / DAYS) * bump * quiet
        )
    return weights


BUSY = tuple(accumulate(_day_weights(), initial=0.0))  # BUSY[n]: demand before day n of the history


def in_outage(day: date) -> bool:
    return OUTAGE[0] <= day <= OUTAGE[1]
