"""Commands that ask and change nothing: count, members, explain, rfm."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from segmentation.audience.explanation import NodeTruth
from segmentation.commands.answer import Answer, read_criterion
from segmentation.errors import InputError
from segmentation.i18n import Words
from segmentation.workspace import Workspace


def opened(asked: Namespace) -> Workspace:
    """The base asked, which must be there."""
    return Workspace.open(asked.base, as_of=asked.as_of, create=False)


def count(asked: Namespace, w: Words) -> Answer:
    """How many contacts a criterion holds, how many can be reached, and what each rule does."""
    criterion = read_criterion(asked.criterion)
    with opened(asked) as base:
        look = base.evaluator.look(criterion)
    reachable = {channel: reach.reachable for channel, reach in look.reach.items()}
    nodes = [{"path": node.path, "count": node.count, "without": node.without} for node in look.nodes]
    lines = [w("cli.contacts", n=look.count)]
    lines += [
        w("cli.count.channel", channel=w(f"channel.{channel}"), n=w.number(n))
        for channel, n in reachable.items()
    ]
    lines += [
        w("cli.count.node", path=node.path or "·", count=w.number(node.count), without=w.number(node.without))
        for node in look.nodes
    ]
    return Answer({"count": look.count, "reachable": reachable, "nodes": nodes}, lines)


def members(asked: Namespace, w: Words) -> Answer:
    """Write every member to a file, whatever their consent: not a campaign list."""
    criterion = read_criterion(asked.criterion)
    if asked.out.suffix.lower() not in (".csv", ".xlsx"):
        raise InputError("error.list.suffix", name=asked.out.name)
    with opened(asked) as base:
        written = base.write_members(criterion, asked.out, w)
    line = w("cli.members.done", n=written, name=asked.out.name)
    return Answer({"count": written, "file": str(asked.out)}, [line, w("cli.members.warning")])


def explain(asked: Namespace, w: Words) -> Answer:
    """Why a contact is in or out: each rule, and the value that decided with where it came from."""
    criterion = read_criterion(asked.criterion)
    with opened(asked) as base:
        contact = base.find_contact(asked.contact)
        truths = base.evaluator.explain(contact, criterion)
        inside = bool(base.evaluator.mask(criterion)[contact])
    nodes = [_node(truth) for truth in truths]
    lines = [w("cli.explain.in" if inside else "cli.explain.out", contact=contact)]
    for truth in truths:
        said = w("cli.explain.unknown" if truth.truth is None else f"cli.explain.{str(truth.truth).lower()}")
        origin = truth.origin
        source = f" ({origin.file_name}, {origin.row_number})" if origin and origin.file_name else ""
        value = "" if truth.value is None else f" = {truth.value}"
        lines.append(f"  {truth.path or '·'} : {said}{value}{source}")
    return Answer({"contact_id": contact, "member": inside, "nodes": nodes}, lines)


def _node(truth: NodeTruth) -> dict[str, object]:
    origin = asdict(truth.origin) if truth.origin else None
    return {"path": truth.path, "truth": truth.truth, "value": truth.value, "origin": origin}


def rfm(asked: Namespace, w: Words) -> Answer:
    """The RFM groups at the base's date, with the limits used; nothing is written."""
    with opened(asked) as base:
        cuts, groups = base.rfm_groups()
        currency, as_of = base.settings.currency, base.as_of
    segments = [asdict(group) for group in groups]
    lines = [
        w("cli.rfm.as_of", date=w.date(as_of)),
        *(
            w(
                "cli.rfm.row",
                name=w(f"rfm.{group.key}"),
                customers=w.number(group.customers),
                orders=w.number(group.orders),
                amount=w.money(group.amount, currency),
            )
            for group in groups
        ),
    ]
    return Answer({"as_of": as_of, "cuts": cuts, "segments": segments}, lines)
