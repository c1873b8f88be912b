"""Real files with published figures, imported through the command line and counted again in plain pandas.

    python -m benchmarks.known_answers --data DIR

``DIR`` holds ``online-retail/online_retail.csv.gz`` and ``cdnow/CDNOW_master.txt``.
Each line says what Carnet found, what pandas found, and whether they agree; exit 1 on any difference.
"""

from __future__ import annotations

import argparse
import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from segmentation.workspace import Workspace
from tests.predictive.test_rfm import CELLS
from tests.reports import value_in_pandas

Answer = tuple[str, object, object]


def carnet(base: Path, *arguments: str, as_of: str | None = None) -> dict[str, object]:
    """What the command line answers, as JSON."""
    dated = ["--as-of", as_of] if as_of else []
    command = [sys.executable, "-m", "segmentation", "--base", str(base), *dated, "--json", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return dict(json.loads(done.stdout))


def count(base: Path, folder: Path, criterion: object, *, as_of: str) -> object:
    path = folder / "criterion.json"
    path.write_text(json.dumps(criterion), encoding="utf-8")
    return carnet(base, "count", str(path), as_of=as_of)["count"]


def rfm_totals(answer: dict[str, object]) -> tuple[int, int, Decimal]:
    rows = [row for row in answer["segments"] if row["key"] != "prospects"]  # type: ignore[attr-defined]
    return (
        sum(row["customers"] for row in rows),
        sum(row["orders"] for row in rows),
        sum((Decimal(str(row["amount"])) for row in rows), Decimal(0)),
    )


def online_retail(data: Path, folder: Path) -> Iterator[Answer]:
    """UCI Online Retail: order lines without a contact file."""
    file = folder / "online_retail.csv"
    with gzip.open(data / "online-retail" / "online_retail.csv.gz", "rb") as source, file.open("wb") as out:
        shutil.copyfileobj(source, out)
    lines = pd.read_csv(file, dtype=str)
    lines["quantity"] = lines["Quantity"].map(Decimal)
    lines["price"] = lines["UnitPrice"].map(Decimal)
    lines["amount"] = lines["quantity"] * lines["price"]
    known = lines[lines["CustomerID"].notna()]
    sold = known[(known["quantity"] > 0) & (known["price"] > 0)]

    base = folder / "retail.duckdb"
    report = carnet(base, "import", str(file))
    yield "kind", report["kind"], "order_lines"
    yield "rows read", report["rows_read"], len(lines)
    yield "rows loaded and refused", report["rows_loaded"] + report["rows_rejected"], len(lines)  # type: ignore[operator]
    yield "customers with an id", report["contacts"], known["CustomerID"].nunique()
    as_of = "2011-12-09"
    everyone = {"all": []}
    yield "contacts", count(base, folder, everyone, as_of=as_of), known["CustomerID"].nunique()
    buyers = {"event": "order", "measure": "count", "op": ">=", "value": 1}
    yield "customers who bought", count(base, folder, buyers, as_of=as_of), sold["CustomerID"].nunique()
    customers, orders, _ = rfm_totals(carnet(base, "rfm", as_of=as_of))
    yield "customers in the RFM grid", customers, sold["CustomerID"].nunique()
    yield "their orders", orders, sold.groupby("InvoiceNo")["amount"].sum().gt(0).sum()
    with Workspace.open(base, as_of=date.fromisoformat(as_of)) as opened:
        weight = opened.report("weight").figures
    now, invoices = date.fromisoformat(as_of), _orders(known)
    yield from value(base, invoices, now)
    yield from home(base, _orders(lines), now)
    yield from fidelity(base, invoices, now)
    yield from crossed(base, invoices, known.groupby("CustomerID")["Country"].last(), now)
    yield "gross of known customers", weight["gross"], sold["amount"].sum()
    yield "net of cancellations", weight["net"], known["amount"].sum()


def _orders(lines: pd.DataFrame) -> pd.DataFrame:
    """The invoices of Online Retail as orders: contact, when, amount, counted, summed."""
    lines = lines.assign(when=pd.to_datetime(lines["InvoiceDate"]))
    by = lines.groupby(["CustomerID", "InvoiceNo"], dropna=False)
    invoices = by.agg({"when": "min", "amount": "sum"}).reset_index()
    orders = invoices.rename(columns={"CustomerID": "contact"})
    return orders.assign(counted=orders["amount"] > 0, summed=True)


def value(base: Path, orders: pd.DataFrame, now: date) -> Iterator[Answer]:
    """What customers are worth (page « Valeur ») as of a day, against plain pandas."""
    spent = orders.groupby("contact")["amount"].sum().astype(float).round(4)
    orders = orders.assign(amount=orders["amount"].astype(float))
    with Workspace.open(base, as_of=now) as opened:
        told = {name: opened.report(f"value_{name}") for name in ("months", "seasons", "cohorts", "second")}
        tops = opened.report("value_concentration")
    found: Iterator[tuple[Any, ...]] = iter(told["months"].sheets["months"].rows)  # type: ignore[arg-type]
    months = value_in_pandas.months(orders, now)
    wanted = (months["fresh"] + months["back"]).round(2).tolist()
    yield "revenue of each of the last twelve months", [round(float(row[3]), 2) for row in found], wanted
    seasons = value_in_pandas.seasons(orders, now)
    found = iter(told["seasons"].sheets["seasons"].rows)  # type: ignore[arg-type]
    yield "customers of each month of the year", [row[4] for row in found], seasons["customers"].tolist()
    cells = value_in_pandas.cohorts(orders, now, str(told["cohorts"].figures["unit"]))
    found = iter(told["cohorts"].sheets["cells"].rows)  # type: ignore[arg-type]
    yield "cohorts, cell by cell", {(row[0], row[2]): (row[1], row[3]) for row in found} == cells, True
    delays, median = value_in_pandas.delays(orders, now)
    found = iter(told["second"].sheets["delays"].rows)  # type: ignore[arg-type]
    yield "customers by delay of the second order", {row[0]: row[3] for row in found}, delays
    yield "median delay of the second order", told["second"].figures["median"], median
    shares, half = value_in_pandas.tops(spent)
    found = iter(tops.sheets["tops"].rows)  # type: ignore[arg-type]
    ours = {row[0]: (row[1], round(row[4], 9)) for row in found}
    yield "share of the first customers", ours, {k: (n, round(part, 9)) for k, (n, _, part) in shares.items()}
    yield "customers who make half", tops.figures["half"], half


def home(base: Path, orders: pd.DataFrame, now: date) -> Iterator[Answer]:
    """The figures of the home page; ``orders`` with those of nobody, whose contact is missing.

    The last twelve months hold the day they begin on: 0 ≤ months ago ≤ 12, as in every criterion.
    """
    with Workspace.open(base, as_of=now) as opened:
        told, stages = opened.overview(), opened.report("life_cycle").sheets["life_cycle"]
    end = pd.Timestamp(now) + pd.Timedelta(days=1)
    year, two = (pd.Timestamp(now) - pd.DateOffset(years=ago) for ago in (1, 2))
    table = orders[orders.when < end]
    paid = table[table.counted]
    yield "orders that count", told.figures["orders"], len(paid)
    latest = table[table.when >= year]
    yield "revenue of twelve months", told.figures["revenue"], latest.amount.sum()
    earlier = table[(table.when >= two) & (table.when < year)]
    yield "revenue of the twelve before", told.figures["revenue_before"], earlier.amount.sum()
    yield (
        "customers of twelve months",
        told.figures["active_customers"],
        paid[paid.when >= year].contact.nunique(),
    )
    bought = paid.groupby("contact").when.agg(["min", "max"])
    days = (end - pd.Timedelta(days=1) - bought.apply(lambda column: column.dt.normalize())).apply(
        lambda column: column.dt.days
    )
    gone, fresh = days["max"] > 180, days["min"] <= 30
    everyone = table.contact.nunique()
    wanted = {
        "prospect": everyone - len(bought),
        "maturing": 0,
        "new": int((fresh & ~gone).sum()),
        "active": int((~fresh & ~gone).sum()),
        "inactive": int(gone.sum()),
        "outside": 0,
    }
    yield "contacts by stage of their life", {row[0]: row[1] for row in stages.rows}, wanted


def fidelity(base: Path, orders: pd.DataFrame, now: date) -> Iterator[Answer]:
    """The eleven groups of RFM from the limits Carnet says it uses: customers, orders and money of each."""
    answer = carnet(base, "rfm", as_of=now.isoformat())
    limits: Any = answer["cuts"]
    end = pd.Timestamp(now) + pd.Timedelta(days=1)
    known = orders[(orders.when < end) & orders.contact.notna()]
    start = end - pd.DateOffset(months=limits["window_months"])
    paid = known[known.counted & (known.when >= start)]
    each = paid.groupby("contact").agg(last=("when", "max"), orders=("when", "size"))
    net = known[known.summed & (known.when >= start)].groupby("contact").amount.sum()
    each["amount"] = net.reindex(each.index)
    each["days"] = (end - pd.Timedelta(days=1) - each["last"].dt.normalize()).dt.days
    each["r"] = 5 - sum((each.days > limit).astype(int) for limit in limits["days"])
    each["f"] = 1 + sum((each.orders > limit).astype(int) for limit in limits["orders"])
    each["key"] = [CELLS[cell] for cell in zip(each.r, each.f, strict=True)]
    wanted = {
        str(key): (len(one), int(one.orders.sum()), sum(one.amount, Decimal(0)))
        for key, one in each.groupby("key")
    }
    groups: Any = answer["segments"]
    found = {
        row["key"]: (row["customers"], row["orders"], Decimal(str(row["amount"])))
        for row in groups
        if row["key"] != "prospects" and row["customers"]
    }
    yield "customers, orders and money of each RFM group", found, wanted


def crossed(base: Path, orders: pd.DataFrame, country: pd.Series, now: date) -> Iterator[Answer]:
    """Portrait and crossing: customers and net revenue by country, and by country × number of orders."""
    with Workspace.open(base, as_of=now) as opened:
        cells = opened.report("crossing", rows="country", columns="orders_count", most_rows=8)
        portrait = opened.report("portrait").sheets["country"]
    found: Iterator[tuple[Any, ...]] = iter(portrait.rows)  # type: ignore[arg-type]
    ours = sorted((row[2] for row in found if row[0]), reverse=True)[:5]
    yield "contacts of the five first countries", ours, country.value_counts().head(5).tolist()
    net = orders[orders.summed].groupby("contact").amount.sum().reindex(country.index, fill_value=Decimal(0))
    shown: Iterator[tuple[Any, ...]] = iter(cells.sheets["cells"].rows)  # type: ignore[arg-type]
    by_country = {
        str(row[0])[1:]: (row[2], row[4]) for row in shown if row[1] == "*" and str(row[0])[0] == "="
    }
    wanted = {
        name: (int((country == name).sum()), sum(net[country == name], Decimal(0))) for name in by_country
    }
    yield "contacts and net revenue by country", by_country, wanted


def cdnow(data: Path, folder: Path) -> Iterator[Answer]:
    """CDNOW: columns split on runs of spaces, one purchase per row, exact duplicates that are real."""
    file = data / "cdnow" / "CDNOW_master.txt"
    rows = [line.split() for line in file.read_text(encoding="ascii").splitlines()[1:] if line.split()]
    master = pd.DataFrame([(row[0], Decimal(row[-1])) for row in rows], columns=["id", "amount"])
    base = folder / "cdnow.duckdb"
    report = carnet(base, "import", str(file))
    yield "kind", report["kind"], "orders"
    yield "purchases read", report["rows_read"], len(master)
    yield "contacts", report["contacts"], master["id"].nunique()
    customers, orders, amount = rfm_totals(carnet(base, "rfm", as_of="1998-06-30"))
    paid = master[master["amount"] > 0]
    yield "customers in the RFM grid", customers, paid["id"].nunique()
    yield "their orders", orders, len(paid)
    yield "their amount", amount, paid["amount"].sum()
    dated = master.assign(when=pd.to_datetime([row[1] for row in rows], format="%Y%m%d"))
    orders = dated.rename(columns={"id": "contact"}).assign(counted=dated["amount"] > 0, summed=True)
    for pages in (value, home, fidelity):
        yield from pages(base, orders, date(1998, 6, 30))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    data = parser.parse_args().data
    wrong = 0
    for check in (online_retail, cdnow):
        print(check.__doc__, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            for name, found, expected in check(data, Path(folder)):
                agree = found == expected
                wrong += not agree
                print(f"  {'=' if agree else '≠'} {name}: {found} / pandas {expected}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
