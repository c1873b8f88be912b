"""Finds contacts that are probably one person: nine rules in SQL, each a row of ``RULES``, each on a block.

A rule compares only people who share the values of its block, so that a hundred thousand contacts take
seconds. Names and addresses are alike by Jaro-Winkler, birth dates by Damerau-Levenshtein. Rules 1, 2 and 6
are sure enough to merge many people at once, once somebody has said so; the others are for the eye.
Nothing is written here, and nobody is ever merged unasked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from segmentation.intake.compatible import COMPATIBLE
from segmentation.intake.people import SHARED
from segmentation.results import Statement
from segmentation.store.session import Session

CROWD: Final = 40
"""A value more people than this share (a default birth date) joins who share still more: ``Rule.crowd``."""

_FIRST = "jaro_winkler_similarity(a.first, b.first) >= 0.85"
_LAST = "jaro_winkler_similarity(a.last, b.last) >= 0.88"
_CROSSED = (
    "(jaro_winkler_similarity(a.first, b.last) >= 0.85 AND jaro_winkler_similarity(a.last, b.first) >= 0.88)"
)
_NAMES = f"(({_FIRST} AND {_LAST}) OR {_CROSSED})"
_ONE_NAME = (
    "(jaro_winkler_similarity(a.first, b.first) >= 0.75 OR jaro_winkler_similarity(a.last, b.last) >= 0.85"
    " OR jaro_winkler_similarity(a.first, b.last) >= 0.85"
    " OR jaro_winkler_similarity(a.last, b.first) >= 0.85"
    " OR a.first IS NULL OR b.first IS NULL OR a.last IS NULL OR b.last IS NULL)"
)
_HALF = (
    f"(((a.first IS NULL OR b.first IS NULL) AND {_LAST})"
    " OR ((a.last IS NULL OR b.last IS NULL) AND jaro_winkler_similarity(a.first, b.first) >= 0.88))"
)
_HALF_EXACT = (
    "(((a.first IS NULL OR b.first IS NULL) AND a.last = b.last)"
    " OR ((a.last IS NULL OR b.last IS NULL) AND a.first = b.first))"
)
_COMPANY = "(a.first IS NULL AND b.first IS NULL AND a.last = b.last AND length(a.last) > 3)"
_NEAR_BIRTH = "damerau_levenshtein(a.born, b.born)"
# One slip leaves two of year, month and day as they were.
_SAME_PARTS = (
    "(a.born[:7] = b.born[:7] OR a.born[6:] = b.born[6:]"
    " OR (a.born[:4] = b.born[:4] AND a.born[9:] = b.born[9:]))"
)
_BIRTH = f"(a.born IS NULL OR b.born IS NULL OR {_NEAR_BIRTH} <= 2)"
# What speaks against: another address, number or street. Two people without a birth date may differ by one of
# them (an old address beside a new one) when their names are the same, by none when they are only alike.
_EXACT = "((a.first = b.first AND a.last = b.last) OR (a.first = b.last AND a.last = b.first))"
_AGAINST = (
    "(coalesce(jaro_winkler_similarity(a.email, b.email) < 0.9, FALSE)::INT"
    " + (len(a.phones) > 0 AND len(b.phones) > 0 AND NOT list_has_any(a.phones, b.phones))::INT"
    " + coalesce(jaro_winkler_similarity(a.address, b.address) < 0.85, FALSE)::INT)"
)
_SILENT = f"(a.born IS NOT NULL AND b.born IS NOT NULL OR {_AGAINST} <= CASE WHEN {_EXACT} THEN 1 ELSE 0 END)"
# One home and one first name are one person, whatever the birth dates say; siblings share the last name only.
_SAME_FIRST = f"({_EXACT} OR a.first = b.first AND {_LAST})"
_HOME = "jaro_winkler_similarity(a.address, b.address) >= 0.92"
_TOWN = f"(a.postal IS NULL OR b.postal IS NULL OR a.postal = b.postal OR {_NEAR_BIRTH} <= 2)"


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to tell that two contacts ``a`` and ``b`` are one person.

    ``block`` are the columns of ``compared`` whose equal values bring people face to face; ``where`` is SQL.
    A ``certain`` rule may merge many at once, on confirmation. Its words are ``duplicates.rule.<key>``.
    ``crowd`` is what people of a block too large to compare all its pairs must share besides.
    """

    key: str
    block: tuple[str, ...]
    where: str
    certain: bool = False
    crowd: str = "a.initials = b.initials"


