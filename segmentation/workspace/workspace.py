"""The workspace: an open base with files coming in, changes, reports, lists and care of the base itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO

from segmentation.audience.bitmaps import Mask
from segmentation.audience.evaluator import Asked
from segmentation.i18n import Words
from segmentation.intake import load
from segmentation.intake.by_hand import Written
from segmentation.intake.load import Prepared
from segmentation.intake.plan import ConsentAnswer, ImportRequest
from segmentation.intake.read import ReadOptions, Table
from segmentation.intake.recognise import Recognition
from segmentation.intake.refusing import Refusing, would_refuse
from segmentation.intake.report import ImportReport
from segmentation.lists.changes import Changes
from segmentation.lists.making import ListRequest
from segmentation.lists.options import ListOptions
from segmentation.lists.waterfall import Waterfall
from segmentation.predictive.rfm import Cuts
from segmentation.predictive.rfm_codec import cuts_to_json
from segmentation.reports import REPORTS
from segmentation.reports.breakdowns import breakdowns
from segmentation.reports.overview import overview
from segmentation.results import Cancelled, Progress, Report, never, silent
from segmentation.store import bases
from segmentation.store.erasure import Erased
from segmentation.store.fold_orders import refold_every_order
from segmentation.store.imports import Import, Reject, read_import, read_imports, read_rejects
from segmentation.store.journal import Export, read_exports
from segmentation.store.kept_refusals import Stake, refusals_at_stake
from segmentation.store.settings import read_settings, write_setting
from segmentation.workspace import answers, consistency, demo, derived, edits, held, ingest, lists, members
from segmentation.workspace.again import Again
from segmentation.workspace.again import again as find_again
from segmentation.workspace.opened import OpenBase
from segmentation.workspace.sizes import Sized, sized


@dataclass(eq=False, slots=True)
class Workspace(OpenBase):
    """What screens and the command line call; they need nothing below it but the values it gives."""

    # Files coming in

    def read(
        self,
        path: Path,
        name: str | None = None,
        options: ReadOptions | None = None,
        *,
        progress: Progress = silent,
        cancelled: Cancelled = never,
    ) -> Table:
        """The table in a file (``name`` is only shown). Raises InputError."""
        return ingest.read_table(
            self.database, Path(path), name=name, options=options, progress=progress, cancelled=cancelled
        )

    def recognise(
        self, table: Table, *, kind: str | None = None, known: Mapping[str, str | None] | None = None
    ) -> Recognition:
        """What a table is about, with what was confirmed before."""
        return ingest.recognise_table(self.database, table, kind=kind, known=known)

    def again(self, table: Table) -> Again | None:
        """The past import a file is like, or whose refused rows it corrects; None for a new kind of file."""
        return find_again(self.database, table)

    def request(self, table: Table, recognition: Recognition, **decided: Any) -> ImportRequest:
        """What to import: what recognition proposes, and what was ``decided`` (``ingest.make_request``)."""
        return ingest.make_request(self.database, table, recognition, author=self.author, **decided)

    def would_refuse(self, request: ImportRequest, index: int) -> Refusing | None:
        """Whether one column of a request would alone have most rows refused."""
        return would_refuse(self.database, request, index)

    def prepare(
        self, request: ImportRequest, *, progress: Progress = silent, cancelled: Cancelled = never
    ) -> Prepared:
        """Work out what an import would do, writing nothing. Raises InputError, CancelledError."""
        return load.prepare(self.database, request, progress=progress, cancelled=cancelled)

    def commit(
        self, prepared: Prepared, *, progress: Progress = silent, cancelled: Cancelled = never
    ) -> ImportReport:
        """Write a prepared import in one transaction."""
        return ingest.commit(prepared, as_of=self.as_of, progress=progress, cancelled=cancelled)

    def undo(self, import_id: int, *, keep_refusals: bool = False) -> int:
        """Forget one import exactly, or but for its refusals; how many contacts it had touched.

        Raises StoreError.
        """
        return ingest.undo(self.database, import_id, keep_refusals=keep_refusals, author=self.author)

    def refusals_at_stake(self) -> Mapping[int, Stake]:
        """The refusals that undoing each import would take back; imports without any are left out."""
        with self.database.session() as session, session.transaction(write=False):
            return refusals_at_stake(session)

    def imports(self) -> tuple[Import, ...]:
        """Every import, newest first."""
        return read_imports(self.database)

    def imported(self, import_id: int) -> Import:
        """One import. Raises StoreError."""
        return read_import(self.database, import_id)

    def rejects(self, import_id: int) -> tuple[Reject, ...]:
        """The refused records of an import."""
        return read_rejects(self.database, import_id)

    def demo(self, *, progress: Progress = silent, cancelled: Cancelled = never) -> None:
        """Fill an empty base with the demonstration shop. Raises StoreError ``error.demo.not_empty``."""
        demo.fill(self, progress=progress, cancelled=cancelled)

    # Changes

    def add_contact(
        self,
        values: Mapping[str, str],
        *,
        consent: ConsentAnswer | None = None,
        groups: Sequence[str] = (),
    ) -> Written:
        """A new contact from texts by field code. Raises InputError ``error.contact.*``."""
        return edits.add(self, values, consent=consent, groups=groups)

    def edit_contact(self, contact_id: int, values: Mapping[str, str | None]) -> Written:
        """Other values for a contact; a blank empties the field. Raises InputError ``error.contact.*``."""
        return edits.edit(self, contact_id, values)

    def tag(self, people: Iterable[int], name: str) -> Written:
        """Put people in a group. Raises InputError ``error.contact.group``, ``error.contact.tagged``."""
        return edits.tag(self, people, name)

    def untag(self, people: Iterable[int], name: str) -> Written:
        """Take people out of a group. Raises InputError ``error.contact.untagged``."""
        return edits.untag(self, people, name)

    def say_consent(self, contact_id: int, answer: ConsentAnswer) -> Written:
        """What a contact agrees to or refuses. Raises InputError ``error.contact.opposed``…"""
        return edits.say_consent(self, contact_id, answer)

    def erase(self, contact_id: int, *, forever: bool = True) -> Erased:
        """Erase a person for good; what was done. Raises InputError ``error.contact.unknown``."""
        return edits.erase(self, contact_id, forever=forever)

    def erased_by(self, contact_id: int) -> str:
        """What erasing a person would keep their refusals by: address, likeness or nothing."""
        return edits.erased_by(self, contact_id)

    def merge(self, groups: Sequence[Sequence[int]], chosen: Mapping[str, int] | None = None) -> Written:
        """Make one contact of each group; ``chosen`` (field → whose value) is for one group alone."""
        return edits.merge(self, groups, chosen)

    def tell_apart(self, ids: Sequence[int], *, apart: bool = True) -> None:
        """Remember that these contacts are not the same person; with ``apart`` False, forget it."""
        edits.tell_apart(self, ids, apart=apart)

    def correct_emails(self, addresses: Mapping[int, str]) -> Written:
        """Other e-mail addresses, by contact. Raises InputError ``error.contact.unchanged``."""
        return edits.correct_emails(self, addresses)

    def correct_towns(self, towns: Mapping[int, str]) -> Written:
        """Other towns, by contact. Raises InputError ``error.contact.unchanged``."""
        return edits.correct_towns(self, towns)

    def set(self, key: str, value: object) -> None:
        """Keep one setting (None forgets it), and what hangs on it."""
        self.change(key, lambda _: value)

    def change(self, key: str, change: Callable[[object], object]) -> None:
        """Keep what ``change`` makes of a setting as it stands now: of two changes at once, none is lost."""
        with self.database.session() as session, session.transaction(write=True):
            write_setting(session, key, change(read_settings(session).get(key)))
            own = read_settings(session).as_of or date.today()
            if key == "currency":
                refold_every_order(session)
                derived.refresh(session, None, own)
            if key in ("as_of", "rfm_cuts", "rfm_options"):
                derived.settle_cuts(session, own)
                derived.refresh_scores(session, own)

    def set_as_of(self, day: date | None) -> None:
        """Read the base as of ``day`` from now on; None means today, every day."""
        self.set("as_of", day)

    def proposed_cuts(self) -> Cuts | None:
        """The RFM limits today's buyers would give at this date, None when nobody bought in the window."""
        with self.database.session() as session, session.transaction(write=False):
            return derived.derived_cuts(session, read_settings(session), self.as_of)

    def recalibrate(self) -> Cuts | None:
        """Keep the limits proposed now, dated with this date, instead of those kept; None: no change."""
        cuts = self.proposed_cuts()
        if cuts is not None:
            self.set("rfm_cuts", {**cuts_to_json(cuts), "from_orders": self.has_orders, "import_id": None})
        return cuts

    # Answers

    def overview(self) -> Report:
        """Where the base stands, in a few figures."""
        return overview(self.database, self.evaluator)

    def rfm(self, asked: Asked | None = None) -> Report:
        """The RFM of an audience, everyone by default; for everyone, with a recalibration when one is due."""
        return answers.rfm_report(self, asked)

    def report(self, name: str, asked: Asked | Mask | None = None, **options: Any) -> Report:
        """One of ``reports.REPORTS`` about an audience (everyone by default)."""
        catalogue = self.catalogue
        with self.audience(asked) as session:
            return REPORTS[name](session, catalogue, **options)

    def sized(self, key: str, *, keep: bool = True) -> Sized:
        """How a saved segment stands today; ``keep``: its size of the day is remembered for the trend."""
        return sized(self, key, keep=keep)

    def breakdowns(self, asked: Asked | Mask, *, number: int = 4, bars: int = 5) -> Report:
        """A few small pictures of an audience, each bar with its criterion."""
        return breakdowns(self.evaluator, asked, number=number, bars=bars)

    def find_contact(self, text: str) -> int:
        """The contact of that number, e-mail address or id in a file. Raises InputError."""
        return answers.find_contact(self.database, text)

    def rfm_groups(self) -> tuple[Mapping[str, object], tuple[answers.Group, ...]]:
        """The limits in use at this date, and every RFM group with its customers, orders and amount."""
        return answers.rfm_groups(self)

    # People leaving

    def found_list(self, asked: ListRequest) -> Waterfall:
        """Who would be in a list, step by step; nothing is written. Raises ListError, CriterionError."""
        return lists.found_list(self, asked)

    def write_list(
        self,
        out: BinaryIO,
        asked: ListRequest,
        w: Words,
        *,
        file_name: str,
        segment_key: str | None = None,
    ) -> Export:
        """Write a list in its format to ``out`` and journal it. Raises ListError, CriterionError."""
        return lists.write_list(self, out, asked, w, file_name=file_name, segment_key=segment_key)

    def exports(self) -> tuple[Export, ...]:
        """Every list that left the base, newest first."""
        return read_exports(self.database)

    def changed_since(self, export: Export) -> Changes | None:
        """What a past list would be today, None when its people were not kept (``workspace.lists``)."""
        return lists.changed_since(self, export)

    def list_columns(self, channel: str) -> tuple[str, ...]:
        """The columns chosen last for a channel's lists, else its usual ones."""
        return lists.chosen_columns(self, channel)

    def choose_list_columns(self, channel: str, codes: Sequence[str] | None) -> None:
        """Keep these columns for the channel's lists; None goes back to the usual ones."""
        self.set(lists.columns_setting(channel), None if codes is None else list(codes))

    def prices(self) -> Mapping[str, Decimal]:
        """What one message costs, by channel, where it was said."""
        return lists.prices(self)

    def set_price(self, channel: str, price: Decimal | None) -> None:
        """Say what one message costs by a channel; None or zero forgets it."""

        def priced(held: object) -> dict[str, str]:
            kept = {**lists.prices_of(held), channel: price or Decimal(0)}
            return {name: str(amount) for name, amount in kept.items() if amount > 0}

        self.change(lists.PRICES, priced)

    def export_segment(
        self,
        name: str,
        path: Path,
        w: Words,
        *,
        channel: str = "email",
        form: str | None = None,
        options: ListOptions | None = None,
    ) -> Mapping[str, object]:
        """Write the list of a saved segment in one of ``lists.formats.FORMATS``, and journal it."""
        return lists.export_segment(self, name, path, w, channel=channel, form=form, options=options)

    def write_members(self, asked: Asked, path: Path, w: Words) -> int:
        """Write every member to a .csv or .xlsx, whatever their consent; how many."""
        return members.write_members(self, asked, path, w)

    def export_held(self, out: BinaryIO, contact_id: int, w: Words) -> None:
        """Write everything held of one contact to a workbook, and journal it. Raises InputError."""
        held.export_held(self, out, contact_id, w)

    # Keeping it safe

    def backup(self, to: Path) -> None:
        """Copy the base to a file. Raises StoreError."""
        self.database.backup(to)

    def restore(self, file: Path) -> None:
        """Put a backup in place of the base, keeping the oppositions said since. Raises StoreError."""
        bases.restore(self.database, file)
        self._complete()
        with self.database.session() as session, session.transaction(write=True):
            session.bump()

    def check(self) -> Mapping[str, int]:
        """What does not hold in the base: {code ``check.*``: how many}; empty when all is well."""
        return consistency.problems(self.database, self.own_as_of)
