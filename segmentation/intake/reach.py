"""What a file says of consent, person by person, and how many could be written to once it is saved.

Counted channel by channel, as lists count them: an address that works, the file's or else the base's, and a
state that allows the channel; a refusal of the file, of the base or of an opposition wins
(``traits.consent``).
"""

from __future__ import annotations

from segmentation.intake.tally import columns_in
from segmentation.results import Statement
from segmentation.store.bits import Bits
from segmentation.store.likeness import name_key, of_detail, of_id
from segmentation.store.session import Session
from segmentation.traits.consent import ADDRESS, ALLOWED, CHANNELS

_FIELDS = ("email", "sms_number", "phone", "mobile", "address1", "postal_code", "city")
_TOLD = "told_of_people"
_ALLOWS, _NOT, _REFUSES = 1, 2, 3
"""What is said of a channel: allows it; does not; refuses it, and wins over the others."""


def told(session: Session) -> dict[tuple[str, str], int]:
    """How many people the file says something of, by channel and state; one of two states counts in each.

    Leaves ``told_of_people``(channel, state, people), where ``people`` is a set of persons of ``matched``.
    """
    people = Bits.of(session, "matched", "person").those("person")
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE {_TOLD} AS SELECT channel, state, {people} AS people"
        " FROM out_consents JOIN matched USING (unit_id) GROUP BY ALL"
    )
    rows = session.run(Statement(f"SELECT channel, state, bit_count(people) FROM {_TOLD} ORDER BY ALL")).rows
    return {(str(channel), str(state)): int(str(count)) for channel, state, count in rows}


def reachable(session: Session, source: str, people: int) -> dict[str, int]:
    """How many of the ``people`` of a file, by channel; read in ``out_contacts``, ``out_consents``, ``units``
    and ``matched``, once ``told`` has been asked."""
    bits = Bits.of(session, "matched", "person")
    known = bits.high > 0
    sources = {"file": _said(session, bits)}
    values: tuple[str, ...] = ()
    if known:
        of_base = "consents JOIN (SELECT DISTINCT person FROM matched) ON person = contact_id"
        sources["base"] = _sets(bits, of_base)
    if session.scalar(Statement("SELECT count(*) FROM oppositions")):
        closed = "(SELECT unit_id, channel, 'no' AS state"
        sources["opposed"] = _sets(bits, f"{closed} FROM ({opposed_units()})) JOIN matched USING (unit_id)")
        values = (source,)
    heard = " UNION ALL ".join(f"SELECT '{name}' AS who, * FROM ({sql})" for name, sql in sources.items())
    parts, addressed = [], []
    for channel in CHANNELS:
        addressed.append(f"{bits.those('person', f'({ADDRESS[channel]})')} AS {channel}")
        parts.append(f"coalesce(bit_count({channel} & ({_open(bits, channel, list(sources))})), 0)")
    sql = (
        f"WITH heard AS MATERIALIZED ({heard}) SELECT {', '.join(parts)}"
        f" FROM (SELECT {', '.join(addressed)} FROM ({_people(session, people, known=known)}) c)"
    )
    row = session.run(Statement(sql, values)).rows[0]
    return {channel: int(str(count)) for channel, count in zip(CHANNELS, row, strict=True)}


def _open(bits: Bits, channel: str, sources: list[str]) -> str:
    """The people nothing refuses the channel, and whom the first that speaks of it, else silence, allows."""
    allowed = f"~{bits.nobody}" if "unknown" in ALLOWED[channel] else bits.nobody
    refused = bits.nobody
    for name in reversed(sources):
        stands = f"SELECT bit_or(people) FROM heard WHERE who = '{name}' AND channel = '{channel}'"
        yes, any_, no = (
            f"coalesce(({stands} AND stand IN ({these})), {bits.nobody})"
            for these in (_ALLOWS, f"{_ALLOWS}, {_NOT}, {_REFUSES}", _REFUSES)
        )
        allowed = f"({yes} | ({allowed} & ~{any_}))"
        refused = f"({refused} | {no})"
    return f"{allowed} & ~{refused}"


def _stand() -> str:
    cases = [f"WHEN state = 'no' THEN {_REFUSES}"]
    for channel, states in ALLOWED.items():
        listed = ", ".join(f"'{state}'" for state in states)
        cases.append(f"WHEN channel = '{channel}' AND state IN ({listed}) THEN {_ALLOWS}")
    return f"CASE {' '.join(cases)} ELSE {_NOT} END"


def _sets(bits: Bits, relation: str) -> str:
    """SQL of (channel, stand, people) of a relation of (person, channel, state)."""
    return (
        f"SELECT channel, {_stand()} AS stand, {bits.those('person')} AS people FROM {relation} GROUP BY ALL"
    )


def _said(session: Session, bits: Bits) -> str:
    """What the file says; of somebody of whom it says now that a channel is allowed, now that it is not, the
    last said."""
    whole = f"SELECT channel, {_stand()} AS stand, bit_or(people) AS people FROM {_TOLD} GROUP BY ALL"
    by_stand = ", ".join(f"bit_or(people) FILTER (stand = {stand}) AS s{stand}" for stand in (_ALLOWS, _NOT))
    mixed = f"SELECT channel, {by_stand} FROM ({whole}) GROUP BY channel"
    if not session.scalar(Statement(f"SELECT count(*) FROM ({mixed}) WHERE bit_count(s1 & s2) > 0")):
        return whole
    last = (
        "SELECT person, channel, CASE WHEN bool_or(state = 'no') THEN 'no'"
        " ELSE arg_max(state, row_number) END AS state"
        " FROM out_consents JOIN matched USING (unit_id) GROUP BY ALL"
    )
    return _sets(bits, f"({last})")


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
