"""Headers that mean something else than the field whose words they bear: none is taken without a question."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from segmentation.intake.read import read_pasted
from segmentation.intake.recognise import recognise
from segmentation.intake.recognise.model import ACCEPTED, Recognition

VALUES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "first": ("Zoé", "Jean", "Ana", "Luc"),
        "last": ("Martin", "Petit", "Roux", "Lefebvre"),
        "full": ("Zoé Martin", "Jean Petit", "Ana Roux", "Luc Lefebvre"),
        "firms": ("SARL Martin", "Jean Petit", "Roux SAS", "Garage Lefebvre EURL"),
        "firm": ("Martin & fils", "Ateliers Petit", "Roux", "Lefebvre Nord"),
        "email": ("a@x.fr", "b@y.com", "c@z.org", "d@x.fr"),
        "phone": ("01 99 00 11 01", "02 61 91 00 02", "03 53 01 00 03", "04 65 71 00 04"),
        "mobile": ("06 39 98 00 01", "06 39 98 00 02", "06 39 98 00 03", "06 39 98 00 04"),
        "zip": ("69001", "75002", "13003", "44000"),
        "city": ("Lyon", "Paris", "Marseille", "Nantes"),
        "country": ("France", "Italie", "Chili", "France"),
        "street": ("12 rue des Lilas", "3 avenue Foch", "8 place du Marché", "1 bd Carnot"),
        "date": ("12/03/2023", "25/12/2023", "01/02/2024", "30/06/2024"),
        "birth": ("12/03/1980", "25/12/1975", "01/02/1990", "30/06/1966"),
        "young": ("12/03/2015", "25/12/2017", "01/02/2013", "30/06/2016"),
        "money": ("120,50", "35,00", "80,90", "12,00"),
        "percent": ("10", "0", "5", "10"),
        "count": ("3", "1", "12", "5"),
        "points": ("320", "150", "90", "0"),
        "id": ("1001", "1002", "1003", "1004"),
        "code": ("A12", "B07", "A31", "C44"),
        "yes": ("oui", "non", "oui", "non"),
        "age": ("8", "11", "7", "9"),
        "weight": ("12", "30", "7", "24"),
        "sex": ("F", "M", "F", "M"),
        "title": ("Mme", "M.", "Mme", "M."),
        "words": ("Alpha", "Beta", "Alpha", "Gamma"),
        "paid": ("payé", "en attente", "payé", "impayé"),
        "link": ("crm.example.com/1", "crm.example.com/2", "crm.example.com/3", "crm.example.com/4"),
        "lang": ("fr", "en", "fr", "it"),
        "job": ("Infirmière", "Artisan", "Cadre", "Retraité"),
        "thing": ("Thé vert", "Tasse bleue", "Thé vert", "Bol rond"),
        "event": ("open", "click", "open", "bounce"),
        "same": ("boutique@x.fr",) * 4,
        "shop": ("Ma Boutique",) * 4,
    }
)

FILES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "people": {"Nom": "last", "Prénom": "first", "E-mail": "email", "Code postal": "zip"},
        "persons": {"First name": "first", "Last name": "last", "Mobile": "mobile", "Birthday": "birth"},
        "named": {"Nom": "last", "Prénom": "first", "Code postal": "zip", "Date de naissance": "birth"},
        "firms": {"Raison sociale": "firm", "Code postal": "zip", "Ville": "city", "SIRET": "id"},
        "orders": {
            "N° commande": "id",
            "Date commande": "date",
            "Nom client": "full",
            "Total TTC": "money",
        },
        "sales": {
            "Order number": "id",
            "Order date": "date",
            "Customer name": "full",
            "Order total": "money",
        },
        "lines": {
            "Order number": "id",
            "Order date": "date",
            "SKU": "code",
            "Product name": "thing",
            "Quantity": "count",
            "Unit price": "money",
        },
        "events": {"Email": "email", "Event type": "event", "Event date": "date"},
    }
)

_WRITTEN = """
named | email: Commercial email; Email vendeur; Email du conseiller; Sales rep email; Assigned to; Owner
    email; Email conjoint; Courriel parent 1; Emergency email; Parrain; Manager email; Email du moniteur;
    Email employeur; Supplier email; Créé par; Added by; Email comptabilité; Tuteur - E-mail; Referrer;
    Email apporteur; From; Expéditeur; Email syndic; Recipient email; Destinataire
