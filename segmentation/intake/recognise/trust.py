"""Which guesses are taken without a question: the header says a field's own words and the values agree.

A wrong guess taken unasked is silent; a right one that is asked about costs a glance, for it is proposed.
So a field is taken unasked only where it stands in one of three tables (``own_words``): values that speak by
themselves, what names a person, words that no other field bears. Everything else (statuses, amounts that may
be several things, words that mean one thing per trade) is asked about, however close its name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from segmentation.intake.clean.consent import CHANNEL_WORDS, OPT_IN
from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.ambiguous import RULES
from segmentation.intake.recognise.consent_headers import answers, consent_fields
from segmentation.intake.recognise.content import Content, agreement
from segmentation.intake.recognise.dictionary import detector_of
from segmentation.intake.recognise.doubts import (
    PLACE,
    TWO_MEANINGS,
    beings,
    elsewhere,
    nameless,
    of_another,
    unknown_words,
)
from segmentation.intake.recognise.headers import EXACT, FRAMED, named
from segmentation.intake.recognise.kinds import FAMILY
from segmentation.intake.recognise.model import ACCEPTED, ColumnGuess
from segmentation.intake.recognise.other_answers import other_answer
from segmentation.intake.recognise.other_values import doubtful
from segmentation.intake.recognise.own_words import (
    CONSENTS,
    OTHERS,
    OWN_WORDS,
    PERSON,
    SAYS_IT,
    SPEAKING,
    Field,
    words_in,
)
from segmentation.intake.recognise.trade_headers import TRADE

KIND_SURE: Final = 0.8
"""From this certainty on the kind of a file is no question."""

_CEILING: Final = 0.89
"""The certainty of a guess that is asked about."""

_BARE_PRICES: Final = ("price", "prix")
_SUMS: Final = frozenset(("line_amount", "amount_total"))
"""A price without a word more is that of one item where another column holds the sum."""

_AGAIN: Final = re.compile(r"(?<!\d)[2-9]$")
_SECONDS: Final = ("address2", "email_secondary")
"""A number at the end of a header makes it the second of something, which few fields are."""

_BARRED: Final = words_in("blocked bloque bloquee is est client customer contact")
"""Words that shut a person out of something, perhaps of another thing than messages."""

_WHOLE: Final = words_in("full complet complete fullname prenom")
"""Words of a whole name: beside a column of first names, any other name may be the last one."""

_RECEIVING: Final = OTHERS | {"to"}
"""Words of whom something is sent to, who is the customer only where messages are told of."""

_HALVES: Final[Mapping[str, str]] = MappingProxyType({"first": "last", "last": "first"})
"""Names that are one only beside their other half."""

_HOME: Final = frozenset(("address1", "postal_code", "city"))
"""A whole address, which is the customer's whatever other places a file speaks of."""

_VISITED: Final = words_in(
    "couverts covers table pax rdv appointment nights nuits duree duration retrait pickup livraison delivery"
)
"""Words of what happens on a day that is perhaps not that of the purchase."""

_FIGURES: Final = ("employees", "address2")
"""Fields of words that figures may well fill."""


def _other_type(field: Field, content: Content) -> bool:
    """Whether a field of words holds figures, dates, or yes and no: its name means something else there."""
    if detector_of(*field) or field[1] in _FIGURES:
        return False
    return any(content.share(other) > 0.5 for other in ("number", "date", "boolean"))


def without_a_question(
    columns: Sequence[ColumnGuess], contents: Sequence[Content], kind: str, certainty: float, *, tool: bool
) -> tuple[ColumnGuess, ...]:
    """The columns of a file, the guesses that nothing proves brought down to those asked about.

    ``certainty``: that of the kind. Under ``KIND_SURE`` only what is the same in any kind goes unasked.
    ``tool``: the file is known to be one tool's, whose own headers of several words are in the dictionary.
    """
    seen = _file(columns, contents, kind, sure=certainty >= KIND_SURE, tool=tool)
    return tuple(
        column
        if column.certainty < ACCEPTED or not column.entity or seen.proves(column, contents[column.index])
        else replace(column, certainty=_CEILING)
        for column in columns
    )


