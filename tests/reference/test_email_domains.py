"""E-mail domains: a slip is a slip before it is anything else; guesses stay rare."""

from __future__ import annotations

import pytest

from segmentation.reference.email_domains import KINDS, MAJORS, corrections, domain_kind, listed, suggestion


@pytest.mark.parametrize(
    ("domain", "kind", "meant"),
    [
        ("gmail.com", "free_major", None),
        ("GMAIL.COM.", "free_major", None),
        ("sophie@gmail.com", "free_major", None),
        ("gmial.com", "typo", "gmail.com"),  # sits in public lists of free domains
        ("hotmai.com", "typo", "hotmail.com"),
        ("srf.fr", "typo", "sfr.fr"),
        ("yopmail.com", "disposable", None),
        ("laposte.net", "free_major", None),
        ("laposte.fr", "company", None),  # the employer, not the mailbox
        ("bbox.fr", "free_major", None),
        ("gmaik.com", "company", "gmail.com"),
        ("hotmail.ocm", "company", "hotmail.com"),
        ("dupont-conseil.fr", "company", None),
        ("me.fr", "company", None),
        ("localhost", "company", None),
        ("gmail.example", "free_major", None),
        ("gmial.example", "typo", "gmail.example"),
        ("gmaul.example", "company", "gmail.example"),
        ("salon-de-the-martin.example", "company", None),
    ],
)
def test_what_a_domain_is_and_what_was_meant(domain: str, kind: str, meant: str | None) -> None:
    assert (domain_kind(domain), suggestion(domain)) == (kind, meant)


def test_every_listed_slip_has_a_correction_that_is_a_real_mailbox() -> None:
    assert {name for name, kind in listed().items() if kind == "typo"} == set(corrections())
    assert {domain_kind(meant) for meant in corrections().values()} == {"free_major"}
    assert {domain_kind(major) for major in MAJORS} == {"free_major"}
    assert set(listed().values()) <= set(KINDS)
