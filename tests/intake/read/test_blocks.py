"""A text with few quotes is read line by line, as the look at all its characters would read it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from segmentation.intake.read import blocks

LINES = st.sampled_from(
    (b"a;b", b'"a";b', b'a;"b;c"', b'a;"b""c"', b'"', b'a;"b\nc"', b'x"y;z', b"", b'a;""', b'"a"b;c',
     b'"a" ;b', b'a;"b\rc"', b"a\r", b'""""', b'";a')
)  # fmt: skip


@given(st.lists(LINES, min_size=1, max_size=12), st.sampled_from([b"\n", b"\r\n"]), st.booleans())
def test_quotes_are_read_alike_line_by_line_and_all_at_once(
    lines: list[bytes], end: bytes, ended: bool
) -> None:
    plain = [b"a;b"] * (4 * len(lines))
    data = end.join([*plain, *lines]) + (end if ended else b"")
    found = blocks.regular(data, delimiter=b";", mark=b'"')
    if b'"' in data:
        assert found == blocks._quoted(data, ord(";"), ord('"'))


def test_a_cell_over_two_lines_is_one_record() -> None:
    data = b"a;b\n" * 20 + b'a;"b\nc"\n' + b"a;b\n"
    found = blocks.regular(data, delimiter=b";", mark=b'"')
    assert found is not None and (len(found.records), set(found.widths), found.folded) == (22, {2}, {20})
