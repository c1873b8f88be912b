"""How many people of a file could be written to once it is saved, channel by channel, as lists count them.

An address that works, the file's or else the base's, and a state that allows the channel: a refusal of the
file, of the base or of an opposition wins (``traits.consent``).
"""

from __future__ import annotations

from collections.abc import Iterable

from segmentation.intake.tally import columns_in
from segmentation.results import Statement
from segmentation.store.likeness import name_key, of_detail, of_id
from segmentation.store.session import Session
from segmentation.traits.consent import ADDRESS, ALLOWED, CHANNELS

_FIELDS = ("email", "sms_number", "phone", "mobile", "address1", "postal_code", "city")


_CLOSED = 3
"""What is said of a channel, as a number: 1 allows it, 2 does not, 3 refuses it and wins over the others."""


def reachable(session: Session, source: str, people: int) -> dict[str, int]:
    """How many of the ``people`` of a file, by channel; read in ``out_contacts``, ``out_consents``, ``units``
    and ``matched``."""
    known = bool(session.scalar(Statement("SELECT count(*) FROM matched WHERE person > 0")))
    of_file = f"SELECT m.person, {_said('row_number')} FROM out_consents o JOIN matched m USING (unit_id)"
    relations = {"said": f"{of_file} GROUP BY m.person"}
    values: tuple[str, ...] = ()
    if known:
        of_base = f"SELECT contact_id AS person, {_said('0')} FROM consents"
        relations["held"] = f"{of_base} WHERE contact_id IN (SELECT person FROM matched) GROUP BY person"
    if session.scalar(Statement("SELECT count(*) FROM oppositions")):
        closed = (
            f"SELECT person, channel, 'no' AS state FROM ({opposed_units()}) JOIN matched USING (unit_id)"
        )
        relations["closed"] = f"SELECT person, {_said('0')} FROM ({closed}) GROUP BY person"
        values = (source,)
    joins = "".join(f" LEFT JOIN ({sql}) {name} USING (person)" for name, sql in relations.items())
    addresses = ", ".join(f"{ADDRESS[channel]} AS has_{channel}" for channel in CHANNELS)
    found = f"SELECT person, {addresses} FROM ({_people(session, people, known=known)}) c"
    counts = ", ".join(
        f"count(*) FILTER (WHERE has_{channel} AND {_is_open(channel, relations)})" for channel in CHANNELS
    )
    sql = f"SELECT {counts} FROM ({found}){joins}"
    row = session.run(Statement(sql, values)).rows[0]
    return {channel: int(str(count)) for channel, count in zip(CHANNELS, row, strict=True)}


def _said(order: str) -> str:
    """What is said of each channel, as ``_CLOSED`` tells: a refusal, else the last one by ``order``."""
    parts = []
    for channel in CHANNELS:
        allowed = ", ".join(f"'{state}'" for state in ALLOWED[channel])
        stand = (
            f"CASE WHEN state IN ({allowed}) THEN 1 WHEN state = 'no' THEN (1::BIGINT << 60) + 3 ELSE 2 END"
        )
        parts.append(f"max(({order} << 2) + {stand}) FILTER (channel = '{channel}') & 3 AS {channel}")
    return ", ".join(parts)


def _is_open(channel: str, relations: Iterable[str]) -> str:
    """Whether nothing refuses the channel, and the first that speaks of it, else silence, allows it."""
    stands = [f"{name}.{channel}" for name in relations]
    silence = "1" if "unknown" in ALLOWED[channel] else "2"
    return f"greatest({', '.join(stands)}, 0) < {_CLOSED} AND coalesce({', '.join(stands)}, {silence}) = 1"


def opposed_units() -> str:
    """SQL of the (unit_id, channel) of kept oppositions; its one parameter is the source of the file."""
    name, details = name_key("u.whole"), ("u.email", "u.phone", "u.mobile")
    known = [of_id("?::VARCHAR", "u.ext"), *details, *(of_detail(one, name) for one in details)]
    return (
        f"SELECT w.unit_id, o.channel FROM (SELECT u.unit_id, unnest([{', '.join(known)}]) AS identifier"
        " FROM units u) w JOIN oppositions o ON o.identifier_hash = hashed(w.identifier)"
    )


def _people(session: Session, people: int, *, known: bool) -> str:
    """Each person of the file with the fields that reach them, the file's first, else the base's."""
    present = set(columns_in(session, "out_contacts"))
    several = int(str(session.scalar(Statement("SELECT count(*) FROM out_contacts")))) > people
    last = "arg_max({x}, row_number) FILTER ({of} IS NOT NULL)" if several else "{x}"
    given = [
        (last.format(x=name, of=name) if name in present else "NULL::VARCHAR") + f" AS {name}"
        for name in _FIELDS
    ]
    valid = last.format(x="email_valid", of="email") if "email_valid" in present else "NULL::BOOLEAN"
    found = (
        f"SELECT m.person, {', '.join(given)}, {valid} AS email_valid"
        f" FROM out_contacts o JOIN matched m USING (unit_id){' GROUP BY m.person' if several else ''}"
    )
    if not known:
        return found
    whole = ", ".join(f"coalesce(g.{name}, b.{name}) AS {name}" for name in _FIELDS)
    right = "CASE WHEN g.email IS NULL THEN b.email_valid ELSE g.email_valid END AS email_valid"
    return (
        f"SELECT g.person, {whole}, {right} FROM ({found}) g LEFT JOIN contacts b ON b.contact_id = g.person"
    )
