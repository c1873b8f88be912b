"""The saved segments of an open base: checked before they are kept, refused when others would break."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from segmentation.criteria.catalogue import Catalogue
from segmentation.criteria.check import check
from segmentation.criteria.codec import segment_from_json, segment_to_json
from segmentation.criteria.nodes import Criterion
from segmentation.criteria.segment import Segment, as_segment, dependants, refuse_cycle
from segmentation.errors import CriterionError
from segmentation.store import segments as kept
from segmentation.store.database import Database
from segmentation.store.segments import SavedSegment


@dataclass(frozen=True, slots=True)
class Shelf:
    """The segments of one base; made by the workspace."""

    database: Database
    catalogue: Callable[[], Catalogue]
    author: str

    def list(self, *, deleted: bool = False) -> tuple[SavedSegment, ...]:
        """The latest version of each segment, by name; the deleted ones when ``deleted``."""
        return kept.read_segments(self.database, deleted=deleted)

    def find(self, name: str) -> SavedSegment:
        """The segment of that key or name. Raises CriterionError ``error.segment.unknown``."""
        return kept.find_segment(self.database, name)

    def definition(self, key: str) -> Segment:
        """What a segment says. Raises CriterionError ``error.segment.unknown``."""
        return segment_from_json(self.find(key).definition)

    def versions(self, key: str) -> tuple[SavedSegment, ...]:
        """Every version of a segment, newest first."""
        return kept.read_versions(self.database, key)

    def save(
        self,
        name: str,
        definition: Criterion | Segment | Mapping[str, object],
        *,
        key: str | None = None,
        colour: str = "",
        note: str = "",
    ) -> SavedSegment:
        """Keep a segment, or the next version of ``key``.

        Raises CriterionError when it cannot be asked, reaches itself, has no name or another's name.
        """
        said = segment_from_json(definition) if isinstance(definition, Mapping) else as_segment(definition)
        catalogue = self.catalogue()
        check(said, catalogue)
        if key is not None:
            refuse_cycle(said, catalogue.segments, key=key)
        with self.database.session() as session, session.transaction(write=True):
            return kept.save_segment(
                session,
                name,
                definition=segment_to_json(said),
                key=key,
                colour=colour,
                note=note,
                author=self.author,
            )

    def delete(self, key: str) -> None:
        """Take a segment out of the list; ``undelete`` brings it back.

        Raises CriterionError ``error.segment.used`` with the names of the segments built on it.
        """
        found = self.find(key)
        catalogue = self.catalogue()
        users = [catalogue.segment_names[other] for other in dependants(found.key, catalogue.segments)]
        if users:
            raise CriterionError("error.segment.used", name=found.name, segments=", ".join(users))
        with self.database.session() as session, session.transaction(write=True):
            kept.delete_segment(session, found.key, author=self.author)

    def undelete(self, key: str) -> None:
        """Take a deletion back."""
        with self.database.session() as session, session.transaction(write=True):
            kept.undelete_segment(session, key, author=self.author)
