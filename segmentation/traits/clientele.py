"""Professional or consumer, and in which line of business: what the file says, apart from what is deduced.

*business*: the file says so, or gives a company, a SIREN, SIRET, VAT or activity number, or a legal form.
*consumer*: the file says so. Else, deduced: *likely_business* when the e-mail address is at a domain of its
own (no free mailbox, none reserved for examples), *likely_consumer* when it is at a free mailbox or the file
names a person, and nothing speaks of a company. Of an id alone nothing is said.
The sector is the plain one of the activity number (NAF), by its division; none without a number.
"""

from __future__ import annotations

from functools import cache

from segmentation.criteria.catalogue import Field
from segmentation.criteria.fields import dictionary
from segmentation.criteria.fold import fold_text
from segmentation.reference.activity import sectors, sectors_of_divisions
from segmentation.reference.email_domains import listed
from segmentation.traits.trait import LookUp, Sight, Trait

KINDS: tuple[str, ...] = ("business", "likely_business", "consumer", "likely_consumer")

_SAID = {
    "business": (
        "pro", "pros", "professionnel", "professionnelle", "professionnels", "professional", "entreprise",
        "entreprises", "société", "sociétés", "company", "business", "b2b", "btob", "b to b",
        "personne morale", "morale", "association", "asso", "collectivité", "client pro",
        "client professionnel", "oui", "yes", "true", "vrai", "1",
    ),
    "consumer": (
        "particulier", "particuliers", "particulière", "part", "individual", "individuals", "consumer",
        "consumers", "b2c", "btoc", "b to c", "personne physique", "physique", "privé", "private", "person",
        "client particulier", "non", "no", "false", "faux", "0",
    ),
}  # fmt: skip
"""What a file writes in its column « particulier ou professionnel », folded."""

_PROOFS = ("company_name", "siren", "siret", "vat_number", "naf_code", "legal_form")
_PERSON = ("first_name", "last_name", "full_name", "birth_date", "gender")
_RESERVED = ("example.com", "example.org", "example.net")


@cache
def _shared() -> str:
    """Every domain where anybody may have a mailbox, joined by ``|``; those reserved for examples too."""
    return "|".join((*listed(), *_RESERVED))


def _in(column: str, texts: tuple[str, ...]) -> str:
    listed_texts = ", ".join("'" + fold_text(text).replace("'", "''") + "'" for text in texts)
    return f"coalesce({column} IN ({listed_texts}), FALSE)"


def _companies() -> tuple[str, ...]:
    blocks = dictionary()["value_dictionaries"]
    assert isinstance(blocks, dict)
    return tuple(blocks["civility"]["COMPANY"])


def _mailboxes(sight: Sight) -> str:
    sight.values.append(_shared())
    return "SELECT DISTINCT unnest(string_split(CAST(? AS VARCHAR), '|')) AS name"


@cache
def _given() -> dict[str, str]:
    proof = " OR ".join(f"nullif(trim({name}), '') IS NOT NULL" for name in _PROOFS)
    bare = "regexp_replace(upper(naf_code), '[^0-9A-Z]', '', 'g')"
    padded = f"CASE WHEN regexp_full_match({bare}, '[0-9]{{3}}[A-Z]') THEN '0' || {bare} ELSE {bare} END"
    return {
        "said_kind": (
            f"CASE WHEN {_in('customer_type__key', _SAID['business'])} THEN 'business'"
            f" WHEN {_in('customer_type__key', _SAID['consumer'])} THEN 'consumer'"
            f" WHEN ({proof}) OR {_in('civility__key', _companies())} THEN 'business' END"
        ),
        "said_person": f"coalesce({', '.join(f'CAST({name} AS VARCHAR)' for name in _PERSON)}) IS NOT NULL",
        "own_domain": "coalesce(email_valid AND contains(email, '@'), FALSE)",
        "domain": "lower(split_part(email, '@', 2))",
        "division": f"substr({padded}, 1, 2)",
    }


@cache
def _columns() -> dict[str, str]:
    found = {
        key: [code for code, sector in sectors_of_divisions().items() if sector == key] for key in sectors()
    }
    cases = " ".join(
        f"WHEN c.division IN ({', '.join(repr(code) for code in codes)}) THEN '{key}'"
        for key, codes in found.items()
    )
    deduced = (
        "CASE WHEN c.own_domain AND mailboxes.name IS NULL THEN 'likely_business'"
        " WHEN c.said_person OR mailboxes.name IS NOT NULL THEN 'likely_consumer' END"
    )
    return {"clientele": f"coalesce(c.said_kind, {deduced})", "activity_sector": f"CASE {cases} END"}


CLIENTELE = Trait(
    code="clientele",
    fields=(
        Field(
            "clientele", "category", "status", "contact_features", "r.clientele", "r.clientele", choices=KINDS
        ),
        Field(
            "activity_sector", "category", "firmographic", "contact_features", "r.activity_sector",
            "r.activity_sector", choices=tuple(sectors()),
        ),
    ),
    needs=("contacts.customer_type", "contacts.email", *(f"contacts.{name}" for name in _PROOFS + _PERSON)),
    given=_given,
    look_ups=(LookUp("mailboxes", _mailboxes, lambda: "mailboxes.name = c.domain"),),
    columns=_columns,
)  # fmt: skip