lines | email: Staff; Vendeur; Destinataire; Gift recipient; Fournisseur; Cashier email; To
named | phone: Téléphone urgence; Emergency phone; Phone of emergency contact; Tel parent; Mère - Téléphone;
    Tel médecin; Employeur - Téléphone; Phone 2; Tél. 3; Téléphone conjoint; School phone; Tel tuteur; Tel.
    du père; Company phone of sponsor
people | first: Prénom du parent; Prénom conjoint; First name of player 2; Conjoint - Prénom; Mère - Prénom;
    Pet name; Nom de l’animal; Middle name; Prénom 2; Prénom enfant; Animal - Nom; Partner first name
persons | last: Emergency contact; Card holder; Employer; Kid’s name; Spouse; Referred by; Next of kin;
    Second name; User name; Username; Display name; Coach; Doctor name; Tutor - Name; Sponsor name; Nom
    d’épouse
persons | full: Emergency contact name; Cardholder name; Name on card; Titulaire du compte; Account holder;
    Gift recipient; Parent name; Tuteur - Nom; Vendeur - Nom; Staff name; Driver; Référent
orders | full: Destinataire; Nom du bénéficiaire; Livré à; Vendeur; Serveur; Livreur; Recipient name; Ship
    to; Offert à; Technicien; Prescripteur
orders | firm: Transporteur; Carrier company; Fournisseur; Société de livraison; Banque
persons | title: Civilité conjoint; Civilité du parent; Tuteur - Civilité
people | young: Date de naissance de l’enfant; Date naissance enfant; Né(e) le (enfant); Child date of
    birth; Animal - Date de naissance; Next birthday; Anniversaire de mariage; Enfant - Né le
people | age: Age of dog; Âge du chien; Child age; Âge de l’enfant; Enfant - Âge
people | sex: Sexe de l’animal; Sex of baby; Enfant - Sexe; Sexe conjoint
people | job: Profession du père; Profession du conjoint; Métier recherché; Mère - Profession
people | city: Ville de naissance; City of birth; Lieu de naissance; Birth city; Ville de l’événement; Ville
    chantier; Shipping city; Ville agence; Store city; Ville école; Employeur - Ville; Ville recherchée;
    Ville du bien; Venue city; Departure city; Ville d’arrivée; Magasin - Ville
persons | zip: Code postal bailleur; Code postal chantier; Venue postcode; CP livraison; Store zip; Property
    zip; Code postal de l’école; Lieu - Code postal; Pickup postcode
people | street: Adresse du chantier; Adresse du bien; Venue address; Shipping address; Adresse
    d’intervention; Adresse école; Property address; Pick-up address; Adresse employeur; Lieu - Adresse;
    Adresse IP
people | country: Country of origin; Pays de naissance; Country of birth; Pays de destination; IP country;
    Pays d’achat; Passport country; Pays du fournisseur
lines | country: Country; Pays; Country of origin; Pays d’origine; Made in; Province
lines | city: Ville; City; Commune; Store city; Ville magasin
events | city: Ville; City; Ville de l’événement; Venue city
lines | zip: P code; Code P; CP; Code
lines | words: Région; Region; Province; Dénomination; Organisme
lines | lang: Langue; Language; Version
people | yes: Email sent; Email valid; Email vérifié; Mail OK; Email OK; Tel ok; Sans email; No email; Pas
    de mail; Blocked; Bloqué; Blacklist; Liste noire; Stop; Suppressed; Exclu; Withdrawn; Abonné papier;
    Domicile; Abonnement papier; Inscription par mail; Photo consent; Droit à l’image; Consentement photo;
    Spam; Facture par mail; Mail envoyé; SMS sent; Appel effectué; Email blocked; Disabled; Courrier; No
    phone; Accord parent; Autorisation parentale; Do not mail; Mail consent; Email bounced; Relance par
    mail; Email open; Confirmed by email; Confirmé par sms; Rappel SMS; Text sent; Called; Appelé; Excluded
