"""How many people of a file could be written to once it is saved, channel by channel, as lists count them.

An address that works, the file's or else the base's, and a state that allows the channel: a refusal of the
file, of the base or of an opposition wins (``traits.consent``).
"""

from __future__ import annotations

from segmentation.intake.tally import columns_in
from segmentation.results import Statement
from segmentation.store.likeness import name_key, of_detail, of_id
from segmentation.store.session import Session
from segmentation.traits.consent import ADDRESS, ALLOWED, CHANNELS

_FIELDS = ("email", "sms_number", "phone", "mobile", "address1", "postal_code", "city")


def reachable(session: Session, source: str) -> dict[str, int]:
    """People by channel, read in ``out_contacts``, ``out_consents``, ``units`` and ``matched``."""
    known = bool(session.scalar(Statement("SELECT count(*) FROM matched WHERE person > 0")))
    closed = (
        "SELECT m.person, o.channel FROM out_consents o JOIN matched m USING (unit_id) WHERE state = 'no'"
    )
    values: tuple[str, ...] = ()
    if known:
        closed += " UNION ALL SELECT contact_id, channel FROM consents WHERE state = 'no'"
    if session.scalar(Statement("SELECT count(*) FROM oppositions")):
        closed += f" UNION ALL SELECT person, channel FROM ({opposed_units()}) JOIN matched USING (unit_id)"
        values = (source,)
    said = (
        "SELECT m.person, o.channel, arg_max(state, row_number) AS state FROM out_consents o"
        " JOIN matched m USING (unit_id) GROUP BY ALL"
    )
    counts = ", ".join(
        f"count(*) FILTER (WHERE {ADDRESS[channel]} AND {_state(channel, known=known)})"
        for channel in CHANNELS
    )
    joins = "".join(_states(channel, known=known) for channel in CHANNELS)
    sql = (
        f"WITH closed AS MATERIALIZED ({closed}), said AS MATERIALIZED ({said})"
        f" SELECT {counts} FROM ({_people(session, known=known)}) c{joins}"
    )
    row = session.run(Statement(sql, values)).rows[0]
    return {channel: int(str(count)) for channel, count in zip(CHANNELS, row, strict=True)}


def opposed_units() -> str:
    """SQL of the (unit_id, channel) of kept oppositions; its one parameter is the source of the file."""
    name, details = name_key("u.whole"), ("u.email", "u.phone", "u.mobile")
    known = [of_id("?::VARCHAR", "u.ext"), *details, *(of_detail(one, name) for one in details)]
    return (
        f"SELECT w.unit_id, o.channel FROM (SELECT u.unit_id, unnest([{', '.join(known)}]) AS identifier"
        " FROM units u) w JOIN oppositions o ON o.identifier_hash = hashed(w.identifier)"
    )


def _people(session: Session, *, known: bool) -> str:
    """Each person of the file with the fields that reach them, the file's first, else the base's."""
    present = set(columns_in(session, "out_contacts"))
    last = {
        name: f"arg_max({name}, row_number) FILTER ({name} IS NOT NULL)"
        if name in present
        else "NULL::VARCHAR"
        for name in _FIELDS
    }
    valid = "arg_max(email_valid, row_number) FILTER (email IS NOT NULL)"
    given = ", ".join(f"{sql} AS {name}" for name, sql in last.items())
    given += f", {valid if {'email', 'email_valid'} <= present else 'NULL::BOOLEAN'} AS email_valid"
    people = f"SELECT m.person, {given} FROM out_contacts o JOIN matched m USING (unit_id) GROUP BY m.person"
    if not known:
        return people
    whole = ", ".join(f"coalesce(g.{name}, b.{name}) AS {name}" for name in _FIELDS)
    right = "CASE WHEN g.email IS NULL THEN b.email_valid ELSE g.email_valid END AS email_valid"
    return (
        f"SELECT g.person, {whole}, {right} FROM ({people}) g LEFT JOIN contacts b ON b.contact_id = g.person"
    )


def _states(channel: str, *, known: bool) -> str:
    """What is joined to people for one channel: what the file says, what closes it, what the base says."""
    joins = {"said": "person, state", "closed": "DISTINCT person"}
    parts = [
        f" LEFT JOIN (SELECT {columns} FROM {name} WHERE channel = '{channel}') {name}_{channel}"
        f" ON {name}_{channel}.person = c.person"
        for name, columns in joins.items()
    ]
    if known:
        parts.append(
            f" LEFT JOIN consents held_{channel} ON held_{channel}.contact_id = c.person"
            f" AND held_{channel}.channel = '{channel}'"
        )
    return "".join(parts)


def _state(channel: str, *, known: bool) -> str:
    states = [f"said_{channel}.state", *([f"held_{channel}.state"] if known else []), "'unknown'"]
    allowed = ", ".join(f"'{state}'" for state in ALLOWED[channel])
    return f"closed_{channel}.person IS NULL AND coalesce({', '.join(states)}) IN ({allowed})"
