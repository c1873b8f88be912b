"""What the values of a column look like: shares of e-mails, phones, dates… measured on a sample."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from segmentation.intake.header_names import plain
from segmentation.intake.recognise.dates import is_date
from segmentation.intake.recognise.dictionary import event_words, values_of
from segmentation.intake.recognise.numbers import is_number

Test = Callable[[str], bool]


def _full(pattern: str) -> Test:
    compiled = re.compile(pattern, re.I)
    return lambda text: compiled.fullmatch(text) is not None


def _luhn(digits: str) -> bool:
    total = 0
    for index, character in enumerate(reversed(digits)):
        value = int(character) * (1 + index % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def _company_number(length: int) -> Test:
    def test(text: str) -> bool:
        digits = re.sub(r"[\s.\u00a0]", "", text)
        return len(digits) == length and digits.isascii() and digits.isdigit() and _luhn(digits)

    return test


def _between(low: float, high: float, *, whole: bool) -> Test:
    def test(text: str) -> bool:
        try:
            value = float(text.replace(",", "."))
        except ValueError:
            return False
        return low <= value <= high and (value == int(value) or not whole)

    return test


_PHONE: Final = re.compile(r"(?:\(?\+|00)?[\d\s().\-/\u00a0\u202f]{8,22}(?:[a-z]{1,8})?", re.I)


def _phone(text: str) -> bool:
    digits = re.sub(r"\D", "", text)
    if not 8 <= len(digits) <= 15 or _PHONE.fullmatch(text) is None or is_date(text):
        return False
    return text[:1] in "+0(" or (len(digits) in (9, 10, 11) and not re.fullmatch(r"\d+[.,]\d{1,2}", text))


def _mobile(text: str) -> bool:
    digits = re.sub(r"\D", "", text.replace("(0)", ""))
    return _phone(text) and re.match(r"(?:0|33|0033)?[67]\d{8}$", digits) is not None


_GUARD: Final = re.compile(r"^'(?=[+\d])")
"""The apostrophe some tools put before figures so that a spreadsheet leaves them alone."""

_NAME: Final = _full(r"[^\W\d_][\w'’., \-]{0,40}")

TESTS: Final[Mapping[str, Test]] = MappingProxyType(
    {
        "email": _full(r"<?[^@\s;,<>]+@[^@\s;,<>]+\.[^@\s;,<>.]{2,}>?"),
        "phone": _phone,
        "mobile": _mobile,
        "url": _full(
            r"(https?://|www\.|/)\S*|[\w-]+(\.[\w-]+)*\.(fr|com|net|org|eu|io|be|ch|de|uk|shop|paris)(/\S*)?"
        ),
        "postal_code": _full(
            r"(F-?)?\d{5}|\d{4}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{5}-\d{3,4}"
        ),
        "siret": _company_number(14),
        "siren": _company_number(9),
        "naf": _full(r"\d{2}\.?\d{2} ?[A-Z]"),
        "vat": _full(
            r"(FR ?[\dA-Z]{2} ?\d{3} ?\d{3} ?\d{3}"
            r"|(BE|DE|ES|IT|LU|NL|PT|GB|AT|IE|CH)(?=(?:[A-Z ]*\d){7})[A-Z\d ]{8,14})"
        ),
        "date": is_date,
        "number": is_number,
        "integer": _full(r"[-+]?\d{1,3}([ \u00a0\u202f]?\d{3})*([.,]0+)?"),
        "year_birth": _between(1900, 2030, whole=True),
        "age": _between(0, 120, whole=True),
        "age_band": _full(r"\D{0,12}\d{1,2}\s*(-|–|à|a|to|et|/)?\s*(\d{1,2})?\s*(\+|ans|years)?.{0,14}"),
        "percent": _full(r"[-+]?\d+([.,]\d+)?\s*%|0?[.,]\d+|[01]|\d{1,3}([.,]\d+)?"),
        "latitude": _between(-90, 90, whole=False),
        "longitude": _between(-180, 180, whole=False),
        "score": _between(0, 1000, whole=False),
        "insee": _full(r"(\d{5}|2[AB]\d{3})"),
        "department": _full(r"\d{1,3}|2[AB]|\d{2,3} ?[-–] ?.+|[^\W\d_][\w'’ \-]{2,30}"),
        "boolean": lambda text: (plain(text) or text.lower()) in values_of("boolean"),
        "civility": lambda text: (plain(text) or text.lower()) in values_of("civility"),
        "gender": lambda text: (plain(text) or text.lower()) in values_of("gender"),
        "event_type": lambda text: (
            plain(text) in event_words() or plain(text.replace("_", " ")) in event_words()
        ),
        "currency": _full(r"[A-Z]{3}|[€$£]|euros?"),
        "language": _full(
            r"[a-z]{2}([-_][a-z]{2})?|français|francais|french|english|anglais|allemand|espagnol|italien"
        ),
        "name": _NAME,
        "words": lambda text: len(text.split()) >= 2 and _NAME(text),
        "machine": _full(r"(\d{1,3}\.){3}\d{1,3}|[\da-f]{0,4}(:[\da-f]{0,4}){3,7}|Mozilla/.*"),
        "code": _full(r"[\w./#\-]{1,40}"),
    }
)
"""Each detector: whether one trimmed, non-empty value looks like it."""


FEW: Final = 6
"""Up to so many different values, some of them repeated, a column is one of answers: all are shown."""


@dataclass(frozen=True, slots=True)
class Content:
    """The sampled values of one column: those that are not empty, trimmed, in file order."""

    values: tuple[str, ...]
    filled: float
    shares: Mapping[str, float]
    distinct: float

    def share(self, detector: str) -> float:
        """Share of the values a detector accepts (0 when there is no value)."""
        return self.shares.get(detector, 0.0)

    @property
    def samples(self) -> tuple[str, ...]:
        """Values to show: each different one of a column of few (« oui », « x »), else the first three."""
        different = tuple(dict.fromkeys(value[:120] for value in self.values))
        return different if len(different) <= min(FEW, len(self.values) - 1) else different[:3]


def content_of(cells: Sequence[str], *, tested: int = 300) -> Content:
    """Measures a column; the detectors look at up to ``tested`` values spread over the sample."""
    null = values_of("null_tokens") - values_of("boolean") - values_of("gender")
    values = tuple(
        text for cell in cells if (text := _GUARD.sub("", cell.strip())) and text.lower() not in null
    )
    step = max(1, len(values) // tested)
    looked = values[::step][:tested]
    shares = {name: sum(map(test, looked)) / len(looked) for name, test in TESTS.items()} if looked else {}
    distinct = len(set(values)) / len(values) if values else 0.0
    return Content(values, len(values) / len(cells) if cells else 0.0, MappingProxyType(shares), distinct)


_FIELD_TESTS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "phone_landline": ("phone",),
        "phone_mobile": ("phone",),
        "date_birth": ("date",),
        "money": ("number",),
        "count": ("number",),
        "first_name": ("name",),
        "last_name": ("name",),
        "full_name": ("name",),
        "city": ("name",),
        "country": ("name",),
        "region": ("name",),
        "company": (),
        "address": (),
        "text": (),
        "list": (),
        "unique_id": ("code",),
        "id": ("code",),
        "code": ("code",),
        "percent": ("percent", "number"),
    }
)
"""Detectors of the dictionary that are measured under another name; none = nothing can disagree."""

_WORDED: Final = frozenset(("text", "company"))
"""Detectors of fields that hold words: nothing can confirm them, figures alone deny them."""

STRONG: Final = frozenset(("email", "siret", "naf", "vat"))
"""Content that names its field whatever the header says."""


def agreement(detector: str, content: Content) -> float | None:
    """How far the content is what a field holds, in [0, 1]; None when it cannot tell."""
    if not content.values or not detector:
        return None
    tests = _FIELD_TESTS.get(detector, (detector,))
    if detector in _WORDED:
        return 0.0 if content.share("number") > 0.9 else None
    if "name" in tests and content.share("boolean") > 0.8:
        return 0.0  # a yes and a no are nobody's name
    shares = [content.share(test) for test in tests if test in TESTS]
    return max(shares) if shares else None
