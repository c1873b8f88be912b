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


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("depuis {days} jours", "depuis {days}\u00a0jours"),
        ("5 ans et {n} hommes", "5\u00a0ans et {n}\u00a0hommes"),
        ("over {months} months, 10 km", "over {months}\u00a0months, 10 km"),
        ("{n} contacts", "{n} contacts"),
        ("{name} manque, {n} anniversaires", "{name} manque, {n} anniversaires"),
    ],
)
def test_a_number_stays_with_its_unit(typed: str, shown: str) -> None:
    assert typeset(typed, "fr") == typeset(typed, "en") == shown
