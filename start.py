# -*- coding: utf-8 -*-
"""One command for everything: sets Carnet up and opens it; `test` checks it, `run …` is its command line.

Standard library only. This file stays readable by any old Python, to refuse it in one sentence;
the rest is in launch/.
"""

import os
import sys

OLDEST = (3, 11)


def too_old():
    """Say in one sentence which Python is needed; return the exit code."""
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or "fr"
    if locale[:2] in ("fr", "C", "C.", "PO"):  # a machine that does not say: French, as everywhere
        sentence = (
            "Carnet demande Python 3.11 ou plus récent (ici : {0}.{1}) : "
            "installez-le depuis python.org, puis relancez."
        )
    else:
        sentence = (
            "Carnet needs Python 3.11 or newer (this is {0}.{1}): "
            "install it from python.org, then start again."
        )
    sys.stderr.write(sentence.format(*sys.version_info[:2]) + "\n")
    return 1


if __name__ == "__main__":
    if sys.version_info < OLDEST:
        sys.exit(too_old())
    from launch.command import main

    sys.exit(main(sys.argv[1:]))
