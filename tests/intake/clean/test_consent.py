from __future__ import annotations

from collections.abc import Callable

import pytest

from segmentation.intake.clean.consent import is_inverted, reach_of
from segmentation.intake.clean.which_mail import post_said

TABLES = [
    (
        "optin_email",
        False,
        {
            "oui": "yes", "1": "yes", "x": "yes", "Subscribed": "yes", "abonné": "yes", "12/03/2024": "yes",
            "opted-in": "yes", "non": "no", "0": "no", "Unsubscribed": "no", "cleaned": "no", "STOP": "no",
            "désabonné le 12/03/2024": "no", "oui mais plus maintenant": "no", "refuse les mails": "no",
            "plainte": "no", "denied": "no", "Not allowed": "no", "t": "yes",
            "f": "no",
            "Oui, j'accepte": "yes", "Non, merci": "no", "Non renseigné": "unknown",
            "peut-être": "unknown", "never": "unknown", "pending": "unknown", "": None,
        },
    ),
    ("optin_phone", True, {"oui": "no", "non": None, "1": "no", "0": None, "bof": "unknown", "": None}),
    (
        "optout",
        False,
        {
            "oui": "no", "1": "no", "x": "no", "Désinscrit": "no", "unsubscribed": "no", "12/03/2024": "no",
            "Je ne souhaite pas": "no", "Non, je reste": None, "Do Not Allow": "no", "Allow": None, "f": None,
            "non": None, "0": None, "abonné": None, "subscribed": None, "actif": None,
            "?!": "unknown", "": None,
        },
    ),
    (
        "email_bounced",
        False,
        {
            "unsubscribed": "no", "désabonné": "no",
            "oui": "no", "Hard bounce": "no", "bounced": "no", "cleaned": "no", "non": None, "0": None,
            "valid": None, "soft": None, "bof": "unknown", "": None,
        },
    ),
    ("email_bounced", True, {"oui": None, "non": "no", "invalide": "no", "valide": None}),
]  # fmt: skip


@pytest.mark.parametrize(("key", "inverted", "words"), TABLES)
def test_words_become_states_and_doubt_is_never_a_yes(
    clean: Callable[..., object], key: str, inverted: bool, words: dict[str, str | None]
) -> None:
    out = clean(f"contacts.{key}", "boolean", list(words), inverted=inverted)
    assert dict(zip(words, out.values, strict=True)) == words


@pytest.mark.parametrize(
    ("header", "channels"),
    [
        ("Désinscrit", ("email", "sms")),
        ("unsubscribed", ("email", "sms")),
        ("Unsubscribed from all email", ("email",)),
        ("STOP SMS", ("sms",)),
        ("Ne pas contacter", ("email", "sms", "phone", "post")),
        ("Blacklist", ("email", "sms", "phone", "post")),
        ("NPAI", ("email", "post")),
        ("Refus email et SMS", ("email", "sms")),
        ("Opposition SMS/tel", ("sms", "phone")),
        ("smsOptOut", ("sms",)),
        ("Pas de mail", ("email", "post")),
        ("Bloctel", ("phone",)),
        ("Opposé au démarchage téléphonique", ("phone",)),
    ],
)
def test_an_opposition_goes_as_far_as_its_header_says(header: str, channels: tuple[str, ...]) -> None:
    assert reach_of(header) == channels


@pytest.mark.parametrize(
    ("header", "others", "channels"),
    [
        ("Do not mail", ["Do not email"], ("post",)),
        ("No mail", ["E-mail opt-in"], ("post",)),
        ("Mail opt-out", ["Do not call", "Email opt-out"], ("post",)),
        ("Do not mail or phone", ["Do not email"], ("phone", "post")),
        ("Do not mail", ["Do not call", "Newsletter"], ("email", "post")),
        ("Do not mail", [], ("email", "post")),
        ("Do not mail or email", ["Do not email"], ("email", "post")),
        ("Pas de mail", ["Do not email"], ("email", "post")),
    ],
)
def test_mail_is_the_post_where_the_rest_of_an_english_file_speaks_of_email(
    header: str, others: list[str], channels: tuple[str, ...]
) -> None:
    assert reach_of(post_said(header, others)) == channels


def test_headers_that_ask_the_contrary() -> None:
    assert is_inverted("email_bounced", "E-mail valide")
    assert not is_inverted("email_bounced", "E-mail invalide")
    assert is_inverted("optin_phone", "Ne pas appeler")
    assert not is_inverted("optin_email", "Newsletter")


@pytest.mark.parametrize(
    "header", ["No SMS", "Pas de SMS", "N'accepte pas les SMS", "Ne plus recevoir de SMS", "Non abonné SMS"]
)
def test_a_header_that_says_no_is_never_read_as_an_agreement(header: str) -> None:
    assert is_inverted("optin_sms", header)


def test_the_day_zero_of_an_export_is_neither_an_agreement_nor_a_refusal(
    clean: Callable[..., object],
) -> None:
    days = ["0000-00-00", "0000-00-00 00:00:00", "2024-01-02"]
    assert list(clean("contacts.optin_email", "boolean", days).values) == [None, None, "yes"]  # type: ignore[attr-defined]
    assert list(clean("contacts.optout", "boolean", days).values) == [None, None, "no"]  # type: ignore[attr-defined]
