"""What the files of campaign tools share: a few columns under the tool's own names, then those chosen.

An address or number is in the file only when its person accepts that channel: a tool that is given a mobile
number may send to it. The address of the list's own channel is always there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from segmentation.lists.columns import ListColumn
from segmentation.lists.csv_file import Dialect, write_csv
from segmentation.lists.formats.form import Content
from segmentation.results import Value

Row = Mapping[str, Value]
"""The values of one person by field code."""


@dataclass(frozen=True, slots=True)
class ToolColumn:
    """One column of the tool: its header, the fields whose first filled one it takes, and their channel."""

    header: str
    codes: tuple[str, ...]
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Tool:
    """How a tool takes a file.

    ``columns`` come first; the columns chosen follow, under ``headers[code]`` or what ``name`` makes of their
    own. ``values`` says how a field is written, when not as it is.
    """

    columns: tuple[ToolColumn, ...]
    dialect: Dialect
    name: Callable[[str], str] = str
    headers: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Callable[[Value], Value]] = field(default_factory=dict)
    text: Callable[[str], str] = str


IDENTITY = frozenset(
    {
        "contact_id",
        "civility",
        "first_name",
        "last_name",
        "full_name",
        "email",
        "sms_number",
        "phone",
        "mobile",
    }
)
"""Fields that the tool's own columns hold, or that it has no use for."""


def write_tool(out: BinaryIO, content: Content, tool: Tool) -> int:
    """Write the list as the tool takes it; how many people are in it."""
    own = [column for column in content.columns if column.code not in IDENTITY]
    channels = dict.fromkeys(column.channel for column in tool.columns if column.channel)
    codes = [code for column in tool.columns for code in column.codes]
    reach = [f"reachable_{channel}" for channel in channels if channel != content.channel]
    read = (*content.of((*codes, *reach)), *own)
    headers = unique(
        [
            *(column.header for column in tool.columns),
            *(tool.headers.get(column.code) or tool.name(column.header) for column in own),
        ]
    )
    return write_csv(out, headers, _written(content, tool, read, own), dialect=tool.dialect)


def _written(
    content: Content, tool: Tool, read: Sequence[ListColumn], own: Sequence[ListColumn]
) -> Iterator[Sequence[Value]]:
    names = [column.code for column in read]
    for values in content.rows(read):
        row = dict(zip(names, values, strict=True))
        given = [_given(column, row, content.channel) for column in tool.columns]
        chosen = [
            tool.values[column.code](row[column.code]) if column.code in tool.values else row[column.code]
            for column in own
        ]
        yield [tool.text(value) if isinstance(value, str) else value for value in (*given, *chosen)]


def _given(column: ToolColumn, row: Row, channel: str) -> Value:
    """The first filled value of a tool's column; nothing when its channel is not accepted."""
    if column.channel not in ("", channel) and not row[f"reachable_{column.channel}"]:
        return None
    return next((row[code] for code in column.codes if row[code] is not None), None)


def unique(headers: Sequence[str]) -> list[str]:
    """The headers, a repeated one numbered: tools refuse two columns of one name."""
    seen: dict[str, int] = {}
    named = []
    for header in headers:
        seen[header.casefold()] = rank = seen.get(header.casefold(), 0) + 1
        named.append(header if rank == 1 else f"{header}_{rank}")
    return named
