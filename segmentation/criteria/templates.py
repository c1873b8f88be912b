"""The ready-made segments: what each one is for, what it says, and the data it stands on. One row each.

A row's words are ``template.<code>.name`` and ``template.<code>.advice``; its aim's are ``aim.<aim>``. Codes
are those of the knowledge base; a letter tells the variants of one apart. To add one, add a row and its
words.
"""

from __future__ import annotations

from segmentation.criteria.template import Json, Template, Usual

AIMS: tuple[str, ...] = ("back", "thank", "more", "near", "convert", "clean")
"""What one wants to do, in the order shown: win back, thank, sell more, invite nearby, convert, clean."""


def _all(*children: Json) -> Json:
    return {"all": list(children)}


def _any(*children: Json) -> Json:
    return {"any": list(children)}


def _not(child: Json) -> Json:
    return {"not": child}


def _is(field: str, op: str, value: object = None) -> Json:
    return {"field": field, "op": op} | ({} if value is None else {"value": value})


def _ago(field: str, op: str, n: int | Usual, unit: str = "day") -> Json:
    """A date within the ``last`` n days, or ``older_than`` that."""
    return _is(field, op, {"n": n, "unit": unit})


def _did(event: str, op: str = ">=", value: object = 1, **more: object) -> Json:
    return {"event": event, "measure": "count", "op": op, "value": value, **more}


def _within(days: int) -> Json:
    return {"last": days, "unit": "day"}


def _contains(field: str, *texts: str) -> Json:
    return _any(*(_is(field, "contains", text) for text in texts))


BUYER = _is("orders_count", ">=", 1)
NO_ORDER = _is("orders_count", "=", 0)
MAY_READ = _is("reachable_email", "is", True)
LINK_TO_DEMO = _did("email_click", where=_contains("url", "demo"))
TWO_GUIDES: Json = {"event": "download", "measure": "count_distinct", "of": "url", "op": ">=", "value": 2}
NEARBY = _is("postal_code", "within_km", {"of": Usual("postal_code"), "km": 10})

MANY = 5
"""People a message written for all of a kind is worth writing to."""
MEASURED = 30
"""People left apart, from which on what a campaign brings can be told from chance at all."""

_ORDERS = (("orders_count",),)
_LAST = (("last_purchase_date",),)
_READ = (("last_open_date", "last_click_date"),)
_MAILS = (("emails_sent",),)


def _group(code: str, aim: str, group: str) -> Template:
    return Template(code, aim, _is("rfm_segment", "is", group), _LAST)


def _stage(code: str, aim: str, stage: str) -> Template:
    return Template(code, aim, _is("life_cycle", "is", stage), _ORDERS)


def _outside(code: str, kind: str, *, silent: bool = False) -> Template:
    return Template(code, "clean", _is("outside_kind", "is", kind), (("outside_kind",),), silent=silent)


