"""Settings: each part speaks both languages, and what is changed there changes what the base answers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from segmentation.i18n import LANGUAGES
from segmentation.intake.joining import JoinRule
from segmentation.reports.own_rules import SETTING as OWN_RULES
from segmentation.traits.deductions import SETTING as OFF
from segmentation.workspace import Workspace
from segmentation.workspace.joining import apply_rule, keep_rules, rules
from tests.bringing import bring
from tests.pages.conftest import RAW_KEY, ROOT, press, said, screen

UNDER = {"field": "postal_code", "op": "starts_with", "value": "69"}
OVER = {"field": "postal_code", "op": "starts_with", "value": "75"}


def draw(lang: str = "fr") -> AppTest:
    app = screen("pages.rules.settings", lang)
    assert not app.exception
    return app


def settings_of(base: Path) -> Callable[[str], object]:
    with Workspace.open(base) as workspace:
        return workspace.settings.get


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_part_speaks_the_language(full: Path, lang: str) -> None:
    with Workspace.open(full) as base:
        keep_rules(base, [JoinRule("file", "contains", "clients", "Salon")])
        base.set(OWN_RULES, [UNDER])
    app = draw(lang)
    assert not RAW_KEY.search(said(app))
    assert len(app.toggle) == 8
    assert {"fr": "1 contact ne la respecte pas.", "en": "1 contact breaks it."}[lang] in said(app)
    assert any("Licence Ouverte 2.0" in str(frame.value.to_dict()) for frame in app.dataframe)
    assert not draw(lang).exception


def test_an_empty_base_has_its_settings_too(base: Path) -> None:
    app = draw()
    assert "Importez d’abord un fichier" in "\n".join(str(one.value) for one in app.info)


def test_a_deduction_is_switched_off_and_on(full: Path) -> None:
    app = draw()
    app = app.toggle(key="settings_deduced_place").set_value(False).run()
    assert settings_of(full)(OFF) == ["place"]
    app.toggle(key="settings_deduced_place").set_value(True).run()
    assert settings_of(full)(OFF) is None


def test_prices_and_name_are_kept(full: Path) -> None:
    app = draw()
    app = app.number_input(key="settings_price_sms").set_value(0.08).run()
    app = app.text_input(key="settings_name").set_value("Maison Colette").run()
    assert not app.exception
    kept = settings_of(full)
    assert (kept("name"), kept("list_prices")) == ("Maison Colette", {"sms": "0.08"})


def test_a_rule_is_added_applied_undone_and_removed(full: Path) -> None:
    app = draw()
    app.text_input(key="joining_text_settings_0").set_value("clients")
    app.selectbox(key="joining_what_settings_0").set_value("file")
    app.text_input(key="joining_group_settings_0").set_value("Salon")
    app = press(app, "Ajouter la règle")
    with Workspace.open(full) as base:
        assert rules(base) == (JoinRule("file", "contains", "clients", "Salon"),)
    app = press(app, "Appliquer à la base")
    assert "3 personnes ont rejoint le groupe Salon" in said(app)
    app = press(app, "Annuler")
    (remove,) = [one for one in app.button if str(one.key).startswith("settings_join_remove_")]
    remove.click().run()
    with Workspace.open(full) as base:
        assert rules(base) == ()


def test_it_is_in_the_menu() -> None:
    assert "settings.render" in (ROOT / "app.py").read_text(encoding="utf-8")


def show_card() -> None:
    from pages.base import contacts

    contacts.render()


def test_a_card_says_which_rule_gave_a_group(full: Path) -> None:
    rule = JoinRule("file", "contains", "clients", "Salon *x*")
    with Workspace.open(full) as base:
        apply_rule(base, rule)
    app = AppTest.from_function(show_card, default_timeout=30)
    app.query_params["lang"], app.query_params["contact"] = "fr", "1"
    text = said(app.run())
    assert "Groupe automatique" in text and "contient « clients »" in text
    assert r"Salon \*x\*" in text


def show_portrait() -> None:
    from pages.understand import portrait

    portrait.render()


def test_the_portrait_says_what_is_deduced_and_what_is_switched_off(full: Path) -> None:
    with Workspace.open(full) as base:
        base.set(OFF, ["first_name"])
    app = AppTest.from_function(show_portrait, default_timeout=30)
    app.query_params["lang"] = "fr"
    text = said(app.run())
    assert "Département et région : déduit du code postal (sûr)" in text
    assert "Éteint dans les réglages : Femme ou homme, par le prénom" in text


def show_in_the_demo_first() -> None:
    import streamlit as st

    from pages.parts import state
    from pages.rules import settings

    if st.button("leave", key="leave"):
        state.look_at(demo=False)
        st.rerun()
    settings.render()


def test_leaving_the_demonstration_shows_the_settings_of_ones_own_base(full: Path) -> None:
    with Workspace.open(full) as base:
        base.set("name", "La mienne")
    with Workspace.open(full.with_name("demo.duckdb")) as base:
        base.set("name", "La démonstration")
    app = AppTest.from_function(show_in_the_demo_first, default_timeout=30)
    app.query_params["lang"] = "fr"
    app.session_state["carnet.demo"] = True
    app = app.run()
    assert app.text_input(key="settings_name_demo").value == "La démonstration"
    app = app.button(key="leave").click().run()
    assert app.text_input(key="settings_name").value == "La mienne"


def test_two_windows_never_undo_each_other(full: Path) -> None:
    salon, foire = (JoinRule("file", "contains", name, name.title()) for name in ("salon", "foire"))
    with Workspace.open(full) as base:
        keep_rules(base, [salon, foire])
        base.set(OWN_RULES, [UNDER, OVER])
    old = draw()
    first, second = [one for one in old.button if str(one.key).startswith("settings_join_remove_")]
    own = [one for one in old.button if str(one.key).startswith("settings_own_remove_")]
    with Workspace.open(full) as base:  # the other window
        keep_rules(base, [foire])
        base.set(OWN_RULES, [OVER])
    first.click().run()
    own[0].click().run()
    with Workspace.open(full) as base:
        assert rules(base) == (foire,) and base.settings.get(OWN_RULES) == [OVER]
    second.click().run()
    with Workspace.open(full) as base:
        assert rules(base) == ()


def test_changes_of_one_moment_are_all_kept(base: Path) -> None:
    with Workspace.open(base) as workspace, ThreadPoolExecutor(4) as several:
        names = [str(n) for n in range(12)]
        list(several.map(lambda n: workspace.change("x", lambda held: [*(held or []), n]), names))
        assert sorted(workspace.settings.get("x")) == sorted(names)


DOLLARS = (
    b"Numero;Date;E-mail;Montant\r\n1;02/03/2026;ana@example.com;$12.00\r\n2;05/03/2026;bo@example.com;$9\r\n"
)
TOTALS = b"Nom;E-mail;Total depense\r\nDurand;ana@example.com;120\r\nPetit;cid@example.com;80\r\n"


def test_another_currency_is_asked_once_the_base_holds_money(base: Path) -> None:
    with Workspace.open(base) as workspace:
        bring(workspace, TOTALS)
        workspace.set("currency", "EUR")
        bring(workspace, DOLLARS)
    app = draw()
    (money,) = [one for one in app.selectbox if str(one.key).startswith("settings_currency_")]
    assert money.options[1].startswith("dollar")
    app = money.select("USD").run()
    assert settings_of(base)("currency") == "EUR"
    (warned,) = [one.value for one in app.warning]
    assert "2 contacts ont des totaux" in warned
    assert "2 commandes (dollar des États-Unis)" in warned
    app = press(app, "Garder : euro")
    assert not app.warning
    app = app.selectbox(key="settings_currency_EUR_1").select("USD").run()
    press(app, "Changer : dollar")
    assert settings_of(base)("currency") == "USD"


def test_an_empty_base_takes_another_currency_at_once(base: Path) -> None:
    draw().selectbox(key="settings_currency_EUR_0").select("CHF").run()
    assert settings_of(base)("currency") == "CHF"


@pytest.mark.parametrize("page", ["pages.understand.value", "pages.understand.rfm", "app"])
def test_orders_all_in_another_currency_are_told_rather_than_asked_for(
    base: Path, page: str, show: Callable[..., AppTest]
) -> None:
    with Workspace.open(base) as workspace:
        workspace.set("currency", "EUR")
        bring(workspace, DOLLARS)
    app = show("app") if page == "app" else screen(page)
    assert not app.exception
    assert "2 commandes (dollar des États-Unis)" in said(app)
    assert "Choisir la monnaie de ma base" in [button.label for button in app.button]
    assert "Importer mes ventes" not in [button.label for button in app.button]


def test_the_limits_of_loyalty_are_offered_once_there_are_sales(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pages.parts.settings.limits.frame.built", lambda name: True)
    with Workspace.open(base) as workspace:
        bring(workspace, "Prénom;E-mail\nAna;ana@example.com\n")
    assert "settings_rfm" not in [one.key for one in draw().button]
    with Workspace.open(base) as workspace:
        bring(workspace, "Référence;Date;Montant;E-mail\nC1;03/03/2026;10,00;ana@example.com\n", "ventes.csv")
    assert "settings_rfm" in [one.key for one in draw().button]
