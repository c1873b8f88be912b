"""The demo files are what the generator writes, hold only reserved values, and tell their three stories."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from functools import cache
from pathlib import Path
from statistics import mean, median

import pytest

from data.demo.generate import FOLDER, main
from data.demo.shop import ANSWERING_TOWN, KEEPING_CATEGORY, LAST_DAY, OUTAGE
from segmentation.reference.first_names import gender_of
from segmentation.reference.geography import place_of

ENCODINGS = {"clients": "cp1252"}


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    with (FOLDER / f"{name}.csv").open(encoding=ENCODINGS.get(name, "utf-8-sig"), newline="") as lines:
        return tuple(csv.DictReader(lines, delimiter=";", strict=True))


@cache
def truth() -> dict[str, dict[str, str]]:
    return {row["N° client"]: row for row in rows("verite")}


def cents(text: str) -> int:
    return int(text.replace(",", ""))


def test_the_files_are_the_generators_output(tmp_path: Path) -> None:
    counts = main(tmp_path)
    for name, count in {**counts, "verite": counts["clients"]}.items():
        assert (tmp_path / f"{name}.csv").read_bytes() == (FOLDER / f"{name}.csv").read_bytes(), name
        assert len(rows(name)) == count


def test_counts_and_size() -> None:
    people = [row["true_contact_id"] for row in rows("verite")]
    assert (len(people), len(set(people))) == (3180, 3000)
    assert sum(bool(row["double"]) for row in rows("verite")) == 180
    assert len(rows("commandes")) == pytest.approx(12_400, rel=0.02)
    assert len(rows("evenements")) == pytest.approx(70_500, rel=0.02)
    assert sum((FOLDER / f"{name}.csv").stat().st_size for name in ("clients", "commandes", "lignes")) < 4e6
    assert (FOLDER / "evenements.csv").stat().st_size < 4e6


def test_the_contact_file_is_no_utf8_and_the_others_are() -> None:
    with pytest.raises(UnicodeDecodeError):
        (FOLDER / "clients.csv").read_bytes().decode("utf-8")
    assert "SIRET" not in "".join(rows("clients")[0])


def test_only_reserved_numbers_and_domains() -> None:
    phones = {re.sub(r"\D", "", row["Téléphone"]) for row in rows("clients")} - {""}
    assert all(re.fullmatch(r"(0|0?0?33)?(63998\d{4}|19900\d{4})", phone) for phone in phones)
    text = "\n".join(row["E-mail"] for row in rows("clients") + rows("verite")).lower()
    domains = set(re.findall(r"@+([^\s@]+)", text))
    assert len(domains) > 20
    assert all(d.endswith(".example") or d in {"example.com", "example.org", "example.net"} for d in domains)


def test_who_is_linked_to_whom() -> None:
    clients, orders = (
        {row["N° client"] for row in rows("clients")},
        {row["N° commande"] for row in rows("commandes")},
    )
    assert {row["N° client"] for row in rows("commandes")} <= clients | {""}
    assert {row["N° client"] for row in rows("evenements")} <= clients
    assert {row["N° commande"] for row in rows("lignes")} == orders
    assert 0 < sum(not row["N° client"] for row in rows("commandes")) <= 120


def test_lines_make_their_order() -> None:
    lines: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in rows("lignes"):
        assert cents(line["Montant"]) == int(line["Quantité"]) * cents(line["Prix unitaire"])
        lines[line["N° commande"]].append(line)
    for order in rows("commandes"):
        mine = lines[order["N° commande"]]
        assert 1 <= len(mine) <= 5
        assert sum(cents(line["Montant"]) for line in mine) == cents(order["Montant TTC"])


def test_dates_stop_where_they_should_and_come_in_order() -> None:
    for name, column in (("commandes", "Date de commande"), ("evenements", "Date")):
        moments = [datetime.fromisoformat(row[column]) for row in rows(name)]
        assert moments == sorted(moments)
        assert moments[-1].date() == LAST_DAY == date(2026, 11, 15)


def test_nothing_is_sent_after_a_no() -> None:
    left: set[str] = set()
    for event in rows("evenements"):
        if event["Événement"] in ("désinscription", "plainte"):
            left.add(event["N° client"])
        assert event["Événement"] != "envoyé" or event["N° client"] not in left
    assert len(left) > 80
    answers = {row["N° client"]: row["Newsletter"] for row in rows("clients")}
    assert {answers[client].lower() for client in left} <= {"non", "0", "n"}
    assert {answers[client].lower() for client in answers} == {"oui", "1", "o", "non", "0", "n", ""}


def test_a_mistyped_domain_bounces() -> None:
    mistyped = {row["N° client"] for row in rows("clients") if "@gmial.example" in row["E-mail"].lower()}
    bounced = {row["N° client"] for row in rows("evenements") if row["Événement"] == "rebond"}
    main_rows = {client for client in mistyped if not truth()[client]["double"]}
    written = {row["N° client"] for row in rows("evenements") if row["Événement"] == "envoyé"}
    assert len(main_rows) > 25
    assert main_rows & written <= bounced


def share(part: int, whole: int) -> float:
    return part / whole


def test_the_dirt_is_there_and_not_more() -> None:
    clients = rows("clients")
    pairs = [(row, truth()[row["N° client"]]) for row in clients]
    digits = [re.sub(r"\D", "", row["Téléphone"]) for row in clients]
    phones = [phone for phone in digits if phone.endswith(tuple("0123456789")) and "63998" in phone]
    assert share(sum(len(phone) == 9 for phone in phones), len(phones)) == pytest.approx(0.10, abs=0.02)
    no_zero = sum(real["CP"].startswith("0") and row["CP"] == real["CP"][1:] for row, real in pairs)
    assert share(no_zero, 3180) == pytest.approx(0.03, abs=0.012)
    capitals = sum(row["Nom"].isupper() for row in clients)
    assert share(capitals, 3180) == pytest.approx(0.12, abs=0.02)
    typos = ("gmial.", "hotmial.", "yaho.", "ornage.", "wanado.")
    slips = sum(any(typo in row["E-mail"].lower() for typo in typos) for row in clients)
    assert share(slips, 3180) == pytest.approx(0.03, abs=0.008)
    assert 0 < share(sum("Ã" in row["Prénom"] for row in clients), 3180) <= 0.02
    swapped = sum(row["Nom"] == real["Prénom"] for row, real in pairs if real["Nom"] != real["Prénom"])
    assert share(swapped, 3180) == pytest.approx(0.01, abs=0.006)
    assert sum("CEDEX" in row["Ville"] for row in clients) > 5
    births = Counter(
        re.sub(r"[a-zéû]+", "m", re.sub(r"\d", "9", row["Date de naissance"])) for row in clients
    )
    assert {"99/99/9999", "99/99/99", "9999-99-99", "99 m 9999"} <= set(births)
    assert any("\n" in row["Remarques"] for row in clients)
    assert any(";" in row["Remarques"] for row in clients)


def test_doubles_differ_by_one_habit_each() -> None:
    habits = Counter(row["double"] for row in rows("verite"))
    assert set(habits) == {"", "dot", "surname", "no_email", "initial"}
    assert min(habits.values()) > 25


def test_names_fit_genders_and_generations() -> None:
    people = {row["true_contact_id"]: row for row in rows("verite")}.values()
    known = [(gender_of(row["Prénom"]), row["gender"]) for row in people]
    sure = [guess == real for guess, real in known if guess]
    assert share(len(sure), len(known)) > 0.85
    assert mean(sure) > 0.98
    years: dict[str, list[int]] = defaultdict(list)
    for row in people:
        years[row["Prénom"]].append(int(row["Date de naissance"][:4]))
    assert mean(years["Monique"] + years["Michel"]) + 25 < mean(years["Camille"] + years["Thomas"])


def test_towns_fit_postal_codes() -> None:
    for row in rows("verite"):
        country = {"Suisse": "CH", "Belgique": "BE", "Luxembourg": "LU"}.get(row["Pays"], "FR")
        place = place_of(row["CP"], country)
        assert place is not None
        assert place.city == row["Ville"]
    near = sum(row["CP"].startswith("69") for row in rows("verite"))
    assert share(near, 3180) > 0.6


@cache
def sales() -> dict[str, list[tuple[datetime, int, str]]]:
    """Counted orders by true person: (moment, cents, order)."""
    found: dict[str, list[tuple[datetime, int, str]]] = defaultdict(list)
    for order in rows("commandes"):
        if order["N° client"] and order["Statut"] == "Payée" and cents(order["Montant TTC"]) > 0:
            person = truth()[order["N° client"]]["true_contact_id"]
            moment = datetime.fromisoformat(order["Date de commande"])
            found[person].append((moment, cents(order["Montant TTC"]), order["N° commande"]))
    return found


def test_hidden_kinds_drive_frequency_and_consent() -> None:
    kind = {row["true_contact_id"]: row["type"] for row in rows("verite")}
    people = Counter(kind.values())
    counts = Counter(kind[person] for person, mine in sales().items() for _ in mine)
    assert people == {"champion": 360, "regular": 840, "occasional": 1050, "prospect": 750}
    wanted = {"champion": 14, "regular": 6, "occasional": 2.2, "prospect": 0}
    for name, frequency in wanted.items():
        assert counts[name] / people[name] == pytest.approx(frequency, rel=0.15)
    yes: Counter[str] = Counter()
    said: Counter[str] = Counter()
    for row in rows("clients"):
        name = truth()[row["N° client"]]["type"]
        said[name] += bool(row["Newsletter"])
        yes[name] += row["Newsletter"].lower() in ("oui", "1", "o")
    rates = [yes[name] / said[name] for name in wanted]
    assert rates == sorted(rates, reverse=True)
    assert rates[0] > 0.75
    assert rates[3] < 0.6


def test_christmas_and_gift_boxes() -> None:
    months = Counter(moment.strftime("%Y-%m") for mine in sales().values() for moment, _, _ in mine)
    assert months["2025-12"] > 1.6 * months["2025-10"]
    month_of = {row["N° commande"]: row["Date de commande"][5:7] for row in rows("commandes")}
    boxes = Counter(month_of[row["N° commande"]] for row in rows("lignes") if row["Catégorie"] == "Coffret")
    every = Counter(month_of[row["N° commande"]] for row in rows("lignes"))
    assert boxes["12"] / every["12"] > 2 * boxes["06"] / every["06"]


def test_older_customers_spend_more() -> None:
    born = {row["true_contact_id"]: int(row["Date de naissance"][:4]) for row in rows("verite")}
    old = [amount for person, mine in sales().items() for _, amount, _ in mine if born[person] < 1966]
    young = [amount for person, mine in sales().items() for _, amount, _ in mine if born[person] > 1990]
    assert mean(old) > 1.1 * mean(young)


def test_channels_share_60_40() -> None:
    channels = Counter(row["Canal"] for row in rows("commandes"))
    assert channels["Boutique"] / len(rows("commandes")) == pytest.approx(0.6, abs=0.03)


def test_story_one_the_month_that_went_wrong_and_its_cause() -> None:
    paid = Counter(moment.strftime("%Y-%m") for mine in sales().values() for moment, _, _ in mine)
    assert paid["2026-03"] < 0.75 * median([paid["2026-02"], paid["2026-04"], paid["2026-05"]])
    failed = [row for row in rows("commandes") if row["Statut"] == "Échouée"]
    assert len(failed) > 100
    assert {row["Canal"] for row in failed} == {"Site"}
    days = {date.fromisoformat(row["Date de commande"][:10]) for row in failed}
    assert OUTAGE[0] <= min(days) <= max(days) <= OUTAGE[1]
    carts = Counter(row["Date"][:7] for row in rows("evenements") if row["Événement"] == "panier abandonné")
    assert carts.most_common(1)[0][0] == "2026-03"
    lost = {truth()[row["N° client"]]["true_contact_id"] for row in failed}
    silent = [
        person for person in lost if all(when.date() < OUTAGE[0] for when, _, _ in sales().get(person, []))
    ]
    assert len(silent) > 20


def test_story_two_tea_keeps_people() -> None:
    tea = {row["N° commande"] for row in rows("lignes") if row["Catégorie"] == KEEPING_CATEGORY}
    still: dict[bool, list[bool]] = {True: [], False: []}
    for mine in sales().values():
        if mine[0][0].date() < date(2025, 11, 15):
            still[mine[0][2] in tea].append(mine[-1][0].date() >= date(2026, 5, 15))
    assert mean(still[True]) > 1.35 * mean(still[False])


def test_story_three_a_town_answers() -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for event in rows("evenements"):
        town = truth()[event["N° client"]]["Ville"]
        counts[town if town == ANSWERING_TOWN else "elsewhere"][event["Événement"]] += 1
    here, there = counts[ANSWERING_TOWN], counts["elsewhere"]
    assert here["envoyé"] > 1500
    for answer in ("ouvert", "clic"):
        assert here[answer] / here["envoyé"] > 1.6 * there[answer] / there["envoyé"]
