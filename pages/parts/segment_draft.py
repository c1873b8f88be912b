"""The segment being built: its tree, its name, and what of the saved definition the tree does not show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pages.parts import frame, state
from pages.parts.criterion_tree import Node, from_json, group, to_json
from segmentation.criteria.codec import segment_from_json, segment_to_json
from segmentation.criteria.segment import Segment
from segmentation.store.segments import SavedSegment

COLOURS = ("green", "blue", "violet", "orange", "red", "yellow", "gray")
_DRAFT = "draft_segment"


@dataclass(eq=False, slots=True)
class Draft:
    """One segment in the making; ``key`` and ``version`` are None and 0 until it is saved.

    ``rest`` holds the parts kept as they are: limit, people added and removed by hand.
    """

    include: Node
    exclude: Node | None = None
    rest: dict[str, object] = field(default_factory=dict)
    key: str | None = None
    name: str = ""
    colour: str = COLOURS[0]
    note: str = ""
    version: int = 0
    saved: object = None

    def definition(self) -> dict[str, object]:
        """The JSON of the segment as it stands, unfinished rules left out."""
        said: dict[str, object] = {"version": 1, "include": to_json(self.include) or {"all": []}}
        if self.exclude is not None and (outside := to_json(self.exclude)) not in (None, {"all": []}):
            said["exclude"] = outside
        return segment_to_json(segment_from_json(said | self.rest))

    def segment(self) -> Segment:
        """The segment as it stands; CriterionError when a value is not of its operator's shape."""
        return segment_from_json(self.definition())

    def changed(self) -> bool:
        """Whether it differs from what is saved."""
        return self.definition() != self.saved


def drafted(definition: Mapping[str, object], *, name: str = "") -> Draft:
    """A new draft that says ``definition`` (a criterion or a saved segment's JSON)."""
    said = segment_to_json(segment_from_json(definition))
    include, exclude = said["include"], said.get("exclude")
    assert isinstance(include, Mapping)
    return Draft(
        include=from_json(include),
        exclude=from_json(exclude) if isinstance(exclude, Mapping) else None,
        rest={part: said[part] for part in ("limit", "added", "removed") if part in said},
        name=name,
    )


def of_saved(segment: SavedSegment) -> Draft:
    """The draft of a saved segment."""
    draft = drafted(segment.definition, name=segment.name)
    draft.key, draft.version = segment.key, segment.version
    draft.colour, draft.note = segment.colour or COLOURS[0], segment.note
    draft.saved = draft.definition()
    return draft


def current() -> Draft | None:
    """The draft of this session, if one is open."""
    draft = state.get(_DRAFT)
    return draft if isinstance(draft, Draft) else None


def start(draft: Draft | None = None) -> None:
    """Open a draft in this session: the given one, else an empty one."""
    state.put(_DRAFT, draft or Draft(group()))


def close() -> None:
    """Forget the draft."""
    state.drop(_DRAFT)


def open_draft(criterion: Mapping[str, object], name: str = "") -> None:
    """Open the builder on a new segment that says ``criterion``."""
    start(drafted(criterion, name=name))
    frame.go("segments")
