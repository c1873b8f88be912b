"""The files a list can be taken in: to add one, write its file and name it here."""

from __future__ import annotations

from segmentation.errors import ListError
from segmentation.lists.formats.brevo import BREVO
from segmentation.lists.formats.excel import EXCEL
from segmentation.lists.formats.form import Content, ListFormat
from segmentation.lists.formats.hubspot import HUBSPOT
from segmentation.lists.formats.mail_merge import MAIL_MERGE
from segmentation.lists.formats.mailchimp import MAILCHIMP
from segmentation.lists.formats.plain_csv import CSV

FORMATS: tuple[ListFormat, ...] = (EXCEL, CSV, BREVO, MAILCHIMP, HUBSPOT, MAIL_MERGE)
"""Every format, the main one first."""


def format_of(code: str, channel: str) -> ListFormat:
    """The format of that code. Raises ListError ``error.list.format``, or ``error.list.format_channel`` when
    it does not serve the channel."""
    for known in FORMATS:
        if known.code == code:
            if channel not in known.channels:
                raise ListError("error.list.format_channel", format=code, channel=channel)
            return known
    raise ListError("error.list.format", format=code)


__all__ = ["FORMATS", "Content", "ListFormat", "format_of"]
