"""Files of any size for the benchmarks, the same each time: `python -m benchmarks.generate --scale small`.

Every value is a hash of its row number and a salt: no generator state, no matter how many threads.
The files look like a clean export (UTF-8, semicolons); the demo shop is where dirt is tried.
"""

from __future__ import annotations

import argparse
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb

from segmentation.reference.look_ups import TABLES

VERSION = 1  # part of the stamp: raise it when the files change
FOLDER = Path(__file__).resolve().parents[1] / "data" / "benchmarks"
DAYS = 1096
LAST_DAY = "2026-11-15"


@dataclass(frozen=True, slots=True)
class Scale:
    """How many rows of each kind; lines follow orders, one to three each."""

    contacts: int
    orders: int
    events: int


SCALES = {
    "tiny": Scale(2_000, 20_000, 60_000),
    "small": Scale(100_000, 1_000_000, 3_000_000),
    "target": Scale(1_000_000, 10_000_000, 30_000_000),
}

FIRST = """Marie,Jean,Sophie,Pierre,Élodie,Michel,Camille,André,Chloé,François,Anaïs,Thomas,Zoé,Noël,Gaëlle
Mehdi,Maëlys,Jean-Luc,Anne-Sophie,Yann,Léa,Inès""".replace("\n", ",").split(",")
LAST = """Martin,Bernard,Petit,Lefèvre,Le Gall,N'Diaye,Dupont,Müller,García,O'Connor,de La Tour,Fournier
Girard,Bœuf,Nguyen,Benali,Roux,Vincent,Morel,Guérin""".replace("\n", ",").split(",")
TOWNS = 6_000  # of the 6,209 postal codes that have a point
CATEGORIES = ["Thé", "Café", "Épicerie", "Coffret", "Accessoires", "Cave", "Chocolat", "Maison"]

# The six ranges of numbers reserved for fiction in France: 60,000 phones, each given once.
PHONES = ["063998", "019900", "026191", "035301", "046571", "053649"]

MACROS = (
    "SET enable_progress_bar = false",
    "SET preserve_insertion_order = false",
    "CREATE TEMP MACRO u(i, s) AS (hash(i::BIGINT * 1000003 + s) >> 11)::DOUBLE / 9007199254740992.0",
    "CREATE TEMP MACRO pick(l, x) AS l[1 + floor(x * len(l))::INT]",
    "CREATE TEMP MACRO code(i) AS 'C' || lpad(i::VARCHAR, 8, '0')",
    # A power law: the first tenth of shuffled customers makes about 40 % of orders.
    "CREATE TEMP MACRO who(n, x, p) AS ((floor(n * pow(x, p))::BIGINT * 7919) % n + 1)",
    # Line k of order i, in cents: a Pareto price, and how many lines the order has.
    "CREATE TEMP MACRO cents(i, k) AS least(round(450 * pow(1 - u(i, 70 + k), -1 / 1.9)), 200000)::INT",
    "CREATE TEMP MACRO many(i) AS 1 + floor(3 * pow(u(i, 47), 1.4))::INT",
)

# 100,000 buckets over three years, denser as the shop grows, before Christmas and on Saturdays.
CALENDAR = f"""CREATE TEMP TABLE days AS
WITH d AS (SELECT range k, DATE '{LAST_DAY}' - {DAYS - 1} + range::INT AS d FROM range({DAYS})),
     w AS (SELECT d, (1 + k / {DAYS}.0)
               * CASE month(d) WHEN 12 THEN 2 WHEN 11 THEN 1.5 WHEN 1 THEN 1.3 WHEN 8 THEN 0.7 ELSE 1 END
               * CASE isodow(d) WHEN 6 THEN 1.4 WHEN 7 THEN 0.7 ELSE 1 END AS w FROM d),
     x AS (SELECT d, (sum(w) OVER (ORDER BY d) - w) / sum(w) OVER () AS low,
                  sum(w) OVER (ORDER BY d) / sum(w) OVER () AS high FROM w)
SELECT b.range::INT AS b, x.d FROM range(100000) AS b
JOIN x ON b.range / 100000.0 >= x.low AND b.range / 100000.0 < x.high"""


