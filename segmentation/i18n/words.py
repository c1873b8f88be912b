"""Sentences and formats of one language, read once from its catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.messages.pofile import read_po
from babel.numbers import (
    format_compact_decimal,
    format_currency,
    format_decimal,
    format_percent,
    get_currency_name,
    get_currency_symbol,
)

from segmentation.i18n.typography import typeset

LANGUAGES: Mapping[str, str] = MappingProxyType({"fr": "Français", "en": "English"})
"""Each language by its code, in its own name; one ``.po`` file each."""

Day = date  # the class below has a method of that name
_LOCALES = MappingProxyType({"fr": "fr_FR", "en": "en_GB"})


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of one language (``words("fr")("page.home.title")``) and its ways of writing values."""

    language: str
    locale: str
    messages: Mapping[str, str | tuple[str, ...]]

    def __call__(self, key: str, **values: object) -> str:
        """The sentence of ``key`` with its blanks filled; a plural one chooses its form by ``n``.

        Raises KeyError when the catalogue lacks the key: a missing word is a fault of the program.
        """
        message = self.messages[key]
        if not isinstance(message, str):
            message = message[self._form(values.get("n", 1), len(message))]
            if isinstance(values.get("n"), (int, float, Decimal)):
                values = {**values, "n": self.number(values["n"])}
        return message.format(**values) if values else message

    def has(self, key: str) -> bool:
        """Whether the catalogue holds ``key``."""
        return key in self.messages

    def _form(self, n: object, forms: int) -> int:
        count = abs(float(str(n)))
        one = count < 2 if self.language == "fr" else count == 1
        return 0 if one else forms - 1

    def number(self, value: object, *, digits: int | None = None) -> str:
        """A number with the language's separators; at most two decimals unless ``digits`` fixes them."""
        pattern = "#,##0.##" if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
        return _apart(format_decimal(_plain(value), format=pattern, locale=self.locale))

    def compact(self, value: object) -> str:
        """A number shortened for a chart: 12 k, 1,3 M."""
        return format_compact_decimal(_plain(value), locale=self.locale, fraction_digits=1)

    def money(self, value: object, currency: str = "EUR", *, digits: int = 2) -> str:
        """An amount in ``currency``, with ``digits`` decimals (0 for large sums)."""
        pattern = Locale.parse(self.locale).currency_formats["standard"].pattern
        if digits == 0:
            pattern = pattern.replace("0.00", "0")
        said = format_currency(
            _plain(value), currency, format=pattern, locale=self.locale, currency_digits=False
        )
        return _apart(said)

    def sign(self, currency: str) -> str:
        """The sign of a currency: €, CHF."""
        return str(get_currency_symbol(currency, locale=self.locale))

    def currency(self, code: str) -> str:
        """The name of a currency: euro, Swiss franc; its code when it has none."""
        return str(get_currency_name(code, locale=self.locale))

    def percent(self, share: object, *, digits: int = 1, fixed: bool = False) -> str:
        """A share in [0, 1] as a percentage, its half rounded up as one learns at school: 12,5 % gives 13.

        ``fixed``: always that many decimals, for figures under one another.
        """
        decimals = "." + ("0" if fixed else "#") * digits if digits else ""
        pattern = "#,##0" + decimals + ("\u202f%" if self.language == "fr" else "%")
        step = Decimal(1).scaleb(-digits - 2)
        exact = Decimal(str(_plain(share))).quantize(step, rounding=ROUND_HALF_UP)
        return format_percent(exact, format=pattern, locale=self.locale)

    def share(self, share: float) -> str:
        """A share in [0, 1] at a glance: whole percents, a tenth under 10 %; 100 % is said of all alone."""
        return self.percent(min(share, 0.99) if share < 1 else share, digits=1 if abs(share) < 0.0995 else 0)

    def date(self, value: date | datetime) -> str:
        """A day: 22 nov. 2026, 1er janv. 2026, 22 Nov 2026."""
        return format_date(value, format=f"{self._day(value)} MMM y", locale=self.locale)

    def moment(self, value: datetime) -> str:
        """A day and its time: 22 nov. 2026 14:05."""
        return format_datetime(value, format=f"{self._day(value)} MMM y HH:mm", locale=self.locale)

    def _day(self, value: Day) -> str:
        """How a day of the month is written: in French the first one is « 1er »."""
        return "d'er'" if self.language == "fr" and value.day == 1 else "d"

    def month(self, value: Day) -> str:
        """A month: nov. 2026."""
        return format_date(value, format="MMM y", locale=self.locale)

    def listing(self, items: Iterable[str], *, style: str = "standard") -> str:
        """Items joined as the language does: « a, b et c »; ``style="or"`` for a choice."""
        return format_list(list(items), style="or" if style == "or" else "standard", locale=self.locale)


def _plain(value: object) -> float | Decimal | int:
    if isinstance(value, (int, float, Decimal)):
        return value
    return Decimal(str(value))


def _apart(number: str) -> str:
    """Thousands apart by a whole no-break space: the narrow one vanishes beside a narrow 1."""
    return number.replace("\u202f", "\u00a0")


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """The catalogue of ``language`` ("fr" or "en"); KeyError for another."""
    path = Path(__file__).with_name(f"{language}.po")
    with path.open("rb") as file:
        catalogue = read_po(file, locale=language)
    messages: dict[str, str | tuple[str, ...]] = {}
    for message in catalogue:
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            text = message.string
            if isinstance(text, str):
                messages[key] = typeset(text, language)
            else:
                messages[key] = tuple(typeset(form, language) for form in text or ())
    return Words(language, _LOCALES[language], MappingProxyType(messages))
