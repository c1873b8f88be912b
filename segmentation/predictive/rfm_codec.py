"""RFM limits and options as plain JSON, the form in which a base keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from segmentation.predictive.rfm import Cuts
from segmentation.predictive.rfm_limits import Options


def cuts_to_json(cuts: Cuts) -> dict[str, Any]:
    """Limits as JSON; amounts are numbers (they have few digits), the date is ISO."""
    return {
        "days": list(cuts.days),
        "orders": list(cuts.orders),
        "amounts": [_plain(amount) for amount in cuts.amounts],
        "derived": cuts.derived.isoformat() if cuts.derived else None,
        "customers": cuts.customers,
        "window_months": cuts.window_months,
        "combine_fm": cuts.combine_fm,
        "shares": {name: list(levels) for name, levels in cuts.shares.items()},
    }


def cuts_from_json(kept: Mapping[str, Any]) -> Cuts:
    """Limits as they were kept by ``cuts_to_json``."""
    return Cuts(
        days=tuple(int(day) for day in kept["days"]),
        orders=tuple(int(count) for count in kept["orders"]),
        amounts=tuple(Decimal(str(amount)) for amount in kept["amounts"]),
        derived=date.fromisoformat(kept["derived"]) if kept.get("derived") else None,
        customers=int(kept.get("customers", 0)),
        window_months=int(kept.get("window_months", 24)),
        combine_fm=bool(kept.get("combine_fm", False)),
        shares={
            name: tuple(float(share) for share in levels) for name, levels in kept.get("shares", {}).items()
        },
    )


def options_from_json(kept: Mapping[str, Any]) -> Options:
    """Options as a base keeps them; what is absent has its default."""

    def limits(name: str) -> tuple[int, ...] | None:
        return tuple(int(value) for value in kept[name]) if kept.get(name) else None

    amounts = kept.get("amounts")
    return Options(
        window_months=int(kept.get("window_months", 24)),
        pace=float(kept.get("pace", 1.0)),
        days=limits("days"),
        orders=limits("orders"),
        amounts=tuple(Decimal(str(amount)) for amount in amounts) if amounts is not None else None,
        rhythm_days=float(kept["rhythm_days"]) if kept.get("rhythm_days") else None,
        combine_fm=bool(kept.get("combine_fm", False)),
    )


def options_to_json(options: Options) -> dict[str, Any]:
    """Options as JSON."""
    return {
        "window_months": options.window_months,
        "pace": options.pace,
        "days": list(options.days) if options.days else None,
        "orders": list(options.orders) if options.orders else None,
        "amounts": [_plain(amount) for amount in options.amounts] if options.amounts is not None else None,
        "rhythm_days": options.rhythm_days,
        "combine_fm": options.combine_fm,
    }


def _plain(amount: Decimal) -> int | float:
    return int(amount) if amount == amount.to_integral_value() else float(amount)
