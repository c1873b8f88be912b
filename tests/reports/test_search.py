"""Search, held against plain Python over the demonstration: accents, slips, numbers, hostile texts."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest

from segmentation.criteria.codec import criterion_from_json
from segmentation.reports.search import FEW, allowed, find_people
from segmentation.results import Statement
from segmentation.workspace import Workspace

FIELDS = "first_name, last_name, full_name, company_name, email, email_secondary, city, postal_code"


@pytest.fixture(scope="module")
def people(shop: Workspace) -> dict[int, dict[str, str]]:
    rows = shop.database.run(Statement(f"SELECT contact_id, {FIELDS} FROM contacts WHERE live")).rows
    names = FIELDS.split(", ")
    return {row[0]: {n: v for n, v in zip(names, row[1:], strict=True) if v} for row in rows}


def found(base: Workspace, text: str) -> dict[int, int]:
    with base.audience() as session:
        told = find_people(session, text)
        rows = dict(session.run(Statement("SELECT contact_id, far FROM found")).rows)
        assert len(rows) == told.same + told.close
        assert sum(far < 100 for far in rows.values()) == told.same
    return rows


def bare(text: str) -> str:
    """Lower case, without accents, ligatures spelt out: written apart from the product's own folding."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[-'’\u00a0]", " ", text).split())


def slips(one: str, other: str) -> int:
    """Damerau-Levenshtein by its definition: a letter missing, added or changed, or two swapped."""
    last: dict[str, int] = {}
    far = len(one) + len(other)
    table = {(-1, -1): far}
    for i in range(len(one) + 1):
        table[i, -1], table[i, 0] = far, i
    for j in range(len(other) + 1):
        table[-1, j], table[0, j] = far, j
    for i, letter in enumerate(one, 1):
        same = 0
        for j, against in enumerate(other, 1):
            before, there = last.get(against, 0), same
            cost = 0 if letter == against else 1
            same = j if cost == 0 else same
            table[i, j] = min(
                table[i - 1, j - 1] + cost,
                table[i, j - 1] + 1,
                table[i - 1, j] + 1,
                table[before - 1, there - 1] + (i - before - 1) + 1 + (j - there - 1),
            )
        last[letter] = i
    return table[len(one), len(other)]


def expected(people: dict[int, dict[str, str]], text: str) -> tuple[set[int], set[int]]:
    words = bare(text).split()
    said = {number: " ".join(map(bare, values.values())) for number, values in people.items()}
    same = {number for number, whole in said.items() if all(word in whole for word in words)}
    if len(same) > FEW:
        return same, set()
    typed = [part for word in words for part in re.findall(r"[a-z0-9]+", word)]
    spoken = ["first_name", "last_name", "full_name", "company_name", "city"]
    spoken += ["email", "email_secondary"] if "@" in text else []

    def tokens(number: int) -> list[str]:
        return re.findall(r"[a-z0-9]+", " ".join(bare(people[number].get(name, "")) for name in spoken))

    near = {
        number
        for number, whole in said.items()
        if all(
            word in whole
            or any(
                abs(len(token) - len(word)) <= allowed(word) and slips(token, word) <= allowed(word)
                for token in tokens(number)
            )
            for word in typed
        )
    }
    return same, near - same


TYPED = [
    "",
    "martin",
    "Élodie",
    "elodie LYON",
    "mratin",
    "dupnot",
    "jean-françois",
    "@gmail.example",
    "zzzzz",
]


@pytest.mark.parametrize("text", TYPED[1:])
def test_search_says_what_plain_python_says(
    shop: Workspace, people: dict[int, dict[str, str]], text: str
) -> None:
    rows = found(shop, text)
    same, close = expected(people, text)
    assert {number for number, far in rows.items() if far < 100} == same
    assert {number for number, far in rows.items() if far >= 100} == close


def test_one_slip_anywhere_in_a_long_name_still_finds(
    shop: Workspace, people: dict[int, dict[str, str]]
) -> None:
    dice = random.Random(4)
    every = {one.get("last_name", "") for one in people.values()}
    names = sorted(name for name in every if re.fullmatch(r"[A-Z][a-z]{5,}", name))
    for name in dice.sample(names, 12):
        place = dice.randrange(1, len(name) - 1)
        wrong = (
            name[:place] + name[place + 1 :],
            name[:place] + "q" + name[place:],
            name[: place - 1] + name[place] + name[place - 1] + name[place + 1 :],
        )[dice.randrange(3)]
        holders = {number for number, values in people.items() if bare(name) in map(bare, values.values())}
        assert holders <= set(found(shop, wrong)), (name, wrong)


@pytest.mark.parametrize(
    ("word", "slips_forgiven"), [("ana", 0), ("anne", 1), ("anita", 1), ("martin", 2), ("nom123", 0), ("", 0)]
)
def test_how_much_is_forgiven(word: str, slips_forgiven: int) -> None:
    assert allowed(word) == slips_forgiven


def test_everyone_without_a_text(shop: Workspace, people: dict[int, dict[str, str]]) -> None:
    assert found(shop, "  ") == dict.fromkeys(people, 0)


def test_a_number_is_a_phone_a_postal_code_or_an_id(shop: Workspace) -> None:
    sql = "SELECT contact_id, mobile FROM contacts WHERE live AND mobile LIKE '+33%' ORDER BY 1 LIMIT 1"
    contact, mobile = shop.database.run(Statement(sql)).rows[0]
    national = "0" + mobile[3:]
    spaced = " ".join(national[i : i + 2] for i in range(0, 10, 2))
    for typed in (
        mobile,
        national,
        spaced,
        ".".join(spaced.split()),
        mobile.replace("+", "00"),
        national[4:],
    ):
        assert contact in found(shop, typed), typed
    lyon = shop.database.run(
        Statement("SELECT contact_id FROM contacts WHERE live AND starts_with(postal_code, '6900')")
    ).rows
    assert {row[0] for row in lyon} <= set(found(shop, "6900"))
    given = shop.database.run(Statement("SELECT external_id, contact_id FROM identities LIMIT 1")).rows[0]
    assert found(shop, given[0].lower())[given[1]] == 0


@pytest.mark.parametrize(
    "text",
    ["'; drop table contacts; --", "%", "_", '"', "\\", "a" * 5_000, "(", "[", "œ", "🎉", "\x00", "((33))"],
)
def test_hostile_texts_are_only_texts(shop: Workspace, text: str) -> None:
    before = shop.contacts
    found(shop, text)
    assert shop.contacts == before


def test_only_the_audience_is_searched(shop: Workspace) -> None:
    asked = {"field": "city", "op": "is", "value": "Lyon"}
    members = set(shop.evaluator.ids(criterion_from_json(asked)).tolist())
    with shop.audience(criterion_from_json(asked)) as session:
        find_people(session, "martin")
        rows = {row[0] for row in session.run(Statement("SELECT contact_id FROM found")).rows}
    assert rows == set(found(shop, "martin")) & members
