"""Search among people: accents and case never count, a slip of the finger is forgiven, a number is a phone.

Every word typed must be somewhere in what names a person (names, company, e-mail, town, postal code, the id
of their file). When few people answer, those whose words are close come after: one letter wrong in a word of
four or five, two in a longer one (Damerau-Levenshtein: a letter missing, added, changed, or two swapped).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from segmentation.criteria.fold import fold_text
from segmentation.results import Statement
from segmentation.store.session import Session

NAMES: Final = ("first_name__key", "last_name__key", "full_name__key", "company_name__key")
EMAILS: Final = ("email__key", "email_secondary__key")
ELSEWHERE: Final = (*EMAILS, "city__key", "postal_code__key")
SPOKEN: Final = (*NAMES, "city__key")
"""Where a close word is looked for; in addresses too when one is typed."""
FEW: Final = 20
"""With no more exact answers than this, close ones are looked for too."""
SHORTEST: Final = 4
"""A word of fewer letters is taken as it is typed: too many others are one letter away."""
MOST_WORDS: Final = 8

_NUMBER = re.compile(r"\+?[\d\s().\-/]+")
_NOT_A_WORD: Final = r"[^\pL\pN]+"


@dataclass(frozen=True, slots=True)
class Found:
    """How many people answer exactly, and how many are close; both are in ``found(contact_id, far)``."""

    same: int
    close: int


def find_people(session: Session, text: str) -> Found:
    """Make the temporary table ``found(contact_id, far)`` of the people of ``audience`` that ``text`` names.

    ``far`` is 0 for who is named exactly, then the greater the further. An empty text finds everyone.
    """
    words = fold_text(text).split()[:MOST_WORDS]
    if not words:
        session.run(
            Statement("CREATE OR REPLACE TEMP TABLE found AS SELECT contact_id, 0 AS far FROM audience")
        )
    elif (digits := _digits(text)) is not None:
        session.run(_numbered(digits, text.strip()))
    else:
        session.run(_described())
        session.run(_exact(words, text.strip()))
        same = _count(session)
        if same > FEW or not (typed := [w for word in words for w in re.split(r"[\W_]+", word) if w]):
            return Found(same, 0)
        session.run(_close(typed, (*SPOKEN, *(EMAILS if "@" in text else ()))))
        return Found(same, _count(session) - same)
    return Found(_count(session), 0)


def allowed(word: str) -> int:
    """How many slips are forgiven in a word; none in one with a figure: another code is another thing."""
    if len(word) < SHORTEST or any(letter.isdigit() for letter in word):
        return 0
    return 1 if len(word) < 6 else 2


def _count(session: Session) -> int:
    return int(session.scalar(Statement("SELECT count(*) FROM found")))


def _digits(text: str) -> str | None:
    """The figures of a text that is a number, without the 0 or 00 that a country code replaces."""
    if not _NUMBER.fullmatch(text.strip()):
        return None
    figures = re.sub(r"\D", "", text)
    return figures if len(figures) >= 2 else None


def _numbered(digits: str, typed: str) -> Statement:
    """People by a part of a phone number, the start of a postal code, or the id of their file."""
    national = digits.removeprefix("00") if digits.startswith("00") else digits.removeprefix("0")
    phones = "regexp_replace(concat_ws(' ', c.phone, c.mobile, c.sms_number), '[^0-9 ]', '', 'g')"
    sql = f"""
        CREATE OR REPLACE TEMP TABLE found AS
        SELECT c.contact_id, CASE WHEN i.contact_id IS NOT NULL THEN 0 ELSE 1 END AS far
        FROM contacts AS c SEMI JOIN audience AS a ON a.contact_id = c.contact_id
        LEFT JOIN (SELECT DISTINCT contact_id FROM identities WHERE external_id IN (?, ?)) AS i
            ON i.contact_id = c.contact_id
        WHERE i.contact_id IS NOT NULL OR starts_with(c.postal_code, ?) OR starts_with(c.siret, ?)
            OR (? AND contains({phones}, ?))"""
    return Statement(sql, (typed, digits, digits, digits, len(digits) >= SHORTEST, national))


def _described() -> Statement:
    """``described(contact_id, who, said)``: the folded names of each person, and all that names them."""
    who, said = (", ".join(f"c.{name}" for name in names) for names in (NAMES, (*NAMES, *ELSEWHERE)))
    return Statement(
        "CREATE OR REPLACE TEMP TABLE described AS SELECT c.contact_id,"
        f" ' ' || concat_ws(' ', {who}) || ' ' AS who, concat_ws(' ', {said}) AS said"
        " FROM contacts AS c SEMI JOIN audience AS a ON a.contact_id = c.contact_id"
    )


def _exact(words: list[str], typed: str) -> Statement:
    """People whose words contain every word typed: whole names first, their beginnings, then anything."""
    holds = " AND ".join("contains(said, ?)" for _ in words)
    far = " + ".join(
        "CASE WHEN contains(who, ' ' || ? || ' ') THEN 0 WHEN contains(who, ' ' || ?) THEN 1 ELSE 2 END"
        for _ in words
    )
    sql = f"""
        CREATE OR REPLACE TEMP TABLE found AS SELECT contact_id, min(far)::INTEGER AS far FROM (
            SELECT contact_id, {far} AS far FROM described WHERE {holds}
            UNION ALL SELECT i.contact_id, 0 FROM identities AS i SEMI JOIN audience USING (contact_id)
            WHERE lower(i.external_id) = lower(?)) GROUP BY contact_id"""
    return Statement(sql, (*(word for word in words for _ in range(2)), *words, typed))


def _close(words: list[str], spoken: Sequence[str]) -> Statement:
    """Add the people who, for each word typed, are named with it or have a word close to it in ``spoken``.

    Words are compared once per distinct value: a town or a first name is shared by many. A close name comes
    before a close town.
    """
    typed = ", ".join("(?, ?, ?)" for _ in words)
    values = " UNION ".join(f"SELECT {name} AS value FROM people" for name in spoken)
    holders = " UNION ALL ".join(
        f"SELECT p.contact_id, n.place, {10 if name in NAMES else 15} * n.slips AS slips FROM people AS p"
        f" JOIN near AS n ON n.value = p.{name}"
        for name in spoken
    )
    sql = f"""
        INSERT INTO found
        WITH typed(place, word, slips) AS (VALUES {typed}),
        people AS (SELECT c.contact_id, {", ".join(f"c.{name}" for name in spoken)} FROM contacts AS c
            SEMI JOIN audience AS a ON a.contact_id = c.contact_id),
        tokens AS (SELECT value, unnest(list_distinct(regexp_split_to_array(value, ?))) AS token
            FROM ({values}) WHERE value IS NOT NULL),
        near AS (
            SELECT t.value, w.place, min(damerau_levenshtein(t.token, w.word)) AS slips
            FROM tokens AS t JOIN typed AS w ON w.slips > 0
                AND abs(length(t.token) - length(w.word)) <= w.slips
                AND damerau_levenshtein(t.token, w.word) <= w.slips
            GROUP BY t.value, w.place)
        SELECT contact_id, 100 + sum(slips)::INTEGER FROM (
            SELECT contact_id, place, min(slips) AS slips FROM (
                {holders} UNION ALL SELECT d.contact_id, w.place, 0
                FROM described AS d JOIN typed AS w ON contains(d.said, w.word))
            GROUP BY contact_id, place) AS best
        WHERE contact_id NOT IN (SELECT contact_id FROM found)
        GROUP BY contact_id HAVING count(*) = ?"""
    values_of = [value for place, word in enumerate(words) for value in (place, word, allowed(word))]
    return Statement(sql, (*values_of, _NOT_A_WORD, len(words)))
