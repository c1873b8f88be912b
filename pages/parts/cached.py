"""What the sessions of a process share: open bases, figures kept per version; only ``st.cache_*``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar, cast

import streamlit as st

from pages.parts import state
from pages.parts.criterion_picker import Askable
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.nodes import InSegment
from segmentation.i18n import Words
from segmentation.reports.collecting import collecting as collecting_of
from segmentation.reports.fields import Profile, event_counts, field_profiles, list_values
from segmentation.reports.overview import unnamed as unnamed_of
from segmentation.reports.ready_made import Known, Ready, known
from segmentation.reports.ready_made import ready as ready_made
from segmentation.reports.to_do import to_do as to_do_of
from segmentation.results import Report
from segmentation.store.kept_refusals import Stake
from segmentation.workspace import Workspace
from segmentation.workspace.sizes import Sized

Made = TypeVar("Made")

_ROOT = Path(__file__).parents[2]


def base_path() -> Path:
    """The file of the user's own base: ``CARNET_BASE``, else ``data/carnet.duckdb``."""
    return Path(os.environ.get("CARNET_BASE") or _ROOT / "data" / "carnet.duckdb").resolve()


def demo_path() -> Path:
    """The file of the demonstration shop, beside the user's own base."""
    return base_path().with_name("demo.duckdb")


def workspace() -> Workspace:
    """The base this session looks at, opened once per process and shared by every session."""
    return _open(str(demo_path() if state.in_demo() else base_path()))


def demo() -> Workspace:
    """The demonstration shop's base, whichever base the session looks at."""
    return _open(str(demo_path()))


def forget() -> None:
    """Close every base this process holds, so that another program may open it."""
    _open.clear()


@st.cache_resource(max_entries=8, show_spinner=False, on_release=lambda held: held.close())
def _open(path: str) -> Workspace:
    return Workspace.open(Path(path))


def _now() -> tuple[str, int, date]:
    """What every figure kept here is kept for: the base looked at, its version and its date."""
    base = workspace()
    return str(base.database.path), base.version, base.as_of


def overview() -> Report:
    """The figures of the base, worked out once per version and date."""
    return _of_everyone(*_now(), "overview")


def refusals_at_stake() -> Mapping[int, Stake]:
    """The refusals that undoing each import would take back, worked out once per version."""
    base = workspace()
    return _refusals_at_stake(str(base.database.path), base.version)


@st.cache_data(max_entries=8, show_spinner=False)
def _refusals_at_stake(path: str, version: int) -> Mapping[int, Stake]:
    return _open(path).refusals_at_stake()


def to_do() -> Report:
    """What deserves an hour this week, worked out once per version and date."""
    return _of_everyone(*_now(), "to_do")


def unnamed() -> bool:
    """Whether the base holds sales and nobody's name or address, worked out once per version and date."""
    return _unnamed(*_now())


@st.cache_data(max_entries=8, show_spinner=False)
def _unnamed(path: str, version: int, as_of: date) -> bool:
    return unnamed_of(_open(path).evaluator)


def reachable(criterion: Mapping[str, object]) -> int:
    """How many of the people of a criterion an e-mail may reach. Raises CriterionError."""
    return _reachable(*_now(), json.dumps(criterion, sort_keys=True))


@st.cache_data(max_entries=256, show_spinner=False)
def _reachable(path: str, version: int, as_of: date, criterion: str) -> int:
    return _open(path).evaluator.reach(segment_from_json(json.loads(criterion)))["email"].reachable


def collecting() -> Report:
    """Whom to ask for what, worked out once per version and date."""
    return _of_everyone(*_now(), "collecting")


_OF_EVERYONE: Mapping[str, Callable[[Workspace], Report]] = {
    "overview": lambda base: base.overview(),
    "to_do": lambda base: to_do_of(base.evaluator),
    "collecting": lambda base: collecting_of(base.evaluator),
}


@st.cache_data(max_entries=48, show_spinner=False)
def _of_everyone(path: str, version: int, as_of: date, name: str) -> Report:
    return _OF_EVERYONE[name](_open(path))


def rfm(segment: str) -> Report:
    """Loyalty among the members of a saved segment ("" for everyone), once per version and date."""
    return _rfm(*_now(), segment)


@st.cache_data(max_entries=32, show_spinner=False)
def _rfm(path: str, version: int, as_of: date, segment: str) -> Report:
    return _open(path).rfm(InSegment(segment) if segment else None)


def report(name: str, segment: str = "", **options: Hashable) -> Report:
    """One of ``segmentation.reports.REPORTS`` about a saved segment ("" for everyone), once per version
    and date; the options are those of the report."""
    return _report(*_now(), name, segment, tuple(sorted(options.items())))


@st.cache_data(max_entries=64, show_spinner=False)
def _report(
    path: str, version: int, as_of: date, name: str, segment: str, options: tuple[tuple[str, Hashable], ...]
) -> Report:
    asked = InSegment(segment) if segment else None
    return _open(path).report(name, asked, **dict(options))


def sized(segment: str, *, keep: bool = True) -> Sized:
    """How a saved segment stands today, once per version and day; ``keep`` its size for the trend."""
    return _sized(*_now(), date.today(), segment, keep)


@st.cache_data(max_entries=256, show_spinner=False)
def _sized(path: str, version: int, as_of: date, today: date, segment: str, keep: bool) -> Sized:
    return _open(path).sized(segment, keep=keep)


def picture(said: tuple[Hashable, ...], make: Callable[[], Made]) -> Made:
    """The picture that ``make`` draws, made once for all that decides it: ``said``; never changed after."""
    return cast(Made, _picture(said, make))


@st.cache_resource(max_entries=256, show_spinner=False)
def _picture(said: tuple[Hashable, ...], _make: Callable[[], object]) -> object:
    return _make()


def askable(w: Words) -> Askable:
    """What the base lets ask, with how full each field is: worked out once per version and date."""
    catalogue = workspace().catalogue
    profiles, events, groups = _asked(*_now())
    return Askable(catalogue, profiles, events, catalogue.segment_names, groups, w)


def ready(aim: str) -> tuple[Ready, ...]:
    """The ready-made segments of an aim with their size today: worked out once per version and date."""
    return _ready(*_now(), aim)


@st.cache_resource(max_entries=32, show_spinner=False)
def _ready(path: str, version: int, as_of: date, aim: str) -> tuple[Ready, ...]:
    base = _open(path)
    return ready_made(base.evaluator, _known(path, version, as_of), aim)


@st.cache_resource(max_entries=8, show_spinner=False)
def _known(path: str, version: int, as_of: date) -> Known:
    base = _open(path)
    profiles, events, _ = _asked(path, version, as_of)
    return known(base.database, base.catalogue, profiles, events)


@st.cache_resource(max_entries=8, show_spinner=False)
def _asked(
    path: str, version: int, as_of: date
) -> tuple[Mapping[str, Profile], Mapping[str, int], tuple[str, ...]]:
    base = _open(path)
    profiles = dict(field_profiles(base.database, base.catalogue))
    for code, field in base.catalogue.fields.items():
        if field.kind == "list" and profiles[code].filled > 0:
            items = list_values(base.database, base.catalogue, code)
            profiles[code] = Profile(profiles[code].filled, items)
    groups = tuple(str(item) for item in profiles["tags"].typical) if "tags" in profiles else ()
    return profiles, event_counts(base.database, base.catalogue), groups
