"""``python -m segmentation``: the whole core without a browser.

``--json`` prints one JSON object. An error is one sentence on stderr and exit 1; wrong usage is exit 2.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from segmentation.commands.answer import sentence
from segmentation.commands.parser import default_base, default_language, make_parser
from segmentation.errors import CarnetError
from segmentation.i18n import words


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    asked = make_parser().parse_args(arguments)
    for name, value in {
        "base": default_base(),
        "as_of": None,
        "lang": default_language(),
        "json": False,
    }.items():
        if not hasattr(asked, name):
            setattr(asked, name, value)
    w = words(asked.lang)
    try:
        answer = asked.command(asked, w)
    except CarnetError as error:
        print(sentence(error, w), file=sys.stderr)
        return 1
    except OSError as error:
        name = os.path.basename(str(error.filename or ""))  # noqa: PTH119 - may be a number or empty
        print(w("error.file", name=name, reason=error.strerror or ""), file=sys.stderr)
        return 1
    except Exception:
        if os.environ.get("CARNET_DEBUG"):
            raise
        print(w("error.unexpected"), file=sys.stderr)
        return 1
    print(answer.json() if asked.json else "\n".join(answer.lines))
    return 0 if answer.well else 1


if __name__ == "__main__":
    sys.exit(main())
