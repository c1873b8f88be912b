"""A recalibration is proposed when limits no longer fit, with how many would change; otherwise nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from segmentation.predictive.rfm import Cuts
from segmentation.predictive.rfm_drift import propose, psi
from segmentation.predictive.rfm_limits import derive_cuts

NOW = date(2026, 11, 22)
rng = np.random.default_rng(11)
DAYS, ORDERS, SPENT = rng.integers(0, 700, 2000), rng.integers(1, 8, 2000), rng.gamma(2, 60, 2000)


@pytest.mark.parametrize(
    ("now", "then", "value"),
    [
        ((0.2,) * 5, (0.2,) * 5, 0.0),
        ((0.5, 0.5), (0.25, 0.75), 0.25 * np.log(2) - 0.25 * np.log(2 / 3)),
        ((0.0, 1.0), (0.5, 0.5), (1e-4 - 0.5) * np.log(2e-4) + 0.5 * np.log(2)),
    ],
)
def test_psi(now: tuple[float, ...], then: tuple[float, ...], value: float) -> None:
    assert psi(now, then) == pytest.approx(value)


def test_nothing_is_proposed_while_the_limits_fit() -> None:
    cuts = derive_cuts(DAYS, ORDERS, SPENT, as_of=date(2026, 1, 1))
    assert propose(DAYS, ORDERS, SPENT, cuts, as_of=NOW) is None


def test_a_base_gone_quiet_is_proposed_new_limits_at_most_once_a_quarter() -> None:
    cuts = derive_cuts(DAYS // 10, ORDERS, SPENT, as_of=date(2026, 8, 24))
    proposal = propose(DAYS, ORDERS, SPENT, cuts, as_of=NOW)
    assert proposal is not None
    assert {(code, name) for code, name, _ in proposal.reasons} >= {("thick", "r"), ("psi", "r")}
    assert proposal.psi["f"] == pytest.approx(0, abs=1e-6)
    assert 0 < proposal.changed <= 2000
    assert proposal.cuts.derived == NOW
    assert propose(DAYS, ORDERS, SPENT, replace(cuts, derived=date(2026, 8, 25)), as_of=NOW) is None


def test_fixed_frequency_limits_are_a_reason_only_when_they_drift() -> None:
    ones = np.where(np.arange(2000) < 1500, 1, ORDERS)
    cuts = derive_cuts(DAYS, ones, SPENT, as_of=date(2025, 1, 1))
    assert propose(DAYS, ones, SPENT, cuts, as_of=NOW) is None


def test_terciles_leave_no_thin_level() -> None:
    cuts = derive_cuts(DAYS[:150] % 500, ORDERS[:150], SPENT[:150], as_of=date(2025, 1, 1))
    found = propose(DAYS[:150] % 500, ORDERS[:150], SPENT[:150], cuts, as_of=NOW)
    assert found is None or not [reason for reason in found.reasons if reason[1] == "m"]


def test_first_limits_never_derived_are_proposed() -> None:
    proposal = propose(DAYS, ORDERS, SPENT, Cuts(days=(1, 2, 3, 4)), as_of=NOW)
    assert proposal is not None
    assert ("thick", "r") in {(code, name) for code, name, _ in proposal.reasons}