def contacts_query(scale: Scale) -> str:
    """Twenty-five columns, unique e-mails; a few towns hold many people."""
    return f"""
SELECT code(i) AS "N° client",
  CASE WHEN u(i, 5) < 0.5 THEN 'Mme' WHEN u(i, 5) < 0.95 THEN 'M.' END AS "Civilité",
  last AS "Nom", first AS "Prénom",
  lower(strip_accents(replace(first, ' ', ''))) || '.' || i
    || pick(['@gmail.example', '@orange.example', '@free.example', '@laposte.example'], u(i, 3)) AS "E-mail",
  CASE WHEN i <= 60000 THEN {_sql_list(PHONES)}[1 + (i - 1) // 10000] || lpad((i % 10000)::VARCHAR, 4, '0')
    END AS "Téléphone",
  (1 + floor(u(i, 21) * 120))::INT || ' rue ' || pick(['des Lilas', 'Victor Hugo', 'de l''Église'], u(i, 22))
    AS "Adresse",
  CASE WHEN u(i, 23) < 0.1 THEN 'Bâtiment ' || pick(['A', 'B', 'C'], u(i, 24)) END AS "Complément d'adresse",
  t.postal_code AS "Code postal", t.city AS "Ville", 'France' AS "Pays",
  CASE WHEN u(i, 4) < 0.9 THEN DATE '2008-01-01' - (pow(u(i, 6), 1.2) * 25000)::INT END
    AS "Date de naissance",
  DATE '2019-01-01' + (pow(u(i, 13), 0.7) * 2870)::INT AS "Date d'inscription",
  pick(['Boutique', 'Site internet', 'Salon', 'Parrainage'], pow(u(i, 14), 1.5)) AS "Source",
  CASE WHEN u(i, 15) < 0.72 THEN 'oui' WHEN u(i, 15) < 0.95 THEN 'non' END AS "Newsletter",
  CASE WHEN u(i, 16) < 0.4 THEN 'oui' ELSE 'non' END AS "Accepte SMS",
  CASE WHEN u(i, 17) < 0.5
    THEN pick(['thé', 'café', 'vin'], u(i, 18)) || ', ' || pick(['bio', 'cadeaux'], u(i, 19)) END
    AS "Centres d'intérêt",
  pick(['client', 'prospect', 'inactif', 'vip'], pow(u(i, 20), 1.4)) AS "Statut",
  CASE WHEN u(i, 25) < 0.04 THEN last || ' SARL' END AS "Société",
  pick(['Or', 'Argent', 'Bronze'], u(i, 26)) AS "Carte de fidélité",
  floor(u(i, 27) * 900)::INT AS "Points fidélité",
  CASE WHEN u(i, 28) < 0.9 THEN 'fr' ELSE 'en' END AS "Langue",
  CASE WHEN u(i, 29) < 0.05 THEN 'Préfère le matin ; « jamais » le soir' END AS "Commentaires",
  pick(['Lyon', 'Villeurbanne', 'Vienne'], u(i, 30)) AS "Magasin préféré",
  round(u(i, 31) * 10, 1) AS "Note interne"
FROM (SELECT range + 1 AS i, pick({_sql_list(FIRST)}, pow(u(range + 1, 1), 1.3)) AS first,
             pick({_sql_list(LAST)}, pow(u(range + 1, 2), 1.3)) AS last,
             floor(pow(u(range + 1, 7), 2.2) * {TOWNS})::BIGINT AS rank FROM range({scale.contacts}))
JOIN towns AS t USING (rank)
ORDER BY i"""


def orders_query(scale: Scale) -> str:
    """Seven columns in date order; 94 % paid, the rest refunded or cancelled."""
    return f"""
SELECT 'F' || lpad(i::VARCHAR, 9, '0') AS "N° commande",
  code(who({scale.contacts}, u(i, 40), 2.5)) AS "N° client", {_moment(41)} AS "Date de commande",
  ((cents(i, 1) + CASE WHEN many(i) > 1 THEN cents(i, 2) ELSE 0 END
    + CASE WHEN many(i) > 2 THEN cents(i, 3) ELSE 0 END) / 100.0)::DECIMAL(10, 2) AS "Montant TTC",
  CASE WHEN u(i, 50) < 0.94 THEN 'payée' WHEN u(i, 50) < 0.98 THEN 'remboursée' ELSE 'annulée' END
    AS "Statut",
  pick(['web', 'boutique', 'mobile', 'téléphone'], pow(u(i, 46), 1.5)) AS "Canal",
  pick(['CB', 'PayPal', 'espèces', 'chèque'], pow(u(i, 48), 1.7)) AS "Mode de paiement"
FROM (SELECT range + 1 AS i, floor(u(range + 1, 39) * 100000)::INT AS b FROM range({scale.orders}))
JOIN days USING (b) ORDER BY 3, 1"""