orders | yes: Accord mail; Accord tél; Appel; Facture; Livraison; Paiement; SMS; Courrier; Mail
persons | money: Total spent on ads; Dépenses; Total commandes; Total purchases; Panier; Panier abandonné;
    Points; Budget; Balance; Price; Total due; Salary; Total refunded; Total ads; Annual purchases; Dépenses
    annuelles
persons | points: Points; Nb points; Score; Points permis; Solde
persons | count: Sent; Opened; Open; Clicked; Ouverture; Clic; Visites web; Site visits; Orders open;
    Enfants inscrits; Effectif classe; Height of box; Hauteur; Poids; Weight; Nb points; Total commandes; Nb
    retours
persons | date: Date d’entrée; Date d’ouverture; Open date; Inscription; Registration date; Confirm time;
    Date visite; Date contact; Date; Contract created; Dernier appel; Event date; Next order; Prochaine
    commande; Anniversary; Date permis; Opened; Clicked; Date relevé; Date enregistrement; Mise en service
people | link: URL; Lien; Profile URL; Record link; Site; Page
people | words: Referral; Etudes; Titre; Qualité; Organisme; Mutuelle; Origine; Type; Statut; Niveau; Poste;
    Account; Contact; Nature; Account owner; Card name; Groupe; Formule
people | code: Registration number; Immatriculation; Badge; N° carte; Numéro de compte; Licence
events | id: Id; ID; Identifiant; Record ID; External ID; User ID
orders | id: Réf. client; Customer ref; Référence client; User ID; Account number; Numéro de compte; Table;
    Bon de livraison; Identifiant; External ID; Purchase order; Order value; Staff id; N° carte
orders | money: Total amount due; Total refunded; Tax amount; Order price list; City tax; Subtotal; Acompte;
    Pourboire; Order value list; Total HT remisé; Total restant dû; Total cost; Facture; Commande; Avoir;
    Total marge
sales | money: Total tax; Total fees; Tip amount; Total refunds; Deposit paid; Balance due; Order discount
    rate; Invoice; Total weight; Total cost; Amount refunded; Shipping tax; Total amount due; Order; Total
    discount tax
sales | date: Delivery date; Shipping date; Due date; Payment date; Paid at; Event date; Pickup date; Return
    date; Mailing date; Value date; Quote date; Refund date; Order delivery date; Cancelled at; Check-in
sales | words: Payment; Paiement; Type; Status; Order type; Shipping company; Ticket; Commande; Receipt;
    Payment status; Payment state; Order channel; Delivery status; Order notes; Payment terms; Invoice;
    Discount code
sales | paid: Payment; Paiement; Règlement; Payment type; Payment mode; Moyen de paiement
sales | percent: Discount; Remise; Remise %; Taux remise; Discount rate; Tax rate
lines | percent: Discount; Remise; Remise ligne; Taux remise; Line discount; VAT rate
lines | count: Quantity in stock; Quantity refund; Qté retournée; Quantity returned; Stock quantity; Line;
    Item no; Item number; Ligne; Qté restante; Returned qty; Quantity backordered; Minimum order quantity;
    Pack
lines | money: Total HT; HT; Montant HT; Line price; Cost price; Prix d’achat; Prix barré; Order total list;
    Subtotal; Line tax; Item cost; Unit cost; Prix public conseillé; Shipping total; Montant TVA ligne; Line
    margin
