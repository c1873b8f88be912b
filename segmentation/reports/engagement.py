"""Who reads us: tiers through the months, from e-mail sent to order, campaigns, recency, best moment.

From events where there are any; else from the last dates, counts and rates of the contact file.
"""

from __future__ import annotations

from collections.abc import Mapping

from segmentation.audience.algebra import truth
from segmentation.audience.bitmaps import SHARED, Bits, count, of_ids, unpack
from segmentation.audience.reading import Reading
from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.codec import criterion_from_json
from segmentation.reports import engagement_mail as mail
from segmentation.reports import engagement_people as people
from segmentation.reports.engagement_months import MONTHS, Months, tiers_by_month
from segmentation.results import ChartSpec, Column, Report, Sheet, Statement, Value
from segmentation.store.session import Session
from segmentation.traits import Rhythm, rhythm_of, rhythm_statement
from segmentation.traits.tier import TIERS

Json = Mapping[str, object]
MOVE_COLUMNS = (
    Column("day", "report.engagement.month", "date"),
    Column("up", "report.engagement.up", "integer"),
    Column("down", "report.engagement.down", "integer"),
    Column("first", "report.engagement.first", "integer"),
    Column("came", "report.engagement.came", "integer"),
    Column("stayed", "report.engagement.stayed", "integer"),
)
AT = "|"
"""Between a tier and the day it was of, in the key of a mark."""


class _Counting:
    """Counts criteria among the audience of the session, as the Evaluator would."""

    def __init__(self, session: Session, catalogue: Catalogue) -> None:
        self.reading = Reading(session, catalogue, SHARED, str(session.database.path), session.version())
        size = self.reading.people()[1]
        ids = session.arrays(Statement("SELECT contact_id FROM audience"))["contact_id"]
        self.size, self.audience = size, of_ids(ids, size)

    def bits(self, criterion: Json) -> Bits:
        return truth(criterion_from_json(criterion), self.reading) & self.audience

    def __call__(self, criterion: Json) -> int:
        return count(self.bits(criterion))

    def bars(self, criteria: Mapping[str, Json]) -> ChartSpec:
        """One bar per criterion."""
        keys = list(criteria)
        data: dict[str, Value] = {"labels": keys, "keys": keys, "unit": "integer"}
        data["values"] = [self(criteria[key]) for key in keys]
        return ChartSpec("bars", data, dict(criteria))


def engagement(session: Session, catalogue: Catalogue) -> Report:
    """The audience of the session (``audience(contact_id)``).

    figures: ``as_of``, ``contacts``, ``heard`` (something dated or counted is known of e-mails),
    ``mailed`` (there are e-mail events in the last twelve months), ``rated`` (who has an opening rate),
    ``gap``, ``scale`` (rhythm of the campaigns), ``silent`` (never opened), ``silent_criterion``,
    ``silent_mails`` (e-mails they received in the period), ``silent_buyers`` (those of them who bought),
    ``silent_new`` (those of them who have just arrived: their level is *new*),
    ``clicks``, ``one_slot`` (share of e-mails sent in the slot of most), ``best`` ((weekday, first hour) of
    most clickers; None below 100 clicks), ``since`` (the end of last month, that ``moved`` starts from).
    charts: ``tiers`` (stacked by month; marks "very|2026-10-31"), ``moved``, ``funnel``, ``opened`` and
    ``clicked`` (days since the last one), ``rates``, ``moments``; sheets: ``campaigns``, ``moves``.
    """
    as_of = catalogue.as_of
    gap, heard = session.run(rhythm_statement(as_of)).rows[0]
    rhythm, counting = rhythm_of(gap, heard), _Counting(session, catalogue)
    steps = people.funnel()
    mailed = heard and counting(steps["sent"]) > 0
    figures: dict[str, Value] = {
        "as_of": as_of,
        "contacts": count(counting.audience),
        "heard": heard,
        "mailed": mailed,
        "rated": counting({"field": "open_rate", "op": "not_empty"}),
        "gap": gap,
        "scale": rhythm.scale,
    }
    charts: dict[str, ChartSpec] = {"rates": counting.bars(people.rates("open_rate"))}
    sheets: dict[str, Sheet] = {}
    if heard:
        months = tiers_by_month(session, as_of, rhythm)
        figures |= {"since": months.ends[-2], **_silence(session, catalogue, counting)}
        charts |= {
            "tiers": _stacked(months, rhythm),
            "moved": counting.bars(people.moved(months.ends[-2], rhythm)),
            "opened": counting.bars(people.recency("last_open_date")),
            "clicked": counting.bars(people.recency("last_click_date")),
        }
        sheets["moves"] = _moves(months)
    if mailed:
        sheets["campaigns"] = mail.campaigns(session, as_of)
        charts["funnel"] = counting.bars(steps)
        charts["moments"], told = _moments(session, catalogue)
        figures |= told
    return Report("engagement", figures, sheets, charts)


