"""What recognition gives back: the kind of a table and the field of each of its columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from segmentation.intake.masks import SIGN, mask_of

ACCEPTED: Final = 0.9
"""From this certainty on a guess is taken without a question."""

ASKED: Final = 0.6
"""From this certainty on a guess is proposed; below it the column is the user's own field."""

LEFT_OUT: Final = "-"
"""The field of a column the user chose not to bring in."""


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column: what it holds and how sure that is.

    ``field`` is a canonical key of ``entity``, None for the user's own field, ``"-"`` for a column left out,
    ``~last`` or ``~filled`` for a masked one (``intake.masks``).
    ``certainty`` >= 0.9: accepted, as ``trust`` decides; 0.6 to 0.9: ``field`` is the proposal to ask about.
    ``candidates`` are the three best (entity, key, score), whatever was chosen.
    ``own_type`` is the type the column has as the user's own field: text, number, date, boolean or list.
    ``date_format`` is dmy, mdy, ymd or None (no date in figures); ``date_doubtful`` says it is only a guess.
    ``inverted`` says that a yes in the column is a no in the field ("Ne pas appeler" for optin_phone).
    ``sensitive`` is what the law protects in it (``sensitive.sensitive_kind``): left out unless decided.
    """

    index: int
    header: str
    samples: tuple[str, ...]
    fill: float
    field: str | None
    entity: str | None
    certainty: float
    candidates: tuple[tuple[str, str, float], ...]
    own_type: str
    date_format: str | None
    date_doubtful: bool
    decimal: str | None
    inverted: bool = False
    sensitive: str = ""

    @property
    def accepted(self) -> bool:
        """Whether nothing needs to be asked about this column."""
        return self.certainty >= ACCEPTED or self.field is None

    @property
    def qualified(self) -> str | None:
        """``entity.key``, ``"-"``, a mask or None, as a mapping writes it."""
        return f"{self.entity}.{self.field}" if self.field and self.entity else self.field

    @property
    def mask(self) -> str:
        """The mask that suits the column."""
        return mask_of(SIGN, self.sensitive)


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a table is: its kind with its certainty, the system it comes from, each column.

    ``consent_known``: a column says who may be written to. ``notes`` are codes ``recognise.*``.
    ``in_doubt``: columns of yes and no without a field, beside the date of a consent that no column gives:
    while one of them may be that consent, the date alone is not a yes. ``closed``: the channels closed to
    everybody in the file, by its own name or its sheet's (``departures``).
    """

    kind: str
    kind_certainty: float
    source: str | None
    columns: tuple[ColumnGuess, ...]
    consent_known: bool
    fingerprint: str
    notes: tuple[str, ...]
    in_doubt: tuple[int, ...] = ()
    closed: tuple[str, ...] = ()
