"""What a header means beside the others of its file: proposed, never taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.read import read_pasted
from segmentation.intake.recognise import recognise

PEOPLE = ["Arthur Clarke", "Grace Roberts", "Anil Patel", "Wendy Hall", "Rhys Evans", "Fiona Wood"]
DAYS = ["03/04/2025", "21/06/2025", "14/01/2025", "30/05/2025", "17/02/2025", "28/03/2025"]


@pytest.mark.parametrize(
    ("others", "header", "cells", "field"),
    [
        ({"Dog": ["Rex", "Pip"]}, "Owner", PEOPLE, "full_name"),
        ({"Dog": ["Rex", "Pip"]}, "Owner", [*PEOPLE[:1] * 4, *PEOPLE[1:2] * 2], "owner"),
        ({"Name": PEOPLE[::-1]}, "Owner", PEOPLE, "owner"),
        ({"Name": PEOPLE, "Total spent": ["120", "45"]}, "Visits", ["3", "12"], "orders_count"),
        ({"Name": PEOPLE, "Total spent": ["120", "45"]}, "Site visits", ["3", "12"], "visits_count"),
        ({"Name": PEOPLE}, "Visits", ["3", "12"], "visits_count"),
        ({"Name": PEOPLE, "Total spent": ["120", "45"]}, "Last visit", DAYS, "last_purchase_date"),
        ({"Name": PEOPLE, "Total spent": ["120", "45"]}, "Last contact", DAYS, "last_contact_date"),
        ({"Name": PEOPLE}, "Last visit", DAYS, "last_contact_date"),
    ],
)
def test_the_rest_of_the_file_says_what_a_word_means(
    tmp_path: Path, others: dict[str, list[str]], header: str, cells: list[str], field: str
) -> None:
    columns = {**others, header: cells, "E-mail": [f"p{n}@example.com" for n in range(6)]}
    rows = ["\t".join(columns), *("\t".join(c[n % len(c)] for c in columns.values()) for n in range(6))]
    found = recognise(read_pasted("\n".join(rows) + "\n", workdir=tmp_path))
    column = next(one for one in found.columns if one.header == header)
    assert column.field == field
    if field in ("full_name", "orders_count", "last_purchase_date"):
        assert not column.accepted
