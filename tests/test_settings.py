"""The browser side is closed, quiet and readable, by .streamlit/config.toml alone."""

import itertools
import tomllib
from pathlib import Path

import pytest
from streamlit import config

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8")
SETTINGS = tomllib.loads(TEXT)
CLOSED = {
    "server.address": "127.0.0.1",
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.allowedHosts": ["127.0.0.1", "localhost"],
    "server.maxUploadSize": 320,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.disableDataExport": True,
    "client.toolbarMode": "minimal",
    "runner.magicEnabled": False,
}


def flat(table: dict[str, object], path: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in table.items():
        found |= flat(value, f"{path}{name}.") if isinstance(value, dict) else {f"{path}{name}": value}
    return found


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two #RRGGBB colours, 1 to 21."""

    def luminance(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("name", CLOSED)
def test_what_protects_is_on(name: str) -> None:
    assert flat(SETTINGS)[name] == CLOSED[name]


@pytest.mark.parametrize("name", sorted(flat(SETTINGS)))
def test_streamlit_knows_each_setting(name: str) -> None:
    assert name in config.get_config_options(), "a misspelt setting protects nothing"


def test_nothing_comes_from_another_host() -> None:
    assert "://" not in TEXT
    for face in SETTINGS["theme"]["fontFaces"]:
        assert (ROOT / face["url"].removeprefix("app/")).is_file()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_words_and_marks_can_be_read(theme: str) -> None:
    look = SETTINGS["theme"][theme]
    grounds = [look["backgroundColor"], look["secondaryBackgroundColor"], look["sidebar"]["backgroundColor"]]
    for ground in grounds:
        assert contrast(look["textColor"], ground) >= 7
        assert contrast(look["linkColor"], ground) >= 4.5
    assert contrast("#FFFFFF", look["primaryColor"]) >= 4.5, "the words on a button"
    assert contrast(look["primaryColor"], look["backgroundColor"]) >= 3
    for colour in look["chartCategoricalColors"]:
        assert contrast(colour, look["backgroundColor"]) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_scale_goes_one_way(theme: str) -> None:
    look = SETTINGS["theme"][theme]
    scale = [contrast(colour, look["backgroundColor"]) for colour in look["chartSequentialColors"]]
    assert len(scale) == len(look["chartDivergingColors"]) == 10
    assert all(paler < stronger for paler, stronger in itertools.pairwise(scale))
