"""Whether frozen RFM limits still fit the base, and what new ones would change: a proposal, never an act."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from segmentation.predictive.rfm import Cuts, Numbers, groups, level_shares, scores
from segmentation.predictive.rfm_limits import RELATIVE, Options, derive_cuts

TOO_THIN = 0.05
TOO_THICK = 0.50
PSI_LIMIT = 0.2
QUARTER = timedelta(days=90)
_FLOOR = 1e-4  # a level nobody is in still has a logarithm


@dataclass(frozen=True, slots=True)
class Proposal:
    """Why the limits could be derived again, what they would become and how many buyers would change group.

    ``reasons`` are (code, dimension, value): "thin" or "thick" with the share of the worst level of R or M,
    "psi" with the drift of R, F or M since calibration.
    """

    reasons: tuple[tuple[str, str, float], ...]
    psi: Mapping[str, float]
    cuts: Cuts
    changed: int


def psi(now: Sequence[float], then: Sequence[float]) -> float:
    """Population stability index Σ (p − q)·ln(p / q) of two lists of shares; over 0.2 they drifted."""
    pairs = [(max(p, _FLOOR), max(q, _FLOOR)) for p, q in zip(now, then, strict=True)]
    return sum((p - q) * math.log(p / q) for p, q in pairs)


def propose(
    days: Sequence[float] | Numbers,
    orders: Sequence[float] | Numbers,
    amounts: Sequence[float] | Numbers,
    cuts: Cuts,
    *,
    as_of: date,
    options: Options = RELATIVE,
) -> Proposal | None:
    """A recalibration, or None while the limits fit, were derived less than 90 days ago, or would not move.

    A level of R or M under 5 % or over 50 % of the buyers is a reason; F, whose limits are fixed, drifts by
    its stability index only. The levels that terciles leave empty (M 2 and 4) are no reason.
    """
    if cuts.derived is not None and as_of - cuts.derived < QUARTER:
        return None
    scored = scores(days, orders, amounts, cuts)
    shares = level_shares(scored)
    drift = {name: psi(shares[name], cuts.shares[name]) for name in shares if name in cuts.shares}
    reasons = [
        *_uneven(shares, cuts),
        *(("psi", name, value) for name, value in drift.items() if value > PSI_LIMIT),
    ]
    fresh = derive_cuts(days, orders, amounts, options=options, as_of=as_of)
    if not reasons or (fresh.days, fresh.orders, fresh.amounts) == (cuts.days, cuts.orders, cuts.amounts):
        return None
    moved = groups(scored, cuts) != groups(scores(days, orders, amounts, fresh), fresh)
    return Proposal(tuple(reasons), drift, fresh, int(np.count_nonzero(moved)))


def _uneven(shares: Mapping[str, tuple[float, ...]], cuts: Cuts) -> list[tuple[str, str, float]]:
    reasons: list[tuple[str, str, float]] = []
    for name in ("r", "m"):
        levels = list(shares.get(name, ()))
        if name == "m":
            levels = levels[:: cuts.money_step]
        if levels and min(levels) < TOO_THIN:
            reasons.append(("thin", name, min(levels)))
        if levels and max(levels) > TOO_THICK:
            reasons.append(("thick", name, max(levels)))
    return reasons
