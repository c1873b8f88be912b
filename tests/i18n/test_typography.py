"""What is shown of a sentence typed with plain spaces."""

import pytest

from segmentation.i18n.typography import typeset


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Où ?", "Où\u00a0?"),
        ("**{name}** : « {list} » ; oui !", "**{name}**\u00a0: «\u00a0{list}\u00a0»\u00a0; oui\u00a0!"),
        ("Voir :material/search: ici", "Voir :material/search: ici"),
        (" : {field}", " : {field}"),
    ],
)
def test_no_line_breaks_before_french_punctuation(typed: str, shown: str) -> None:
    assert typeset(typed, "fr") == shown
    assert typeset(typed, "en") == typed
