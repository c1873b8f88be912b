"""What a file leaves to ask: its columns in doubt, its dates, who may be written to, what was done."""

from __future__ import annotations

from pages.parts.intake.under_way import Draft
from segmentation.intake.home_country import asks_country, country_of
from segmentation.intake.recognise.model import ColumnGuess

REACHES = frozenset({"email", "email_secondary", "phone", "mobile", "address1"})
"""Fields by which a person is reached: with one of them, a file raises the question of consent."""
SURE = 1.0
"""The certainty of what a person has said, now or at an earlier import."""
SAYS = frozenset({"optin_email", "consent_date"})
"""Fields that tell whether an e-mail may be sent; who refused says nothing of the others."""
DATES = frozenset({"dmy", "mdy"})


def column_field(draft: Draft, guess: ColumnGuess) -> str | None:
    """What a column is taken for: the person's answer, else the guess, as ``entity.key``, None or "-"."""
    return draft.fields.get(guess.index, guess.qualified)


def doubts(draft: Draft) -> tuple[ColumnGuess, ...]:
    """The columns to ask about: a field is proposed and not sure, or nothing says what the column is.

    Nothing says it when the file names no column, or when no column of it was recognised. An empty column
    is no question.
    """
    if draft.recognition is None:
        return ()
    guesses = draft.recognition.columns
    nameless = draft.table is not None and not draft.table.header_row
    unknown = nameless or all(guess.field is None and guess.certainty < SURE for guess in guesses)
    in_doubt = draft.recognition.in_doubt
    return tuple(
        guess
        for guess in guesses
        if guess.fill
        and (not guess.accepted or (unknown and guess.certainty < SURE) or guess.index in in_doubt)
    )


def dates_to_ask(draft: Draft) -> tuple[ColumnGuess, ...]:
    """The date columns whose order of day and month the figures do not tell."""
    columns = draft.recognition.columns if draft.recognition else ()
    return tuple(
        guess
        for guess in columns
        if guess.date_doubtful and guess.date_format in DATES and column_field(draft, guess) != "-"
    )


def asks_consent(draft: Draft) -> bool:
    """Whether the file brings ways to reach people and does not say who may be reached, by e-mail first.

    A file of people who left is always shown before it counts.
    """
    if draft.recognition is None:
        return False
    if draft.recognition.closed:
        return True
    taken = {column_field(draft, guess) for guess in draft.recognition.columns}
    if "contacts.email" in taken:
        says = SAYS if dates_agree(draft) else SAYS - {"consent_date"}
        return not any(f"contacts.{key}" in taken for key in says)
    return not draft.recognition.consent_known and any(f"contacts.{key}" in taken for key in REACHES)


def refuses(draft: Draft) -> bool:
    """Whether the file says of some people that they refused, whatever is answered for the others."""
    columns = draft.recognition.columns if draft.recognition else ()
    return any(column_field(draft, guess) in ("contacts.optout", "contacts.optout_date") for guess in columns)


def dates_agree(draft: Draft) -> bool:
    """Whether the date of a consent is one: of each column that might be the consent, it was said what it
    is."""
    return draft.recognition is None or set(draft.recognition.in_doubt) <= set(draft.fields)


def asks_event(draft: Draft) -> bool:
    """Whether a file of actions does not say which action each row is."""
    if draft.recognition is None or draft.recognition.kind != "events":
        return False
    return all(column_field(draft, guess) != "events.event_type" for guess in draft.recognition.columns)


_AMOUNTS = frozenset(
    ("orders.amount_total", "orders.amount_net", "order_lines.line_amount", "order_lines.unit_price")
)


def lacks_amount(draft: Draft) -> bool:
    """Whether a file of sales has no column that says how much: they would count nowhere."""
    if draft.recognition is None or draft.recognition.kind not in ("orders", "order_lines"):
        return False
    return not _AMOUNTS & set(_mapping(draft).values())


def country_held(draft: Draft) -> str:
    """The country of the numbers where no column says it: the person's answer, else what they prove."""
    if draft.table is None or not asks_numbers(draft):
        return ""
    return country_of(draft.table, _mapping(draft)) if draft.country is None else draft.country


def asks_numbers(draft: Draft) -> bool:
    """Whether a file has numbers whose country no column says."""
    return asks_country(_mapping(draft))


def _mapping(draft: Draft) -> dict[int, str | None]:
    guesses = draft.recognition.columns if draft.recognition else ()
    return {guess.index: column_field(draft, guess) for guess in guesses}
