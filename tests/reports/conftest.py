"""A base per file of tests, filled by hand, and its catalogue."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.stored import contact_fields, event_sources
from segmentation.predictive.rfm import Cuts
from segmentation.results import Statement
from segmentation.store.database import Database
from segmentation.store.session import Session
from segmentation.traits import trait_fields, trait_relations
from segmentation.workspace import Workspace
from tests.traits.conftest import base, fill

__all__ = ["base", "fill"]


@pytest.fixture(scope="module")
def shop(demo_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A copy of the demonstration shop for the tests of one file."""
    path = tmp_path_factory.mktemp("shop") / "shop.duckdb"
    shutil.copyfile(demo_file, path)
    with Workspace.open(path) as base:
        yield base


@pytest.fixture(scope="module")
def catalogue_at() -> Callable[[date, Cuts], Catalogue]:
    """``catalogue_at(day, cuts)``: every relation computed for that day."""

    def made(day: date, cuts: Cuts) -> Catalogue:
        relations = trait_relations(as_of=day, last_fact=date.max, cuts=cuts, scored_as_of=None)
        fields = {**contact_fields(), **trait_fields()}
        return Catalogue(fields=fields, events=event_sources(), as_of=day, relations=relations)

    return made


def hear(session: Session, ids: str = "SELECT contact_id FROM contacts WHERE live") -> None:
    """Make the session's audience."""
    session.run(Statement(f"CREATE OR REPLACE TEMP TABLE audience AS {ids}"))


__all__ += ["Database", "hear"]
