"""Every tool that recognition knows has a name people know it by."""

from __future__ import annotations

import pytest

from pages.parts.intake.origin import ACCOUNTS, TOOLS
from segmentation.intake.recognise.systems import SIGNATURES


@pytest.mark.parametrize("system", SIGNATURES)
def test_each_tool_has_its_name(system: str) -> None:
    assert system == ACCOUNTS or TOOLS[system].replace(" ", "").replace(".", "").lower().startswith(system)
