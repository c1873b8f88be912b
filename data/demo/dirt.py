"""How a clean person becomes the rows of a real file: styles, typing slips, forgotten zeros, and doubles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from data.demo.dice import Dice
from data.demo.people import Person
from data.demo.shop import LAST_DAY

HEADERS = (
    "N° client",
    "Civilité",
    "Nom",
    "Prénom",
    "Société",
    "Code NAF",
    "Date de naissance",
    "E-mail",
    "Téléphone",
    "Adresse",
    "CP",
    "Ville",
    "Pays",
    "Date d'inscription",
    "Source",
    "Newsletter",
    "Accepte SMS",
    "Centres d'intérêt",
    "Carte de fidélité",
    "Boîtes rapportées",
    "Boit plutôt",
    "Remarques",
)
DOUBLES = 180
TYPOS = {
    "gmail.example": "gmial.example",
    "hotmail.example": "hotmial.example",
    "yahoo.example": "yaho.example",
    "orange.example": "ornage.example",
    "wanadoo.example": "wanado.example",
}
MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
YES, NO = (
    (("oui", 6.0), ("Oui", 2.0), ("1", 1.5), ("O", 1.5)),
    (("non", 6.0), ("Non", 2.0), ("0", 1.5), ("N", 1.0)),
)
NOTES = (
    "Préfère être appelée le matin ; jamais le soir",
    "Paquet cadeau à chaque fois",
    "Livraison à l’atelier\nSonner deux fois",
    "A demandé « le thé du marché »",
    "Allergie aux fruits à coque",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the contact file: who it truly is, its cells, and the cells as they should read."""

    person: Person
    double: str
    signup: date
    cells: Mapping[str, str]
    clean: Mapping[str, str]


def mistype(people: list[Person]) -> None:
    """Gives 3 % of the addresses a wrong domain; it must be known before letters are sent."""
    for person in people:
        domain = person.email.partition("@")[2]
        if domain in TYPOS and Dice("typo", person.number).chance(0.045):
            person.mistyped = TYPOS[domain]


def every_row(people: list[Person], loyalty: Mapping[int, str]) -> list[Row]:
    """3,000 rows and 180 doubles, in the order in which the shop created them. `loyalty`: card by person."""
    rows = [_row(person, loyalty.get(person.number, "")) for person in people]
    doubled = [person for person in Dice("doubles").shuffled(people) if person.email and person.mobile]
    rows += [_double(person, loyalty.get(person.number, "")) for person in doubled[:DOUBLES]]
    return sorted(rows, key=lambda row: (row.signup, row.person.number, row.double))


def _row(person: Person, card: str, variant: str = "") -> Row:
    dice = Dice("dirt" + variant, person.number)
    optin = person.optin_email and not person.unsubscribed
    clean = {
        "Civilité": "Mme" if person.gender == "F" else "M.",
        "Nom": person.last_name,
        "Prénom": person.first_name,
        "Société": person.company,
        "Code NAF": person.naf,
        "Date de naissance": person.birth.isoformat(),
        "E-mail": person.email,
        "Téléphone": _e164(person.mobile),
        "Adresse": person.address,
        "CP": person.postal_code,
        "Ville": person.city,
        "Pays": person.country,
        "Date d'inscription": person.signup.isoformat(),
        "Source": person.source,
        "Newsletter": "oui" if optin else "non",
        "Accepte SMS": "oui" if person.optin_sms else "non",
        "Centres d'intérêt": "|".join(person.interests),
        "Carte de fidélité": card,
    }
    cells = dict(clean)
    cells["Civilité"] = _civility(dice, person.gender)
    cells["Nom"], cells["Prénom"] = _names(dice, person.last_name, person.first_name)
    cells["Date de naissance"] = _birth(dice, person)
    cells["E-mail"] = _email(dice, person)
    cells["Téléphone"] = _phone(dice, person.mobile, person.number)
    cells["Adresse"] = "" if dice.chance(0.12) else person.address
    cells["CP"], cells["Ville"] = _place(dice, person)
    cells["Pays"] = (
        dice.weighted((("", 5.0), ("France", 3.0), ("FR", 1.0)))
        if person.country == "France"
        else person.country
    )
    cells["Date d'inscription"] = f"{person.signup:%d/%m/%Y}"
    cells["Source"] = "" if dice.chance(0.1) else person.source
    cells["Newsletter"] = _answer(dice, optin, blank=0.0 if person.unsubscribed else 0.06)
    cells["Accepte SMS"] = _answer(dice, person.optin_sms, blank=0.15)
    cells["Centres d'intérêt"] = (
        "" if dice.chance(0.45) else dice.among((", ", " / ", ",")).join(person.interests)
    )
    cells["Boîtes rapportées"] = str(dice.between(0, 14)) if card else ""
    cells["Boit plutôt"] = dice.weighted(
        (("", 6.0), ("le matin", 2.0), ("l’après-midi", 2.5), ("le soir", 1.5))
    )
    cells["Remarques"] = dice.among(NOTES) if dice.chance(0.03) else ""
    return Row(person, variant, person.signup, cells, clean)


