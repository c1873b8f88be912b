from __future__ import annotations

from collections.abc import Callable

import pytest

CASES = [
    ("jean@x.fr", "jean@x.fr", True),
    ("Jean.DUPONT@Example.COM ", "jean.dupont@example.com", True),
    ("mailto:a@b.fr", "a@b.fr", True),
    ("MAILTO:a@b.fr", "a@b.fr", True),
    ("jean @ x .fr", "jean@x.fr", True),
    ("jean@x.fr.", "jean@x.fr", True),
    ("Jean Dupont <j@x.fr>", "j@x.fr", True),
    ("a@b.fr; c@d.fr", "a@b.fr", True),
    ("a@b.fr / c@d.fr", "a@b.fr", True),
    ("o'neil+news@x.co.uk", "o'neil+news@x.co.uk", True),
    ("demo@gmail.example", "demo@gmail.example", True),
    ("é@exämple.fr", "é@exämple.fr", True),
    ("jean at x.fr", "jean@x.fr", True),
    ("jean (arobase) x.fr", "jean@x.fr", True),
    ("jean[at]x.fr", "jean@x.fr", True),
    ("voir avec jean", "voir avec jean", False),
    ("jean@", "jean@", False),
    ("jean", "jean", False),
    ("a..b@x.fr", "a..b@x.fr", False),
    ("jean@x", "jean@x", False),
    ("jean@-x.fr", "jean@-x.fr", False),
    ("n/a", None, None),
    ("", None, None),
    ("inconnu", None, None),
]


@pytest.mark.parametrize("together", [True, False])
def test_addresses_take_one_form_and_are_judged(clean: Callable[..., object], together: bool) -> None:
    groups = [CASES] if together else [[case] for case in CASES[:4]]
    for group in groups:
        out = clean("contacts.email", "email", [case[0] for case in group])
        assert list(zip(out.values, out.flags, strict=True)) == [(case[1], case[2]) for case in group]


def test_each_change_is_counted_with_its_first_example(clean: Callable[..., object]) -> None:
    out = clean("contacts.email", "email", ["a@x.fr", "mailto:b@x.fr", "c @x.fr", "mailto:b@x.fr", "D@x.fr "])
    assert out.repairs == {"email_noise": 3, "spaces": 1}
    first = out.cleaned.repairs[-1]
    assert (first.rule, first.before, first.after) == ("email_noise", "mailto:b@x.fr", "b@x.fr")


def test_a_rule_switched_off_leaves_the_value(clean: Callable[..., object]) -> None:
    out = clean("contacts.last_name", "name", ["DUPONT"], off=frozenset({"name_case"}))
    assert out.values == ["DUPONT"]
    assert out.repairs == {}


def test_a_wrong_address_is_kept_and_known_as_wrong(clean: Callable[..., object]) -> None:
    out = clean("contacts.email", "email", ["jean@x,fr"])
    assert (out.values, out.flags, out.unread) == (["jean@x,fr"], [False], [None])


def test_a_column_of_addresses_that_all_differ_says_the_same(clean: Callable[..., object]) -> None:
    """So many ordinary addresses go another way, row by row: it changes no value, flag or repair."""
    odd = [
        *CASES,
        ("a_x000d_b@x.fr", "ab@x.fr", True),
        ("'1@x.fr", "1@x.fr", True),
        ("'a@x.fr", "'a@x.fr", True),
    ]
    several = clean("contacts.email", "email", [case[0] for case in odd])
    ordinary = [f"a{number}@x.fr" for number in range(6_000)]
    out = clean("contacts.email", "email", [*(case[0] for case in odd), *ordinary])
    assert (several.cleaned.by_row, out.cleaned.by_row) == (False, True)
    assert list(zip(out.values, out.flags, strict=True))[: len(odd)] == [(case[1], case[2]) for case in odd]
    assert out.values[len(odd) :] == ordinary and set(out.flags[len(odd) :]) == {True}
    assert out.repairs == several.repairs
