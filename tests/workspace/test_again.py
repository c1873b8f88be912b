"""The same file as last month takes up its choices; refused rows corrected come in alone, as their import."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from segmentation.i18n import LANGUAGES, words
from segmentation.intake.plan import LEFT_OUT, ConsentAnswer
from segmentation.intake.read import ReadOptions, Table
from segmentation.intake.refused import refused_workbook
from segmentation.results import Statement
from segmentation.workspace import Workspace, inbox
from segmentation.workspace.again import Again
from segmentation.workspace.counter import enter

MAY = "Réf;Prénom;E-mail;Total;Zzz\n1;Ana;ana@example.com;12,50;a\n2;Bob;bob@example.com;3;b\n"
JUNE = "Réf;Prénom;E-mail;Total;Zzz\n1;Ana;ana@example.com;99;c\n3;Eva;eva@example.com;4;d\n"
ANSWER = ConsentAnswer("customer", None, "caisse", None, ("email", "post"))


def bring(base: Workspace, text: str | bytes, name: str, **decided: object) -> tuple[int, Again | None]:
    path = base.database.workdir / "file"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    table = base.read(path, name=name)
    past = base.again(table)
    known = past.known if past and past.corrects else None
    recognition = base.recognise(table, kind=past.kind if known and past else None, known=known)
    asked: Mapping[str, object] = past.decided(recognition) if past else {}
    if past and past.corrects:
        asked = {**asked, "corrects": past.import_id}
    with base.prepare(base.request(table, recognition, **{**asked, **decided})) as prepared:
        return base.commit(prepared).import_id, past


def test_the_same_headers_take_up_source_consent_and_repairs(empty: Workspace) -> None:
    first, past = bring(
        empty, MAY, "mai.csv", source="caisse", consent=ANSWER, mapping={4: "contacts.owner"},
        rules_off=frozenset({"case"}),
    )  # fmt: skip
    assert past is None
    second, past = bring(empty, JUNE, "juin.csv")
    assert past is not None
    assert (past.import_id, past.file_name, past.corrects) == (first, "mai.csv", False)
    assert (past.source, past.consent, past.rules_off) == ("caisse", ANSWER, frozenset({"case"}))
    latest = empty.imports()[0]
    assert (latest.import_id, latest.source, latest.consent) == (second, "caisse", "customer")
    assert latest.mapping["Zzz"] == "contacts.owner"
    sql = "SELECT owner FROM contacts WHERE live ORDER BY contact_id"
    assert [row[0] for row in empty.database.run(Statement(sql)).rows] == ["c", "b", "d"]
    third, past = bring(empty, JUNE.replace("Zzz", "Autre"), "autre.csv")
    assert past is None and third == second + 1
    empty.undo(second)
    assert bring(empty, JUNE, "juin.csv")[1] is None


def test_corrected_refused_rows_come_in_alone_with_their_import(empty: Workspace) -> None:
    text = (
        "Date;Montant;E-mail;Réf commande\n01/02/2026;10,00;ana@example.com;A1\nhier;5;bob@example.com;A2\n"
    )
    first, _ = bring(empty, text, "ventes.csv", source="caisse")
    rejects = empty.rejects(first)
    assert len(rejects) == 1
    for language in LANGUAGES:
        book = openpyxl.load_workbook(
            io.BytesIO(
                refused_workbook(
                    tuple(empty.imports()[-1].mapping), rejects, words(language), import_id=first
                )
            )
        )
        sheet = book.worksheets[0]
        sheet.cell(2, 2).value = "03/02/2026"
        out = io.BytesIO()
        book.save(out)
        number, past = bring(empty, out.getvalue(), "refus.xlsx")
        assert past is not None and past.corrects and past.import_id == first
        made = empty.imports()[0]
        assert (made.kind, made.source, made.rows_read, made.rows_loaded) == ("orders", "caisse", 1, 1)
        assert made.notes["corrects"] == first
        sql = "SELECT count(*) FROM orders WHERE counted"
        assert empty.database.run(Statement(sql)).rows == [(2,)]
        empty.undo(number)


CARD = (
    "BEGIN:VCARD\nVERSION:3.0\nN:Roy;{name};;;\nNICKNAME:{name}ou\nEMAIL:{name}@example.com\n"
    "EMAIL:{name}@example.org\nEMAIL:{name}@example.net\nNOTE:{note}\nEND:VCARD\n"
)


@pytest.mark.parametrize("one", LANGUAGES)
def test_an_address_book_is_known_again_in_the_other_language(empty: Workspace, one: str) -> None:
    other = next(language for language in LANGUAGES if language != one)
    may, june = (read_cards(empty, name, language) for name, language in (("Ana", one), ("Eva", other)))
    assert june.headers != may.headers and empty.again(may) is None
    third, seen = may.headers.index("E-mail 3"), empty.recognise(may)
    left = {third: LEFT_OUT}
    request = empty.request(may, seen, source="téléphone", mapping=left, rules_off=frozenset({"case"}))
    with empty.prepare(request) as prepared:
        first = empty.commit(prepared).import_id
    past, after = empty.again(june), empty.recognise(june)
    assert past is not None and (past.import_id, past.source, past.own) == (first, "téléphone", True)
    fields = [left.get(guess.index, guess.field) for guess in seen.columns]
    assert [guess.field for guess in after.columns] == fields


def read_cards(base: Workspace, name: str, language: str) -> Table:
    path = base.database.workdir / name
    path.write_text(CARD.format(name=name, note="aime le thé"), encoding="utf-8")
    return base.read(path, name=f"{name}.vcf", options=ReadOptions(language=language))


def test_the_inbox_lists_files_and_puts_them_away(tmp_path: Path) -> None:
    base = tmp_path / "base.duckdb"
    assert inbox.waiting(base) == ()
    place = inbox.folder(base)
    (place / "dossier").mkdir(parents=True)
    for name in ("b.csv", "A.csv", ".caché", "~$b.xlsx"):
        (place / name).write_text(MAY, encoding="utf-8")
    (place / "lien.csv").symlink_to(place / "b.csv")
    assert [one.name for one in inbox.waiting(base)] == ["A.csv", "b.csv"]
    assert inbox.waiting(base)[0].size == len(MAY.encode())
    first = inbox.put_away(place / "b.csv")
    (place / "b.csv").write_text(JUNE, encoding="utf-8")
    second = inbox.put_away(place / "b.csv")
    assert first != second and first.read_text(encoding="utf-8") == MAY
    assert second.read_text(encoding="utf-8") == JUNE
    assert [one.name for one in inbox.waiting(base)] == ["A.csv"]


FAIR = ConsentAnswer("yes", None, "salon", "bulletin signé", ("email", "sms"))


def consents(base: Workspace, contact_id: int) -> list[tuple[object, ...]]:
    sql = "SELECT channel, state FROM consents WHERE contact_id = ? ORDER BY ALL"
    return base.database.run(Statement(sql, (contact_id,))).rows


def test_a_yes_is_never_taken_up_and_another_answer_only_of_one_named_source(empty: Workspace) -> None:
    bring(empty, MAY, "salon.csv", source="salon", consent=FAIR)
    other = MAY.replace("1;Ana;ana", "8;Eve;eve").replace("2;Bob;bob", "9;Luc;luc")
    _, past = bring(empty, other, "liste-achetee.csv")
    assert past is not None and past.source == "salon" and past.consent == FAIR
    assert consents(empty, 1) == [("email", "yes"), ("sms", "yes")]
    assert consents(empty, 3) == consents(empty, 4) == []
    for source, answer, expected in (("caisse", ANSWER, ANSWER), (None, ANSWER, None)):
        again = MAY.replace("Zzz", f"Zz {source}")
        bring(empty, again, "mai.csv", source=source, consent=answer)
        table = empty.read(_file(empty, again), name="juin.csv")
        past, seen = empty.again(table), empty.recognise(table)
        assert past is not None and past.consent_for(seen) == expected
        assert past.consent_for(seen, source="ailleurs") is None
        assert past.consent_left(seen, source="ailleurs") == "customer"


def _file(base: Workspace, text: str) -> Path:
    path = base.database.workdir / "file"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_one_person_agreed_to_at_the_counter_is_theirs_alone(empty: Workspace) -> None:
    ana = {"first_name": "Ana", "last_name": "Roy", "email": "ana@example.com"}
    enter(empty, ana, agreed=["email"], form="Formulaire", proof="J’accepte…")
    text = "first_name,last_name,email\nBob,Lee,bob@example.com\n"
    _, past = bring(empty, text, "export.csv")
    assert past is None and consents(empty, 2) == []
    with empty.database.session() as session, session.transaction(write=True):
        session.sql("UPDATE mappings SET choices = replace(choices, '\"import_id\": 2', '\"import_id\": 1')")
    assert bring(empty, text.replace("Bob", "Zoé").replace("bob", "zoe"), "export.csv")[1] is None


def test_corrected_rows_never_take_the_answers_of_a_later_import(empty: Workspace) -> None:
    bad = "Nom;Né le;Email\nRoy;1980-01-01;ana@example.com\nBad;1980-01-01;bad@example.com;x\n"
    first, _ = bring(empty, bad, "louée.csv", source="loueur", consent=ConsentAnswer("customer"))
    corrected = _corrected_book(empty, first)
    _, past = bring(empty, corrected, "refus.xlsx")
    assert past is not None and past.corrects and past.own and past.consent == ConsentAnswer("customer")
    assert empty.imports()[0].consent == "customer"
    empty.undo(empty.imports()[0].import_id)
    bring(empty, bad.splitlines()[0] + "\nLi;1981-01-01;li@example.com\n", "salon.csv", consent=FAIR)
    number, past = bring(empty, corrected, "refus.xlsx")
    assert past is not None and past.corrects and past.import_id == first and not past.own
    made = empty.imports()[0]
    assert (made.import_id, made.source, made.consent, made.rows_loaded) == (number, "loueur", None, 1)
    table = empty.read(_file(empty, bad), name="x.csv")
    assert past.consent_left(empty.recognise(table)) == "customer"


def _corrected_book(base: Workspace, import_id: int) -> bytes:
    """The refused row given back, its extra cell emptied and left out."""
    mapping = next(tuple(row.mapping) for row in base.imports() if row.import_id == import_id)
    made = refused_workbook(mapping, base.rejects(import_id), words("fr"), import_id=import_id)
    book = openpyxl.load_workbook(io.BytesIO(made))
    sheet = book.worksheets[0]
    sheet.delete_cols(len(mapping) + 2, sheet.max_column - len(mapping) - 2)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
