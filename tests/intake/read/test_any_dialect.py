"""A table of plausible contacts, written in any dialect a program writes, comes back without a word said."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from segmentation.intake.read import read_file

NAMES = st.sampled_from(
    ["Zoé", "Jean-François", "Anne", "O'Neil", "Ludwig", "Élodie", 'Jo "Bob"', "Le Goff, fils"]
)
TOWNS = st.sampled_from(
    ["Lyon", "Saint-Étienne", "Paris 11", "", "Nîmes", "L'Haÿ-les-Roses", "Aix; Marseille"]
)
COLUMNS = {
    "Nom": NAMES,
    "Ville": TOWNS,
    "E-mail": st.integers(1, 999).map("client{}@boutique.example".format),
    "Date": st.dates().map(lambda day: f"{day.day:02d}/{day.month:02d}/{max(day.year, 1970)}"),
    "Montant": st.integers(0, 99_999).map(lambda cents: f"{cents / 100:.2f}"),
    "Montant TTC": st.integers(0, 99_999).map(lambda cents: f"{cents / 100:.2f}".replace(".", ",")),
    "Remarque": st.sampled_from(
        ["", "à rappeler", "livrer\nderrière", 'dit "oui"', "50 %, puis 30 %", "l’été"]
    ),
    "Code": st.integers(0, 9_999).map("{:05d}".format),
}


@st.composite
def tables(draw: st.DrawFn) -> list[list[str]]:
    """Two to seven columns of contacts, three to twelve rows, the first column never empty."""
    titles = ["Nom", *draw(st.lists(st.sampled_from(list(COLUMNS)[1:]), min_size=1, max_size=6, unique=True))]
    return [
        titles,
        *draw(st.lists(st.tuples(*(COLUMNS[title] for title in titles)).map(list), min_size=3, max_size=12)),
    ]


@settings(max_examples=120, deadline=None)
@given(
    rows=tables(),
    delimiter=st.sampled_from([";", ",", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    told=st.booleans(),
    last_end=st.booleans(),
)
def test_any_dialect_is_guessed(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str]],
    delimiter: str,
    end: str,
    quoting: int,
    encoding: str,
    told: bool,
    last_end: bool,
) -> None:
    text = io.StringIO()
    if told:
        text.write(f"sep={delimiter}{end}")
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    data = text.getvalue() if last_end else text.getvalue().removesuffix(end)
    folder = tmp_path_factory.mktemp("any")
    path = folder / "clients.csv"
    path.write_bytes(data.encode(encoding))
    found = read_file(path, name="clients.csv", workdir=folder)
    assert (found.delimiter, list(found.headers)) == (delimiter, rows[0])
    assert [cells for _, cells in found.rows()] == rows[1:]
