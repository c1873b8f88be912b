"""People written as JSON: a list of objects, one object a line, or a list inside an object; one row each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from segmentation.errors import InputError


def json_rows(text: str) -> Iterator[Sequence[str]]:
    """The names of all members, then one row an object; nothing when no object is found.

    Objects inside an object become columns named with a dot ("address.city"); a list of plain values is
    joined with commas, a list of objects stays JSON. Raises InputError ``error.read.json``.
    """
    objects = [_flat(found) for found in _objects(text)]
    columns = list(dict.fromkeys(column for found in objects for column in found))
    if columns:
        yield columns
        for found in objects:
            yield [found.get(column, "") for column in columns]


def _objects(text: str) -> list[Mapping[str, object]]:
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return _lines(text)
    found = _longest_list(whole)
    return found if found else [whole] if isinstance(whole, dict) and whole else []


def _lines(text: str) -> list[Mapping[str, object]]:
    """One object a line (JSON Lines); a line that is none makes the file unreadable, never shorter."""
    try:
        found = [json.loads(line) for line in text.splitlines() if line.strip()]
    except (ValueError, RecursionError) as error:
        raise InputError("error.read.json") from error
    if not all(isinstance(line, dict) for line in found):
        raise InputError("error.read.json")
    return found


def _longest_list(value: object, depth: int = 3) -> list[Mapping[str, object]]:
    """The longest list of objects in a value or, a few levels down, in its members."""
    if isinstance(value, list):
        return value if value and all(isinstance(item, dict) for item in value) else []
    if not isinstance(value, dict) or depth == 0:
        return []
    lists = (_longest_list(member, depth - 1) for member in value.values() if not isinstance(member, str))
    return max(lists, key=len, default=[])


def _flat(found: Mapping[str, object], prefix: str = "") -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in found.items():
        if isinstance(value, dict) and value and len(prefix) < 200:
            cells |= _flat(value, f"{prefix}{name}.")
        else:
            cells[f"{prefix}{name}"] = _cell(value)
    return cells


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return ", ".join(_cell(item) for item in value)
    return json.dumps(value, ensure_ascii=False)
