"""« The same file as last month »: a file whose headers are those of a past import, and its choices taken up.

The mapping is recalled by recognition; here are the other answers: source, consent, types, dates, repairs
switched off. Like columns do not make people agree: a yes is never taken up, another answer only for files of
one named source. The refused rows that Carnet gave back, corrected, are known by the columns it put around
them: only those rows come in, as their import read them, with its own answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from segmentation.i18n import LANGUAGES, words
from segmentation.intake.clean.consent import CHANNELS
from segmentation.intake.plan import COUNTER, LEFT_OUT, ConsentAnswer, ImportRequest
from segmentation.intake.read import Table
from segmentation.intake.read.vcards import card_layout
from segmentation.intake.recognise import Recognition, fingerprint, layout
from segmentation.store.database import Database
from segmentation.store.imports import Import, read_imports
from segmentation.store.mappings import recall_choices


@dataclass(frozen=True, slots=True)
class Again:
    """The import a file is like, and what was answered for it; ``corrects``: its refused rows, put right."""

    import_id: int
    file_name: str
    created_at: datetime | None
    kind: str
    choices: Mapping[str, Any]
    corrects: bool = False
    known: Mapping[str, str | None] | None = None

    @property
    def consent(self) -> ConsentAnswer | None:
        """What was said then of everyone in the file, None when it was not asked."""
        kept = self.choices.get("consent")
        if not isinstance(kept, Mapping):
            return None
        day = kept.get("date")
        return ConsentAnswer(
            state=str(kept["state"]),
            date=date.fromisoformat(day) if isinstance(day, str) else None,
            source=kept.get("source"),
            proof=kept.get("proof"),
            channels=tuple(kept.get("channels") or CHANNELS),
            over=bool(kept.get("over")),
        )

    @property
    def source(self) -> str | None:
        """Where the file was said to come from."""
        return str(self.choices["source"]) if self.choices.get("source") else None

    @property
    def rules_off(self) -> frozenset[str]:
        """The repairs that were switched off."""
        return frozenset(map(str, self.choices.get("rules_off") or ()))

    @property
    def own(self) -> bool:
        """Whether the answers are those of that very import, not only its columns and its source."""
        return self.choices.get("import_id") == self.import_id

    def decided(self, recognition: Recognition, *, source: str | None = None) -> dict[str, Any]:
        """The answers as ``ingest.make_request`` takes them; what this file itself proves comes first.

        ``source`` is where this file comes from when it was said, by default where the earlier one did.
        """
        doubtful = {guess.index for guess in recognition.columns if guess.date_doubtful}
        plain = {guess.index for guess in recognition.columns if not guess.decimal}
        return {
            "source": source or self.source,
            "consent": self.consent_for(recognition, source=source),
            "own_types": self._of("own_types"),
            "date_orders": {i: v for i, v in self._of("date_orders").items() if i in doubtful},
            "decimals": {i: v for i, v in self._of("decimals").items() if i in plain},
            "rules_off": self.rules_off,
            "event_type": self.choices.get("event_type"),
            "dates_agree": self.choices.get("dates_agree"),
            "country": self.choices.get("country"),
        }

    def consent_for(self, recognition: Recognition, *, source: str | None = None) -> ConsentAnswer | None:
        """The answer about consent that holds for this file too, None when it must be given again.

        Corrected rows keep the one of their import. Those who left stay so, and of two files only one of
        which is of people who left, neither answers for the other. Else it holds for files of one named
        ``source``, unless it is a yes: who agreed is known of one file only.
        """
        answer = self.consent
        if answer is None or not self.own:
            return None
        if self.corrects and (answer.over or not recognition.closed):
            return answer
        if answer.over or recognition.closed:
            return answer if answer.over and recognition.closed else None
        same = bool(self.choices.get("named")) and source in (None, self.source)
        return answer if same and answer.state != "yes" else None

    def consent_left(self, recognition: Recognition, *, source: str | None = None) -> str | None:
        """The earlier answer to show and not to take up, None when there is none or it is taken up."""
        answer = self.consent
        if answer is None or answer.over or recognition.closed:
            return None
        return None if self.consent_for(recognition, source=source) else answer.state

    def _of(self, name: str) -> dict[int, str]:
        """Answers by the index of their column; a corrected file has one column before them."""
        shift = 1 if self.corrects else 0
        return {int(index) + shift: str(v) for index, v in dict(self.choices.get(name) or {}).items()}


def choices_of(request: ImportRequest, import_id: int, *, named: bool) -> dict[str, object]:
    """What is kept of a request, to be taken up by the next file of the same headers.

    ``named``: its source is a tool or a name somebody gave, not the one of files nobody named.
    """
    return {
        "import_id": import_id,
        "source": request.source,
        "named": named,
        "consent": asdict(request.consent) if request.consent else None,
        "own_types": dict(request.own_types),
        "date_orders": dict(request.date_orders),
        "decimals": dict(request.decimals),
        "rules_off": sorted(request.rules_off),
        "event_type": request.event_type,
        "dates_agree": request.dates_agree,
        "country": request.country,
    }


def again(database: Database, table: Table) -> Again | None:
    """The standing import a file is like, or corrects; None for a new kind of file."""
    standing = {row.import_id: row for row in read_imports(database) if row.undone_at is None}
    fixed = _corrected(table, standing)
    if fixed is not None:
        choices = _choices_of(database, fixed)
        known: dict[str, str | None] = dict.fromkeys(table.headers, LEFT_OUT)
        fields = [field and field.partition("#")[0] for field in fixed.mapping.values()]
        known |= dict(zip(table.headers[1:], fields, strict=False))
        return Again(
            fixed.import_id,
            fixed.file_name,
            fixed.created_at,
            fixed.kind,
            choices,
            corrects=True,
            known=known,
        )
    kept = recall_choices(database, fingerprint(layout(table)))
    past = standing.get(int(str(kept["import_id"]))) if kept and kept.get("import_id") else None
    if kept is None or past is None or past.source == COUNTER:
        return None
    return Again(past.import_id, past.file_name, past.created_at, past.kind, kept)


def _choices_of(database: Database, fixed: Import) -> Mapping[str, Any]:
    """The answers kept of that very import, else what its history says of them."""
    inner = tuple(fixed.mapping)
    for names in (inner, card_layout(inner)):
        choices = recall_choices(database, fingerprint(names))
        if choices and choices.get("import_id") == fixed.import_id:
            return choices
    return {"source": fixed.source, "consent": {"state": fixed.consent} if fixed.consent else None}


def _corrected(table: Table, standing: Mapping[int, Import]) -> Import | None:
    """The import whose refused rows this file holds: told by the number in its sheet, else the last one."""
    if len(table.headers) < 3 or not any(_wraps(table, language) for language in LANGUAGES):
        return None
    inner = table.headers[1:-1]
    likely = [
        row
        for row in sorted(standing.values(), key=lambda row: -row.import_id)
        if row.rows_rejected and inner[: len(row.mapping)] == tuple(row.mapping)
    ]
    number = (table.sheet or "").rpartition(" ")[2]
    return next((row for row in likely if str(row.import_id) == number), next(iter(likely), None))


def _wraps(table: Table, language: str) -> bool:
    w = words(language)
    return table.headers[0] == w("reject.row_number") and table.headers[-1] == w("reject.reason")
