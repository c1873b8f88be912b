"""An address is impossible, a known slip, or looks right."""

from __future__ import annotations

import pytest

from segmentation.reference.email_domains import suggestion
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.traits.email_check import EMAIL_CHECK
from tests.traits.conftest import Fill

CASES = (
    ("ana@gmail.com", True, "right"),
    ("ana@gmial.com", True, "slip"),
    ("Ana@GAMIL.com", True, "slip"),
    ("ana@gmial.com", False, "impossible"),
    ("ana", False, "impossible"),
    ("ana@example.com", None, "impossible"),
    ("gmial.com@example.com", True, "right"),
    (None, None, None),
)


@pytest.fixture(scope="module")
def checked(base: Database, fill: Fill) -> dict[int, object]:
    fill(
        "contacts",
        *(
            {"contact_id": n, "email": email, "email_valid": valid}
            for n, (email, valid, _) in enumerate(CASES)
        ),
    )
    sql = f"SELECT contact_id, {EMAIL_CHECK.fields[0].expression} FROM contacts r"
    return {int(str(n)): said for n, said in base.run(Statement(sql)).rows}


@pytest.mark.parametrize("n", range(len(CASES)))
def test_each_address(checked: dict[int, object], n: int) -> None:
    assert checked[n] == CASES[n][2]


def test_a_slip_always_has_its_repair() -> None:
    for email, _, said in CASES:
        assert (said != "slip") or suggestion(str(email)) == "gmail.com"
