"""A model, filled in and brought back, is understood without a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.parts.intake.templates import COLUMNS, model
from segmentation.i18n import LANGUAGES
from segmentation.intake.read import read_file
from segmentation.intake.recognise import recognise


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", COLUMNS)
def test_a_model_is_understood(tmp_path: Path, kind: str, language: str) -> None:
    path = tmp_path / "model"
    path.write_bytes(model(kind, language))
    seen = recognise(read_file(path, name="model.csv", workdir=tmp_path))
    assert seen.kind == kind
    assert [(column.field, column.accepted) for column in seen.columns] == [
        (key, True) for key, _ in COLUMNS[kind]
    ]
