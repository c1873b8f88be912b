"""What a command gives back: one JSON object for programs, a few lines for people; errors in a sentence."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.segment import Segment
from segmentation.errors import CarnetError, InputError
from segmentation.i18n import Words

MEGA = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """``facts`` is the JSON object; ``lines`` say the same in words; ``well`` False makes the exit 1."""

    facts: Mapping[str, object]
    lines: Sequence[str]
    well: bool = True

    def json(self) -> str:
        """The facts as one JSON object: decimals as numbers, dates as ISO texts."""
        return json.dumps(self.facts, ensure_ascii=False, default=_plain)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, set, frozenset)):
        return list(value)
    if hasattr(value, "item"):
        return value.item()
    return str(value)


def sentence(error: CarnetError, w: Words) -> str:
    """An error as one sentence of the language."""
    if not w.has(error.code):
        return w("error.unexpected")
    values = {name: _written(value, w) for name, value in error.values.items()}
    return " ".join(w(error.code, **values).split())


def _written(value: object, w: Words) -> object:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return value
    if isinstance(value, int) and value >= MEGA:
        return w("unit.megabytes", size=w.number(value / MEGA, digits=0))
    return value


def read_json(path: Path) -> object:
    """The content of a JSON file. Raises InputError ``error.json.unreadable`` or ``error.json.invalid``."""
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("error.json.unreadable", name=path.name) from error
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError("error.json.invalid", name=path.name) from error


def read_criterion(path: Path) -> Segment:
    """The criterion or saved segment in a JSON file. Raises InputError or CriterionError."""
    return segment_from_json(read_json(path))
