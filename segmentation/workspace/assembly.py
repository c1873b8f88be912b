"""Assembles what can be asked of a base at a date: stored fields, traits, own columns, events, segments."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from datetime import date

from segmentation.criteria.catalogue import Catalogue, Field
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.segment import Segment
from segmentation.criteria.stored import contact_fields, event_sources, user_field
from segmentation.errors import CarnetError
from segmentation.predictive.rfm import Cuts
from segmentation.reference.countries import shown, spellings_of
from segmentation.reference.geography import within_km
from segmentation.store.database import Database
from segmentation.store.segments import SavedSegment, read_segments
from segmentation.store.session import Session
from segmentation.store.settings import read_settings
from segmentation.store.user_columns import UserColumn, read_user_columns
from segmentation.traits import (
    last_fact_statement,
    rhythm_of,
    rhythm_statement,
    trait_fields,
    trait_relations,
)
from segmentation.traits.deductions import SETTING as DEDUCTIONS_OFF
from segmentation.traits.deductions import switched_off, without
from segmentation.traits.life_cycle import limits_from_json
from segmentation.workspace.derived import derived_cuts, known_cuts, scored_as_of


def assemble(database: Database, as_of: date) -> Catalogue:
    """Everything that can be asked of the base at ``as_of``, all of one version."""
    with database.session() as session, session.transaction(write=False):
        return _assemble(session, as_of)


def cuts_at(session: Session, as_of: date) -> Cuts:
    """The limits of RFM: those the base keeps, else those its buyers would give at that date."""
    settings = read_settings(session)
    return known_cuts(settings) or derived_cuts(session, settings, as_of) or Cuts(derived=as_of)


def _assemble(session: Session, as_of: date) -> Catalogue:
    settings = read_settings(session)
    own = [_own(column) for column in read_user_columns(session)]
    saved = read_segments(session)
    cuts = cuts_at(session, as_of)
    relations = trait_relations(
        as_of=as_of,
        last_fact=session.scalar(last_fact_statement()),
        cuts=cuts,
        scored_as_of=scored_as_of(session, cuts),
        limits=limits_from_json(settings.life_cycle),
        rhythm=rhythm_of(*session.run(rhythm_statement(as_of)).rows[0]),
    )
    stored, off = contact_fields(), switched_off(settings.get(DEDUCTIONS_OFF))
    return Catalogue(
        fields={**stored, **without(trait_fields(), off, stored), **_of_contacts(own)},
        events=event_sources(own),
        as_of=as_of,
        relations=relations,
        segments=_readable(saved),
        segment_names={segment.key: segment.name for segment in saved},
        version=session.version(),
        currency=settings.currency,
        near=_near,
        spellings=spellings_of,
        named=shown,
    )


def _own(column: UserColumn) -> Field:
    return user_field(column.code, column.label, column.type, entity=column.entity)


def _of_contacts(own: Iterable[Field]) -> dict[str, Field]:
    return {field.code: field for field in own if field.entity == "contacts"}


def _readable(saved: Iterable[SavedSegment]) -> Mapping[str, Segment]:
    """The saved segments this program can read; one it cannot is left out and told to the log by its key."""
    segments = {}
    for segment in saved:
        try:
            segments[segment.key] = segment_from_json(segment.definition)
        except CarnetError as error:
            logging.getLogger(__name__).warning("segment %s cannot be read: %s", segment.key, error.code)
    return segments


def _near(place: str, km: float) -> Iterable[tuple[str, str]]:
    """The postal codes around one written "69003", or "BE-1000" outside the base's country."""
    country, dash, code = place.partition("-")
    return within_km(code, km, country) if dash else within_km(place, km)