RULES: tuple[Rule, ...] = (
    Rule("email", ("email",), f"({COMPATIBLE})", certain=True),
    Rule("phone", ("phone",), f"({COMPATIBLE})", certain=True),
    Rule("birth", ("born",), f"(({_FIRST} AND {_LAST}) OR {_HALF_EXACT})"),
    Rule("swapped", ("born",), _CROSSED),
    Rule(
        "postal",
        ("postal", "initials"),
        f"(({_NAMES} OR {_COMPANY}) AND {_BIRTH} AND {_SILENT}) OR ({_SAME_FIRST} AND {_HOME})",
        crowd="a.first[:2] = b.first[:2] AND a.last[:2] = b.last[:2]",
    ),
    Rule("names_birth", ("first", "last"), f"{_NEAR_BIRTH} <= 1", certain=True, crowd=_SAME_PARTS),
    Rule("birth_postal", ("born", "postal"), _ONE_NAME),
    Rule(
        "address",
        ("address",),
        f"(({_NAMES} OR {_HALF}) AND {_BIRTH} AND {_TOWN}) OR (({_FIRST} OR {_LAST}) AND {_NEAR_BIRTH} <= 1)"
        f" OR ({_SAME_FIRST} AND {_TOWN})",
    ),
    Rule(
        "names_email",
        ("first", "last"),
        f"jaro_winkler_similarity(a.email, b.email) >= 0.95 AND {_BIRTH} AND {_SILENT}",
        crowd="a.postal = b.postal",
    ),
)
"""The nine rules, in the order in which they are said."""

CERTAIN: Final = frozenset(rule.key for rule in RULES if rule.certain)


def compare_contacts(session: Session, among: str | None = None) -> None:
    """Make ``compared``, what the rules see of every living contact (``among``: and who is to be looked at).

    Texts are folded; ``born`` is YYYY-MM-DD. A contact known by one name only has it cut at its first word;
    a company without a person is known by its own name. ``among`` is a temporary table of ``contact_id``:
    each pair then holds at least one of them.
    """
    fresh = f'contact_id IN (SELECT contact_id FROM "{among}")' if among else "TRUE"
    named = "coalesce(first_name__key, last_name__key) IS NULL"
    words = "string_split(full_name__key, ' ')"
    session.sql(
        f"""CREATE OR REPLACE TEMP TABLE compared AS SELECT contact_id, {fresh} AS fresh, email,
            list_distinct(list_filter([right(phone, 9), right(mobile, 9), right(sms_number, 9)],
                lambda x: x IS NOT NULL)) AS phones,
            CASE WHEN {named} THEN {words}[1] ELSE first_name__key END AS first,
            CASE WHEN {named} THEN coalesce(nullif(array_to_string({words}[2:], ' '), ''),
                CASE WHEN full_name__key IS NULL THEN company_name__key END) ELSE last_name__key END AS last,
            full_name__key AS whole, CAST(birth_date AS VARCHAR) AS born, postal_code AS postal,
            address1__key AS address FROM contacts WHERE live"""
    )
    finish_compared(session)


def finish_compared(session: Session) -> None:
    """Complete ``compared`` with what is drawn from its other columns: whole names, initials."""
    session.sql(
        "CREATE OR REPLACE TEMP TABLE compared AS SELECT * REPLACE ("
        "nullif(trim(replace(first, '.', ' ')), '') AS first, nullif(trim(last), '') AS last,"
        " coalesce(whole, nullif(concat_ws(' ', first, last), '')) AS whole),"
        " least(coalesce(first, last)[:1], coalesce(last, first)[:1])"
        " || greatest(coalesce(first, last)[:1], coalesce(last, first)[:1]) AS initials FROM compared"
    )


def find_pairs(session: Session) -> None:
    """Make ``pairs``(contact_id < other_id, rules) from ``compared``, each pair once."""
    session.sql("CREATE OR REPLACE TEMP TABLE found_pairs (contact_id BIGINT, other_id BIGINT, rule VARCHAR)")
    session.sql(
        "CREATE OR REPLACE TEMP TABLE compared_phones AS SELECT * EXCLUDE (phones), unnest(phones) AS phone"
        " FROM compared"
    )
    for rule in RULES:
        session.run(_pairs_of(rule))
    session.sql(
        "CREATE OR REPLACE TEMP TABLE pairs AS SELECT contact_id, other_id, list_sort(list(DISTINCT rule))"
        " AS rules FROM found_pairs GROUP BY ALL"
    )


def _pairs_of(rule: Rule) -> Statement:
    """Insert the pairs of one rule; an address or number that too many carry is nobody's own."""
    table = "compared_phones" if rule.block == ("phone",) else "compared"
    keys = ", ".join(rule.block)
    joined = " AND ".join(f"a.{key} = b.{key}" for key in rule.block)
    owned = rule.block in (("email",), ("phone",))
    most = SHARED if owned else CROWD
    crowd = "" if owned else f" OR ({rule.crowd})"
    return Statement(
        f"""INSERT INTO found_pairs WITH shared AS (
                SELECT {keys}, count(DISTINCT contact_id) AS people FROM {table}
                WHERE {" AND ".join(f"{key} IS NOT NULL" for key in rule.block)}
                GROUP BY ALL HAVING count(*) > 1),
            seen AS (SELECT t.*, s.people FROM {table} t JOIN shared s USING ({keys}))
        SELECT a.contact_id, b.contact_id, ? FROM seen a
        JOIN seen b ON {joined} AND a.contact_id < b.contact_id
        WHERE (a.fresh OR b.fresh) AND (a.people <= ?{crowd}) AND coalesce({rule.where}, FALSE)""",
        (rule.key, most),
    )
