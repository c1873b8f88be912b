"""The grammar of the command line; the options of all commands may stand before or after the command."""

from __future__ import annotations

import os
from argparse import SUPPRESS, ArgumentParser, ArgumentTypeError
from collections.abc import Callable
from datetime import date
from pathlib import Path

from segmentation.commands import asking, bringing, keeping, saved
from segmentation.i18n import LANGUAGES
from segmentation.lists.formats import FORMATS
from segmentation.lists.options import ONE_PER, STRATA

ROOT = Path(__file__).resolve().parents[2]
KINDS = ("contacts", "orders", "order_lines", "events")
STATES = ("yes", "customer", "professional", "unknown", "no")
CHANNELS = ("email", "sms", "phone", "post", "none")
"""Channels of a list; "none" is a working file of every member, to write to nobody from."""


def default_base() -> Path:
    """``CARNET_BASE``, else ``data/carnet.duckdb`` of the program's folder."""
    return Path(os.environ.get("CARNET_BASE") or ROOT / "data" / "carnet.duckdb")


def default_language() -> str:
    """English on a machine set to English, else French."""
    spoken = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "en" if spoken.startswith("en") else "fr"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r}: YYYY-MM-DD") from error


def _common() -> ArgumentParser:
    """Options of every command; absent ones leave no trace, so that both places may set them."""
    common = ArgumentParser(add_help=False, argument_default=SUPPRESS)
    common.add_argument("--base", type=Path, metavar="FILE")
    common.add_argument("--as-of", type=_day, metavar="YYYY-MM-DD", dest="as_of")
    common.add_argument("--lang", choices=tuple(LANGUAGES))
    common.add_argument("--json", action="store_true")
    return common


def make_parser() -> ArgumentParser:
    """The parser; what it gives has ``command``, a function of (asked, words) to an ``Answer``."""
    common = _common()
    parser = ArgumentParser(prog="python -m segmentation", parents=[common], allow_abbrev=False)
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, command: Callable[..., object]) -> ArgumentParser:
        made = commands.add_parser(name, parents=[common], help=_first_line(command), allow_abbrev=False)
        made.set_defaults(command=command)
        return made

    bring = add("import", bringing.import_file)
    bring.add_argument("file", type=Path, metavar="FILE", nargs="?")
    bring.add_argument("--inbox", action="store_true")
    bring.add_argument("--kind", choices=KINDS)
    bring.add_argument("--sheet", metavar="NAME")
    bring.add_argument("--mapping", type=Path, metavar="FILE.json")
    bring.add_argument("--source", metavar="NAME")
    bring.add_argument(
        "--consent",
        choices=STATES,
        help="said of everyone in the file; from an earlier file with the same columns, a yes is never taken"
        " up, another answer only when its source was named and is the same",
    )
    bring.add_argument("--dry-run", action="store_true", dest="dry_run")
    read = add("read", bringing.read)
    read.add_argument("file", type=Path, metavar="FILE")
    read.add_argument("--sheet", metavar="NAME")
    read.add_argument("--out", type=Path, metavar="FILE.csv", required=True)
    undo = add("undo", bringing.undo)
    undo.add_argument("import_id", type=int, nargs="?", metavar="IMPORT_ID")
    undo.add_argument(
        "--refusals",
        choices=("keep", "forget"),
        help="what it alone said of who must not be contacted; by default kept when it told who left, else"
        " forgotten with it",
    )
    add("count", asking.count).add_argument("criterion", type=Path, metavar="CRITERION.json")
    members = add("members", asking.members)
    members.add_argument("criterion", type=Path, metavar="CRITERION.json")
    members.add_argument("--out", type=Path, metavar="FILE.csv|FILE.xlsx", required=True)
    explain = add("explain", asking.explain)
    explain.add_argument("contact", metavar="CONTACT")
    explain.add_argument("criterion", type=Path, metavar="CRITERION.json")
    add("rfm", asking.rfm)
    _add_segments(add("segments", saved.segments), common)
    add("demo", bringing.demo).add_argument("--if-needed", action="store_true", dest="if_needed")
    add("backup", keeping.backup).add_argument("file", type=Path, metavar="FILE")
    add("backups", keeping.list_backups)
    add("restore", keeping.restore).add_argument("file", type=Path, metavar="FILE")
    add("check", keeping.check)
    return parser


def _add_segments(parser: ArgumentParser, common: ArgumentParser) -> None:
    actions = parser.add_subparsers(metavar="ACTION", required=True, dest="action")
    actions.add_parser("list", parents=[common])
    actions.add_parser("refresh", parents=[common])
    save = actions.add_parser("save", parents=[common])
    save.add_argument("name", metavar="NAME")
    save.add_argument("criterion", type=Path, metavar="CRITERION.json")
    actions.add_parser("show", parents=[common]).add_argument("name", metavar="NAME")
    export = actions.add_parser("export", parents=[common])
    export.add_argument("name", metavar="NAME")
    export.add_argument("--to", type=Path, metavar="FILE", required=True)
    export.add_argument("--channel", choices=CHANNELS)
    export.add_argument("--format", choices=[known.code for known in FORMATS])
    export.add_argument(
        "--with-outsiders",
        action="store_true",
        dest="with_outsiders",
        help="keep partners, suppliers, staff, friends and former colleagues, left out of any channel's list"
        ' by default (never of "none")',
    )
    export.add_argument("--without", action="append", metavar="NAME")
    export.add_argument("--quiet-days", type=int, default=0, metavar="N", dest="quiet_days")
    export.add_argument("--one-per", choices=ONE_PER, default=ONE_PER[0], dest="one_per")
    export.add_argument("--control", type=int, default=0, metavar="PERCENT")
    export.add_argument("--control-by", choices=STRATA, default=STRATA[0], dest="control_by")
    export.add_argument("--seed", type=int, default=1, metavar="N")


def _first_line(command: Callable[..., object]) -> str:
    return (command.__doc__ or "").partition("\n")[0]
