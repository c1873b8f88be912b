"""Who may be written to after an import is who the lists made then hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.intake.plan import ConsentAnswer
from segmentation.intake.reach import reachable, told
from segmentation.results import Statement
from segmentation.store.oppositions import add_oppositions
from segmentation.traits.consent import ALLOWED, CHANNELS, STATES, consents_statement
from segmentation.workspace import Workspace
from tests.bringing import brought

FIRST = (
    "Nom;E-mail;Mobile;Adresse;Code postal;Ville;Newsletter\n"
    "A;a@example.com;06 11 22 33 44;1 rue X;69003;Lyon;oui\nB;b@example;06 11 22 33 45;;;;oui\n"
    "C;;04 78 11 22 33;2 rue X;69003;;oui\nD;d@example.com;;;;;non\nE;e@example.com;06 11 22 33 46;;;;\n"
    "A;a@example.com;;;;;non\nF;f@example.com;;3 rue Y;75011;Paris;oui\n"
)
SECOND = "Nom;E-mail;Mobile;Newsletter\nD;d@example.com;06 11 22 33 47;oui\nE;e@example.com;;oui\nG;;;oui\n"


def lists(base: Workspace) -> dict[str, int]:
    counts = ", ".join(f"count(*) FILTER ({channel}_reachable)" for channel in CHANNELS)
    said = consents_statement()
    (row,) = base.database.run(Statement(f"SELECT {counts} FROM ({said.sql})", said.params)).rows
    return dict(zip(CHANNELS, map(int, row), strict=True))


@pytest.mark.parametrize("opposed", [False, True])
@pytest.mark.parametrize("state", [None, "yes", "professional", "no"])
def test_the_preview_counts_as_the_lists_do(tmp_path: Path, state: str | None, *, opposed: bool) -> None:
    with Workspace.open(tmp_path / "base.duckdb") as base:
        if opposed:
            with base.database.session() as session, session.transaction(write=True):
                add_oppositions(session, ["f@example.com"], channels=("email", "post"), reason="asked")
        answer = ConsentAnswer(state) if state else None
        first = brought(base, FIRST, consent=answer)
        assert first.preview.reachable == lists(base)
        assert first.preview.consents.get(("email", "yes"), 0) > first.preview.reachable["email"]
        known = Statement("SELECT count(*) FROM contacts WHERE live")
        before = base.database.scalar(known)
        second = brought(base, FIRST + SECOND.partition("\n")[2].replace(";oui", ";;;;oui"), "suite.csv")
        assert second.preview.reachable == lists(base)
        assert base.database.scalar(known) == before + 1


SPOKEN = st.tuples(st.integers(1, 4), st.sampled_from(CHANNELS), st.sampled_from(STATES))


def plainly(said: list[tuple[int, str, str]], held: dict[str, str], persons: list[int]) -> dict[str, int]:
    """For each channel, the people whom nothing refuses it and of whom the last word allows it."""
    open_to = dict.fromkeys(CHANNELS, 0)
    for person in set(persons):
        for channel in CHANNELS:
            words = [held[channel]] if person > 0 and channel in held else []
            words += [state for unit, to, state in said if persons[unit - 1] == person and to == channel]
            last = words[-1] if words else "unknown"
            open_to[channel] += "no" not in words and last in ALLOWED[channel]
    return open_to


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with Workspace.open(tmp_path_factory.mktemp("reach") / "base.duckdb") as base:
        brought(base, "Nom;E-mail;Mobile;Adresse;Code postal;Ville\n" + ("A;" * 6)[:-1] + "\n")
        yield base


@settings(max_examples=60)
@given(
    said=st.lists(SPOKEN, max_size=12),
    held=st.dictionaries(st.sampled_from(CHANNELS), st.sampled_from(STATES)),
    persons=st.lists(st.sampled_from([-1, -2, 1]), min_size=4, max_size=4),
)
def test_what_is_said_now_and_before_is_counted_as_in_plain_words(
    bare: Workspace, said: list[tuple[int, str, str]], held: dict[str, str], persons: list[int]
) -> None:
    """Whatever the rows of several units of a person say, in any order, over what the base holds."""
    with bare.database.session() as session, session.transaction(write=False):
        fields = "'a@example.org' AS email, TRUE AS email_valid, '+33611223344' AS sms_number, '+33611223344'"
        fields += " AS phone, '1 rue X' AS address1, '69003' AS postal_code, 'Lyon' AS city"
        for table, rows in {
            "out_contacts": f"SELECT n AS row_number, n AS unit_id, {fields} FROM range(1, 5) t(n)",
            "matched": f"SELECT unnest(range(1, 5)) AS unit_id, unnest({persons}::BIGINT[]) AS person",
            "out_consents": "SELECT 0 AS row_number, 1 AS unit_id, '' AS channel, '' AS state WHERE FALSE",
            "consents": f"SELECT 1 AS contact_id, unnest({list(held)}::VARCHAR[]) AS channel,"
            f" unnest({list(held.values())}::VARCHAR[]) AS state",
        }.items():
            session.sql(f"CREATE OR REPLACE TEMP TABLE {table} AS {rows}")
        for number, (unit, channel, state) in enumerate(said):
            session.sql("INSERT INTO out_consents VALUES (?, ?, ?, ?)", number, unit, channel, state)
        counted = told(session)
        assert reachable(session, "shop", len(set(persons))) == plainly(said, held, persons)
        people = {(persons[unit - 1], channel, state) for unit, channel, state in said}
        assert counted == Counter((channel, state) for _, channel, state in people)
