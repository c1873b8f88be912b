"""The cells of a column that no rule touches, or whose clean value is known at sight: no table keeps them.

Texts that the rules leave as they are; and ordinary addresses and numbers, in a column whose cells nearly all
differ. Their values are made where the columns are joined back to the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from segmentation.intake.clean import emails, phones
from segmentation.intake.clean.columns import CONSENT_FIELDS, Column
from segmentation.intake.clean.context import Context
from segmentation.intake.clean.rules import Rule


@dataclass(frozen=True, slots=True)
class Usual:
    """The ordinary cells of a column read row by row: which they are, what they become (SQL over ``{x}``, the
    cell, and ``cc``), the flag that gives, and the counted rule that would do it.
    """

    where: str
    value: str
    flag: str
    rule: str = ""


def usual_cells(context: Context, rules: Sequence[Rule]) -> Usual | None:
    """What is usual in a column of addresses or numbers read row by row; None when nothing is."""
    if context.type == "email":
        return Usual(emails.PLAIN, "{x}", "TRUE")
    if context.type == "phone" and any(rule.key == phones.FORM for rule in rules):
        return Usual(phones.ORDINARY, phones.ORDINARY_VALUE, phones.ORDINARY_MOBILE, phones.FORM)
    return None


def stays_as_written(column: Column, context: Context) -> bool:
    """Whether a cell that no rule touches is its own clean value."""
    is_text = column.storage == "VARCHAR" and context.type not in ("email", "phone")
    return is_text and column.key not in CONSENT_FIELDS
