"""Where a file comes from: files of one source share their client numbers, those of two never do."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import streamlit as st

from pages.parts import cached, state
from pages.parts.intake import draft
from pages.parts.intake.under_way import Draft
from pages.parts.text import plain
from segmentation.workspace.ingest import DEFAULT_SOURCE

TOOLS: Mapping[str, str] = MappingProxyType(
    {
        "mailchimp": "Mailchimp",
        "brevo": "Brevo",
        "shopify": "Shopify",
        "woocommerce": "WooCommerce",
        "prestashop": "PrestaShop",
        "squarespace": "Squarespace",
        "wix": "Wix",
        "hubspot": "HubSpot",
        "google": "Google Contacts",
        "outlook": "Outlook",
        "linkedin": "LinkedIn",
        "square": "Square",
        "stripe": "Stripe",
        "sumup": "SumUp",
        "zettle": "Zettle",
        "odoo": "Odoo",
        "dolibarr": "Dolibarr",
        "sage": "Sage",
        "salesforce": "Salesforce",
        "pipedrive": "Pipedrive",
        "helloasso": "HelloAsso",
        "eventbrite": "Eventbrite",
        "facebook": "Facebook",
        "klaviyo": "Klaviyo",
        "activecampaign": "ActiveCampaign",
        "mautic": "Mautic",
        "listmonk": "listmonk",
        "kit": "Kit",
        "substack": "Substack",
        "systemeio": "systeme.io",
    }
)
"""The tools that recognition knows, by the name they give themselves."""
ACCOUNTS = "fec"
LONGEST = 60


def name_of(source: str) -> str:
    """A source as it is shown: a tool by its own name, the one of files that nobody named in words."""
    if source == DEFAULT_SOURCE:
        return state.say()("page.import.source.default")
    return tool(source) or plain(source, longest=LONGEST)


def tool(source: str) -> str | None:
    """The name of a tool that recognition knows; the file of the accounts has words, not a name."""
    return state.say()("page.import.source.fec") if source == ACCOUNTS else TOOLS.get(source)


def choose(now: Draft) -> None:
    """Ask where the file comes from: what was found, what the base already knows, or a new name."""
    w, held = state.say(), now.source or _usual()
    options = _options(held)
    key = f"source_{now.turn}_{held}"

    def answered() -> None:
        given = " ".join(str(state.widget(key) or "").split())[:LONGEST]
        known = {name.casefold(): code for code, name in TOOLS.items()}
        now.source = known.get(given.casefold(), given)
        draft.stale(now)

    st.selectbox(
        w("page.import.source"),
        options,
        index=options.index(held),
        format_func=name_of,
        accept_new_options=True,
        key=key,
        on_change=answered,
        help=w("page.import.source.means"),
    )


def _usual() -> str:
    return cached.workspace().settings.default_source or DEFAULT_SOURCE


def _options(held: str) -> list[str]:
    """The source in use first, then those of earlier imports, then the tools."""
    past = [row.source for row in cached.workspace().imports() if row.source and row.undone_at is None]
    return list(dict.fromkeys([held, _usual(), *past, *TOOLS]))
