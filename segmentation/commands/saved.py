"""Commands on saved segments: list, save, show, export, refresh."""

from __future__ import annotations

from argparse import Namespace

from segmentation.commands.answer import Answer, read_criterion
from segmentation.commands.asking import opened
from segmentation.criteria.codec import segment_from_json
from segmentation.criteria.describe import describe
from segmentation.errors import CriterionError, InputError
from segmentation.i18n import Words
from segmentation.lists.formats import FORMATS
from segmentation.lists.options import ListOptions
from segmentation.store.segments import SavedSegment
from segmentation.workspace import Workspace


def segments(asked: Namespace, w: Words) -> Answer:
    """One of the actions on saved segments."""
    with opened(asked) as base:
        return _ACTIONS[asked.action](base, asked, w)


def _list(base: Workspace, _asked: Namespace, w: Words) -> Answer:
    rows = [_brief(segment) for segment in base.segments.list()]
    lines = [f"{row['key']} · {row['name']} (v{row['version']})" for row in rows]
    return Answer({"segments": rows}, lines or [w("cli.segments.none")])


def _save(base: Workspace, asked: Namespace, w: Words) -> Answer:
    definition = read_criterion(asked.criterion)
    try:
        key: str | None = base.segments.find(asked.name).key
    except CriterionError:
        key = None
    saved = base.segments.save(asked.name, definition, key=key)
    size = base.evaluator.count(definition)
    line = w("cli.segments.saved", name=saved.name, version=saved.version)
    return Answer({**_brief(saved), "count": size}, [line, w("cli.contacts", n=size)])


def _show(base: Workspace, asked: Namespace, w: Words) -> Answer:
    found = base.segments.find(asked.name)
    definition = segment_from_json(found.definition)
    said = describe(definition, base.catalogue, w)
    look = base.evaluator.look(definition)
    reachable = {channel: reach.reachable for channel, reach in look.reach.items()}
    facts = {**_brief(found), "definition": found.definition, "sentence": said}
    lines = [f"{found.name} (v{found.version})", said, w("cli.contacts", n=look.count)]
    return Answer({**facts, "count": look.count, "reachable": reachable}, lines)


def _refresh(base: Workspace, _asked: Namespace, w: Words) -> Answer:
    """Evaluate every segment on the base as it is today."""
    rows, lines = [], []
    for segment in base.segments.list():
        look = base.evaluator.look(segment_from_json(segment.definition))
        reachable = {channel: reach.reachable for channel, reach in look.reach.items()}
        rows.append({**_brief(segment), "count": look.count, "reachable": reachable})
        lines.append(w("cli.segments.size", name=segment.name, n=look.count))
    facts = {"as_of": base.as_of, "version": base.version, "segments": rows}
    return Answer(facts, lines or [w("cli.segments.none")])


def _export(base: Workspace, asked: Namespace, w: Words) -> Answer:
    form = asked.format or asked.to.suffix.lower().lstrip(".")
    suffixes = {known.code: known.suffix for known in FORMATS}
    if asked.to.suffix.lower() != f".{suffixes.get(form)}":
        raise InputError("error.list.suffix_of", name=asked.to.name, suffix=suffixes.get(form, "xlsx, .csv"))
    options = ListOptions(
        outsiders=asked.with_outsiders,
        without=tuple(asked.without or ()),
        quiet_days=asked.quiet_days,
        one_per=asked.one_per,
        control=asked.control,
        strata=asked.control_by,
        seed=asked.seed,
    )
    done = base.export_segment(
        asked.name, asked.to, w, channel=asked.channel or "email", form=form, options=options
    )
    lines = [w("cli.export.done", n=done["rows"], name=asked.to.name)]
    if done["control"]:
        lines.append(w("cli.export.control", n=done["control"]))
    return Answer(done, lines)


def _brief(segment: SavedSegment) -> dict[str, object]:
    return {
        "key": segment.key,
        "name": segment.name,
        "version": segment.version,
        "updated_at": segment.updated_at,
    }


_ACTIONS = {"list": _list, "save": _save, "show": _show, "export": _export, "refresh": _refresh}
