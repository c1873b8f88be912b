"""How a list is narrowed beyond consent: segments left out, rest, one per home, a control group kept out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from segmentation.errors import ListError

PERSON, HOUSEHOLD, COMPANY = "person", "household", "company"
ONE_PER: tuple[str, ...] = (PERSON, HOUSEHOLD, COMPANY)
"""One message per person, per home (same address and last name), or per company."""

STRATA: tuple[str, ...] = ("rfm_segment", "value_tier")
"""What a control group is balanced by: the RFM group, or the value tier."""

MOST_DAYS, MOST_PERCENT = 3650, 50


@dataclass(frozen=True, slots=True)
class ListOptions:
    """Each one off by default.

    ``outsiders``: partners, suppliers, staff, friends and former colleagues, no customers, stay in.
    ``without`` are keys of saved segments whose members stay out; ``since`` the number of a past list whose
    people stay out. ``quiet_days``: who was written to in the last so many days stays out, 0 for nobody.
    ``control`` is the percentage of the list kept out to measure what the campaign brings, drawn by ``seed``
    in each stratum of ``strata``.
    """

    outsiders: bool = False
    without: tuple[str, ...] = ()
    since: int | None = None
    quiet_days: int = 0
    one_per: str = PERSON
    control: int = 0
    strata: str = STRATA[0]
    seed: int = 1

    def __post_init__(self) -> None:
        """Raises ListError ``error.list.option`` for a value that cannot be."""
        for name, right in (
            ("quiet_days", 0 <= self.quiet_days <= MOST_DAYS),
            ("one_per", self.one_per in ONE_PER),
            ("control", 0 <= self.control <= MOST_PERCENT),
            ("strata", self.strata in STRATA),
        ):
            if not right:
                raise ListError("error.list.option", name=name, value=str(getattr(self, name)))


def options_to_json(options: ListOptions) -> dict[str, object]:
    """What differs from the defaults, for the record of a list."""
    usual = asdict(ListOptions())
    kept = {name: value for name, value in asdict(options).items() if value != usual[name]}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}


def options_from_json(said: Mapping[str, object] | None) -> ListOptions:
    """The options a record kept; what it does not say is off. Raises ListError."""
    known = {name: value for name, value in (said or {}).items() if name in ListOptions.__slots__}
    without = known.pop("without", ())
    keys = tuple(str(key) for key in without) if isinstance(without, (list, tuple)) else ()
    return ListOptions(without=keys, **known)  # type: ignore[arg-type]
