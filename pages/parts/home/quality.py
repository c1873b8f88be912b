"""The base's quality in one line: its score, and what is missing most, a field or the agreement."""

from __future__ import annotations

import streamlit as st

from pages.parts import frame, state
from pages.parts.problem import show
from pages.parts.quality import twins
from segmentation.errors import CarnetError


def draw() -> None:
    """Draw the line, and the way to the page that tells more."""
    w = state.say()
    try:
        report = twins.report()
    except CarnetError as problem:
        show(problem)
        return
    score = report.figures["score"]
    shares = {str(row[0]): float(str(row[2])) for row in report.sheets["fields"].rows}
    if score is None or not shares:
        return
    least = min(shares, key=lambda field: shares[field])
    weak = {str(key): int(str(count)) for key, count in report.sheets["weak"].rows}
    unasked = weak.get("agreement", 0) / int(str(report.figures["contacts"]))
    with st.container(horizontal=True, vertical_alignment="center", key="home_quality"):
        said = w("page.home.quality", score=w.share(float(str(score))))
        if unasked > 1 - shares[least]:
            said += " " + w("page.home.quality_agreement")
        elif shares[least] < 1:
            said += " " + w("page.home.quality_least", field=w(f"field.{least}").lower())
        st.markdown(said, width="content")
        if frame.built("quality") and st.button(
            w("page.home.quality_open"), key="home_quality_open", type="secondary"
        ):
            frame.go("quality")
