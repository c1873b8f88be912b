"""Towns take the name of the reference: one line of the account, with its examples and its switch."""

from __future__ import annotations

HEADERS = {
    "Mail": "contacts.email",
    "Ville": "contacts.city",
    "CP": "contacts.postal_code",
    "Pays": "contacts.country",
}
ROWS = [
    ["a@x.fr", "Lyon 3E", "69003", ""],
    ["b@x.fr", "LYON CEDEX 07", "69287", "France"],
    ["c@x.fr", "St Etienne", "42000", "France"],
    ["d@x.fr", "Lyonn", "69003", ""],
    ["e@x.fr", "Lyon 3E", "69003", "Belgique"],
    ["f@x.fr", "Lyon 3E", "69003", ""],
    ["g@x.fr", "Bourg en Bresse", "1000", "France"],
    ["h@x.fr", "Genève", "1201", "Suisse"],
    ["i@x.fr", "", "75001", ""],
]
TOWNS = "SELECT city FROM contacts WHERE live ORDER BY email"


def test_the_towns_are_one_line_of_the_account(base) -> None:  # type: ignore[no-untyped-def]
    report = base.load("contacts", HEADERS, ROWS)
    named = [town for (town,) in base.rows(TOWNS)]
    assert named[:4] == ["Lyon", "Lyon", "Saint-Étienne", "Lyonn"]
    assert named[4:] == ["Lyon 3E", "Lyon", "Bourg-en-Bresse", "Genève", None]
    (line,) = [repair for repair in report.preview.repairs if repair.rule == "town_name"]
    assert (line.field, line.count, line.before, line.after) == ("contacts.city", 4, "Lyon 3E", "Lyon")
    assert line.examples[1:] == (
        (4, "St Etienne", "Saint-Étienne"),
        (8, "Bourg en Bresse", "Bourg-en-Bresse"),
    )


def test_switched_off_towns_stay_as_they_are_written(base) -> None:  # type: ignore[no-untyped-def]
    base.load("contacts", HEADERS, ROWS, rules_off=frozenset({"town_name"}))
    assert [town for (town,) in base.rows(TOWNS)][::5] == ["Lyon 3E", "Lyon 3E"]


def test_a_file_of_towns_alone_is_read_too(base) -> None:  # type: ignore[no-untyped-def]
    rows = [["a@x.fr", "st etienne"], ["b@x.fr", "Leon"], ["c@x.fr", "Paris 15e"]]
    base.load("contacts", {"Mail": "contacts.email", "Ville": "contacts.city"}, rows)
    assert [town for (town,) in base.rows(TOWNS)] == ["Saint-Étienne", "Leon", "Paris"]
