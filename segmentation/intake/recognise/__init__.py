"""What a table is about: the kind of its rows, the field in each of its columns."""

from segmentation.intake.recognise.columns import fingerprint, layout, recognise
from segmentation.intake.recognise.model import ACCEPTED, ASKED, LEFT_OUT, ColumnGuess, Recognition

__all__ = [
    "ACCEPTED",
    "ASKED",
    "LEFT_OUT",
    "ColumnGuess",
    "Recognition",
    "fingerprint",
    "layout",
    "recognise",
]
