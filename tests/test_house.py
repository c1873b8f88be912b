"""The house keeps its shape: names, first sentences, sizes, and who may import what."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CORE = sorted((ROOT / "segmentation").rglob("*.py"))
SCREENS = sorted((ROOT / "pages").rglob("*.py"))
CATCH_ALLS = {"utils", "helpers", "manager", "common", "base", "misc"}
OWNERS = {
    "duckdb": ("segmentation/store/",),
    "sqlglot": ("segmentation/criteria/",),
    "plotly": ("pages/parts/charts/",),
    "streamlit": ("pages/",),
    "st_aggrid": ("pages/parts/",),
}


def place(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", [*CORE, *SCREENS], ids=place)
def test_each_file_says_its_idea_first(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source)), f"{place(path)} has no first sentence"


@pytest.mark.parametrize("path", [*CORE, *SCREENS], ids=place)
def test_no_file_is_a_catch_all(path: Path) -> None:
    assert path.stem not in CATCH_ALLS


@pytest.mark.parametrize("path", SCREENS, ids=place)
def test_a_section_is_the_heading_right_under_the_title(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "st.subheader(" not in source, "a section is st.header: a screen reader hears a level left out"


FOLDED = re.compile(r"st\.expander\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*icon=")


@pytest.mark.parametrize("path", SCREENS, ids=place)
def test_a_folded_box_shows_that_it_opens(path: Path) -> None:
    assert not FOLDED.search(path.read_text(encoding="utf-8")), "an icon takes the place of the chevron"


def test_the_words_of_a_row_of_choices_can_be_read_in_the_dark() -> None:
    rows = [path.read_text(encoding="utf-8") for path in SCREENS]
    asking = [one for one in rows if "st.segmented_control(" in one or "st.pills(" in one]
    assert asking
    assert all("format_func=inked(" in one for one in asking), "see pages/parts/ink.py"


@pytest.mark.parametrize("library", OWNERS)
def test_each_library_has_one_room(library: str) -> None:
    strangers = [
        place(path)
        for path in [*CORE, *SCREENS]
        if library in imported(path) and not place(path).startswith(OWNERS[library])
    ]
    assert not strangers, f"{library} belongs to {OWNERS[library]}"


def test_no_screen_lies_where_streamlit_would_run_it_alone() -> None:
    assert [path.name for path in (ROOT / "pages").glob("*.py")] in ([], ["__init__.py"])


@pytest.mark.parametrize("path", [*CORE, *SCREENS], ids=place)
def test_nothing_is_shown_as_raw_html_or_run_from_a_name(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert "unsafe_allow_html" not in source
    assert "enable_enterprise_modules=True" not in source
    assert "ignore_errors" not in source or path.name.startswith("test")
