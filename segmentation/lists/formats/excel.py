"""The workbook people open: the list, what it is, and figures with charts."""

from __future__ import annotations

from typing import BinaryIO

import numpy as np
import numpy.typing as npt

from segmentation.lists.figures import figure_blocks, steps_block
from segmentation.lists.formats.form import Content, ListFormat
from segmentation.lists.waterfall import NO_CHANNEL
from segmentation.lists.workbook import write_workbook
from segmentation.reports.breakdowns import breakdowns
from segmentation.traits.consent import CHANNELS

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write(out: BinaryIO, content: Content) -> int:
    """Write the workbook."""
    found, w, evaluator = content.about.found, content.w, content.evaluator
    pictures = breakdowns(evaluator, _mask(found.ids), bars=8)
    return write_workbook(
        out, content.columns, content.rows(), w,
        about=content.about,
        figures=(steps_block(found, w), *figure_blocks(evaluator.catalogue, pictures, w)),
        currency=content.currency,
    )  # fmt: skip


def _mask(ids: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    mask = np.zeros(int(ids[-1]) + 1, dtype=np.bool_)
    mask[ids] = True
    return mask


EXCEL = ListFormat("xlsx", "xlsx", MIME, (*CHANNELS, NO_CHANNEL), write)
