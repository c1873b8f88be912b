"""The quality of a base equals plain pandas on the demonstration shop and on a small base made by hand."""

from __future__ import annotations

from importlib import import_module

import pandas as pd
import pytest

from segmentation.criteria.codec import criterion_from_json
from segmentation.reference.email_domains import corrections, suggestion
from segmentation.results import Report, Statement
from segmentation.workspace import Workspace
from tests.bringing import bring
from tests.workspace.conftest import demo, empty

__all__ = ["demo", "empty"]


def frame(base: Workspace, sql: str) -> pd.DataFrame:
    found = base.database.run(Statement(sql))
    return pd.DataFrame(found.rows, columns=list(found.columns))


def filled(people: pd.DataFrame, *names: str) -> pd.Series:
    return people[list(names)].notna().any(axis=1)


HEARD = ("last_own_contact", "last_purchase_date", "last_open_date", "last_click_date")


def in_pandas(base: Workspace) -> dict[str, object]:
    """The score again, from the contacts, the kept rows and the computed dates."""
    people = frame(base, "SELECT * FROM contacts WHERE live").set_index("contact_id")
    dates = frame(base, "SELECT * FROM contact_features").set_index("contact_id")
    kept = frame(
        base, "SELECT contact_id, map_keys(unread) AS names FROM import_contacts WHERE unread IS NOT NULL"
    )
    has = {
        "first_name": filled(people, "first_name", "full_name", "company_name"),
        "last_name": filled(people, "last_name", "full_name", "company_name"),
        "email": filled(people, "email"),
        "mobile": filled(people, "mobile", "phone"),
        "postal_code": filled(people, "postal_code"),
        "birth_date": filled(people, "birth_date"),
    }
    domains = people.email.dropna().str.split("@").str[1]
    impossible = people.email.notna() & ~people.email_valid.eq(True)
    slip = domains.isin(set(corrections())).reindex(people.index, fill_value=False) & ~impossible
    raw = 0
    for code, names in (
        ("email", {"email"}),
        ("mobile", {"mobile", "phone"}),
        ("postal_code", {"postal_code"}),
    ):
        of = {row.contact_id for row in kept.itertuples() if names & set(row.names or ())}
        raw += sum(one in of for one in has[code].index[~has[code]])
    heard = people[["last_contact_date"]].join(dates[[*HEARD]]).apply(pd.to_datetime).max(axis=1)
    made = pd.to_datetime(people["created_at"])
    last = pd.concat([heard, made.where(heard.notna())], axis=1).max(axis=1)
    now = pd.Timestamp(base.as_of)
    given = sum(int(one.sum()) for one in has.values())
    silent = {months: int((last < now - pd.DateOffset(months=months)).sum()) for months in (24, 36)}
    said = frame(base, "SELECT contact_id, state FROM consents WHERE channel = 'email'")
    answered = set(said[said["state"].isin(["yes", "no"])]["contact_id"])
    right = people.email.notna() & ~impossible & ~slip
    return {
        "complete": given / (6 * len(people)),
        "valid": (given - int(impossible.sum()) - int(slip.sum())) / (given + raw),
        "fresh": 1 - silent[24] / int(heard.notna().sum()),
        "weak": {
            **{f"missing_{code}": int((~one).sum()) for code, one in has.items()},
            "missing_birth_date": int((~filled(people, "birth_date", "birth_year", "age")).sum()),
            "slip": int(slip.sum()),
            "impossible": int(impossible.sum()),
            "no_way": int((~filled(people, "email", "mobile", "phone", "address1")).sum()),
            "agreement": int((right & ~people.index.isin(answered)).sum()),
            "obsolete": silent[36],
            "inactive": silent[24] - silent[36],
        },
    }


def weak(report: Report) -> dict[str, object]:
    return {str(key): count for key, count in report.sheets["weak"].rows}


def test_the_demonstration_shop_is_that_of_pandas(demo: Workspace) -> None:
    report, told = demo.report("quality"), in_pandas(demo)
    for part in ("complete", "valid", "fresh"):
        assert report.figures[part] == pytest.approx(told[part], abs=1e-9), part
    assert weak(report) == {key: n for key, n in told["weak"].items() if n}  # type: ignore[attr-defined]
    parts = [report.figures[part] for part in ("complete", "valid", "fresh", "unique")]
    assert report.figures["score"] == pytest.approx(sum(parts) / 4)  # type: ignore[arg-type]
    assert report.figures["unique"] == 1 - report.figures["extra"] / report.figures["contacts"]  # type: ignore[operator]
    for key, count in report.sheets["weak"].rows:
        assert demo.evaluator.count(criterion_from_json(report.charts["weak"].criteria[str(key)])) == count
    wrong = frame(demo, "SELECT contact_id, email FROM contacts WHERE live AND email IS NOT NULL")
    meant = {n: suggestion(mail) for n, mail in zip(wrong.contact_id, wrong.email, strict=True)}
    slips = demo.report("email_slips").sheets["slips"].rows
    assert {row[0] for row in slips} == {n for n, better in meant.items() if better}


