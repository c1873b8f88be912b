"""Whether an e-mail address looks right: impossible to deliver, a known slip of the keyboard, or fine.

A slip is a domain that is one of the known misspellings of a large mailbox (gmial.com); it is told, never
repaired unasked. A contact without an address has no value.
"""

from __future__ import annotations

from segmentation.criteria.catalogue import Field
from segmentation.reference.email_domains import corrections
from segmentation.traits.trait import Trait

CHECKS: tuple[str, ...] = ("right", "slip", "impossible")

_SLIPS = ", ".join(f"'{domain}'" for domain in sorted(corrections()) if "'" not in domain)
_CHECK = (
    "CASE WHEN r.email IS NULL THEN NULL WHEN NOT coalesce(r.email_valid, FALSE) THEN 'impossible'"
    f" WHEN lower(split_part(r.email, '@', 2)) IN ({_SLIPS}) THEN 'slip' ELSE 'right' END"
)

EMAIL_CHECK = Trait(
    code="email_check",
    fields=(Field("email_check", "category", "contact", "contacts", _CHECK, _CHECK, choices=CHECKS),),
    needs=("contacts.email",),
)
