"""The group rules of an open base: kept, changed, and given to who is already there."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from segmentation.criteria.codec import criterion_from_json
from segmentation.errors import CriterionError, InputError
from segmentation.intake import by_hand
from segmentation.intake.by_hand import Written
from segmentation.intake.joining import OF_FILE, OWN, SETTING, JoinRule, rules_from_json, rules_to_json
from segmentation.reports.relations import rows_of
from segmentation.results import Statement
from segmentation.store.fold import contact_rows
from segmentation.store.imports import read_imports
from segmentation.store.schema import ENTITIES
from segmentation.store.session import Session
from segmentation.store.settings import read_settings, write_setting
from segmentation.store.user_columns import read_user_columns
from segmentation.workspace.edits import kept, registered

if TYPE_CHECKING:
    from segmentation.workspace.opened import OpenBase


def rules(base: OpenBase) -> tuple[JoinRule, ...]:
    """The rules in force, in the order in which they were made."""
    return rules_from_json(base.settings.get(SETTING))


def keep_rules(base: OpenBase, asked: Sequence[JoinRule]) -> None:
    """These rules and no others from the next import on; one said twice is kept once."""
    _keep(base, lambda _: asked)


def add_rule(base: OpenBase, rule: JoinRule) -> None:
    """One rule more, whatever others are kept at the same moment."""
    _keep(base, lambda held: (*held, rule))


def drop_rule(base: OpenBase, rule: JoinRule) -> None:
    """This rule and no other is gone, whatever others are kept at the same moment."""
    _keep(base, lambda held: [one for one in held if one != rule])


def _keep(base: OpenBase, change: Callable[[tuple[JoinRule, ...]], Sequence[JoinRule]]) -> None:
    """What ``change`` makes of the rules as they stand, in one transaction."""
    with base.database.session() as session, session.transaction(write=True):
        held = rules_from_json(read_settings(session).get(SETTING))
        write_setting(session, SETTING, rules_to_json(dict.fromkeys(change(held))) or None)


def people_of(base: OpenBase, rule: JoinRule) -> tuple[int, ...]:
    """Who is in the base already and the rule is about, in its group or not, ascending."""
    if rule.what in OF_FILE:
        with base.database.session() as session, session.transaction(write=False):
            return _of_files(session, rule)
    field = _field(base, rule)
    if field is None:
        return ()
    value: object = rule.text
    op = rule.how
    if base.catalogue.fields[field].kind == "list":
        op, value = "any_of", _items(base, rule, field)
    if not value:
        return ()
    try:
        asked = criterion_from_json({"field": field, "op": op, "value": value})
        return tuple(int(one) for one in base.evaluator.ids(asked))
    except CriterionError:
        return ()


def apply_rule(base: OpenBase, rule: JoinRule) -> Written:
    """Put who is there already in the rule's group, as one import that can be undone.

    Raises InputError ``error.contact.tagged`` when it is about nobody who is not in the group.
    """
    people = people_of(base, rule)
    if not people:
        raise InputError("error.contact.tagged", name=rule.group)
    origin, author = rule.origin(), base.author

    def written(session: Session) -> Written:
        with registered(session, people) as table:
            return by_hand.tag_contacts(session, table, rule.group, author=author, origin=origin)

    return kept(base, written)


def _of_files(session: Session, rule: JoinRule) -> tuple[int, ...]:
    """The people any standing import speaks of, whose source, name or sheet the rule holds of."""
    named = {"source": "source", "file": "file_name", "sheet": "sheet"}[rule.what]
    numbers = [
        row.import_id
        for row in read_imports(session)
        if row.undone_at is None and row.file_name and rule.holds(getattr(row, named))
    ]
    if not numbers:
        return ()
    among = ", ".join(str(int(number)) for number in numbers)
    parts = " UNION ".join(
        f"SELECT contact_id FROM {contact_rows(session, entity)} AS r WHERE import_id IN ({among})"
        for entity in ENTITIES
    )
    sql = f"SELECT contact_id FROM ({parts}) SEMI JOIN (FROM contacts WHERE live) USING (contact_id)"
    return tuple(int(str(row[0])) for row in session.run(Statement(f"{sql} ORDER BY 1")).rows)


def _items(base: OpenBase, rule: JoinRule, code: str) -> list[str]:
    """The items of a list field that the rule is about, as at import."""
    field = base.catalogue.fields[code]
    rows = rows_of(base.catalogue, field.relation)
    sql = f"SELECT DISTINCT unnest({field.expression}) FROM ({rows.sql}) AS r"
    found = (row[0] for row in base.database.run(Statement(sql, rows.params)).rows)
    return sorted(str(item) for item in found if item is not None and rule.holds(str(item)))


def _field(base: OpenBase, rule: JoinRule) -> str | None:
    """The code of the field a rule reads, None when the base has it no more."""
    if not rule.what.startswith(OWN):
        return rule.what if rule.what in base.catalogue.fields else None
    header = JoinRule(rule.what, "is", rule.what.removeprefix(OWN), rule.group)
    found = (c.code for c in read_user_columns(base.database, "contacts") if header.holds(c.header))
    return next(found, None)


def rule_of(origin: str | None) -> JoinRule | None:
    """The rule a membership came from, None when a file or a person gave it."""
    found = rules_from_json([json.loads(origin)]) if origin else ()
    return found[0] if found else None
