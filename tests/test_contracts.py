"""Each contract of pyproject.toml really fails when a room breaks it, and says which one."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from launch.checks import LINT_IMPORTS

PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"
CONTRACTS = {
    contract["id"]: contract["name"]
    for contract in tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
}
HOUSE = (
    "segmentation/errors.py",
    "segmentation/workspace.py",
    "segmentation/criteria/compile.py",
    "segmentation/store/database.py",
    "segmentation/traits/__init__.py",
    "segmentation/traits/place.py",
    "segmentation/traits/totals.py",
    "segmentation/traits/trait.py",
    "segmentation/reports/rfm.py",
    "segmentation/privacy/rights.py",
    "pages/base/home.py",
    "pages/act/segments.py",
    "pages/act/lists.py",
    "pages/parts/grid.py",
    "pages/parts/charts/draw.py",
    "launch/server.py",
)
RIGHT = {
    "segmentation/traits/__init__.py": "from segmentation.traits import place, totals",
    "segmentation/traits/place.py": "from segmentation.traits.trait import Trait",
    "segmentation/store/database.py": "import duckdb\nfrom segmentation.criteria import compile",
    "segmentation/criteria/compile.py": "import sqlglot\nfrom segmentation import errors",
    "segmentation/workspace.py": "from segmentation.store import database",
    "pages/parts/charts/draw.py": "import plotly.graph_objects",
    "pages/parts/grid.py": "import st_aggrid",
    "pages/act/lists.py": "import streamlit\nfrom pages.parts import grid\nimport segmentation.workspace",
}
WRONG = [
    ("floors", "segmentation/errors.py", "from segmentation.store import database"),
    ("floors", "segmentation/criteria/compile.py", "import segmentation.store.database"),
    ("floors", "segmentation/reports/rfm.py", "from segmentation.privacy import rights"),
    ("floors", "segmentation/shed/tools.py", ""),
    ("no-screen-in-core", "segmentation/reports/rfm.py", "import streamlit as st"),
    ("no-screen-in-core", "segmentation/reports/rfm.py", "def draw():\n    from plotly import express"),
    ("no-screen-in-core", "segmentation/workspace.py", "from pages.parts import grid"),
    ("one-door-to-duckdb", "segmentation/reports/rfm.py", "import duckdb"),
    ("one-door-to-duckdb", "pages/base/home.py", "import duckdb"),
    ("one-door-to-sqlglot", "segmentation/store/database.py", "import sqlglot.expressions"),
    ("one-door-to-plotly", "pages/parts/grid.py", "import plotly.express"),
    ("one-door-to-aggrid", "pages/act/lists.py", "from st_aggrid import AgGrid"),
    ("traits-apart", "segmentation/traits/totals.py", "from segmentation.traits.place import PLACE"),
    ("screens-apart", "pages/act/lists.py", "from pages.act import segments"),
    ("screens-apart", "pages/act/lists.py", "from pages.base.home import render"),
    ("parts-below-screens", "pages/parts/grid.py", "from pages.base import home"),
    ("launch-stands-alone", "launch/server.py", "from segmentation import errors"),
]


def build(house: Path, **more: str) -> None:
    """A small house with the same rooms; `more` adds a line to the file of that path."""
    texts = dict.fromkeys(HOUSE, "") | RIGHT
    for path, line in more.items():
        texts[path] = texts.get(path, "") + "\n" + line + "\n"
    for path, text in texts.items():
        file = house / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        for folder in [file.parent, *file.parent.parents]:
            if folder == house:
                break
            (folder / "__init__.py").touch()
    (house / "pyproject.toml").write_text(PYPROJECT.read_text(encoding="utf-8"), encoding="utf-8")


def check(house: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache"],
        cwd=house,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_a_house_in_order_keeps_them_all(tmp_path: Path) -> None:
    build(tmp_path)
    done = check(tmp_path)
    assert done.returncode == 0, done.stdout
    assert f"{len(CONTRACTS)} kept, 0 broken" in done.stdout


@pytest.mark.parametrize(("contract", "path", "line"), WRONG, ids=lambda value: value.split("\n")[-1][:50])
def test_a_wrong_import_breaks_its_contract(tmp_path: Path, contract: str, path: str, line: str) -> None:
    build(tmp_path, **{path: line})
    done = check(tmp_path)
    assert done.returncode == 1
    assert f"{CONTRACTS[contract]} BROKEN" in " ".join(done.stdout.split())


def test_every_contract_is_tried() -> None:
    assert {contract for contract, _, _ in WRONG} == set(CONTRACTS)
