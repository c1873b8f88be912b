"""Columns that refuse are found whatever their words, and two of them both count."""

from __future__ import annotations

from pathlib import Path

import pytest

from segmentation.intake.read import read_pasted
from segmentation.intake.recognise import recognise


def fields(tmp_path: Path, *headers: str) -> list[tuple[str | None, bool]]:
    """The field of each column of yes and no, and whether it is read the other way round."""
    rows = [
        [f"Anne{n}", f"a{n}@free.fr", *("oui" if (n + k) % 3 else "non" for k in range(len(headers)))]
        for n in range(12)
    ]
    lines = ["\t".join(row) for row in (["Prénom", "Email", *headers], *rows)]
    found = recognise(read_pasted("\n".join(lines) + "\n", workdir=tmp_path))
    return [(column.field, column.inverted) for column in found.columns[2:]]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Ne souhaite pas recevoir de SMS", "optin_sms"),
        ("N'accepte pas les SMS", "optin_sms"),
        ("No SMS", "optin_sms"),
        ("Pas de SMS", "optin_sms"),
        ("Plus de courrier", "optin_mail"),
        ("Do not call", "optin_phone"),
        ("Please don't text me again", "optin_sms"),
    ],
)
def test_a_refusal_of_one_channel_is_that_channel_the_other_way_round(
    tmp_path: Path, header: str, field: str
) -> None:
    assert fields(tmp_path, header) == [(field, True)]


@pytest.mark.parametrize(
    "header",
    [
        *("Pas de mail", "No emails", "Refus email et SMS", "Refus SMS et téléphone", "Ne pas contacter"),
        "Please don't email me again",
    ],
)
def test_any_other_refusal_is_an_opposition(tmp_path: Path, header: str) -> None:
    assert fields(tmp_path, header) == [("optout", False)]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Happy to get emails?", "optin_email"),
        ("Glad to receive texts", "optin_sms"),
        ("SMS O/N", "optin_sms"),
        ("Mailing (oui/non)", "optin_email"),
        ("Calls Y/N", "optin_phone"),
        ("TopSMS", "optin_sms"),
        ("Lettre d’info", "optin_email"),
        ("Lettre d'information", "optin_email"),
        ("Infolettre", "optin_email"),
    ],
)
def test_an_agreement_is_heard_in_everyday_words(tmp_path: Path, header: str, field: str) -> None:
    assert fields(tmp_path, header) == [(field, False)]


@pytest.mark.parametrize(
    ("header", "cell", "field"),
    [
        ("Unsub date", "05-Jan-2025", "optout_date"),
        ("Opposition le", "05/01/2025", "optout_date"),
        ("NPAI", "NPAI", "optout"),
        ("Closing date", "05/01/2025", None),
        ("Non rendu le", "05/01/2025", None),
    ],
)
def test_who_left_is_told_by_a_day_or_by_the_word_itself(
    tmp_path: Path, header: str, cell: str, field: str | None
) -> None:
    rows = [f"Anne{n}\ta{n}@free.fr\t{'' if n % 3 else cell}" for n in range(12)]
    text = "\n".join([f"Prénom\tEmail\t{header}", *rows]) + "\n"
    found = recognise(read_pasted(text, workdir=tmp_path)).columns[2]
    assert (found.field, found.accepted) == (field, field is None)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Unsubscribed", "Blacklisted"),
        ("Ne pas solliciter", "NPAI"),
        ("Désabonné newsletter", "Liste noire"),
        ("Désinscrit", "Stop SMS"),
    ],
)
def test_two_columns_that_refuse_both_count(tmp_path: Path, first: str, second: str) -> None:
    found = fields(tmp_path, first, second)
    assert all(field == "optout" or inverted for field, inverted in found)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Sign me up for the e-newsletter", "optin_email"),
        ("Keep me posted by phone", "optin_phone"),
        ("Add to mailing list", "optin_email"),
        ("SMS Mktg (Y/N)", "optin_sms"),
        ("Reçoit la newsletter", "optin_email"),
        ("Accepte les infos de l'organisateur", "optin_email"),
    ],
)
def test_an_agreement_is_found_in_the_words_people_write(tmp_path: Path, header: str, field: str) -> None:
    assert fields(tmp_path, header) == [(field, False)]


