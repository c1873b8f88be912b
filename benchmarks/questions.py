"""The criteria that are measured, each beside the SQL a person would write for it over the raw files.

The raw tables are what ``read_csv`` makes of the benchmark's files: ``contacts``, ``orders``, ``order_lines``
and ``events``, columns named by their headers. Each SQL text selects client numbers once each; ``$day`` is
the as-of date. The question "last 90 days" counts both ends; only paid orders count; money is
summed as decimals: as doubles, 50.00 of coffee may be 49.99….
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One criterion, the family it stands for, and hand-written SQL of the same people."""

    family: str
    name: str
    criterion: Mapping[str, object]
    sql: str


_CLIENT = '"N° client" AS client'
_KEY = "lower(strip_accents({}))"
_BUYERS = f"SELECT {_CLIENT} FROM orders WHERE Statut = 'payée' AND \"Date de commande\" < $day + 1"
_LINES = (
    'SELECT o."N° client" AS client FROM order_lines l JOIN orders o USING ("N° commande")'
    " WHERE o.Statut = 'payée' AND o.\"Date de commande\" < $day + 1"
)
_EVENTS = f'SELECT {_CLIENT} FROM events WHERE "Date" < $day + 1'
_STORE = _KEY.format('"Magasin préféré"')
_TASTES = _KEY.format('"Centres d\'intérêt"')
_EVERYONE = f"SELECT {_CLIENT} FROM contacts"


def _since(column: str, days: int) -> str:
    return f"{column} >= $day - {days}"


_ORDERED = '"Date de commande"'
_HAPPENED = '"Date"'
_PLACED = 'o."Date de commande"'
_SECOND = (
    '(SELECT 1 FROM orders n WHERE n.Statut = \'payée\' AND n."N° client" = o."N° client"'
    ' AND n."Date de commande" > o."Date de commande" AND n."Date de commande" < $day + 1'
    ' AND n."Date de commande" < o."Date de commande"::DATE + 31)'
)
_GAPS = (
    f'SELECT {_CLIENT}, date_diff(\'day\', lag("Date de commande"::DATE) OVER w, "Date de commande"::DATE)'
    " AS gap FROM orders WHERE Statut = 'payée' AND \"Date de commande\" < $day + 1"
    ' WINDOW w AS (PARTITION BY "N° client" ORDER BY "Date de commande")'
)
_NEAR = (
    "SELECT postal_code FROM places, (SELECT avg(lat) AS y, avg(lon) AS x FROM places WHERE country = 'FR'"
    " AND postal_code = '69003') WHERE country = 'FR' AND 6371.0088 * 2 * asin(sqrt(pow(sin(radians(lat - y)"
    " / 2), 2) + cos(radians(y)) * cos(radians(lat)) * pow(sin(radians(lon - x) / 2), 2))) <= 15"
)

