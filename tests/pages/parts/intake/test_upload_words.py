"""The drop zone speaks the reader's language by style alone, and no word can leave its string."""

from __future__ import annotations

from pages.parts.intake.upload_words import style


def test_our_words_replace_those_of_streamlit() -> None:
    sheet = style("Choisir « ceux-là »", 'a"; } body { display: none } </style>')
    assert 'content: "Choisir « ceux-là »"' in sheet
    assert r'"a\"; } body { display: none } /style>"' in sheet
    assert "<" not in sheet
    assert "stFileUploaderDropzoneInstructions" in sheet
