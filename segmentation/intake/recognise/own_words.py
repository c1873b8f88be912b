"""What makes a guess sure: values like no others, what names a person, each field’s own words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

Field = tuple[str, str]


def words_in(text: str) -> frozenset[str]:
    """The words of a normalised text."""
    return frozenset(text.split())


SPEAKING: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "email": ("email",),
        "email_secondary": ("email",),
        "phone": ("phone",),
        "mobile": ("phone",),
        "fax": ("phone",),
        "postal_code": ("postal_code",),
        "birth_date": ("date",),
        "civility": ("civility",),
        "gender": ("gender",),
        "siren": ("siren",),
        "siret": ("siret", "code"),
        "naf_code": ("naf",),
        "vat_number": ("vat", "code"),
        "website": ("url",),
        "currency": ("currency",),
        "language": ("language",),
    }
)
"""Fields whose values are like no others, with the detectors that tell: a known name and they are enough."""

SAYS_IT: Final = words_in("email siret naf_code vat_number")
"""Among them, those whose values are enough whatever the header says."""

PERSON: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        **dict.fromkeys(("first_name", "last_name", "maiden_name", "address1"), frozenset[str]()),
        "full_name": words_in("nom name prenom fullname noms names"),
        "company_name": words_in(
            "societe entreprise raison company organisation organization business organisme denomination"
            " companyname"
        ),
        "address2": words_in("complement cplt adresse address adr addr street line"),
        "city": words_in("ville commune localite city town municipality"),
        "country": words_in("pays country countrycode"),
        "occupation": words_in("profession metier occupation csp socioprofessionnelle"),
    }
)
"""What names and places somebody, whatever a row is; with the words its header must hold, if any."""

CONSENTS: Final = words_in("optin_email optin_sms optin_phone optin_mail optout")

_BOUGHT: Final = words_in(
    "achat achats commande commandes cde cdes order orders ordered purchase purchases spent spend depense"
    " depenses panier basket bought achete"
)
_SOLD: Final = words_in(
    "commande cde order facture invoice ticket receipt recu vente sale achat purchase piece"
)
_MAILED: Final = words_in("sent opens clicks opened clicked envoyes ouvertures clics ouverts cliques emails")

OWN_WORDS: Final[Mapping[tuple[str, str], frozenset[str]]] = MappingProxyType(
    {
        ("contacts", "contact_id"): words_in(
            "id identifiant code n no num numero number client customer contact"
        ),
        ("contacts", "created_at"): words_in(
            "created create creation cree joined registered registration inscription adhesion added ajout"
            " ajoute entree submit"
        ),
        ("contacts", "updated_at"): words_in("modified updated update modification modif maj"),
        **{
            ("contacts", key): _BOUGHT
            for key in (
                *("first_purchase_date", "last_purchase_date", "orders_count", "total_spent"),
                *("average_basket", "last_order_amount"),
            )
        },
        ("contacts", "last_contact_date"): words_in("contact contacted relance"),
        ("contacts", "last_open_date"): words_in("open opened ouverture"),
        ("contacts", "last_click_date"): words_in("click clicked clic"),
        **{("contacts", f"emails_{key}"): _MAILED for key in ("sent", "opened", "clicked")},
        ("contacts", "open_rate"): words_in("open ouverture"),
        ("contacts", "click_rate"): words_in("click clic clics"),
        ("contacts", "loyalty_points"): words_in("points fidelite loyalty"),
        ("contacts", "optout_date"): words_in(
            "unsubscribed unsubscribe unsub desinscription desabonnement opt optout"
        ),
        ("contacts", "consent_date"): words_in("consent consentement optin opt confirm"),
        ("contacts", "birth_year"): words_in("naissance birth"),
        ("contacts", "age"): words_in("age"),
        ("contacts", "children_count"): words_in("enfants children kids"),
        ("contacts", "marital_status"): words_in("familiale fam marital maritale matrimoniale"),
        ("contacts", "weight"): words_in("poids weight"),
        ("contacts", "height"): words_in("height"),
        ("contacts", "education"): words_in("etudes education"),
        ("contacts", "legal_form"): words_in("juridique legal"),
        ("contacts", "nationality"): words_in("nationalite nationality"),
        ("contacts", "employees"): words_in("effectif employees salaries"),
        ("contacts", "job_title"): words_in("fonction job poste"),
        ("contacts", "department"): words_in("departement county"),
        ("contacts", "region"): words_in("region province"),
        ("contacts", "notes"): words_in(
            "notes remarque remarques commentaire commentaires observations comments"
        ),
        ("contacts", "tags"): words_in("tags tag etiquettes"),
        ("contacts", "interests"): words_in("interets loisirs interests hobbies"),
        ("contacts", "acquisition_channel"): words_in("acquisition connu connus hear heard referral lead"),
        ("contacts", "owner"): words_in("contact account lead"),
        ("contacts", "customer_type"): words_in("client customer part"),
        ("contacts", "membership_end"): words_in("adhesion membership licence abonnement"),
        ("contacts", "visits_count"): words_in("visits visites"),
        ("contacts", "latitude"): words_in("latitude lat"),
        ("contacts", "longitude"): words_in("longitude lon lng"),
        ("orders", "order_id"): _SOLD,
        ("orders", "order_date"): _SOLD,
        ("orders", "amount_total"): words_in("total ttc"),
        ("orders", "amount_net"): words_in("ht subtotal"),
        ("orders", "amount_refunded"): words_in("amount montant total somme"),
        ("orders", "discount"): words_in("discount remise"),
        ("orders", "shipping"): words_in("shipping port livraison postage delivery"),
        ("orders", "order_status"): words_in("commande order payment paiement financial"),
        ("orders", "payment_method"): words_in("paiement payment reglement"),
        ("orders", "delivery_kind"): words_in("method mode type"),
        ("orders", "items_count"): words_in("items articles"),
        ("order_lines", "line_id"): words_in("line ligne"),
        ("order_lines", "sku"): words_in("sku article produit product stock item"),
        ("order_lines", "product_name"): words_in(
            "produit product article item designation description libelle"
        ),
        ("order_lines", "quantity"): words_in("quantite quantity qte qty units"),
        ("order_lines", "unit_price"): words_in("unit unitaire pu"),
        ("order_lines", "line_amount"): words_in("ligne line item"),
        ("order_lines", "discount"): words_in("discount remise"),
        ("order_lines", "brand"): words_in("brand marque manufacturer"),
        ("events", "event_date"): words_in("event evenement"),
        ("events", "campaign"): words_in("campaign campagne"),
        ("events", "url"): words_in("url link lien"),
    }
)
"""Field → the words one of which its header must hold, in a file whose kind is sure."""

OTHERS: Final = words_in(
    "livraison livr shipping ship delivery destinataire recipient beneficiaire chantier emergency urgence"
    " parent conjoint spouse partner enfant enfants child children"
)
"""Words of a header that speak of somebody or somewhere else than the customer."""
