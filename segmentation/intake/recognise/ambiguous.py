"""Headers that name several fields: what the values hold decides.

Each row: a normalised header, then a rule from (content, kind) to the fields it means, best first.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from segmentation.intake.header_names import plain
from segmentation.intake.recognise.consent_headers import is_subscription
from segmentation.intake.recognise.content import Content
from segmentation.intake.recognise.dictionary import values_of

Choice = tuple[str, str]


class Doubt(tuple[Choice, ...]):
    """Fields a header may mean and its values do not decide between: proposed, never taken unasked."""

    __slots__ = ()


_SERVICES: Final = frozenset(
    "commercial marketing direction compta comptabilite rh achats achat it sales hr finance technique"
    " production administration support".split()
)
"""The departments of a company."""

Rule = Callable[[Content, str], tuple[Choice, ...]]


def _several_words(content: Content) -> bool:
    return content.share("words") >= 0.6


def _worded(content: Content) -> bool:
    """Whether most values begin with two words of letters, whatever follows them."""
    return sum(bool(re.match(r"[^\W\d_]+[.'’]? [^\W\d_]", value)) for value in content.values) > 0.5 * len(
        content.values
    )


def _companies(content: Content) -> bool:
    marks = values_of("legal_forms") | values_of("company_words")
    hits = sum(bool(marks & set(plain(value).split())) for value in content.values)
    return bool(content.values) and hits >= 0.5 * len(content.values)


def _name(content: Content, kind: str) -> tuple[Choice, ...]:
    orders = content.values and all(re.fullmatch(r"#?[A-Z]{0,4}-?\d+", value) for value in content.values)
    if orders and kind in ("orders", "order_lines"):
        return (("orders", "order_id"),)
    if _companies(content):
        return (("contacts", "company_name"), ("contacts", "full_name"))
    if _several_words(content):
        return (("contacts", "full_name"),)
    return (("contacts", "last_name"), ("contacts", "first_name"), ("contacts", "full_name"))


def _any_name(content: Content, kind: str) -> tuple[Choice, ...]:
    """A name without a word more, in a file of lines, is rather the product's."""
    found = _name(content, kind)
    if kind != "order_lines" or found[0] == ("orders", "order_id"):
        return found
    return Doubt((("order_lines", "product_name"), *found[:1]))


def _person(content: Content, kind: str) -> tuple[Choice, ...]:
    if content.share("email") > 0.6:
        return (("contacts", "email"),)
    if content.share("name") < 0.5 and not _worded(content):
        return (("contacts", "contact_id"),)
    words = {plain(value) for value in content.values}
    if kind == "contacts" and len(words) <= 6 and words & (values_of("status") | values_of("boolean")):
        return (("contacts", "status"),)
    return (("contacts", "full_name"), ("contacts", "contact_id"))


def _role(content: Content, kind: str) -> tuple[Choice, ...]:
    """A column named after a role holds who has it, or whether each person has it."""
    return Doubt() if content.share("boolean") > 0.6 else _person(content, kind)


def who(content: Content, kind: str) -> tuple[Choice, ...]:
    """A trade's word for whom a row is about, who may be somebody beside the customer: asked about."""
    if _companies(content):
        return Doubt((("contacts", "company_name"), ("contacts", "full_name")))
    return Doubt(_role(content, kind))


def _title(content: Content, kind: str) -> tuple[Choice, ...]:
    if content.share("civility") >= 0.5:
        return (("contacts", "civility"),)
    if kind == "order_lines":
        return (("order_lines", "product_name"),)
    return (("contacts", "job_title"),)


def _genre(content: Content, kind: str) -> tuple[Choice, ...]:
    if content.share("gender") >= 0.6 or kind != "order_lines":
        return (("contacts", "gender"),)
    return (("order_lines", "category"),)


