"""Decides which orders and returns count in the sums: a refund written twice is deducted once.

A row below zero is a return and is deducted, whatever its status, unless nothing came of it (failed, draft).
Shops also mark the order itself as refunded or cancelled, which takes it out of the sums; when the return of
such an order is a row of its own too, both fall out. An order's own row may also say how much of it was given
back (``amount_refunded``): all of it is as good as marked refunded, a part is taken off its amount, and a
return that tells of that part falls out. Which order a return reverses:

1. the order of its own number, if the base holds it, and no other; of an order given back in part, the first
   returns that make no more than that part;
2. else an order of the same contact marked refunded, or given back in part, for the same amount, of that day
   or before;
3. else the latest order of the same contact and amount not yet reversed; it may be a cancelled one.

Each order of rules 2 and 3 answers for one return. The answer hangs on the rows alone, not on who came first
into the base. Sources: WooCommerce keeps a refund as a child order below zero beside its order marked
refunded; Stripe and Square write it as a transaction of its own; Shopify and PrestaShop mark the order; the
order exports of Shopify, Squarespace, Stripe and WooCommerce have a column of what was given back.
"""

from __future__ import annotations

from segmentation.results import Statement
from segmentation.store.return_keys import RETURN_KEY, widen
from segmentation.store.session import Session
from segmentation.store.settings import BASE_CURRENCY

_REFUND = r"rembourse\w*|refund\w*"
_CANCEL = r"annule\w*|annulation|cancel\w*|void\w*"
_NEVER = r"echec|echoue\w*|fail\w*|brouillon|draft|refuse\w*|declined|abandon\w*|expired|expire\w*"
VOID_STATUS = rf"(^| )({_CANCEL}|{_REFUND}|{_NEVER})( |$)"
PARTIAL_STATUS = r"(^| )(partiel\w*|partial\w*|non annule\w*|not cancel\w*)( |$)"
NEVER_STATUS = rf"(^| )({_NEVER})( |$)"
REFUND_STATUS = rf"(^| )({_REFUND})( |$)"
CANCEL_STATUS = rf"(^| )({_CANCEL})( |$)"
CREDIT_STATUS = r"^((facture d )?avoirs?|credit (note|memo)|note de credit)( |$)"
SPENT_STATUS = r"(^| )((par|avec) avoir|utilis\w*|used|redeemed|paid|pay(e|ee|es|ees|ment)?)( |$)"
"""Folded status words: those that take an order out of the sums; those that keep it in (« partiellement »);
among the first, those of a sale that was never made, of money given back, of a sale taken back. A credit note
takes it out too, but not one that paid for it (« Payée par avoir », « Avoir utilisé »).
"""

_DAY_OF_ORDER = "coalesce(order_date::DATE, DATE '-infinity')"
_DAY_OF_RETURN = "coalesce(order_date::DATE, DATE 'infinity')"
_STEP = "order_key, contact_id, amount, day, step"
_ORDERED = "PARTITION BY contact_id, amount ORDER BY day, step DESC, order_key"


def standing(status: str, amount: str, currency: str, back: str = "NULL") -> str:
    """SQL: whether an order or a return is in the sums before any is matched.

    ``status`` is folded text, ``amount`` (whole), ``currency`` (NULL = the base's) and ``back``, what was
    given back of an order, are SQL too.
    """
    never = f"regexp_matches({status}, '{NEVER_STATUS}')"
    out = f"CASE WHEN {amount} < 0 THEN {never} ELSE {_void(status)} END"
    whole = f"{amount} > 0 AND {back} >= {amount}"
    return (
        f"(coalesce({currency} = {BASE_CURRENCY}, TRUE) AND NOT coalesce({out}, FALSE)"
        f" AND NOT coalesce({whole}, FALSE))"
    )


def kept(status: str, amount: str, back: str) -> str:
    """SQL of the amount of an order once the part given back is off.

    One that is out of the sums, by its status or given back whole, keeps its amount: so returns find it.
    """
    part = f"{back} > 0 AND {back} < {amount} AND NOT coalesce({_void(status)}, FALSE)"
    return f"CASE WHEN {part} THEN ({amount} - {back})::DECIMAL(18,4) ELSE {amount} END"


def _void(status: str) -> str:
    void = f"(regexp_matches({status}, '{VOID_STATUS}') OR {_credited(status)})"
    return f"({void} AND NOT regexp_matches({status}, '{PARTIAL_STATUS}'))"


def _credited(status: str) -> str:
    credit = f"regexp_matches({status}, '{CREDIT_STATUS}')"
    return f"({credit} AND NOT regexp_matches({status}, '{SPENT_STATUS}'))"


def settle_returns(session: Session, people: str | None) -> None:
    """Deduct each return of ``orders`` or leave it out, touched or not.

    The contacts of those whose answer turned join the temporary table ``people``.
    """
    if not match_returns(session):
        return
    status = standing("order_status__key", "amount", "currency")
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE turned AS SELECT order_key, contact_id, due FROM (SELECT *, {status}"
        " AND order_key NOT IN (FROM reversing) AS due FROM orders WHERE amount < 0) WHERE summed <> due"
    )
    if not session.scalar(Statement("SELECT count(*) FROM turned")):
        return
    for table in ("orders", "order_lines"):
        session.sql(f"UPDATE {table} SET summed = due FROM turned t WHERE t.order_key = {table}.order_key")
    if people is not None:
        widen(session, people, "contact_id", "SELECT contact_id FROM turned")


