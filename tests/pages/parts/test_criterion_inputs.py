"""A closed field takes the values it knows and no other; an open one takes what is typed."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest


def draw(shape: str, *, closed: bool) -> None:
    from pages.parts.criterion_inputs import value_input
    from pages.parts.criterion_slot import Slot
    from segmentation.i18n import words

    names = {"yes": "Oui", "no": "Non"} if closed else {}
    slot = Slot({"id": 1}, "value", "asked", "Valeur", words("fr"), ("yes", "no"), names=names, closed=closed)
    value_input(slot, shape)


@pytest.mark.parametrize("closed", [True, False])
@pytest.mark.parametrize("shape", ["text", "texts"])
def test_only_an_open_field_takes_a_value_of_one_s_own(shape: str, closed: bool) -> None:
    app = AppTest.from_function(draw, args=(shape,), kwargs={"closed": closed}).run()
    assert not app.exception
    (box,) = app.selectbox if shape == "text" else app.multiselect
    assert box.proto.accept_new_options is not closed
    assert list(box.options) == (["Oui", "Non"] if closed else ["yes", "no"])
