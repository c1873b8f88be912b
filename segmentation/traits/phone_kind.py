"""What kind of telephone a contact has: mobile, landline, internet box or abroad, by the number alone.

French numbers only are told apart (06, 07: mobile; 01 to 05: landline; 09: internet box; 08: special); a
number text messages go to is a mobile wherever it is.
"""

from __future__ import annotations

from segmentation.criteria.catalogue import Field
from segmentation.traits.trait import Trait

KINDS: tuple[str, ...] = ("mobile", "landline", "internet", "special", "abroad")

_NUMBER = "coalesce(r.mobile, r.phone)"
_KIND = (
    f"CASE WHEN r.sms_number IS NOT NULL THEN 'mobile' WHEN {_NUMBER} IS NULL THEN NULL"
    f" WHEN regexp_matches({_NUMBER}, '^\\+33[67]') THEN 'mobile'"
    f" WHEN regexp_matches({_NUMBER}, '^\\+(33[1-5]|262|508|590|594|596)') THEN 'landline'"
    f" WHEN regexp_matches({_NUMBER}, '^\\+339') THEN 'internet'"
    f" WHEN regexp_matches({_NUMBER}, '^\\+338') THEN 'special' ELSE 'abroad' END"
)

PHONE_KIND = Trait(
    code="phone_kind",
    fields=(Field("phone_kind", "category", "contact", "contacts", _KIND, _KIND, choices=KINDS),),
    needs=("contacts.phone", "contacts.mobile"),
)
