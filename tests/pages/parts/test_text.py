"""What the user's cells hold is shown, never obeyed."""

from __future__ import annotations

import re

import pytest
from markdown_it import MarkdownIt

from pages.parts.text import escape, inside, plain

HOSTILE = [
    "![](http://evil.test/x.png)",
    "[a](javascript:alert(1))",
    ":red[hi] :material/home: :smile: $x^2$",
    "**b** _i_ ~s~ `c` # h",
    "<img src=x onerror=alert(1)>",
    "1. list",
    "- list\n- list",
    "| a | b |",
    "&lt;b&gt; &copy;",
    "C:\\new\\*",
]


@pytest.mark.parametrize("value", HOSTILE)
def test_markdown_gives_the_value_back(value: str) -> None:
    shown = MarkdownIt().render("x " + escape(value)).removeprefix("<p>x ").removesuffix("</p>\n")
    assert "<" not in shown
    back = shown.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&amp;", "&")
    assert back.replace("\u2060", "") == " ".join(value.split())


@pytest.mark.parametrize(
    "value", ["http://evil.test", "www.evil.test", "a@b.test", ":material/home:", ":smile:"]
)
def test_nothing_is_left_for_what_runs_after_the_parser(value: str) -> None:
    bare = re.sub(r"\\(.)", r"\1", escape(value))
    assert not re.search(r"https?://|www\.|:\w+[:/]|\w@", bare)


def test_a_value_is_one_line_of_bounded_length() -> None:
    assert plain("a\n b\t c") == "a b c"
    assert len(plain("x" * 500)) == 80
    assert escape("x" * 500, longest=10) == "x" * 9 + "…"
    assert plain(None) == ""


def test_a_name_inside_a_sentence_has_no_capital_unless_it_is_letters_said_apart() -> None:
    assert [inside(name) for name in ("E-mail", "Courrier", "SMS", "")] == ["e-mail", "courrier", "SMS", ""]
