"""Lists of the demo shop, each step counted again in plain Python from the stored rows."""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from hashlib import md5
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from segmentation.criteria.codec import segment_from_json
from segmentation.errors import CriterionError
from segmentation.i18n import words
from segmentation.lists.making import ListRequest
from segmentation.lists.options import ListOptions
from segmentation.results import Statement
from segmentation.workspace import Workspace
from tests.bringing import bring

EVERYONE = segment_from_json({"all": []})
LYON = {"field": "city", "op": "starts_with", "value": "Lyon"}


def rows(base: Workspace, table: str) -> list[dict[str, Any]]:
    found = base.database.run(Statement(f"SELECT * FROM {table}"))
    return [dict(zip(found.columns, row, strict=True)) for row in found.rows]


def bare(text: object) -> str:
    """Letters and figures only, without accents or capitals."""
    letters = unicodedata.normalize("NFD", str(text or "").lower().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(c for c in letters if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", letters).strip()


class Plain:
    """The demo shop read whole, and its list worked out step by step with dictionaries and sets."""

    def __init__(self, base: Workspace) -> None:
        self.as_of: date = base.as_of
        self.people = {row["contact_id"]: row for row in rows(base, "contacts") if row["live"]}
        self.states = {(row["contact_id"], row["channel"]): row["state"] for row in rows(base, "consents")}
        self.orders = rows(base, "orders")
        self.events = rows(base, "events")
        self.groups = {row["contact_id"]: row["rfm_segment"] for row in rows(base, "rfm_scores")}

    def spent(self) -> dict[int, Decimal]:
        spent: dict[int, Decimal] = defaultdict(Decimal)
        for order in self.orders:
            if order["summed"] and order["order_date"].date() <= self.as_of:
                spent[order["contact_id"]] += order["amount"]
        return spent

    def list(self, channel: str, options: ListOptions, without: set[int]) -> list[tuple[str, int]]:
        kept = sorted(self.people)
        steps = [("members", len(kept))]

        def keep(key: str, ids: list[int]) -> list[int]:
            steps.append((key, len(ids)))
            return ids

        kept = keep("outside", kept)  # nobody of the shop is a partner or a friend
        kept = keep("without", [one for one in kept if one not in without])
        state = {one: self.states.get((one, channel), "unknown") for one in kept}
        yes = {
            "email": {"yes", "customer", "professional"},
            "post": {"yes", "customer", "professional", "unknown"},
        }
        kept = keep("consent", [one for one in kept if state[one] in yes[channel] | {"no"}])
        kept = keep("opposed", [one for one in kept if state[one] != "no"])
        kept = keep("address", [one for one in kept if self.works(one, channel)])
        kept = keep("quiet", [one for one in kept if one not in self.recent(options.quiet_days)])
        kept = keep("household", self.one_per_home(kept))
        kept = keep("control", [one for one in kept if one not in self.control(kept, options)])
        keep("list", kept)
        self.found = kept
        return steps

    def works(self, one: int, channel: str) -> bool:
        row = self.people[one]
        if channel == "email":
            return bool(row["email"] and row["email_valid"])
        return all(row[part] for part in ("address1", "postal_code", "city"))

    def recent(self, days: int) -> set[int]:
        start = self.as_of - timedelta(days=days)
        sent = [row for row in self.events if row["event_type"] in ("email_sent", "sms_sent", "call")]
        return {row["contact_id"] for row in sent if start <= row["event_date"].date() <= self.as_of}

    def one_per_home(self, ids: list[int]) -> list[int]:
        spent, homes = self.spent(), defaultdict(list)
        for one in ids:
            row = self.people[one]
            parts = [bare(row["last_name"]), bare(row["address1"]), bare(row["postal_code"] or row["city"])]
            homes[tuple(parts) if all(parts) else one].append(one)
        return sorted(min(home, key=lambda one: (-spent[one], one)) for home in homes.values())

    def control(self, ids: list[int], options: ListOptions) -> set[int]:
        strata: dict[object, list[int]] = defaultdict(list)
        for one in ids:
            strata[self.groups[one]].append(one)
        total = (len(ids) * options.control + 50) // 100
        given = {key: len(own) * options.control // 100 for key, own in strata.items()}
        order = sorted(strata, key=lambda key: -(len(strata[key]) * options.control % 100))
        for key in order[: total - sum(given.values())]:
            given[key] += 1
        drawn: set[int] = set()
        for key, own in strata.items():
            own.sort(key=lambda one: (md5(f"{options.seed}:{one}".encode()).hexdigest()[:8], one))
            drawn |= set(own[: given[key]])
        self.drawn = drawn
        return drawn


@pytest.mark.parametrize("channel", ["email", "post"])
def test_every_step_of_a_list_is_that_of_plain_python(demo: Workspace, channel: str) -> None:
    key = demo.segments.save("Lyon", LYON).key
    options = ListOptions(without=(key,), quiet_days=10, one_per="household", control=10, seed=3)
    asked = ListRequest(EVERYONE, "Tous", channel, options=options)
    found = demo.found_list(asked)
    plain = Plain(demo)
    without = {one for one, row in plain.people.items() if bare(row["city"]).startswith("lyon")}
    assert [(step.key, step.count) for step in found.steps] == plain.list(channel, options, without)
    assert found.ids.tolist() == plain.found
    assert set(found.control.tolist()) == plain.drawn
    assert all(step.removed for step in found.steps if step.key in ("without", "quiet", "control"))
    sizes, drawn = Counter(plain.groups[one] for one in [*plain.found, *plain.drawn]), Counter(
        plain.groups[one] for one in plain.drawn
    )  # fmt: skip
    assert all(abs(drawn[group] - size / 10) < 1 for group, size in sizes.items())


def test_the_workbook_says_how_it_was_narrowed_and_holds_its_people(demo: Workspace) -> None:
    key = demo.segments.save("Lyon", LYON).key
    options = ListOptions(without=(key,), quiet_days=10, one_per="household", control=10, seed=3)
    asked, out, w = ListRequest(EVERYONE, "Tous", "post", options=options), io.BytesIO(), words("fr")
    export = demo.write_list(out, asked, w, file_name="tous.xlsx")
    found = demo.found_list(replace(asked, options=replace(options, quiet_days=0)))
    book = openpyxl.load_workbook(out)
    about = {str(row[0].value): row[1].value for row in book.worksheets[1].iter_rows()}
    assert book.worksheets[0].max_row - 1 == export.rows
    assert about[w("list.about.without")] == "Lyon"
    assert "graine 3" in str(about[w("list.about.control", n=export.control)])
    assert about[w("list.about.one_per")] == w("list.one_per.household")
    assert export.rows < len(found.ids)
    assert demo.exports()[0] == export
    assert (export.name, export.options["seed"]) == ("Tous", 3)


def test_people_of_a_list_rest_but_not_from_their_own_list(demo: Workspace) -> None:
    """Taken in Excel then for a tool, the same list is the same; another list leaves these people alone."""
    rest = ListOptions(quiet_days=30)
    women = ListRequest(
        segment_from_json({"field": "gender", "op": "is", "value": "F"}), "Elles", "post", options=rest
    )
    first = demo.write_list(io.BytesIO(), women, words("fr"), file_name="a.xlsx")
    again = demo.write_list(io.BytesIO(), replace(women, form="mailmerge"), words("fr"), file_name="b.xlsx")
    assert first.rows == again.rows > 50
    all_of_them = ListRequest(EVERYONE, "Tous", "post", options=rest)
    awake = replace(all_of_them, options=ListOptions())
    before, after = ({step.key: step for step in demo.found_list(one).steps} for one in (awake, all_of_them))
    sent = Plain(demo).recent(30)
    assert after["quiet"].removed >= first.rows
    written = set(demo.found_list(women).ids.tolist())
    others = set(demo.found_list(all_of_them).ids.tolist())
    assert len(others) == before["list"].count - after["quiet"].removed
    assert not others & (written | sent)


def test_a_working_file_is_not_a_message(demo: Workspace) -> None:
    demo.write_list(io.BytesIO(), ListRequest(EVERYONE, "Tous", "none"), words("fr"), file_name="a.xlsx")
    asked = ListRequest(EVERYONE, "Tous", "post", options=ListOptions(quiet_days=1))
    assert len(demo.found_list(asked).ids)


def test_what_changed_since_a_list(demo: Workspace, tmp_path: Path) -> None:
    lyon = ListRequest(
        segment_from_json(LYON), "Lyon", "email", options=ListOptions(control=10, quiet_days=10)
    )
    export = demo.write_list(io.BytesIO(), lyon, words("fr"), file_name="l.xlsx")
    nothing = demo.changed_since(export)
    assert nothing is not None
    assert (nothing.new, nothing.gone, nothing.kept) == (0, 0, export.rows + export.control)
    people = demo.found_list(lyon).ids[:2].tolist()
    addresses = [Plain(demo).people[one]["email"] for one in people]
    bring(
        demo,
        "Prénom;Nom;E-mail;Ville;Newsletter\n"
        "Neuf;Un;neuf1@example.org;Lyon;oui\nNeuf;Deux;neuf2@example.org;Lyon;oui\n"
        "Neuf;Trois;neuf3@example.org;Paris;oui\n"
        f";;{addresses[0]};Brest;oui\n;;{addresses[1]};;non\n",
    )
    changes = demo.changed_since(export)
    assert changes is not None
    assert (changes.new, changes.left, changes.unreachable) == (2, 1, 1)
    assert changes.kept == nothing.kept - 2
    only = ListRequest(lyon.segment, "Nouveaux", "email", options=ListOptions(since=export.export_id))
    assert len(demo.found_list(only).ids) == 2


def test_a_list_made_before_its_people_were_kept_is_not_compared(demo: Workspace) -> None:
    lyon = ListRequest(segment_from_json(LYON), "Lyon")
    export = demo.write_list(io.BytesIO(), lyon, words("fr"), file_name="l.xlsx")
    demo.database.run(Statement("DELETE FROM export_members"))
    assert demo.changed_since(export) is None


def test_columns_are_one_truth_for_the_screen_and_the_command_line(demo: Workspace, tmp_path: Path) -> None:
    demo.segments.save("Lyon", LYON)
    demo.choose_list_columns("email", ["email", "city", "gone"])
    assert demo.list_columns("email") == ("email", "city")
    demo.export_segment("Lyon", tmp_path / "l.csv", words("fr"))
    assert demo.exports()[0].columns == ["email", "city"]
    assert (tmp_path / "l.csv").read_text("utf-8-sig").splitlines()[0] == '"E-mail";"Ville"'
    demo.choose_list_columns("email", None)
    assert "last_name" in demo.list_columns("email")


def test_prices_are_kept_by_channel_and_forgotten_at_zero(demo: Workspace) -> None:
    assert demo.prices() == {}
    demo.set_price("sms", Decimal("0.045"))
    demo.set_price("email", Decimal("0.01"))
    assert demo.prices() == {"sms": Decimal("0.045"), "email": Decimal("0.01")}
    demo.set_price("sms", None)
    assert demo.prices() == {"email": Decimal("0.01")}
    demo.set("list_prices", {"email": "NaN", "fax": "1", "post": "x", "sms": "-1"})
    assert demo.prices() == {}


def test_a_segment_left_out_that_is_gone_is_said(demo: Workspace) -> None:
    with pytest.raises(CriterionError):
        demo.found_list(ListRequest(EVERYONE, "Tous", options=ListOptions(without=("gone",))))


def test_whole_names_are_listed_by_their_parts(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "base.duckdb") as base:
        bring(base, "Nom complet;E-mail\nLéa Roy;lea@example.com\nMarc Diallo;marc@example.com\n")
        assert base.list_columns("email") == ("civility", "first_name", "last_name", "email")
