"""Who the contacts really are: names that fit ages, towns that fit distance, tastes that fit purchases."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

from data.demo.dice import Dice
from data.demo.shop import (
    ANSWERING_FACTOR,
    ANSWERING_TOWN,
    CATEGORIES,
    HISTORY_START,
    KINDS,
    LAST_DAY,
    Category,
    Kind,
)

PEOPLE = 3000
VOCABULARY = Path(__file__).parent / "vocabulary"
MAIL_DOMAINS = (
    ("gmail.example", 34.0),
    ("orange.example", 14.0),
    ("free.example", 10.0),
    ("hotmail.example", 9.0),
    ("wanadoo.example", 6.0),
    ("laposte.example", 6.0),
    ("yahoo.example", 6.0),
    ("outlook.example", 5.0),
    ("sfr.example", 4.0),
    ("icloud.example", 3.0),
    ("example.com", 1.5),
    ("example.org", 1.0),
    ("example.net", 0.5),
)
STREETS = (
    "rue de la République",
    "rue Victor Hugo",
    "avenue Jean Jaurès",
    "place de la Mairie",
    "rue des Tilleuls",
    "chemin des Vignes",
    "boulevard des Belges",
    "rue du Lac",
    "impasse des Lilas",
    "cours Gambetta",
    "rue de l’Église",
    "allée des Cèdres",
    "montée du Château",
    "quai de la Gare",
    "rue Pasteur",
    "rue des Écoles",
)
ABROAD = (
    ("1003", "Lausanne", "Suisse", 150),
    ("1201", "Genève", "Suisse", 115),
    ("1000", "Bruxelles", "Belgique", 570),
    ("7000", "Mons", "Belgique", 560),
    ("1136", "Luxembourg", "Luxembourg", 480),
)
TRADES = (
    ("Restaurant {}", "5610A"),
    ("Salon de thé {}", "5630Z"),
    ("Hôtel {}", "5510Z"),
    ("Cabinet {}", "6910Z"),
    ("{} Conseil SARL", "7022Z"),
    ("Pâtisserie {} SAS", "1071D"),
    ("Agence {}", "7311Z"),
)
SOURCES = (
    ("Boutique", 34.0),
    ("Site internet", 26.0),
    ("Bouche-à-oreille", 14.0),
    ("Instagram", 10.0),
    ("Salon", 7.0),
    ("Google", 6.0),
    ("Parrainage", 3.0),
)
TASTES = {
    "Thé": ("thé vert", "thé noir", "infusions"),
    "Café": ("café", "café en grains"),
    "Épicerie": ("cuisine", "produits locaux"),
    "Coffret": ("cadeaux",),
    "Accessoires": ("arts de la table",),
}
OTHER_TASTES = ("recettes", "bio", "ateliers", "voyage", "bien-être")


@dataclass(slots=True)
class Person:
    """The truth about one person; `start` and `end` bound what they do in the history."""

    number: int
    kind: Kind
    favourite: Category
    gender: str
    first_name: str
    last_name: str
    birth: date
    postal_code: str
    city: str
    country: str
    km: int
    address: str
    email: str
    mobile: str
    signup: date
    start: date
    end: date
    churned: bool
    company: str
    naf: str
    source: str
    interests: tuple[str, ...]
    optin_email: bool
    optin_sms: bool
    opens: float
    dead_mailbox: bool
    mistyped: str = ""  # the wrong domain in the file, where there is one
    unsubscribed: bool = False


def plain(text: str) -> str:
    """ASCII letters and dots for an address."""
    bare = unicodedata.normalize("NFKD", text.replace("œ", "oe")).encode("ascii", "ignore").decode().lower()
    return "".join(letter if letter.isalnum() else "-" for letter in bare).strip("-")


def _table(name: str) -> list[dict[str, str]]:
    with (VOCABULARY / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _ranked(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 5) ** 0.75 for rank in range(count)))


def everyone() -> list[Person]:
    """The 3,000 people, numbered in no order; the hidden kinds have their exact shares."""
    given = {(row["decade"], row["sex"]): row["names"].split("|") for row in _table("first_names.csv")}
    surnames = [row["name"] for row in _table("last_names.csv")]
    towns = _table("towns.csv")
    near = list(accumulate(float(t["population"]) / (1 + (int(t["km"]) / 14) ** 1.6) for t in towns))
    deck = [kind for kind in KINDS for _ in range(round(kind.share * PEOPLE))]
    mobiles = Dice("mobiles").shuffled(range(10_000))
    people = []
    for number, kind in enumerate(Dice("kinds").shuffled(deck)):
        dice = Dice("person", number)
        town = towns[dice.bucket(near)]
        place = (town["postal_code"], town["city"], "France", int(town["km"]))
        if dice.chance(0.012):
            place = dice.among(ABROAD)
        people.append(_person(dice, number, kind, given, surnames, place, mobiles[number]))
    return people


def _person(
    dice: Dice,
    number: int,
    kind: Kind,
    given: dict[tuple[str, str], list[str]],
    surnames: list[str],
    place: tuple[str, str, str, int],
    mobile: int,
) -> Person:
    gender = "F" if dice.chance(0.64) else "M"
    age = max(18, min(88, round(49 + 16 * dice.bell())))
    birth = LAST_DAY - timedelta(days=age * 365 + dice.between(0, 364))
    names = given[(str(min(2001, max(1931, (birth.year - 1) // 10 * 10 + 1))), gender)]
    first = names[dice.bucket(_ranked(len(names)))]
    last = surnames[dice.bucket(_ranked(len(surnames)))]
    favourite = dice.weighted([(category, category.favourite) for category in CATEGORIES])
    signup, start, end, churned = _life(dice, kind, favourite)
    company, naf = "", ""
    if kind.name != "champion" and dice.chance(0.045):
        pattern, naf = dice.among(TRADES)
        company = pattern.format(last)
    domain = f"{plain(company)}.example" if company else dice.weighted(MAIL_DOMAINS)
    joint = dice.weighted(((".", 6.0), ("", 2.0), ("-", 1.0), ("_", 1.0)))
    digits = str(birth.year % 100).zfill(2) if dice.chance(0.3) else ""
    optin = dice.chance(kind.optin)
    tastes = list(dice.shuffled(TASTES[favourite.name]))[:2]
    if len(TASTES[favourite.name]) == 2:  # else both would always be liked by the same people
        tastes = tastes[: Dice("tastes", number).between(1, 2)]
    tastes += dice.shuffled(OTHER_TASTES)[: dice.between(0, 2)]
    answer = ANSWERING_FACTOR if place[1] == ANSWERING_TOWN else 0.93
    return Person(
        number=number,
        kind=kind,
        favourite=favourite,
        gender=gender,
        first_name=first,
        last_name=last,
        birth=birth,
        postal_code=place[0],
        city=place[1],
        country=place[2],
        km=place[3],
        address=f"{dice.between(1, 120)}{dice.weighted((('', 9.0), (' bis', 1.0)))} {dice.among(STREETS)}",
        email="" if dice.chance(0.08) else f"{plain(first)}{joint}{plain(last)}{digits}@{domain}",
        mobile="" if dice.chance(0.14) else f"063998{mobile:04d}",
        signup=signup,
        start=start,
        end=end,
        churned=churned,
        company=company,
        naf=naf,
        source=dice.weighted(SOURCES),
        interests=tuple(tastes),
        optin_email=optin,
        optin_sms=optin and dice.chance(0.45),
        opens=min(0.95, max(0.0, kind.opens * answer * (1 + 0.45 * dice.bell()))),
        dead_mailbox=dice.chance(0.012),
    )


def _life(dice: Dice, kind: Kind, favourite: Category) -> tuple[date, date, date, bool]:
    """(signed up, active from, active until, left): tea keeps people, champions stay longer."""
    before = {"champion": 0.62, "regular": 0.45}.get(kind.name, 0.28)
    if dice.chance(before):
        signup = HISTORY_START - timedelta(days=int(1700 * dice.unit() ** 1.5))
    else:
        signup = LAST_DAY - timedelta(days=int(1090 * dice.unit() ** 1.1))
    start = max(signup, HISTORY_START)
    span = (LAST_DAY - start).days
    stays = {"champion": 0.6, "regular": 0.9, "occasional": 1.25, "prospect": 1.0}[kind.name]
    churned = dice.chance(favourite.churn * stays) and span > 120
    end = start + timedelta(days=20 + int(span * (0.05 + 0.6 * dice.unit()))) if churned else LAST_DAY
    return signup, start, min(end, LAST_DAY), churned
