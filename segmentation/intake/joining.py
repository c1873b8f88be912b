"""Rules that put who comes in into a group: what comes from this source, file or form joins this group.

A rule reads where a file comes from (its source, its name, its sheet) or a value of each row (the page the
person signed up on…). Rules run at every import, inside its transaction: undoing the import takes its people
out again. Texts compare without case or accents.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final, Protocol

from segmentation.criteria.fold import fold_text
from segmentation.errors import InputError
from segmentation.intake.clean.columns import Column
from segmentation.results import Value
from segmentation.store.session import quoted

SETTING: Final = "join_rules"
"""The setting of a base that keeps its rules."""
OF_FILE: Final = ("source", "file", "sheet")
"""What a rule may read of a whole file; anything else is the code of a field of contacts, or ``own:`` and the
header of a column of one's own."""
HOWS: Final = ("is", "starts_with", "contains")
OWN: Final = "own:"
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class JoinRule:
    """Who has ``text`` (compared as ``how`` says) in ``what`` joins ``group``."""

    what: str
    how: str
    text: str
    group: str

    def origin(self) -> str:
        """What is kept beside each membership it gives: the rule as JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    def holds(self, text: str | None) -> bool:
        """Whether a text is one of those the rule is about."""
        said, wanted = fold_text(text or ""), fold_text(self.text)
        if self.how == "is":
            return said == wanted
        return said.startswith(wanted) if self.how == "starts_with" else wanted in said


class File(Protocol):
    """What a rule reads of a file."""

    @property
    def source(self) -> str:
        """The source it is imported under."""

    @property
    def file(self) -> str:
        """Its name."""

    @property
    def sheet(self) -> str | None:
        """Its sheet, of a workbook."""


def make_rule(what: str, how: str, text: str, group: str) -> JoinRule:
    """A rule a person asks for. Raises InputError ``error.join.text``, ``error.join.group``."""
    said, name = (" ".join(part.split())[:LONGEST] for part in (text, group))
    if not fold_text(said):
        raise InputError("error.join.text")
    if not name:
        raise InputError("error.join.group")
    return JoinRule(what, how if how in HOWS else HOWS[0], said, name[:100])


def rules_from_json(kept: object) -> tuple[JoinRule, ...]:
    """The rules a base keeps; what is no rule is left out."""
    names = ("what", "how", "text", "group")
    rows = kept if isinstance(kept, Sequence) and not isinstance(kept, str) else ()
    return tuple(
        JoinRule(*(str(row[name]) for name in names))
        for row in rows
        if isinstance(row, Mapping) and all(row.get(name) for name in names) and row["how"] in HOWS
    )


def rules_to_json(rules: Iterable[JoinRule]) -> list[dict[str, str]]:
    """The rules in the form a base keeps."""
    return [asdict(rule) for rule in rules]


def joined(rules: Iterable[JoinRule], file: File, columns: Sequence[Column]) -> list[tuple[str, list[Value]]]:
    """The selects (row_number, unit_id, name, origin), with their values, of what the rules give to a file.

    Over ``clean_people c``, the clean rows of somebody, and ``row_units``.
    """
    selects: list[tuple[str, list[Value]]] = []
    for rule in rules:
        if rule.what in OF_FILE:
            if rule.holds(getattr(file, rule.what)):
                sql = "SELECT row_number, unit_id, ? AS name, ? AS origin FROM row_units"
                selects.append((sql, [rule.group, rule.origin()]))
            continue
        for column in columns:
            if _reads(rule, column):
                sql = (
                    "SELECT c.row_number, c.unit_id, ? AS name, ? AS origin FROM clean_people c"
                    f" WHERE {_condition(rule, column)}"
                )
                selects.append((sql, [rule.group, rule.origin(), _bound(rule, column)]))
    return selects


def _reads(rule: JoinRule, column: Column) -> bool:
    """Whether it is the column a rule reads; a number or a date is no text."""
    if column.storage not in ("VARCHAR", "VARCHAR[]"):
        return False
    if rule.what.startswith(OWN):
        header = rule.what.removeprefix(OWN)
        return column.name.startswith("own.") and fold_text(column.header) == fold_text(header)
    return column.name.partition("#")[0] == f"contacts.{rule.what}"


def _condition(rule: JoinRule, column: Column) -> str:
    """SQL of one bound text against a clean column; of a list, one of its items is enough."""
    name = f"c.{quoted(column.name)}"
    if column.storage == "VARCHAR[]":
        return f"contains('|' || fold_text(array_to_string({name}, '|')) || '|', ?)"
    said = f"fold_text(CAST({name} AS VARCHAR))"
    return f"{said} = ?" if rule.how == "is" else f"{rule.how}({said}, ?)"


def _bound(rule: JoinRule, column: Column) -> str:
    wanted = fold_text(rule.text)
    if column.storage != "VARCHAR[]" or rule.how == "contains":
        return wanted
    return f"|{wanted}|" if rule.how == "is" else f"|{wanted}"
