"""Carnet in the browser: page settings, language, the menu. Nothing else."""

from pathlib import Path

import streamlit as st

from pages.act import lists, segments
from pages.base import collect, contacts, home, import_file, quality
from pages.parts import tour
from pages.parts.frame import Screen, open_screen
from pages.rules import settings
from pages.understand import crossing, engagement, portrait, rfm, value

MENU = {
    "menu.base": (
        Screen("home", home.render, ":material/home:"),
        Screen("import", import_file.render, ":material/upload_file:"),
        Screen("contacts", contacts.render, ":material/contacts:"),
        Screen("quality", quality.render, ":material/verified:"),
        Screen("collect", collect.render, ":material/edit_note:"),
    ),
    "menu.understand": (
        Screen("portrait", portrait.render, ":material/groups:"),
        Screen("rfm", rfm.render, ":material/loyalty:"),
        Screen("engagement", engagement.render, ":material/mark_email_read:"),
        Screen("value", value.render, ":material/payments:"),
        Screen("crossing", crossing.render, ":material/grid_on:"),
    ),
    "menu.act": (
        Screen("segments", segments.render, ":material/filter_alt:"),
        Screen("lists", lists.render, ":material/outgoing_mail:"),
    ),
    "menu.rules": (Screen("settings", settings.render, ":material/settings:"),),
}
"""Group of the menu → its screens; to add a screen, add its line here."""


def main() -> None:
    """One run of the script."""
    st.set_page_config(
        page_title="Carnet",
        page_icon=Path(__file__).with_name("static") / "carnet.png",
        layout="wide",
    )
    open_screen(MENU, above=tour.draw)


if __name__ == "__main__":
    main()
