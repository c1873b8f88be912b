"""Every file of open data is made again by a step, left on purpose, or our own; archives are only read."""

from __future__ import annotations

import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from scripts import packages
from scripts.rebuild_reference import LEFT, SHIPPED, STEPS, _literal, folded, rows_of, unaccented
from segmentation.reference.credits import OPEN_DATA, libraries, shipped, version

OURS = {"country_aliases.csv", "email_domain_corrections.csv", "schema_synonyms.json", "sectors.csv"}


def test_every_file_has_its_origin() -> None:
    assert shipped() == set(STEPS) | set(LEFT) | OURS
    credited = {name for one in OPEN_DATA for name in one.files}
    assert credited == (set(STEPS) | set(LEFT))
    said = (SHIPPED / "SOURCES.md").read_text(encoding="utf-8")
    assert all(name in said for name in credited)


def test_versions_are_those_of_the_sources() -> None:
    said = (SHIPPED / "SOURCES.md").read_text(encoding="utf-8")
    for name, number in {**packages.PIP, **packages.NPM}.items():
        assert name in said and number in said, name


def test_libraries_have_a_version_and_a_licence() -> None:
    assert version()
    found = libraries()
    assert len(found) > 10 and all(one.version and one.licence for one in found)


@pytest.mark.parametrize(
    ("name", "key"),
    [("Saint-Étienne", "st etienne"), ("L'Haÿ-les-Roses", "l hay les roses"), ("Œuf", "oeuf")],
)
def test_spellings(name: str, key: str) -> None:
    assert folded(name) == key
    assert unaccented("Éloïse") == "eloise"


def test_archives_are_read_by_the_end_of_a_path(tmp_path: Path) -> None:
    for kind in ("pip", "npm"):
        (tmp_path / kind).mkdir()
    with zipfile.ZipFile(tmp_path / "pip" / "some_thing-1.0-py3-none-any.whl", "w") as wheel:
        wheel.writestr("some_thing/data/a.txt", "é")
    with tarfile.open(tmp_path / "npm" / "scope-other-2.0.tgz", "w:gz") as packed:
        info = tarfile.TarInfo("package/data/b.json")
        info.size = 2
        packed.addfile(info, io.BytesIO(b"[]"))
    assert packages.text(tmp_path, "pip:some-thing", "data/a.txt") == "é"
    assert packages.text(tmp_path, "npm:@scope/other", "data/b.json") == "[]"
    assert sorted(_literal("x = {'b', 'a'}\nprint(1)", "x")) == ["a", "b"]


def test_two_builds_are_compared_by_their_rows() -> None:
    assert rows_of("a.csv", b"x,y\n1,2\n3,4\n") == rows_of("a.csv", b"x,y\n3,4\n1,2\n")
    assert rows_of("a.csv", b"x\n1\n") != rows_of("a.csv", b"x\n2\n")
