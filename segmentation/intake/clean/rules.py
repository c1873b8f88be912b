"""The table of cleaning rules: which types and fields each one touches, and in which order.

To add a rule, write it in the file of its idea, add one row here and its word ``repair.<key>``.
A rule that is ``counted`` changes what the user wrote: it is shown with an example and can be switched off.
The others only read (a decimal comma, a date's order) and are always on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from segmentation.intake.clean import (
    choices,
    countries,
    dates,
    emails,
    empties,
    identifiers,
    mojibake,
    names,
    numbers,
    phones,
    places,
    spaces,
)
from segmentation.intake.clean.context import Context

_ALL = frozenset({"*"})
_MOMENTS = frozenset({"date", "datetime"})
_NUMBERS = frozenset({"integer", "number", "money", "percent"})
_IDS = frozenset({"id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One cleaning idea: ``sql`` turns the SQL of a text into the SQL of the text after.

    ``python`` does it for what SQL cannot, on the distinct values that ``where`` selects (an SQL predicate
    over ``{x}``), given the text and the row's country code; None means "no value".
    ``fields`` narrows the rule to some fields; "*" in ``types`` means every type. A ``rare`` one is left out
    of a column with no such cell.
    """

    key: str
    types: frozenset[str]
    fields: frozenset[str] = frozenset()
    sql: Callable[[str, Context], str] | None = None
    python: Callable[[str, str], str | None] | None = None
    where: str = "TRUE"
    counted: bool = True
    rare: bool = False

    def touches(self, context: Context) -> bool:
        """Whether the rule is for this column."""
        typed = "*" in self.types or context.type in self.types
        return typed and (not self.fields or context.key in self.fields)


RULES: tuple[Rule, ...] = (
    Rule(key="controls", types=_ALL, sql=spaces.without_controls),
    Rule(
        key="mojibake",
        types=mojibake.TYPES,
        python=mojibake.repaired,
        where=f"strlen({{x}}) <> length({{x}}) AND regexp_matches({{x}}, '{mojibake.SUSPECT}')",
        rare=True,
    ),
    Rule(key="spaces", types=_ALL, sql=spaces.single_spaces),
    Rule(key="text_mark", types=_ALL, sql=spaces.without_guard),
    Rule(key="nothing", types=_ALL, sql=spaces.empty_as_null, counted=False),
    Rule(key="gender", types=frozenset({"category"}), fields=frozenset({"gender"}), sql=choices.gender),
    Rule(key="civility", types=frozenset({"category"}), fields=frozenset({"civility"}), sql=choices.civility),
    Rule(
        key="event_word",
        types=frozenset({"category"}),
        fields=frozenset({"event_type"}),
        sql=choices.event_type,
        counted=False,
    ),
    Rule(key="boolean", types=frozenset({"boolean"}), sql=choices.yes_or_no, counted=False),
    Rule(key="empty_word", types=_ALL, sql=empties.empty_words),
    Rule(key="currency", types=frozenset({"currency"}), sql=choices.currency, counted=False),
    Rule(key="id_decimals", types=_IDS, sql=identifiers.without_decimals),
    Rule(key="siret_spaces", types=frozenset({"siren", "siret"}), sql=identifiers.digits_only),
    Rule(key="code_case", types=frozenset({"vat", "naf"}), sql=identifiers.upper_code),
    Rule(key="link_spaces", types=frozenset({"url"}), sql=identifiers.lower_link),
    Rule(key="email_several", types=frozenset({"email"}), sql=emails.first_of_several),
    Rule(key="email_noise", types=frozenset({"email"}), sql=emails.without_noise),
    Rule(key="email_case", types=frozenset({"email"}), sql=emails.lower_case, counted=False),
    Rule(key="phone_letter_o", types=frozenset({"phone"}), sql=phones.zeros_typed_as_letters),
    Rule(
        key="phone_mobile",
        types=frozenset({"phone"}),
        fields=frozenset({"mobile"}),
        python=phones.mobile_of_several,
        where=phones.SEVERAL,
        rare=True,
    ),
    Rule(key="phone_several", types=frozenset({"phone"}), sql=phones.first_of_several),
    Rule(key="phone_zero", types=frozenset({"phone"}), sql=phones.with_zero),
    Rule(key=phones.FORM, types=frozenset({"phone"}), sql=phones.french),
    Rule(
        key="phone_foreign",
        types=frozenset({"phone"}),
        python=phones.parsed,
        where=f"({phones.FOREIGN}) AND NOT {phones.DAMAGED}",
    ),
    Rule(key="postal_form", types=frozenset({"postal_code"}), sql=places.postal_form),
    Rule(key="postal_zero", types=frozenset({"postal_code"}), sql=places.with_zero),
    Rule(key="country_name", types=frozenset({"country"}), sql=countries.one_name),
    Rule(key="department_zero", types=frozenset({"department"}), sql=places.department_zero),
    Rule(key="cedex", types=frozenset({"city"}), sql=places.without_cedex),
    Rule(key="name_case", types=frozenset({"name"}), python=names.name, where=names.SUSPECT),
    Rule(key="town_case", types=frozenset({"city"}), python=names.town, where=names.SUSPECT),
    Rule(key="month_words", types=_MOMENTS, sql=dates.month_numbers, counted=False),
    Rule(key="year_alone", types=_MOMENTS, fields=dates.BY_YEAR, sql=dates.lone_years),
    Rule(key="year_first", types=_MOMENTS, sql=dates.year_first, counted=False),
    Rule(key="date_serial", types=_MOMENTS, sql=dates.serials),
    Rule(key="date_epoch", types=_MOMENTS, sql=dates.epochs, counted=False),
    Rule(key="year_short", types=_MOMENTS, sql=dates.short_years),
    Rule(key="year_last", types=_MOMENTS, sql=dates.year_last, counted=False),
    Rule(key="clock", types=_MOMENTS, sql=dates.clock, counted=False),
    Rule(key="date_empty", types=_MOMENTS, sql=dates.empty_dates),
    Rule(key="birth_century", types=_MOMENTS, fields=frozenset({"birth_date"}), sql=dates.past_births),
    Rule(key="figures", types=_NUMBERS, sql=numbers.figures, counted=False),
    Rule(key="decimal_mark", types=_NUMBERS, sql=numbers.decimal_mark, counted=False),
    Rule(
        key="refund_sign",
        types=frozenset({"money"}),
        fields=frozenset({"amount_refunded"}),
        sql=numbers.without_minus,
    ),
    Rule(key="percent_share", types=frozenset({"percent"}), sql=numbers.shares, counted=False),
    Rule(key="whole_number", types=frozenset({"integer"}), sql=numbers.whole, counted=False),
)


def rules_for(context: Context, off: frozenset[str] = frozenset()) -> tuple[Rule, ...]:
    """The rules of a column, in order; a counted rule named in ``off`` is left out."""
    return tuple(rule for rule in RULES if rule.touches(context) and not (rule.counted and rule.key in off))