def lines_query(scale: Scale) -> str:
    """One to three lines per order; they sum to its total."""
    return f"""
SELECT 'F' || lpad(i::VARCHAR, 9, '0') AS "N° commande", k AS "N° ligne",
  'P' || lpad(floor(pow(u(i, 80 + k), 2) * 2000)::INT::VARCHAR, 4, '0') AS "Réf. article",
  pick({_sql_list(CATEGORIES)}, pow(u(i, 90 + k), 1.6)) AS "Catégorie", 1 AS "Quantité",
  (cents(i, k) / 100.0)::DECIMAL(10, 2) AS "Prix unitaire", (cents(i, k) / 100.0)::DECIMAL(10, 2) AS "Montant"
FROM (SELECT range + 1 AS i FROM range({scale.orders})), (SELECT range + 1 AS k FROM range(3))
WHERE k <= many(i) ORDER BY 1, 2"""


def events_query(scale: Scale) -> str:
    """Three columns and a campaign, in date order: sent, opened, clicked, visits, a few goodbyes."""
    return f"""
SELECT code(who({scale.contacts}, u(i, 60), 1.6)) AS "N° client",
  CASE WHEN t < 0.60 THEN 'envoyé' WHEN t < 0.84 THEN 'ouvert' WHEN t < 0.89 THEN 'clic'
       WHEN t < 0.9995 THEN 'visite site' ELSE 'désinscription' END AS "Événement",
  {_moment(61)} AS "Date", CASE WHEN t < 0.89 THEN 'Lettre ' || strftime(d, '%Y-%m') END AS "Campagne"
FROM (SELECT range + 1 AS i, floor(u(range + 1, 66) * 100000)::INT AS b, u(range + 1, 62) AS t
      FROM range({scale.events}))
JOIN days USING (b) ORDER BY 3, 1"""


QUERIES = {
    "contacts": contacts_query,
    "orders": orders_query,
    "order_lines": lines_query,
    "events": events_query,
}


def _sql_list(words: list[str]) -> str:
    return "[" + ", ".join("'" + word.replace("'", "''") + "'" for word in words) + "]"


def _moment(salt: int) -> str:
    return f"strftime(d + to_seconds(floor(u(i, {salt}) * 86400)::BIGINT), '%Y-%m-%d %H:%M:%S')"


def paths(folder: Path) -> dict[str, Path]:
    """Kind → file, in the order in which they are imported."""
    return {kind: folder / f"{kind}.csv" for kind in QUERIES}


def generate(folder: Path, scale: Scale, *, kinds: tuple[str, ...] = tuple(QUERIES)) -> dict[str, Path]:
    """Writes the files of these kinds unless the folder already holds them; returns kind → file.

    `stamp.json` beside them says what they are, with the rows of each.
    """
    stamp = folder / "stamp.json"
    wanted = {"version": VERSION, "scale": asdict(scale)}
    files = {kind: path for kind, path in paths(folder).items() if kind in kinds}
    held = json.loads(stamp.read_text()) if stamp.exists() else {}
    rows = dict(held["rows"]) if wanted.items() <= held.items() else {}
    missing = {kind: path for kind, path in files.items() if kind not in rows or not path.exists()}
    if not missing:
        return files
    folder.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        _prepare(connection)
        for kind, path in missing.items():
            target = str(path).replace("'", "''")
            copied = f"COPY ({QUERIES[kind](scale)}) TO '{target}' (FORMAT csv, HEADER, DELIMITER ';')"
            rows[kind] = connection.execute(copied).fetchall()[0][0]
    stamp.write_text(json.dumps({**wanted, "rows": rows}, indent=1))
    return files


def _prepare(connection: duckdb.DuckDBPyConnection) -> None:
    for macro in MACROS:
        connection.execute(macro).fetchall()
    connection.execute(CALENDAR).fetchall()
    connection.register("postal", TABLES["ref_postal"]())
    # Hash order mixes the regions; the first ranks are drawn far more often than the last.
    connection.execute(
        "CREATE TEMP TABLE towns AS"
        " SELECT postal_code, city, row_number() OVER (ORDER BY hash(postal_code)) - 1 AS rank"
        " FROM postal WHERE country = 'FR' AND lat IS NOT NULL AND department IS NOT NULL"
    ).fetchall()


def main() -> None:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--scale", choices=SCALES, default="small")
    reader.add_argument("--data", type=Path, help="folder to write into (default: data/benchmarks/SCALE)")
    options = reader.parse_args()
    start = time.perf_counter()
    files = generate(options.data or FOLDER / options.scale, SCALES[options.scale])
    for kind, path in files.items():
        print(f"{kind:12} {path.stat().st_size / 1e6:8.1f} MB  {path}")
    print(f"{time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
