"""A segment's size of the day is kept once, and its growth is told over the days there really are."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from segmentation.results import Statement
from segmentation.workspace import Workspace
from segmentation.workspace.sizes import Sized, sized
from tests.bringing import bring

TODAY = date(2026, 11, 22)
FILE = "Id;Prénom;E-mail;Ville;Newsletter\n" + "".join(
    f"C{n};P{n};p{n}@example.org;Lyon;oui\n" for n in range(5)
)
MORE = FILE + "C8;P8;p8@example.org;Lyon;oui\nC9;P9;p9@example.org;Lyon;\n"
ORDERS = "Référence;Date;Montant;Id client\nO1;01/03/2026;20,50;C1\n"


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_growth_is_told_since_the_day_it_is_known_from(empty: Workspace) -> None:
    bring(empty, FILE)
    bring(empty, ORDERS)
    key = empty.segments.save("Lyon", {"field": "city", "op": "is", "value": "Lyon"}).key
    version = empty.version
    assert sized(empty, key, today=ago(40)) == Sized(5, 5, Decimal("20.5"))
    assert sized(empty, key, today=ago(10)) == Sized(5, 5, Decimal("20.5"), 0, 30)
    assert empty.version == version, "a size kept is no change of the base"
    bring(empty, MORE)
    assert sized(empty, key, today=ago(9)) == Sized(7, 6, Decimal("20.5"), 2, 31)
    assert sized(empty, key, today=TODAY) == Sized(7, 6, Decimal("20.5"), 2, 40)
    later = TODAY + timedelta(days=25)
    assert sized(empty, key, today=later, keep=False).days == 34
    kept = empty.database.run(Statement("SELECT day, size FROM snapshots ORDER BY day")).rows
    assert kept == [(ago(40), 5), (ago(10), 5), (ago(9), 7), (TODAY, 7)]


def test_another_definition_starts_again_and_the_day_keeps_its_last_size(empty: Workspace) -> None:
    bring(empty, FILE)
    key = empty.segments.save("Tous", {"all": []}).key
    sized(empty, key, today=ago(40))
    sized(empty, key, today=TODAY)
    bring(empty, MORE)
    assert sized(empty, key, today=TODAY).change == 2
    empty.segments.save("Tous", {"field": "city", "op": "is", "value": "Nice"}, key=key)
    assert sized(empty, key, today=TODAY) == Sized(0, 0, Decimal(0))
    kept = empty.database.run(Statement("SELECT version, size FROM snapshots ORDER BY day")).rows
    assert [size for _, size in kept] == [5, 0]
    assert kept[0][0] != kept[1][0]


def test_a_segment_changes_with_those_it_names(empty: Workspace) -> None:
    bring(empty, FILE)
    inner = empty.segments.save("Dedans", {"all": []}).key
    outer = empty.segments.save("Dehors", {"segment": inner}).key
    sized(empty, outer, today=ago(40))
    assert sized(empty, outer, today=TODAY).change == 0
    empty.segments.save("Dedans", {"field": "city", "op": "is", "value": "Nice"}, key=inner)
    assert sized(empty, outer, today=TODAY).change is None
