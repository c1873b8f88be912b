"""One sentence per subject of the portrait, with its number and the marks it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from pages.parts.portrait.choice import NEAR
from pages.parts.portrait.reading import Part, Portrait, percent
from pages.parts.text import escape
from segmentation.i18n import Words

Sentence = tuple[str, tuple[str, ...]]
"""Words (Markdown) and the marks of the contacts they are about."""

TOWNS = 3
FEW = 10
"""Contacts of whom a subject is known, under which nothing is said to come first."""


PLACES = ("department", "county", "country", "region", "city")
"""What says where contacts are, the first one known."""


def place(seen: Portrait) -> str:
    """The largest places that are known, "" for none."""
    return next((name for name in PLACES if seen.theme(name)), "")


def where(seen: Portrait, w: Words) -> Sentence | None:
    """The département, or another of ``PLACES``, that holds most contacts, and the towns."""
    theme = place(seen)
    if not theme:
        return None
    parts = seen.theme(theme)
    told = w(f"portrait.says.{theme}", **_values(seen, parts[0], w))
    towns = [escape(part.name(w)) for part in _clear(seen.theme("city"))]
    if theme != "city" and towns:
        told = f"{told} {w('portrait.says.towns', n=len(towns), towns=w.listing(towns))}"
    return told, (parts[0].mark,)


def near(seen: Portrait, w: Words) -> Sentence | None:
    """The circle that holds half of the contacts."""
    if seen.near is None or not seen.origin:
        return None
    km, contacts, _ = seen.near
    place = f"{seen.origin} {seen.origin_city or ''}".strip()
    share, known = percent(contacts / seen.known["distance"], w), w.number(seen.known["distance"], digits=0)
    return w("portrait.says.near", n=contacts, share=share, known=known, km=km, place=escape(place)), (NEAR,)


def ages(seen: Portrait, w: Words) -> Sentence | None:
    """The middle age and the commonest band."""
    said = _first(seen, "age_band", "portrait.says.age_band", w)
    if said is None or seen.median_age is None or seen.known["age_band"] < FEW:
        return said
    return f"{w('portrait.says.median_age', age=w.number(seen.median_age, digits=0))} {said[0]}", said[1]


def genders(seen: Portrait, w: Words) -> Sentence | None:
    """Women and men: what is given, then apart what first names suggest."""
    given = [seen.of("gender", key) for key in ("f", "m")]
    deduced = [seen.of("gender_deduced", key) for key in ("f", "m")]
    told = []
    if all(given):
        share = percent(given[0] / seen.known["gender"], w)
        told.append(w("portrait.says.gender", n=given[0], men=w("portrait.men", n=given[1]), share=share))
    elif any(given):
        told.append(w("portrait.says.gender_one", who=_people(given, w)))
    if sum(deduced):
        words = "portrait.says.gender_deduced" if sum(given) else "portrait.says.gender_deduced_only"
        told.append(w(words, n=sum(deduced), who=_people(deduced, w)))
    top = _largest(seen.theme("gender" if sum(given) else "gender_deduced"))
    return (" ".join(told), (top.mark,)) if told and top else None


def trades(seen: Portrait, w: Words) -> Sentence | None:
    """Professionals, proved or likely, and their first sector."""
    sure, likely = seen.of("clientele", "business"), seen.of("clientele", "likely_business")
    if not seen.known.get("clientele"):
        return None
    if not sure and not likely:
        return w("portrait.says.no_business"), ()
    share = w.percent(sure / seen.known["clientele"])
    told = [w("portrait.says.business", n=sure, share=share)] if sure else []
    if likely:
        told.append(w("portrait.says.likely_business", n=likely))
    sector = next(iter(seen.theme("activity_sector") or seen.theme("sector")), None)
    if sector:
        told.append(w("portrait.says.sector", n=sector.contacts, name=escape(sector.name(w))))
    keys = ("business",) if sure else ("likely_business",)
    return " ".join(told), tuple(f"clientele|{key}" for key in keys)


def sources(seen: Portrait, w: Words) -> Sentence | None:
    """The source that brought most contacts."""
    theme = "acquisition_channel" if seen.theme("acquisition_channel") else "conversion_page"
    return _first(seen, theme, "portrait.says.source", w)


def since(seen: Portrait, w: Words) -> Sentence | None:
    """Who came lately, who has been there long."""
    parts = seen.theme("seniority")
    if not parts:
        return None
    fresh, old = seen.part("seniority|3_months"), seen.part("seniority|older")
    told = [
        (w(f"portrait.says.{name}", n=part.contacts, share=percent(part.share, w)), (part.mark,))
        for name, part in (("fresh", fresh), ("old", old))
        if part and part.contacts
    ]
    if not told:
        return _first(seen, "seniority", "portrait.says.seniority", w)
    return " ".join(sentence for sentence, _ in told), told[0][1]


def tastes(seen: Portrait, w: Words) -> Sentence | None:
    """The commonest interest, else the largest group, else persona."""
    for theme in ("interests", "tags", "persona"):
        top = _largest(seen.theme(theme))
        if top and theme == "interests" and (near := _as_many(seen, top)):
            named = _clear(near)
            names = [escape(part.name(w)) for part in named]
            others = [w("portrait.says.others")] if len(near) > len(named) else []
            if not named:
                return w("portrait.says.level", n=seen.known[theme]), ()
            values = _values(seen, top, w) | {"names": w.listing([_capital(names[0]), *names[1:], *others])}
            return w("portrait.says.interests_together", **values), tuple(part.mark for part in named)
        if top:
            return _first(seen, theme, f"portrait.says.{theme}", w)
    return None


SAYS: Mapping[str, Callable[[Portrait, Words], Sentence | None]] = MappingProxyType(
    {
        "where": where,
        "near": near,
        "age": ages,
        "gender": genders,
        "trade": trades,
        "source": sources,
        "since": since,
        "taste": tastes,
    }
)
"""Subject → its sentence, None when nothing is known of it."""


def _largest(parts: tuple[Part, ...]) -> Part | None:
    found = max(parts, key=lambda part: part.contacts, default=None)
    return found if found and found.contacts else None


def _first(seen: Portrait, theme: str, words: str, w: Words) -> Sentence | None:
    """The part that holds most, in these words; else that few are known, or that two hold as many."""
    top, known = _largest(seen.theme(theme)), seen.known[theme]
    if top is None:
        return None
    if known < FEW:
        return w("portrait.says.few_known", n=known), ()
    if sum(part.contacts == top.contacts for part in seen.theme(theme)) > 1:
        return w("portrait.says.level", n=known), ()
    values = _values(seen, top, w)
    return w(words, **values | {"name": _capital(str(values["name"]))}), (top.mark,)


def _clear(parts: Sequence[Part]) -> list[Part]:
    """The first ones, at most ``TOWNS``: none of those that hold as many as one left out."""
    beyond = parts[TOWNS].contacts if len(parts) > TOWNS else 0
    return [part for part in parts[:TOWNS] if part.contacts > beyond]


def _people(counts: list[int], w: Words) -> str:
    """« 4 femmes et 3 hommes », without those nobody is."""
    named = zip(("portrait.women", "portrait.men"), counts, strict=True)
    return w.listing([w(key, n=count) for key, count in named if count])


def _as_many(seen: Portrait, top: Part) -> list[Part]:
    """The first and those that chance could have put before it, when there are any: counts that differ by
    less than twice the square root of their sum (two Poisson counts, 95 %)."""
    parts = seen.theme(top.theme)
    near = [
        p
        for p in parts
        if p is not top and (top.contacts - p.contacts) ** 2 < 4 * (top.contacts + p.contacts)
    ]
    return [top, *near] if near and seen.known[top.theme] >= FEW else []


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _values(seen: Portrait, part: Part, w: Words) -> dict[str, object]:
    share = percent(part.share, w)
    return {
        "known": w.number(seen.known[part.theme], digits=0),
        "n": part.contacts,
        "share": share,
        "name": escape(part.name(w)),
        "code": escape(part.key.upper()),
    }
