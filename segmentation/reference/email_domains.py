"""What an e-mail domain is: a slip of the keyboard, a throw-away box, a free mailbox, or a company's own."""

from __future__ import annotations

from functools import cache
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from segmentation.reference.files import EMAIL_CORRECTIONS, EMAIL_DOMAINS, columns, rows

KINDS: Final = ("typo", "disposable", "free_major", "free", "company")
# The mailboxes worth guessing at: a slip of one or two keys away from one of these is worth a question.
MAJORS: Final = (
    "gmail.com", "hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr", "live.fr", "live.com", "msn.com",
    "yahoo.com", "yahoo.fr", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "neuf.fr", "laposte.net",
    "bbox.fr", "numericable.fr", "club-internet.fr", "aliceadsl.fr", "icloud.com", "me.com", "aol.com",
    "gmx.fr", "gmx.com", "protonmail.com", "proton.me",
)  # fmt: skip
# The demo shop writes only to reserved names: « gmail.example » stands for its model.
DEMO: Final = frozenset(
    f"{name}.example"
    for name in (
        "gmail",
        "hotmail",
        "outlook",
        "yahoo",
        "orange",
        "wanadoo",
        "free",
        "sfr",
        "laposte",
        "icloud",
    )
)


@cache
def corrections() -> dict[str, str]:
    """Known typing slips → the domain meant."""
    return {row["typo"]: row["domain"] for row in rows(EMAIL_CORRECTIONS)}


@cache
def listed() -> dict[str, str]:
    """Domain → kind, for every listed domain. A known slip stays one even if a public list calls it free."""
    found = {
        str(name): str(kind) for name, kind in zip(*columns(EMAIL_DOMAINS, ["domain", "kind"]), strict=True)
    }
    found.update(dict.fromkeys(DEMO, "free_major"))
    found.update(dict.fromkeys(corrections(), "typo"))
    return found


def domain_kind(domain: str) -> str:
    """One of `KINDS`; a domain in no list is a company's (a guess: it may be a small provider)."""
    return listed().get(_bare(domain), "company")


def suggestion(domain: str) -> str | None:
    """The domain that was probably meant, or None: known slips first, then, for domains in no list, a major
    mailbox one key away (two for long names, Damerau-Levenshtein). To be proposed, never applied unasked."""
    bare = _bare(domain)
    known = corrections().get(bare)
    if known or bare in listed() or "." not in bare:
        return known
    choices = DEMO if bare.endswith(".example") else MAJORS
    found = process.extractOne(bare, choices, scorer=DamerauLevenshtein.distance, score_cutoff=2)
    if found is None:
        return None
    meant, distance, _ = found
    name = meant.partition(".")[0]
    return str(meant) if distance <= (2 if len(name) >= 6 else 1 if len(name) >= 4 else 0) else None


def _bare(domain: str) -> str:
    return domain.strip().lower().rstrip(".").rpartition("@")[2]