TEMPLATES: tuple[Template, ...] = (
    _group("T39", "back", "cant_lose"),
    _group("T38", "back", "at_risk"),
    Template(
        "T14",
        "back",
        _all(_is("m_score", ">=", 4), _ago("last_purchase_date", "older_than", Usual("long_gap"))),
        (("m_score",), ("event:order",)),
    ),
    _group("T36", "back", "need_attention"),
    _group("T37", "back", "about_to_sleep"),
    Template(
        "T41",
        "back",
        _all(
            _is("rfm_segment_3m", "in", ["champions", "loyal", "potential_loyalist"]),
            _is(
                "rfm_segment",
                "in",
                ["need_attention", "about_to_sleep", "at_risk", "cant_lose", "hibernating", "lost"],
            ),
        ),
        (("event:order",),),
    ),
    Template(
        "T12",
        "back",
        _all(_is("orders_count", "=", 1), _ago("last_purchase_date", "older_than", 60)),
        (*_ORDERS, *_LAST),
    ),
    Template("T09a", "back", _ago("last_purchase_date", "older_than", 60), _LAST),
    Template("T09b", "back", _ago("last_purchase_date", "older_than", 180), _LAST),
    Template("T09c", "back", _ago("last_purchase_date", "older_than", 365), _LAST),
    Template("T04", "back", _ago("last_purchase_date", "older_than", 8, "month"), _LAST),
    _stage("T54", "back", "inactive"),
    _group("T40", "back", "hibernating"),
    _group("T43", "back", "lost"),
    Template(
        "T10",
        "back",
        _all(
            _is("emails_sent", ">=", 5),
            _not(_ago("last_open_date", "last", 90)),
            _not(_ago("last_click_date", "last", 90)),
            MAY_READ,
        ),
        _MAILS,
    ),
    _group("T31", "thank", "champions"),
    _group("T32", "thank", "loyal"),
    Template(
        "T13",
        "thank",
        _all(
            _did("order", value=4, within=_within(365)),
            _did("order", within=_within(90), where=_is("amount", ">", Usual("large_order"))),
        ),
        (("event:order",),),
    ),
    Template(
        "T02",
        "thank",
        _all(_is("orders_count", "=", 1), _ago("last_purchase_date", "last", 30)),
        (*_ORDERS, *_LAST),
    ),
    _stage("T53", "thank", "new"),
    Template("T07", "thank", _ago("last_purchase_date", "last", 1, "month"), _LAST),
    Template(
        "T08",
        "thank",
        _all(_ago("first_purchase_date", "older_than", 1, "year"), _ago("last_purchase_date", "last", 365)),
        (("first_purchase_date",), *_LAST),
    ),
    Template("T24", "thank", _is("birth_date", "anniversary", {"n": 7, "unit": "day"}), (("birth_date",),)),
    _group("T33", "more", "potential_loyalist"),
    _group("T34", "more", "new"),
    _group("T35", "more", "promising"),
    Template("T01", "more", _ago("last_purchase_date", "last", 30), _LAST),
    Template("T03", "more", _is("orders_count", ">=", 2), _ORDERS),
    Template("T06", "more", _is("total_spent", "top_percent", 10), (("total_spent",),)),
    Template(
        "T15",
        "more",
        _is("average_basket", "between", [Usual("basket_low"), Usual("basket_high")]),
        (("average_basket",),),
        least=MANY,
    ),
    Template(
        "T11",
        "more",
        _all(
            MAY_READ,
            _any(
                _ago("last_open_date", "last", 30),
                _ago("last_click_date", "last", 30),
                _ago("created_at", "last", 15),
            ),
        ),
        _READ,
    ),
    Template(
        "T60",
        "more",
        _any(_ago("last_click_date", "last", 30), _ago("last_purchase_date", "last", 30)),
        _READ,
    ),
    Template(
        "T20a",
        "more",
        {
            "event": "order",
            "measure": "share",
            "of": _is("order_date", "weekday", [6, 7]),
            "op": ">=",
            "value": 0.6,
            "at_least": 3,
        },
        (("event:order",),),
        least=MANY,
    ),
    Template(
        "T20b",
        "more",
        {
            "event": "order",
            "measure": "share",
            "of": _is("order_date", "hours", [18, 23]),
            "op": ">=",
            "value": 0.6,
            "at_least": 3,
        },
        (("event:order",),),
        least=MANY,
    ),
    Template(
        "T25",
        "more",
        {
            "event": "order",
            "measure": "share",
            "of": _is("channel", "is", Usual("order.channel")),
            "op": ">=",
            "value": 0.6,
            "at_least": 3,
        },
        (("event:order",), ("order.channel",)),
        least=MANY,
    ),
    Template(
        "T23",
        "more",
        _all(
            _is("age", "between", [25, 45]),
            _is("gender", "is", Usual("gender")),
            _is("interests", "any_of", [Usual("interests")]),
        ),
        (("age",), ("gender",), ("interests",)),
        least=MANY,
    ),
    Template("T49", "more", _is("interests", "any_of", [Usual("interests")]), (("interests",),), least=MANY),
    Template("T50", "more", _is("persona", "is", Usual("persona")), (("persona",),), least=MANY),
    Template(
        "T21a",
        "more",
        _is("clientele", "in", ["business", "likely_business"]),
        (("company_name", "siren", "siret", "naf_code", "customer_type", "email"),),
        least=MANY,
    ),
    Template(
        "T21b",
        "more",
        _is("clientele", "in", ["consumer", "likely_consumer"]),
        (("company_name", "siren", "siret", "naf_code", "customer_type", "email"),),
        least=MANY,
    ),
    Template(
        "T59",
        "more",
        _is("activity_sector", "is", Usual("activity_sector")),
        (("activity_sector",),),
        least=MANY,
    ),
    Template("T42", "more", {"sample": {"percent": 10, "seed": 7}}, (), least=MEASURED, silent=True),
    Template("T22a", "near", NEARBY, (("postal_code",),)),
    Template(
        "T22b",
        "near",
        _is("postal_code", "within_km", {"of": Usual("postal_code"), "km": 3}),
        (("postal_code",),),
    ),
    Template("T22c", "near", _all(NEARBY, BUYER), (("postal_code",), *_ORDERS)),
    Template("T22d", "near", _all(NEARBY, NO_ORDER), (("postal_code",), *_ORDERS)),
    Template(
        "T22e",
        "near",
        _all(NEARBY, _ago("last_purchase_date", "older_than", 180)),
        (("postal_code",), *_LAST),
    ),
    Template("T22f", "near", _is("city", "is", Usual("city")), (("city",),)),
    Template("T05", "convert", NO_ORDER, _ORDERS),
    _stage("T51", "convert", "prospect"),
    _stage("T52", "convert", "maturing"),
    Template(
        "T18",
        "convert",
        _all(NO_ORDER, _any(LINK_TO_DEMO, TWO_GUIDES)),
        (("event:email_click", "event:download"),),
    ),
    Template("T47", "convert", _all(TWO_GUIDES, NO_ORDER), (("event:download",),)),
    Template(
        "T46",
        "convert",
        _all(_any(_did("demo"), LINK_TO_DEMO), _did("meeting", "=", 0)),
        (("event:demo", "event:email_click"),),
    ),
    Template(
        "T17",
        "convert",
        _all(_any(_did("quote"), _did("form_submit", where=_contains("url", "devis", "quote"))), NO_ORDER),
        (("event:quote", "event:form_submit"),),
    ),
    Template(
        "T16",
        "convert",
        _all(_contains("acquisition_channel", "salon", "foire", "trade show"), NO_ORDER),
        (("acquisition_channel",),),
    ),
    Template(
        "T44",
        "convert",
        _all(
            _did(
                "form_submit",
                where=_any(_is("url", "contains", "newsletter"), _is("campaign", "contains", "newsletter")),
            ),
            NO_ORDER,
        ),
        (("event:form_submit",),),
    ),
    Template(
        "T45",
        "convert",
        _all(
            _any(_contains("acquisition_channel", "téléphone", "appel", "phone"), _did("call")),
            NO_ORDER,
            _ago("created_at", "last", 90),
        ),
        (("event:call", "acquisition_channel"), ("created_at",)),
    ),
    Template(
        "T48",
        "convert",
        _is("conversion_page", "is", Usual("conversion_page")),
        (("conversion_page",),),
        least=MANY,
    ),
    Template(
        "T55",
        "convert",
        _all(_did("site_visit", within=_within(30)), NO_ORDER),
        (("event:site_visit",),),
    ),
    Template(
        "T28",
        "clean",
        _any(
            _is("email_bounced", "is", True),
            _is("email_check", "in", ["slip", "impossible"]),
            _all(_is("email", "empty"), _is("mobile", "empty"), _is("phone", "empty")),
        ),
        (("email", "mobile", "phone"),),
    ),
    Template(
        "T29",
        "clean",
        _any(
            _ago("last_own_contact", "older_than", 3, "year"),
            _all(_is("last_own_contact", "empty"), _ago("created_at", "older_than", 3, "year")),
        ),
        (("last_own_contact", "created_at"),),
    ),
    Template("T30", "clean", _is("consent_email", "in", ["unknown", "no"]), (("email",),), silent=True),
    _outside("T19a", "partner"),
    _outside("T19b", "friend"),
    _outside("T19c", "colleague"),
    _outside("T19d", "supplier", silent=True),
)
"""Every ready-made segment, the most telling first within its aim."""
