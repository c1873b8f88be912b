"""A column that would have most of a file's people refused is counted, prepared or read alone."""

from __future__ import annotations

import pytest

from segmentation.intake.load import prepare
from segmentation.intake.refusing import Refusing, would_refuse
from tests.intake.conftest import Base

ALL = ("email", "sms", "phone", "post")


@pytest.mark.parametrize(
    ("header", "field", "cells", "people", "channels"),
    [
        ("Créé le", "optout", ["01/03/2024"] * 4, 4, ALL),
        ("Créé le", "optout_date", ["01/03/2024"] * 3 + [""], 3, ALL),
        ("Désinscrit", "optout", ["oui", "oui", "oui", "non"], 3, ("email", "sms")),
        ("Désinscrit", "optout", ["oui", "oui", "non", ""], None, ()),
        ("Newsletter", "optin_email", ["0", "0", "0", "1"], 3, ("email",)),
        ("Ville", "city", ["Lyon"] * 4, None, ()),
    ],
)
def test_what_a_column_alone_refuses(
    base: Base, header: str, field: str, cells: list[str], people: int | None, channels: tuple[str, ...]
) -> None:
    rows = [[f"p{n}@x.fr", cell] for n, cell in enumerate(cells)]
    request = base.request("contacts", {"Mail": "contacts.email", header: f"contacts.{field}"}, rows)
    expected = Refusing(1, f"contacts.{field}", channels, people, 4) if people else None
    assert would_refuse(base.database, request, 1) == expected
    with prepare(base.database, request) as prepared:
        assert prepared.preview.refusing == ((expected,) if expected else ())


def test_people_are_counted_once(base: Base) -> None:
    headers = {"Mail": "contacts.email", "Id": "contacts.contact_id", "Le": "contacts.optout"}
    rows = [["a@x.fr", "1", "01/03/2024"]] * 3 + [["b@x.fr", "2", ""]]
    with prepare(base.database, base.request("contacts", headers, rows)) as prepared:
        assert prepared.preview.refusing == ()


def test_a_mail_that_is_the_post_closes_the_post_alone(base: Base) -> None:
    headers = {
        "Email": "contacts.email",
        "Do not mail": "contacts.optin_mail",
        "Do not email": "contacts.optout",
    }
    rows = [[f"p{n}@x.fr", "yes", "no"] for n in range(3)]
    request = base.request("contacts", headers, rows)
    expected = Refusing(1, "contacts.optin_mail", ("post",), 3, 3)
    assert would_refuse(base.database, request, 1) == expected
    with prepare(base.database, request) as prepared:
        assert prepared.preview.refusing == (expected,)