def _silence(session: Session, catalogue: Catalogue, counting: _Counting) -> dict[str, Value]:
    """Who never opens, and how much was sent to them for nothing."""
    said = people.silent()
    bits = counting.bits(said)
    ids = unpack(bits, counting.size).nonzero()[0].tolist()
    session.run(Statement("CREATE OR REPLACE TEMP TABLE silent(contact_id INTEGER)"))
    session.run(Statement("INSERT INTO silent SELECT unnest(CAST(? AS INTEGER[]))", (ids,)))
    mails = mail.wasted(session, catalogue.as_of, "silent")
    buyers = count(bits & counting.bits({"field": "last_purchase_date", "op": "not_empty"}))
    return {
        "silent": count(bits),
        "silent_criterion": said,
        "silent_mails": mails,
        "silent_buyers": buyers,
        "silent_new": count(bits & counting.bits(people.tier("new"))),
    }


def _stacked(months: Months, rhythm: Rhythm) -> ChartSpec:
    """Every tier at the end of every month; past tiers without a dated sign have no criterion."""
    counts = [months.counts(m) for m in range(len(months.ends))]
    series = {tier: [column[place] for column in counts] for place, tier in enumerate(TIERS)}
    criteria: dict[str, Json] = {
        f"{tier}{AT}{day.isoformat()}": people.tier_on(tier, day, rhythm)
        for day in months.ends[:-1]
        for tier in people.SIGNALLED
    }
    now = months.ends[-1]
    criteria |= {f"{tier}{AT}{now.isoformat()}": people.tier(tier) for tier in TIERS}
    days = [day.isoformat() for day in months.ends]
    data: dict[str, Value] = {"labels": days, "series": series, "unit": "integer"}
    return ChartSpec("stacked", data, criteria)


def _moves(months: Months) -> Sheet:
    """Month by month: who rose, who fell (both among tiers of a dated sign), who gave a first dated sign, who
    came, and all the others; together, everyone who is there at the end of the month."""
    dated = len(people.SIGNALLED)
    rows: list[tuple[Value, ...]] = []
    for after in range(1, MONTHS + 1):
        table = months.moves(after - 1, after)
        inner = table[:dated, :dated]
        up = sum(int(inner[i, j]) for i in range(dated) for j in range(i))
        down = sum(int(inner[i, j]) for i in range(dated) for j in range(i + 1, dated))
        first, came = int(table[dated:-1, :dated].sum()), int(table[-1, :-1].sum())
        stayed = int(table[:, :-1].sum()) - up - down - first - came
        rows.append((months.ends[after], up, down, first, came, stayed))
    return Sheet("moves", MOVE_COLUMNS, rows)


def _moments(session: Session, catalogue: Catalogue) -> tuple[ChartSpec, dict[str, Value]]:
    """Who clicked by weekday and slot of the day."""
    found, clicks, one_slot = mail.moments(session, catalogue.as_of)
    hours = list(range(0, 24, mail.HOURS))
    keys = [[f"{day}-{hour}" for hour in hours] for day in range(1, 8)]
    data: dict[str, Value] = {
        "rows": list(range(1, 8)),
        "columns": hours,
        "values": [[found.get((day, hour), 0) for hour in hours] for day in range(1, 8)],
        "keys": keys,
        "unit": "integer",
    }
    criteria = {
        f"{day}-{hour}": people.slot(day, hour, hour + mail.HOURS) for day in range(1, 8) for hour in hours
    }
    best = max(found, key=lambda slot: (found[slot], slot)) if clicks >= mail.LEAST_CLICKS else None
    return ChartSpec("cross_tab", data, criteria), {"clicks": clicks, "one_slot": one_slot, "best": best}
