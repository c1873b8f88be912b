"""The values a column shows of itself."""

from __future__ import annotations

import pytest

from segmentation.intake.recognise.content import content_of


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        (["oui", "non", "O", "", "oui", "N", "x"], ("oui", "non", "O", "N", "x")),
        (["", "", "x"], ("x",)),
        (["a@x.fr", "b@x.fr", "c@x.fr", "d@x.fr"], ("a@x.fr", "b@x.fr", "c@x.fr")),
        ([*"abcdefgh", "a"], ("a", "b", "c")),
    ],
)
def test_each_answer_of_a_column_of_few_is_shown(cells: list[str], shown: tuple[str, ...]) -> None:
    assert content_of(cells).samples == shown