@dataclass(frozen=True, slots=True)
class _File:
    """What the whole file says of each of its columns.

    ``words`` and ``names``: those of each column's header, and how surely it names each field; ``held``: the
    fields its columns are given; ``alike``: how many columns hold dates, addresses, other values that
    speak; ``elsewhere``, ``home``: whether the file gives an address of something else, one of the customer.
    """

    kind: str
    sure: bool
    tool: bool
    words: tuple[frozenset[str], ...]
    names: tuple[Mapping[Field, float], ...]
    held: frozenset[str | None]
    alike: Mapping[str, int]
    beings: frozenset[int]
    elsewhere: bool
    home: bool

    def proves(self, column: ColumnGuess, content: Content) -> bool:
        """Whether header, values and the other columns leave nothing to ask about a guess."""
        field = (column.entity or "", column.field or "")
        entity, key = field
        name = normal_header(column.header)
        words = self.words[column.index]
        if key in CONSENTS:
            other = not self.tool and (name in TWO_MEANINGS or other_answer(column.header, key, self.kind))
            return not other and self._consents(column, field, content)
        if self._doubted(field, name, words, content):
            return False
        if key in SAYS_IT and content.share(SPEAKING[key][0]) > 0.8 and self.alike[SPEAKING[key][0]] == 1:
            return self.kind == "events" or not words & _RECEIVING
        named_so = ("phone", "mobile") if key in ("phone", "mobile") else (key,)
        score = max(self.names[column.index].get((entity, one), 0.0) for one in named_so)
        agrees = agreement(detector_of(*field), content)
        if score < FRAMED - 0.001 or (key not in SPEAKING and agrees is not None and agrees < 0.8):
            return False
        if _other_type(field, content) or (_AGAIN.search(name) and key not in _SECONDS):
            return False
        if (words & OTHERS and entity == "contacts" and key != "children_count") or self._twice(
            column.index, field, score
        ):
            return False
        if key in SPEAKING:
            return max(map(content.share, SPEAKING[key])) >= 0.8
        if entity == "contacts" and key in PERSON:
            return self._names(key, name, words)
        return self.sure and self._of_this_kind(field, name, words, content, exact=score >= EXACT)

    def _doubted(self, field: Field, name: str, words: frozenset[str], content: Content) -> bool:
        """Whether the column may be another's, or another thing, however well it is named."""
        if not nameless(words) and unknown_words(field, words):
            return True
        if self.tool:
            return False
        if (name in TWO_MEANINGS and field[0] != "events") or of_another(field[1], words, self.beings):
            return True
        if name in _HALVES and words_in(_HALVES[name]) not in self.words:
            return True
        if self.elsewhere and field[1] in PLACE and not self.home:
            return True
        return doubtful(field, words, content, self.kind, self.held)

    def _consents(self, column: ColumnGuess, field: Field, content: Content) -> bool:
        """Whether a header says a consent in words, or is the usual name of one, and is answered."""
        told = consent_fields(column.header, content)
        usual = self.names[column.index].get(field, 0.0) >= EXACT and answers(content)
        channel = CHANNEL_WORDS[OPT_IN[field[1]]] if field[1] in OPT_IN else frozenset()
        if field[1] == "optout" and self.words[column.index] <= _BARRED:
            return False
        return any(said == field and score >= ACCEPTED for said, score in told) or (
            usual and bool(channel & self.words[column.index])
        )

    def _twice(self, index: int, field: Field, score: float) -> bool:
        """Whether another column is named for the field as surely: either may be the one that is meant."""
        if self.tool or field[1] in ("phone", "mobile"):
            return False
        own = OWN_WORDS.get(field)
        return any(
            at != index and named.get(field, 0.0) >= FRAMED - 0.001 and (own is None or own & self.words[at])
            for at, named in enumerate(self.names)
        )

    def _names(self, key: str, name: str, words: frozenset[str]) -> bool:
        """Whether a name is its own, or may be several things and is told by the others of the file."""
        if name not in RULES and name not in TRADE:
            whole = key != "full_name" or "first_name" not in self.held or bool(words & _WHOLE)
            return whole and (not PERSON[key] or bool(PERSON[key] & words))
        if key == "last_name":
            return "first_name" in self.held
        return key == "full_name" and self.sure and self.kind == "contacts"

    def _of_this_kind(
        self, field: Field, name: str, words: frozenset[str], content: Content, *, exact: bool
    ) -> bool:
        """Whether a field of the rows themselves is told by its own words, or by values like no others."""
        entity, key = field
        if entity == "contacts" and self.kind != "contacts" and key != "contact_id":
            return False
        if key == "event_type":
            return content.share("event_type") >= 0.8
        if key in ("order_date", "event_date") and name == "date":
            return self.alike["date"] == 1 and not any(known & _VISITED for known in self.words)
        if name in _BARE_PRICES:
            return bool(_SUMS & self.held)
        if key == "amount_total" and self.kind != "orders":
            return False
        return (self.tool and exact and len(words) > 1) or bool(OWN_WORDS.get(field, frozenset()) & words)


def _file(
    columns: Sequence[ColumnGuess], contents: Sequence[Content], kind: str, *, sure: bool, tool: bool
) -> _File:
    words = tuple(words_in(normal_header(column.header)) for column in columns)
    names = tuple(
        {
            (found.entity, found.key): found.score
            for found in named(column.header, FAMILY[kind])
            if not (
                words[column.index] & OTHERS and found.entity == "contacts" and found.key != "children_count"
            )
        }
        for column in columns
    )
    held = frozenset(column.field for column in columns)
    alike = {
        detector: sum(content.share(detector) > 0.8 for content in contents)
        for detector in ("date", *(SPEAKING[key][0] for key in SAYS_IT))
    }
    headers = [column.header for column in columns]
    there, away = beings(headers), elsewhere(headers)
    again = any(
        column.field == "order_id" and contents[column.index].distinct < 0.9 for column in columns
    )  # numbers that come back are those of lines
    sure = sure and not (kind == "orders" and again)
    home = {
        column.field
        for column in columns
        if column.field in _HOME and not unknown_words(("contacts", column.field), words[column.index])
    }
    return _File(kind, sure, tool, words, names, held, alike, there, away, home >= _HOME)