@pytest.mark.parametrize("header", ["Alert", "Posted by mail", "Up to date", "Sign up email sent"])
def test_words_of_sending_alone_ask_nothing(tmp_path: Path, header: str) -> None:
    assert fields(tmp_path, header) == [(None, False)]


def test_an_agreement_stays_one(tmp_path: Path) -> None:
    assert fields(tmp_path, "Accepte les SMS", "Newsletter") == [("optin_sms", False), ("optin_email", False)]


ASKED = (
    "Accepte de recevoir des offres",
    "Accord commercial",
    "Contact autorisé",
    "Prospection commerciale",
    "mailing_list",
)


@pytest.mark.parametrize("header", ASKED)
def test_an_agreement_that_names_no_channel_is_asked_about(tmp_path: Path, header: str) -> None:
    rows = [["Email", header], *([f"a{n}@free.fr", "oui" if n % 2 else "non"] for n in range(8))]
    text = "\n".join("\t".join(row) for row in rows) + "\n"
    column = recognise(read_pasted(text, workdir=tmp_path)).columns[1]
    assert (column.field, column.accepted) == ("optin_email", False)


@pytest.mark.parametrize(
    "header",
    [
        "emailBlacklisted",
        "isexcludedfromcampaigns",
        "Opposé au démarchage",
        "is_unsubscribed",
        "E-mail bloqué",
        "Refuse la prospection",
        "No longer wishes to be contacted",
        "Exclure des campagnes",
        "Bloqué",
        "Plainte spam",
        "Pas de pub",
        "Ne plus solliciter",
    ],
)
def test_refusals_in_words_no_dictionary_holds(tmp_path: Path, header: str) -> None:
    assert fields(tmp_path, header) == [("optout", False)]


@pytest.mark.parametrize(
    "header", ["Inscrit au cours de yoga", "Droit à l'image", "Actif", "Carte de fidélité"]
)
def test_other_yes_and_no_are_no_consent(tmp_path: Path, header: str) -> None:
    assert fields(tmp_path, header)[0][0] not in ("optin_email", "optout")


def test_the_sentence_of_a_form_is_read_whatever_it_names(tmp_path: Path) -> None:
    header = "J’accepte de recevoir par e-mail les nouvelles de la Maison Colette"
    rows = [["Email", header], *([f"a{n}@free.fr", "Oui, j'accepte"] for n in range(4))]
    text = "\n".join("\t".join(row) for row in rows) + "\n"
    assert recognise(read_pasted(text, workdir=tmp_path)).columns[1].field == "optin_email"


def test_two_sure_columns_of_one_consent_are_both_kept(tmp_path: Path) -> None:
    assert fields(tmp_path, "Newsletter", "Email opt-in") == [("optin_email", False)] * 2


def test_a_consent_decided_by_hand_leaves_the_other_column_its_refusals(tmp_path: Path) -> None:
    text = "Email\tTruc\tNewsletter\na@free.fr\toui\tnon\nb@free.fr\toui\toui\n"
    found = recognise(read_pasted(text, workdir=tmp_path), known={"Truc": "optin_email"})
    assert [column.field for column in found.columns] == ["email", "optin_email", "optin_email"]


def test_a_date_of_consent_alone_is_in_doubt_beside_a_yes_and_no(tmp_path: Path) -> None:
    text = "Email\tDate de consentement\tOK\na@free.fr\t01/02/2024\toui\nb@free.fr\t05/02/2024\tnon\n"
    table = read_pasted(text, workdir=tmp_path)
    found = recognise(table)
    assert (found.in_doubt, found.consent_known) == ((2,), False)
    assert found.columns[2].candidates[0][1] == "optin_email"
    assert recognise(table, known={"OK": None}).in_doubt == ()