def _double(person: Person, card: str) -> Row:
    """The same person met again later, slightly otherwise."""
    dice = Dice("double", person.number)
    variant = dice.among(("dot", "surname", "no_email", "initial"))
    again = _row(person, "", "-" + variant)
    cells = dict(again.cells)
    name, _, domain = person.email.partition("@")
    if variant == "dot":
        cells["E-mail"] = f"{name.replace('.', '').replace('-', '').replace('_', '')}@{domain}"
        cells["E-mail"] = cells["E-mail"] if cells["E-mail"] != person.email else f"{name}.2@{domain}"
    elif variant == "surname":
        cells["Nom"] = person.last_name[: max(3, len(person.last_name) - 2)]
    elif variant == "no_email":
        cells["E-mail"] = ""
    else:
        cells["Prénom"] = person.first_name[0] + "."
    if variant in ("surname", "initial") and dice.chance(0.5):
        cells["Téléphone"] = ""
    signup = person.signup + timedelta(days=dice.between(20, 900))
    signup = min(signup, LAST_DAY)
    cells["Date d'inscription"] = f"{signup:%d/%m/%Y}"
    return Row(person, variant, signup, cells, again.clean)


def _e164(mobile: str) -> str:
    return "+33" + mobile[1:] if mobile else ""


def _civility(dice: Dice, gender: str) -> str:
    if dice.chance(0.12):
        return ""
    if gender == "F":
        return dice.weighted((("Mme", 7.0), ("Madame", 2.0), ("Mlle", 0.7), ("MME", 0.8)))
    return dice.weighted((("M.", 5.0), ("M", 2.5), ("Monsieur", 2.0), ("Mr", 1.0)))


def _names(dice: Dice, last: str, first: str) -> tuple[str, str]:
    if dice.chance(0.12):
        last, first = last.upper(), first.upper() if dice.chance(0.4) else first
    elif dice.chance(0.02):
        last, first = last.lower(), first.lower()
    if dice.chance(0.04) and not first.isascii():
        first = _mojibake(first)
    if dice.chance(0.03):
        first = f" {first} "
    return (first, last) if dice.chance(0.01) else (last, first)


def _mojibake(text: str) -> str:
    """UTF-8 read as cp1252, where every byte has a letter there; else unchanged."""
    try:
        return text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return text


def _birth(dice: Dice, person: Person) -> str:
    if dice.chance(0.30):
        return dice.weighted((("", 30.0), ("00/00/0000", 0.7), ("01/01/1900", 0.5)))
    born = person.birth
    return dice.weighted(
        (
            (f"{born:%d/%m/%Y}", 7.0),
            (f"{born:%d/%m/%y}", 1.0),
            (born.isoformat(), 1.0),
            (f"{born.day} {MONTHS[born.month - 1]} {born.year}", 1.0),
        )
    )


def _email(dice: Dice, person: Person) -> str:
    if not person.email:
        return dice.weighted((("", 12.0), ("-", 1.0), ("nc", 1.0)))
    email = person.email
    if person.mistyped:
        email = email.partition("@")[0] + "@" + person.mistyped
    if dice.chance(0.008):
        return email.replace("@", dice.among((" at ", "", "@@")))
    if dice.chance(0.05):
        email = email.upper() if dice.chance(0.4) else email.capitalize()
    return f" {email}" if dice.chance(0.02) else email


def _phone(dice: Dice, mobile: str, number: int) -> str:
    if not mobile:
        return f"01 99 00 {number // 100 % 100:02d} {number % 100:02d}" if dice.chance(0.4) else ""
    pairs = [mobile[place : place + 2] for place in range(0, 10, 2)]
    return dice.weighted(
        (
            (" ".join(pairs), 3.0),
            (mobile, 2.5),
            (".".join(pairs), 1.5),
            ("-".join(pairs), 0.7),
            ("+33 6 " + " ".join(pairs[1:]), 1.0),
            ("0033" + mobile[1:], 0.4),
            (mobile[1:], 1.0),
        )
    )


def _place(dice: Dice, person: Person) -> tuple[str, str]:
    code, city = person.postal_code, person.city
    if code.startswith("0") and dice.chance(0.55):
        code = code[1:]
    if city == "Lyon":
        district = int(code[-1])
        city = dice.weighted(
            (
                ("Lyon", 6.0),
                ("LYON", 2.0),
                (f"Lyon {district}", 1.0),
                (f"LYON {district:02d}", 0.5),
                (f"Lyon {district}{'er' if district == 1 else 'ème'}", 0.5),
                (f"LYON CEDEX {district:02d}", 0.3),
            )
        )
    elif dice.chance(0.12):
        city = city.upper()
    elif dice.chance(0.05):
        city = city.replace("Saint-", "St ").replace("-", " ").lower()
    if dice.chance(0.03):
        return dice.among((("", city), (code, ""), ("", "")))
    return code, city


def _answer(dice: Dice, yes: bool, *, blank: float) -> str:
    return "" if dice.chance(blank) else dice.weighted(YES if yes else NO)