def _type(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "events":
        return (("events", "event_type"),)
    if content.share("event_type") >= 0.5 and kind != "contacts":
        return (("events", "event_type"),)
    words = {plain(value) for value in content.values}
    if words & {"particulier", "professionnel", "pro", "b2b", "b2c", "entreprise", "part", "societe"}:
        return (("contacts", "customer_type"),)
    if kind != "contacts":
        return Doubt()
    return Doubt((("contacts", "status"), ("contacts", "customer_type")))


def _customer_type(content: Content, kind: str) -> tuple[Choice, ...]:
    return (("contacts", "customer_type"), ("contacts", "status"))


def _since(content: Content, kind: str) -> tuple[Choice, ...]:
    return Doubt((("contacts", "created_at"), ("contacts", "first_purchase_date")))


def _location(content: Content, kind: str) -> tuple[Choice, ...]:
    return Doubt((("contacts", "city"), ("contacts", "preferred_store"))) if kind == "contacts" else Doubt()


def _email_state(content: Content, kind: str) -> tuple[Choice, ...]:
    return (("contacts", "optin_email" if is_subscription(content) else "email_bounced"),)


def _subscribed(content: Content, kind: str) -> tuple[Choice, ...]:
    field = "created_at" if content.share("date") > 0.8 else "optin_email"
    return (("contacts", field),)


def _source(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind in ("orders", "order_lines"):
        return (("orders", "channel"),)
    if kind == "events":
        return (("events", "channel"),)
    return (("contacts", "acquisition_channel"),)


def _note(content: Content, kind: str) -> tuple[Choice, ...]:
    numeric = content.share("number") > 0.8 and all(len(value) <= 4 for value in content.values)
    if kind == "events" and numeric:
        return (("events", "value"),)
    return (("contacts", "satisfaction"),) if numeric else (("contacts", "notes"),)


def _port(content: Content, kind: str) -> tuple[Choice, ...]:
    if content.share("phone") >= 0.5 or (kind == "contacts" and content.share("number") < 0.5):
        return (("contacts", "mobile"),)
    return (("orders", "shipping"),)


def _services(content: Content) -> bool:
    return bool(_SERVICES & {plain(value) for value in content.values})


def _department(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "order_lines" and content.share("department") < 0.9:
        return (("order_lines", "category"),)
    codes = sum(bool(re.match(r"\d{2,3}\b|2[AB]\b|0?\d\b", value)) for value in content.values)
    if codes >= 0.5 * len(content.values):
        return (("contacts", "department"),)
    if _services(content):
        return (("contacts", "department_service"),)
    return (("contacts", "department"), ("contacts", "department_service"))


def _dept(content: Content, kind: str) -> tuple[Choice, ...]:
    """Cut short, a shelf of the shop in a file of lines, unless figures say a French department."""
    figures = content.share("number") > 0.5
    if kind == "order_lines":
        return Doubt((("contacts", "department") if figures else ("order_lines", "category"),))
    return Doubt(_department(content, kind))


def _service(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "order_lines":
        return (("order_lines", "product_name"),)
    if kind != "contacts":
        return Doubt()
    held = (("contacts", "department_service"), ("contacts", "products_bought"))
    return held if _services(content) else Doubt(held)


def _total(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "order_lines":
        return (("order_lines", "line_amount"), ("orders", "amount_total"))
    return (("orders", "amount_total"),) if kind == "orders" else (("contacts", "total_spent"),)


def _total_of(content: Content, kind: str) -> tuple[Choice, ...]:
    """A total said with its tax: in a file of lines, of the line or of its order."""
    if kind == "order_lines":
        return Doubt((("order_lines", "line_amount"), ("orders", "amount_total")))
    return (("orders", "amount_total"),) if kind == "orders" else (("contacts", "total_spent"),)


def _date(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "events":
        return (("events", "event_date"),)
    return (("orders", "order_date"),) if kind in ("orders", "order_lines") else (("contacts", "created_at"),)


def _size(content: Content, kind: str) -> tuple[Choice, ...]:
    heights = [
        value for value in content.values if re.fullmatch(r"(1[.,]\d{2}|1\d{2}|2[0-2]\d)( ?c?m)?", value)
    ]
    if content.values and len(heights) >= 0.7 * len(content.values):
        return (("contacts", "height"),)
    if content.share("number") > 0.8 and content.values:
        return (("contacts", "employees"), ("contacts", "height"))
    return (("contacts", "preferences"), ("contacts", "employees"))


def _origin(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind in ("orders", "order_lines"):
        return (("orders", "channel"),)
    words = {plain(value) for value in content.values}
    if words & {
        "france",
        "francaise",
        "belgique",
        "belge",
        "italie",
        "espagne",
        "maroc",
        "algerie",
        "suisse",
    }:
        return (("contacts", "nationality"),)
    return (("contacts", "acquisition_channel"), ("contacts", "nationality"))


def _land(content: Content, kind: str) -> tuple[Choice, ...]:
    return (("contacts", "country"), ("contacts", "region"))


def _score(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "events":
        return (("events", "value"),)
    small = content.values and all(
        re.fullmatch(r"(10|\d)([.,]\d)?(/10|/5)?", value) for value in content.values
    )
    return (("contacts", "satisfaction" if small else "engagement_score"),)


def _rate(content: Content, kind: str) -> tuple[Choice, ...]:
    decimal = any(re.search(r"%|[.,]\d", value) for value in content.values)
    return (("contacts", "open_rate"),) if decimal else (("contacts", "emails_opened"),)


def _clicks(content: Content, kind: str) -> tuple[Choice, ...]:
    decimal = any(re.search(r"%|[.,]\d", value) for value in content.values)
    return (("contacts", "click_rate"),) if decimal else (("contacts", "emails_clicked"),)


def _subscriber(content: Content, kind: str) -> tuple[Choice, ...]:
    if content.share("boolean") >= 0.6:
        return (("contacts", "optin_email"),)
    return (("contacts", "full_name"),)


def _reference(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "contacts":
        return (("contacts", "contact_id"),)
    if kind == "order_lines" and content.distinct < 0.5:
        return (("order_lines", "sku"), ("orders", "order_id"))
    return (("orders", "order_id"), ("order_lines", "sku"))


def _status(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "contacts" and is_subscription(content):
        return (("contacts", "optin_email"),)
    if kind == "events":
        return (("events", "event_type"),)
    return (("orders", "order_status"),) if kind in ("orders", "order_lines") else (("contacts", "status"),)


def _id(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "orders":
        return (("orders", "order_id"),)
    if kind == "order_lines":
        return (("order_lines", "line_id"),) if content.distinct == 1 else (("orders", "order_id"),)
    return (("contacts", "contact_id"),)


def _description(content: Content, kind: str) -> tuple[Choice, ...]:
    return (("order_lines", "product_name"),) if kind == "order_lines" else (("contacts", "notes"),)


def _store(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind in ("orders", "order_lines"):
        return (("orders", "channel"),)
    return (("contacts", "preferred_store"), ("contacts", "company_name"))


def _domain(content: Content, kind: str) -> tuple[Choice, ...]:
    if kind == "order_lines":
        return (("order_lines", "brand"),)
    return (("contacts", "website"),) if content.share("url") >= 0.5 else (("contacts", "sector"),)


VAGUE: Final = frozenset(
    "territory territoire zone area proprietaire owner echeance expiration expires webinar webinaire"
    " event evenement campaign campagne level niveau grade rank category categorie group groupe famille"
    " class classe plan formule offre offer program programme value valeur result resultat reason motif"
    " response reponse code number numero label segment profile profil model modele color couleur period"
    " periode duration duree location lieu place branch team equipe unit role mode method balance solde"
    " usage webinars session course divers misc service".split()
)
"""Headers that name a thing of the business as well as of the person: asked about, whatever they propose."""

RULES: Final[Mapping[str, Rule]] = MappingProxyType(
    {
        "nom": _name,
        "name": _any_name,
        "nom client": _name,
        "nom du client": _name,
        "contact": _person,
        "client": _person,
        "customer": _person,
        **dict.fromkeys(
            (
                *(
                    "stagiaire",
                    "donateur",
                    "adherent",
                    "patient",
                    "eleve",
                    "benevole",
                    "participant",
                    "membre",
                ),
                *("acheteur", "student", "donor", "buyer", "registrant", "member", "volunteer", "attendee"),
            ),
            _role,
        ),
        "titre": _title,
        "title": _title,
        "genre": _genre,
        "type": _type,
        "type client": _customer_type,
        "type de client": _customer_type,
        "customer type": _customer_type,
        "customer since": _since,
        **dict.fromkeys(("client depuis", "cliente depuis", "client since", "guest since"), _since),
        "location": _location,
        "lieu": _location,
        "email status": _email_state,
        "statut email": _email_state,
        "statut de l email": _email_state,
        "subscribed": _subscribed,
        "total ttc": _total_of,
        "montant ttc": _total_of,
        "total amount": _total_of,
        "source": _source,
        "provenance": _source,
        "origine": _origin,
        "note": _note,
        "rating": _score,
        "port": _port,
        "departement": _department,
        "department": _department,
        **dict.fromkeys(("dept", "dpt"), _dept),
        "service": _service,
        "total": _total,
        "somme": _total,
        "montant": _total,
        "amount": _total,
        "ca": _total,
        "date": _date,
        "size": _size,
        "taille": _size,
        "land": _land,
        "nation": _land,
        "score": _score,
        "ouverture": _rate,
        "clic": _clicks,
        "abonne": _subscriber,
        "reference": _reference,
        "ref": _reference,
        "status": _status,
        "statut": _status,
        "description": _description,
        "id": _id,
        "enseigne": _store,
        "domaine": _domain,
    }
)
"""Every header whose meaning its values decide."""