lines | date: Shipping date; Best before; DLC; Delivery date; Return date; Line created; Restock
lines | code: Item; Article; Description; Lot; Serial number; Stock location; Warehouse; Bin
lines | firm: Company; Société; Supplier; Fournisseur; Shipping company; Brand owner; Vendor
people | same: E-mail boutique; Contact; Adresse mail; Email; Reply to
people | shop: Société; Company; Organization; Entreprise
named | firms: Nom complet; Full name
"""

CASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        case: tuple(headers.split("; "))
        for case, _, headers in (
            " ".join(line.split()).partition(": ") for line in re.split(r"\n(?! )", _WRITTEN.strip())
        )
    }
)
"""File, then what the column holds → headers that are not to go without a question there."""


def seen(tmp_path: Path, columns: Mapping[str, tuple[str, ...]]) -> Recognition:
    """What a pasted table is seen as."""
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    text = "".join("\t".join(row) + "\n" for row in rows)
    return recognise(read_pasted(text, workdir=tmp_path))


def taken(tmp_path: Path, columns: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The columns taken unasked, each with its field."""
    found = seen(tmp_path, columns).columns
    return {
        one.header: one.field for one in found if one.field not in (None, "-") and one.certainty >= ACCEPTED
    }


@pytest.mark.parametrize("case", CASES)
def test_a_header_that_means_something_else_is_never_taken_unasked(tmp_path: Path, case: str) -> None:
    file, values = case.split(" | ")
    base = {header: VALUES[kind] for header, kind in FILES[file].items()}
    wrong = {
        header: field
        for header in CASES[case]
        if header not in base and (field := taken(tmp_path, {**base, header: VALUES[values]}).get(header))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("written", "doubted"),
    [
        # the town is the estate’s, whose address the file gives
        (
            "Nom: last; Prénom: first; E-mail: email; Adresse du bien: street; CP bien: zip; Ville: city",
            "Ville",
        ),
        ("Client: full; E-mail: email; Adresse chantier: street; Ville: city", "Adresse chantier; Ville"),
        # a child and its parent in each row
        (
            "Nom enfant: last; Prénom enfant: first; Nom: last; Prénom: first; Date de naissance: young;"
            " Sexe: sex",
            "Nom; Prénom; Date de naissance; Sexe",
        ),
        ("Pet name: first; First name: first; Last name: last; Birthday: young; Age: age", "Birthday; Age"),
        # who buys and who comes
        (
            "Buyer first name: first; Buyer email: email; Attendee first name: first; Email: mobile",
            "Buyer first name; Buyer email; Attendee first name",
        ),
        # the country of a wine, of a machine
        ("N° commande: id; Date commande: date; Client: full; Pays: country; Total TTC: money", "Pays"),
        ("Prénom: first; Weight: weight; E-mail: email", "Weight"),
        ("Work email: email; First name: first; Last name: last", "Work email"),
    ],
)
def test_a_name_is_doubtful_beside_what_else_the_file_speaks_of(
    tmp_path: Path, written: str, doubted: str
) -> None:
    columns = {
        header: VALUES[kind] for header, _, kind in (part.partition(": ") for part in written.split("; "))
    }
    assert set(taken(tmp_path, columns)) & set(doubted.split("; ")) == set()


def test_a_plain_file_of_contacts_asks_nothing(tmp_path: Path) -> None:
    french = "Civilité: title; Nom: last; Prénom: first; E-mail: email; Téléphone: phone; Adresse: street"
    written = f"{french}; Code postal: zip; Ville: city; Date de naissance: birth"
    columns = {
        header: VALUES[kind] for header, _, kind in (part.partition(": ") for part in written.split("; "))
    }
    assert set(taken(tmp_path, columns)) == set(columns)


@pytest.mark.parametrize(
    ("ids", "kind"), [(("BL1", "BL1", "BL2", "BL2"), "order_lines"), (("BL1", "BL2", "BL3", "BL4"), "orders")]
)
def test_a_number_of_purchase_that_comes_back_is_that_of_lines(
    tmp_path: Path, ids: tuple[str, ...], kind: str
) -> None:
    found = seen(
        tmp_path,
        {
            "N° facture": ids,
            "Date facture": VALUES["date"],
            "Client": VALUES["full"],
            "PU TTC": VALUES["money"],
            "Total": VALUES["money"],
        },
    )
    assert found.kind == kind
    unasked = any(one.field == "amount_total" and one.accepted for one in found.columns)
    assert unasked == (kind == "orders")