def match_returns(session: Session, orders: str = "orders") -> bool:
    """Make the temporary table ``reversing (order_key)`` of returns that are not deducted; whether ``orders``
    holds any return at all.

    ``orders`` is a relation of order_key, contact_id, order_date, amount (``kept``), amount_refunded,
    order_status__key, currency and summed (``standing``).
    """
    session.sql("CREATE OR REPLACE TEMP TABLE reversing (order_key VARCHAR)")
    if not session.scalar(Statement(f"SELECT count(*) FROM {orders} WHERE amount < 0")):
        return False
    status = "order_status__key"
    own = f"coalesce(currency = {BASE_CURRENCY}, TRUE)"
    session.sql(
        f"CREATE OR REPLACE TEMP TABLE returned AS SELECT order_key, contact_id, -amount AS amount,"
        f" {_DAY_OF_RETURN} AS day, -1 AS step, regexp_replace(order_key, '{RETURN_KEY}', '') AS of_order"
        f" FROM {orders} WHERE amount < 0 AND {own}"
        f" AND NOT coalesce(regexp_matches({status}, '{NEVER_STATUS}'), FALSE)"
    )
    refunded = f"regexp_matches({status}, '{REFUND_STATUS}') OR {_credited(status)}"
    given_back = "coalesce(amount_refunded > 0, FALSE)"
    session.sql(
        "CREATE OR REPLACE TEMP TABLE undone AS SELECT order_key, contact_id, 1 AS step,"
        f" CASE WHEN {given_back} THEN amount_refunded ELSE amount END AS amount, summed AS partly,"
        f" {_DAY_OF_ORDER} AS day, regexp_matches({status}, '{CANCEL_STATUS}') AS cancelled,"
        f" {given_back} OR coalesce({refunded}, FALSE) AS refunded"
        f" FROM {orders} WHERE amount > 0 AND (NOT summed OR {given_back}) AND {own}"
    )
    _by_number(session, orders)
    _by_refund(session)
    _by_amount(session, orders)
    return True


def _by_number(session: Session, orders: str) -> None:
    """Rule 1; the returns and orders it settles leave the two tables."""
    numbered = (
        f"SELECT r.order_key, o.order_key AS of_order, r.amount, r.day FROM returned r JOIN {orders} o"
        " ON o.order_key = r.of_order AND o.amount > 0 WHERE r.of_order <> r.order_key"
    )
    session.sql(f"CREATE OR REPLACE TEMP TABLE numbered AS {numbered}")
    session.sql(
        "INSERT INTO reversing SELECT order_key FROM (SELECT n.order_key, u.partly, u.amount AS back,"
        " sum(n.amount) OVER (PARTITION BY of_order ORDER BY n.day, n.order_key) AS so_far"
        " FROM numbered n JOIN undone u ON u.order_key = n.of_order) WHERE NOT partly OR so_far <= back"
    )
    session.sql("DELETE FROM returned WHERE order_key IN (SELECT order_key FROM numbered)")
    session.sql("DELETE FROM undone WHERE order_key IN (SELECT of_order FROM numbered)")


def _by_refund(session: Session) -> None:
    """Rule 2: from day to day, a return takes one of the refunded orders, or parts, that wait, if any."""
    walk = _walk(f"SELECT {_STEP} FROM undone WHERE refunded")
    session.sql(f"INSERT INTO reversing SELECT order_key FROM ({walk}) WHERE step < 0 AND level >= lowest")
    session.sql("DELETE FROM returned WHERE order_key IN (FROM reversing)")


def _by_amount(session: Session, orders: str) -> None:
    """Rule 3, for contacts with a cancelled order of that amount: returns close orders as brackets close.

    The height of a row is how many orders are open after an order, before a return: the order that a return
    closes is the last row before it at its height.
    """
    cancelled = "FROM undone WHERE cancelled AND NOT refunded AND contact_id IS NOT NULL"
    live = (
        f"FROM (SELECT *, {_DAY_OF_ORDER} AS day, 1 AS step FROM {orders} WHERE amount > 0 AND summed)"
        f" WHERE (contact_id, amount) IN (SELECT contact_id, amount {cancelled})"
        " AND order_key NOT IN (SELECT of_order FROM numbered)"
    )
    walk = _walk(f"SELECT {_STEP} {cancelled} UNION ALL SELECT {_STEP} {live}")
    session.sql(
        "INSERT INTO reversing SELECT order_key FROM (SELECT *, lag(order_key) OVER (PARTITION BY contact_id,"
        " amount, height ORDER BY day, step DESC, order_key) AS closes FROM (SELECT *,"
        f" level - least(level, lowest) + (step < 0)::INTEGER AS height FROM ({walk})"
        " WHERE step > 0 OR level >= lowest))"
        f" WHERE step < 0 AND closes IN (SELECT order_key {cancelled})"
    )


def _walk(orders: str) -> str:
    """SQL of ``orders`` and the returns of the same contacts and amounts, in order of days.

    ``level`` is their running sum, an order being worth +1 and a return -1; ``lowest`` is the least it was
    before, at most 0. A return falls below it exactly when no order before it is open.
    """
    same = "r.contact_id IS NOT DISTINCT FROM o.contact_id AND r.amount = o.amount"
    before = f"min(level) OVER ({_ORDERED} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    return (
        f"SELECT *, least(0, coalesce({before}, 0)) AS lowest"
        f" FROM (SELECT *, sum(step) OVER ({_ORDERED} ROWS UNBOUNDED PRECEDING) AS level"
        f" FROM (WITH o AS MATERIALIZED ({orders}) SELECT {_STEP} FROM o SEMI JOIN returned r ON {same}"
        f" UNION ALL SELECT {_STEP} FROM returned r SEMI JOIN o ON {same}))"
    )
