"""Writing by hand: a new contact, other values for a known one; nothing is kept before a yes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

import streamlit as st

from pages.parts import cached, jobs, state
from pages.parts.contacts import done
from pages.parts.contacts.values import label
from pages.parts.problem import show
from pages.parts.text import plain
from segmentation.errors import CarnetError, InputError
from segmentation.i18n import Words
from segmentation.intake.plan import ConsentAnswer
from segmentation.reference.countries import shown
from segmentation.results import Report, Value

MAIN = (
    "civility", "first_name", "last_name", "company_name", "email", "mobile", "phone", "birth_date",
    "address1", "postal_code", "city", "country", "notes",
)  # fmt: skip
STATES = ("unknown", "yes", "customer", "professional", "no")


_OPEN = "contact_form"


def ask(what: str) -> None:
    """Open a form on this run and the next ones, until it is saved or closed: "add" or "edit"."""
    state.next_turn("contact_form")
    state.put(_OPEN, what)


def add() -> None:
    """The form of a new contact, when it was asked for."""
    if state.get(_OPEN) == "add":
        st.dialog(state.say()("page.contacts.add"), width="large", on_dismiss=_close)(_add)()


def edit(report: Report) -> None:
    """The form of a known contact, with what is known, when it was asked for."""
    if state.get(_OPEN) == "edit":
        st.dialog(state.say()("page.contact.edit"), width="large", on_dismiss=_close)(_edit)(report)


def _close() -> None:
    state.drop(_OPEN)


def _add() -> None:
    if state.get(_OPEN) != "add":
        st.rerun()
    w = state.say()
    st.caption(w("page.contact.form_add"))
    values = _fields(MAIN, {}, w)
    answer = st.selectbox(
        w("page.contact.form_consent"),
        STATES,
        format_func=lambda option: w(f"consent.{option}"),
        key=_key("consent"),
    )
    proof = st.text_input(w("page.contact.form_proof"), key=_key("proof"), max_chars=200)
    if _save(w):
        consent = ConsentAnswer(answer, date.today(), "form", proof.strip() or None)
        try:
            written = cached.workspace().add_contact(values, consent=consent)
        except InputError as problem:
            _refused(problem)
            return
        except CarnetError as problem:
            show(problem)
            return
        done.tell("page.contacts.added", written.import_id)
        _close()
        state.next_turn("contacts_grid")
        st.query_params["contact"] = str(written.contact_id)
        st.rerun()


def _edit(report: Report) -> None:
    w = state.say()
    st.caption(w("page.contact.form_edit"))
    fields = cached.workspace().catalogue.fields
    known = {
        str(code): shown(written(value), w.language)
        if fields[str(code)].type == "country"
        else written(value)
        for code, value, *_ in report.sheets["values"].rows
        if code != "sms_number"
    }
    codes = [*MAIN, *(code for code in known if code not in MAIN)]
    rest = [
        code
        for code, field in fields.items()
        if code not in codes and field.relation == "contacts" and field.expression == f'r."{code}"'
    ]
    more = st.multiselect(
        w("page.contact.form_more"),
        rest,
        format_func=lambda code: label(code, w),
        placeholder=w("page.contact.form_more_hint"),
        key=_key("more"),
    )
    values = _fields((*codes, *more), known, w)
    changed = {code: value for code, value in values.items() if value.strip() != known.get(code, "").strip()}
    if _save(w):
        try:
            made = cached.workspace().edit_contact(int(str(report.figures["contact"])), changed)
        except CarnetError as problem:
            show(problem)
            return
        done.tell("page.contacts.edited", made.import_id, n=len(changed))
        _close()
        state.next_turn("contacts_grid")
        st.rerun()


def _fields(codes: tuple[str, ...], known: Mapping[str, str], w: Words) -> dict[str, str]:
    """One text box per field, two abreast."""
    values = {}
    for left in range(0, len(codes), 2):
        for place, code in zip(st.columns(2), codes[left : left + 2], strict=False):
            with place:
                day = cached.workspace().catalogue.fields[code].type == "date"
                values[code] = st.text_input(
                    label(code, w),
                    value=known.get(code, ""),
                    key=_key(code),
                    placeholder=w("page.contact.form_date") if day else None,
                    max_chars=2_000,
                )
    return values


def written(value: Value) -> str:
    """A value as a person would type it."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, (date, datetime)):
        return f"{value:%d/%m/%Y}"
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return plain(value, longest=2_000)


def _save(w: Words) -> bool:
    return st.button(
        w("page.contact.save"),
        type="primary",
        key=_key("save"),
        icon=":material/check:",
        disabled=jobs.running() is not None,
    )


def _refused(problem: InputError) -> None:
    """Why not; when the person is there already, the way to their card."""
    show(problem)
    known = problem.values.get("contact")
    if known is not None:
        st.button(state.say()("page.contacts.see"), key=_key("see"), on_click=_see, args=(str(known),))


def _see(number: str) -> None:
    _close()
    st.query_params["contact"] = number


def _key(name: str) -> str:
    return f"contact_form_{state.turn('contact_form')}_{name}"
