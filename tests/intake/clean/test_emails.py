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
