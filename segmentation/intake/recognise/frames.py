"""Several addresses a row ("Billing City", « Ville (domicile) »): one of them is the contact's.

A street of one and a town of another would make an address nobody lives at: the frame whose town and postal
code are best filled gives all the fields, and the others stay the user's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from segmentation.intake.header_names import normal_header
from segmentation.intake.recognise.content import Content

Field = tuple[str, str]
Ranked = Sequence[tuple[Field, float]]

FRAMES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "billing": frozenset(("billing", "facturation", "facture")),
        "home": frozenset(("home", "domicile", "personal", "perso", "personnel", "personnelle")),
        "shipping": frozenset(("shipping", "livraison", "delivery")),
        "work": frozenset(
            ("business", "work", "bureau", "professionnel", "professionnelle", "office", "pro")
        ),
    }
)
"""The words of each frame, the preferred one first when two are filled alike."""

_PLACE: Final = frozenset(("address1", "address2", "postal_code", "city", "region", "country", "department"))
_TELLING: Final = ("postal_code", "city")


def one_address(
    headers: Sequence[str], contents: Sequence[Content], ranked: Sequence[Ranked]
) -> list[Ranked]:
    """The candidates of each column, those of a place left to one frame when several frames have a place."""
    frames = [_frame_of(header) for header in headers]
    filled: dict[str, float] = {}
    for frame, content, options in zip(frames, contents, ranked, strict=True):
        if frame and options and options[0][0][1] in _TELLING:
            filled[frame] = filled.get(frame, 0.0) + content.filled
    if len(filled) < 2:
        return list(ranked)
    order = list(FRAMES)
    kept = max(filled, key=lambda frame: (round(filled[frame], 2), -order.index(frame)))
    return [
        [option for option in options if option[0][1] not in _PLACE] if frame and frame != kept else options
        for frame, options in zip(frames, ranked, strict=True)
    ]


def _frame_of(header: str) -> str | None:
    words = set(normal_header(header).split())
    return next((frame for frame, known in FRAMES.items() if known & words), None)