def test_a_base_by_hand_and_its_trend(empty: Workspace) -> None:
    bring(empty, "Prénom;Nom;E-mail\nAna;Roux;ana@gmial.com\nBob;Noir;bob@example.com\n")
    bring(
        empty, "Prénom;Nom;E-mail;Code postal\nAna;Roux;ana@gmial.com;69003\nEva;Blanc;;75011\n", "mars.csv"
    )
    report = empty.report("quality")
    assert report.figures["complete"] == pytest.approx((3 + 3 + 2 + 0 + 2 + 0) / 18)
    assert report.figures["valid"] == pytest.approx(9 / 10)
    assert report.figures["fresh"] is None and report.figures["heard"] == 0
    assert report.figures["score"] == pytest.approx((10 / 18 + 9 / 10 + 1) / 3)
    trend = [tuple(row[2:]) for row in report.sheets["trend"].rows]
    assert trend == [
        ("clients.csv", 2, pytest.approx(6 / 12), 0.5),
        ("mars.csv", 3, pytest.approx(10 / 18), 0.5),
    ]
    sources = {row[0]: row[1:] for row in report.sheets["sources"].rows}
    assert sources["mars.csv"] == (2, pytest.approx(7 / 12), 0.0)
    slips = empty.report("email_slips").sheets["slips"].rows
    assert slips == [(1, "Ana Roux", "ana@gmial.com", "ana@gmail.com")]
    empty.correct_emails({1: "ana@gmail.com"})
    trend = [tuple(row[3:]) for row in empty.report("quality").sheets["trend"].rows]
    assert trend[-1] == (3, pytest.approx(10 / 18), 1.0)


def test_a_town_one_key_away_is_proposed_and_given_back(empty: Workspace) -> None:
    rows = "Lyonn;69003;\nLyon;69003;France\nlyonn;69003;Belgique\nLyonn;;\nOullins;69600;\n"
    people = "".join(f"P{n};Roux;p{n}@example.com;{row}\n" for n, row in enumerate(rows.split()))
    bring(empty, f"Prénom;Nom;E-mail;Ville;Code postal;Pays\n{people}")
    assert empty.report("town_slips").sheets["slips"].rows == [(1, "P0 Roux", "Lyonn", "Lyon", "69003")]
    written = empty.correct_towns({1: "Lyon"})
    assert empty.report("town_slips").figures["towns"] == 0
    empty.undo(written.import_id)
    assert empty.report("town_slips").figures["towns"] == 1


def test_nobody_has_no_score(empty: Workspace) -> None:
    figures = empty.report("quality").figures
    assert (figures["contacts"], figures["score"], figures["extra"]) == (0, None, 0)


def test_duplicates_of_an_import_and_what_a_merge_would_keep(empty: Workspace) -> None:
    first = bring(empty, "Prénom;Nom;Code postal;Ville\nAna;Roux;69003;Lyon\nBob;Noir;33000;Bordeaux\n")
    second = bring(empty, "Prénom;Nom;Code postal;Mobile\nAna;Rous;69003;0639980001\n")
    for asked, groups in ((None, 1), (first, 1), (second, 1)):
        assert empty.report("duplicates", import_id=asked).figures["groups"] == groups
    assert empty.report("duplicates", import_id=99).figures["groups"] == 0
    assert empty.report("duplicates").sheets["groups"].rows == [
        ([1, 3], ["postal"], False, ["Ana Roux", "Ana Rous"])
    ]
    rows = {row[0]: row[1:] for row in empty.report("merge_preview", ids=(3, 1)).sheets["values"].rows}
    assert rows["last_name"] == ("Roux", "Rous", 3, "latest", "Rous")
    assert rows["city"] == ("Lyon", None, 1, "only", "Lyon")
    empty.tell_apart([1, 3])
    assert empty.report("duplicates").figures["groups"] == 0
    empty.tell_apart([3, 1], apart=False)
    assert empty.report("duplicates").figures["groups"] == 1


def test_a_large_base_is_searched_for_duplicates_only_when_asked(
    empty: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring(empty, "E-mail;Prénom\na@example.org;Ana\n;Bob\n")
    monkeypatch.setattr(import_module("segmentation.reports.quality"), "LARGE", 1)
    unasked, asked = empty.report("quality").figures, empty.report("quality", twins=True).figures
    assert (unasked["unique"], unasked["groups"]) == (None, None)
    assert (asked["unique"], asked["groups"]) == (1.0, 0)
    known = [
        float(str(unasked[part])) for part in ("complete", "valid", "fresh") if unasked[part] is not None
    ]
    assert unasked["score"] == sum(known) / len(known)
