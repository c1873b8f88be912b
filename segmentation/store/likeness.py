"""What tells a person from those who share their address: an id of a source, or a detail beside their name.

A likeness is a text, hashed as an address is (``oppositions``): ``id:<source>:<id>``, ``with:<address or
number>:<name>`` and ``post:<street>:<postal code or city>:<name>``. Names are folded, their words in
alphabetical order, so that « ROY Paul » is « Paul Roy »; ids that Carnet made up are left out. Kept after an
erasure, it names nobody and still knows the same person in a later file.
"""

from __future__ import annotations

from typing import Final

ERASURE: Final = "erasure"
"""The reason of the oppositions that an erasure leaves: likenesses are looked for among no others."""

DETAILS: Final = ("email", "email_secondary", "phone", "mobile", "sms_number")
_READ: Final = ", ".join(
    ("contact_id", "first_name", "last_name", "full_name", "address1", "postal_code", "city", *DETAILS)
)


def likenesses(people: str, rows: str, ids: str, *, alone: bool = False) -> str:
    """SQL: ``contact_id`` of ``people`` beside each of their likenesses (``identifier``).

    ``rows`` are the rows of imports and ``ids`` the ids, both under the contact they are part of now.
    ``alone``: a first name without its last name counts too, for what is kept of a person.
    """
    said = (
        f"SELECT {_READ} FROM contacts SEMI JOIN {people} USING (contact_id) WHERE live"
        f" UNION SELECT {_READ} FROM {rows} SEMI JOIN {people} USING (contact_id)"
    )
    names = ["concat_ws(' ', first_name, last_name)", "full_name", *(["first_name"] if alone else [])]
    keys = ", ".join(f"coalesce({name_key(name)}, '')" for name in names)
    street = "regexp_replace(fold_text(address1), '[^\\pL\\pN]', '', 'g')"
    named = f"SELECT *, unnest(list_distinct([{keys}])) AS name FROM ({said})"
    return (
        f"(WITH named AS MATERIALIZED (SELECT * FROM ({named}) WHERE name <> '')"
        f" SELECT contact_id, {of_id('source', 'external_id')} AS identifier FROM {ids}"
        f" SEMI JOIN {people} USING (contact_id) WHERE external_id NOT LIKE '~%'"
        f" UNION SELECT contact_id, {of_detail('detail', 'name')} FROM (SELECT contact_id, name,"
        f" unnest([{', '.join(DETAILS)}]) AS detail FROM named) WHERE detail IS NOT NULL"
        " UNION SELECT contact_id, lower('post:' || street || ':' || place || ':' || name) FROM"
        f" (SELECT contact_id, name, {street} AS street, unnest([fold_text(postal_code), fold_text(city)])"
        " AS place FROM named) WHERE street <> '' AND place IS NOT NULL)"
    )


def of_id(source: str, external_id: str) -> str:
    """SQL of the likeness of an id of a source, of two columns."""
    return f"lower('id:' || {source} || ':' || trim({external_id}))"


def of_detail(detail: str, name: str) -> str:
    """SQL of the likeness of an address or a number beside a name already made by ``name_key``."""
    return f"lower('with:' || {detail} || ':' || {name})"


def name_key(name: str) -> str:
    """SQL of a name to compare: folded, without points, its words in alphabetical order."""
    return f"array_to_string(list_sort(string_split(fold_text(replace({name}, '.', ' ')), ' ')), ' ')"