QUESTIONS: tuple[Question, ...] = (
    Question(
        "who they are", "first name begins with je",
        {"field": "first_name", "op": "starts_with", "value": "je"},
        f"{_EVERYONE} WHERE starts_with({_KEY.format('Prénom')}, 'je')",
    ),
    Question(
        "who they are", "age from 25 to 40",
        {"field": "age", "op": "between", "value": [25, 40]},
        f"{_EVERYONE} WHERE date_sub('year', \"Date de naissance\", $day) BETWEEN 25 AND 40",
    ),
    Question(
        "contact", "e-mail ends with gmail.example",
        {"field": "email", "op": "ends_with", "value": "@gmail.example"},
        f"{_EVERYONE} WHERE ends_with(lower(\"E-mail\"), '@gmail.example')",
    ),
    Question(
        "contact", "letter accepted, and not unsubscribed since",
        {"field": "optin_email", "op": "is", "value": True},
        f"{_EVERYONE} WHERE Newsletter = 'oui'"
        f" AND \"N° client\" NOT IN ({_EVENTS} AND Événement = 'désinscription')",
    ),
    Question(
        "place", "preferred shop in Lyon or Vienne",
        {"field": "preferred_store", "op": "in", "value": ["lyon", "vienne"]},
        f"{_EVERYONE} WHERE {_STORE} IN ('lyon', 'vienne')",
    ),
    Question(
        "place", "within 15 km of 69003",
        {"field": "postal_code", "op": "within_km", "value": {"of": "69003", "km": 15}},
        f'{_EVERYONE} WHERE "Code postal" IN ({_NEAR})',
    ),
    Question(
        "tastes", "interested in tea",
        {"field": "interests", "op": "any_of", "value": ["thé"]},
        f"{_EVERYONE} WHERE list_contains(string_split({_TASTES}, ', '), 'the')",
    ),
    Question(
        "status", "signed up in the last 12 months",
        {"field": "created_at", "op": "last", "value": {"n": 365, "unit": "day"}},
        f"{_EVERYONE} WHERE \"Date d'inscription\" BETWEEN $day - 365 AND $day",
    ),
    Question(
        "value", "spent 200 or more, ever",
        {"field": "total_spent", "op": ">=", "value": 200},
        f'{_BUYERS} GROUP BY ALL HAVING sum("Montant TTC"::DECIMAL(18, 4)) >= 200',
    ),
    Question(
        "value", "average basket over 40",
        {"field": "average_basket", "op": ">", "value": 40},
        f'{_BUYERS} GROUP BY ALL HAVING avg("Montant TTC"::DECIMAL(18, 4)) > 40',
    ),
    Question(
        "value", "average basket over 40 on the web, ever",
        {"event": "order", "measure": "avg", "op": ">", "value": 40,
         "where": {"field": "channel", "op": "is", "value": "web"}},
        f"{_BUYERS} AND Canal = 'web' GROUP BY ALL HAVING avg(\"Montant TTC\"::DECIMAL(18, 4)) > 40",
    ),
    Question(
        "orders", "last order over 180 days ago",
        {"field": "last_purchase_date", "op": "older_than", "value": {"n": 180, "unit": "day"}},
        f"{_BUYERS} GROUP BY ALL HAVING max({_ORDERED})::DATE < $day - 180",
    ),
    Question(
        "orders", "two orders or more in 90 days",
        {"event": "order", "measure": "count", "op": ">=", "value": 2, "within": {"last": 90, "unit": "day"}},
        f"{_BUYERS} AND {_since(_ORDERED, 90)} GROUP BY ALL HAVING count(*) >= 2",
    ),
    Question(
        "orders", "100 or more of tea in 365 days",
        {"event": "order_line", "measure": "sum", "of": "line_amount", "op": ">=", "value": 100,
         "within": {"last": 365, "unit": "day"},
         "where": {"field": "category", "op": "in", "value": ["thé"]}},
        f"{_LINES} AND {_since(_PLACED, 365)} AND {_KEY.format('l.Catégorie')} = 'the'"
        " GROUP BY ALL HAVING sum(l.Montant::DECIMAL(18, 4)) >= 100",
    ),
    Question(
        "orders", "50 or more of coffee, ever",
        {"event": "order_line", "measure": "sum", "of": "line_amount", "op": ">=", "value": 50,
         "where": {"field": "category", "op": "is", "value": "café"}},
        f"{_LINES} AND {_KEY.format('l.Catégorie')} = 'cafe'"
        " GROUP BY ALL HAVING sum(l.Montant::DECIMAL(18, 4)) >= 50",
    ),
    Question(
        "orders", "never bought chocolate",
        {"event": "order", "measure": "count", "op": "=", "value": 0,
         "where": {"field": "category", "op": "is", "value": "chocolat"}},
        f"{_EVERYONE} WHERE \"N° client\" NOT IN ({_LINES} AND {_KEY.format('l.Catégorie')} = 'chocolat')",
    ),
    Question(
        "orders", "first order in a shop",
        {"event": "order_first", "where": {"field": "channel", "op": "is", "value": "boutique"}},
        f'SELECT client FROM (SELECT {_CLIENT}, arg_min(Canal, ({_ORDERED}, "N° commande")) AS first'
        f" FROM orders WHERE Statut = 'payée' AND {_ORDERED} < $day + 1 GROUP BY ALL)"
        " WHERE first = 'boutique'",
    ),
    Question(
        "rhythm", "usually 30 days or less between orders",
        {"event": "order", "measure": "median_gap", "op": "<=", "value": 30},
        f"SELECT client FROM ({_GAPS}) WHERE gap > 0 GROUP BY ALL HAVING median(gap) <= 30",
    ),
    Question(
        "rhythm", "60 % of orders at weekends, three or more",
        {"event": "order", "measure": "share",
         "of": {"field": "order_date", "op": "weekday", "value": [6, 7]},
         "op": ">=", "value": 0.6, "at_least": 3},
        f"{_BUYERS} GROUP BY ALL HAVING count(*) >= 3"
        f" AND count(*) FILTER (isodow({_ORDERED}) >= 6) >= 0.6 * count(*)",
    ),
    Question(
        "rhythm", "ordered, then again within 30 days",
        {"event": "order", "then": {"event": "order", "within": {"n": 30, "unit": "day"}}},
        'SELECT DISTINCT o."N° client" AS client FROM orders o WHERE o.Statut = \'payée\''
        f' AND o."Date de commande" < $day + 1 AND EXISTS {_SECOND}',
    ),
    Question(
        "letters", "three openings or more in 60 days",
        {"event": "email_open", "measure": "count", "op": ">=", "value": 3,
         "within": {"last": 60, "unit": "day"}},
        f"{_EVENTS} AND Événement = 'ouvert' AND {_since(_HAPPENED, 60)} GROUP BY ALL HAVING count(*) >= 3",
    ),
    Question(
        "letters", "no opening in 180 days",
        {"event": "email_open", "measure": "count", "op": "=", "value": 0,
         "within": {"last": 180, "unit": "day"}},
        f"{_EVERYONE} WHERE \"N° client\" NOT IN ({_EVENTS} AND Événement = 'ouvert'"
        f" AND {_since(_HAPPENED, 180)})",
    ),
    Question(
        "letters", "ten visits or more, ever",
        {"event": "site_visit", "measure": "count", "op": ">=", "value": 10},
        f"{_EVENTS} AND Événement = 'visite site' GROUP BY ALL HAVING count(*) >= 10",
    ),
)  # fmt: skip
"""Each family of criteria, from the cheapest question to the dearest."""


def tree(days: int) -> dict[str, object]:
    """A segment of five criteria on two levels; ``days`` is the value that is edited."""
    by_name = {question.name: question.criterion for question in QUESTIONS}
    return {
        "all": [
            by_name["letter accepted, and not unsubscribed since"],
            {"any": [by_name["age from 25 to 40"], by_name["spent 200 or more, ever"]]},
            {"not": by_name["no opening in 180 days"]},
            {"event": "order", "measure": "count", "op": ">=", "value": 1,
             "within": {"last": days, "unit": "day"}},
        ]
    }  # fmt: skip
