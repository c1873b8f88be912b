"""Options are kept and read back, what is off is not written, and what cannot be is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from segmentation.errors import ListError
from segmentation.i18n import LANGUAGES, words
from segmentation.lists.options import ONE_PER, STRATA, ListOptions, options_from_json, options_to_json

OPTIONS = st.builds(
    ListOptions,
    without=st.lists(st.text(), max_size=3).map(tuple),
    since=st.none() | st.integers(1),
    quiet_days=st.integers(0, 3650),
    one_per=st.sampled_from(ONE_PER),
    control=st.integers(0, 50),
    strata=st.sampled_from(STRATA),
    seed=st.integers(),
)


@given(OPTIONS)
def test_what_is_kept_is_read_back(options: ListOptions) -> None:
    assert options_from_json(options_to_json(options)) == options


def test_what_is_off_is_not_written() -> None:
    assert options_to_json(ListOptions()) == {}
    assert options_to_json(ListOptions(without=("a",), control=10)) == {"without": ["a"], "control": 10}
    assert options_from_json(None) == options_from_json({"later": 1}) == ListOptions()


@pytest.mark.parametrize(
    "changes",
    [{"quiet_days": -1}, {"quiet_days": 4000}, {"one_per": "street"}, {"control": 51}, {"strata": "city"}],
)
def test_what_cannot_be_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(ListError) as problem:
        ListOptions(**changes)
    assert problem.value.code == "error.list.option"
    assert all(words(language)(problem.value.code, **problem.value.values) for language in LANGUAGES)
