"""Coverage-guided fuzzing of the byte reader: whatever the bytes, a table that adds up or one sentence.

    python -m benchmarks.fuzz --minutes 60 --seeds DIR --findings DIR

Needs atheris (Apache-2.0; ``pip install atheris==3.0.0``, Linux), which is no dependency of Carnet. The first
byte of an input chooses the name the file is read under (.csv, .tsv, .xls, .vcf, .jsonl, .xml); workbooks in
containers are left to ``benchmarks.read_corpora``, each costing a process. A finding, told apart by the line
that raised it, is written to its folder with the bytes that led there, and the run goes on.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path

NAMES = ("clients.csv", "clients.tsv", "clients.xls", "clients.vcf", "clients.jsonl", "clients.xml")
CONTAINERS = (b"PK", b"\xd0\xcf\x11\xe0", b"PAR1")
LONGEST = 6_000
"""Bytes of an input: beyond, a run explores fewer paths in the same time."""
EVERY = 10
"""One table in so many is also recognised and read again by DuckDB, as dear as twenty readings."""


def main() -> int:
    """Fuzzes for the minutes asked and prints what was found."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=60)
    options.add_argument("--seeds", type=Path, help="files to start from, small ones are taken")
    options.add_argument("--findings", type=Path, required=True)
    chosen = options.parse_args()
    try:
        import atheris
    except ImportError:
        print("This needs atheris: pip install atheris==3.0.0 (Linux).")
        return 2
    with atheris.instrument_imports(include=["segmentation.intake.read"]):
        from benchmarks.read_corpora import check
        from segmentation.errors import InputError
        from segmentation.intake.read import read_file
        from segmentation.intake.recognise import recognise

    chosen.findings.mkdir(parents=True, exist_ok=True)
    corpus = chosen.findings / "corpus"
    corpus.mkdir(exist_ok=True)
    _seed(corpus, chosen.seeds)
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    seen: set[str] = set()
    tally = {"runs": 0, "tables": 0, "sentences": 0}
    began = time.monotonic()

    def once(data: bytes) -> None:
        if len(data) < 2 or data[1:].startswith(CONTAINERS):
            return
        path = folder / NAMES[data[0] % len(NAMES)]
        path.write_bytes(data[1:])
        tally["runs"] += 1
        if tally["runs"] % 5_000 == 0:
            minutes = round((time.monotonic() - began) / 60, 1)
            print({**tally, "findings": len(seen), "minutes": minutes}, flush=True)
        table = None
        try:
            table = read_file(path, name=path.name, workdir=folder)
            rows = sum(1 for _, cells in table.rows() if len(cells) == len(table.headers))
            assert rows + table.rows_refused == table.rows_read, "rows do not add up"
            if tally["runs"] % EVERY == 0:
                recognise(table)
                check(table)
            tally["tables"] += 1
        except InputError:
            tally["sentences"] += 1
        except Exception as error:
            _keep(error, data, seen=seen, folder=chosen.findings)
        finally:
            if table is not None:
                with suppress(OSError):
                    table.path.unlink()

    seconds = int(chosen.minutes * 60)
    flags = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=2500"]
    atheris.Setup([sys.argv[0], str(corpus), *flags, f"-artifact_prefix={chosen.findings}/"], once)
    atheris.Fuzz()
    return int(bool(seen))


def _seed(corpus: Path, seeds: Path | None) -> None:
    """Small files of ``seeds``, each behind the byte that names it again."""
    endings = tuple(Path(name).suffix for name in NAMES)
    for number, path in enumerate(sorted(seeds.rglob("*")) if seeds else ()):
        if not path.is_file() or path.stat().st_size >= LONGEST:
            continue
        data = path.read_bytes()
        if data.startswith(CONTAINERS):
            continue
        place = endings.index(path.suffix) if path.suffix in endings else 0
        (corpus / f"seed-{number}").write_bytes(bytes([place]) + data)


def _keep(error: Exception, data: bytes, *, seen: set[str], folder: Path) -> None:
    """The first bytes that raise at one line of our code, with the trace."""
    trail = traceback.extract_tb(error.__traceback__)
    frames = [frame for frame in trail if "segmentation" in frame.filename] or list(trail)
    last = frames[-1]
    place = f"{Path(last.filename).stem}-{last.lineno}-{type(error).__name__}"
    if place in seen:
        return
    seen.add(place)
    (folder / f"{place}.bin").write_bytes(data)
    trace = "".join(traceback.format_exception(error))
    (folder / f"{place}.txt").write_text(trace, encoding="utf-8")
    print("found:", place, str(error)[:200], flush=True)


if __name__ == "__main__":
    sys.exit(main())
