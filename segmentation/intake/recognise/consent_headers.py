"""Columns that say whether people may be written to, told by a header's words: the channel and the stand.

"Email Marketing Consent", « Désabonné SMS », "dnc_email" need no row of a dictionary: a word of consent or of
refusal, a word of a channel, and values that answer yes or no.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise
from typing import Final

from segmentation.intake.clean.consent import (
    CHANNEL_WORDS,
    NEGATION,
    OPT_IN,
    REFUSAL,
    is_negated,
    is_refusal,
    polar_words,
    shows_answers,
)
from segmentation.intake.header_names import plain
from segmentation.intake.recognise.content import Content
from segmentation.intake.recognise.dictionary import values_of
from segmentation.intake.recognise.headers import EXACT

Field = tuple[str, str]

_UNSAID: Final = 0.8
"""How surely a header that asks without naming a channel, or without a word of consent, speaks of e-mail."""

_AGREED: Final = frozenset(
    "consent consentement consents optin accepts accept accepte accepter acceptes accord agree agreed agrees"
    " subscribed subscriber subscription subscriptions abonne abonnes abonnement inscrit inscription autorise"
    " autorisation autorisations autorisee autorisees authorised authorized authorise authorize permission"
    " happy glad willing volontiers permissions permitted souhaite allow allows allowed can ok may"
    " veut veulent wants keep".split()
)
_FRAME: Final = frozenset(
    "status statut state etat has is de du des la le les par pour recois je j nos vos"
    " offres offre from all to of our the via on a an and et ou or communication communications"
    " preference double single au aux"
    " your i d l en n ne plus no non do sans contact ok bulk be by mon ma mes my wish wishes want wants"
    " send envoyer you vous we nous us pouvons"
    " recevez envoi envois envoyer electronique electroniques ete etre longer list lists liste listes"
    " informations information actualites news recoit recoivent receives please again sign up add posted"
    " informed infos for me him her them y n flag flg e organisateur organizer organiser activee"
    " activees get getting have hear hearing being with".split()
)
"""Words that change nothing to what such a header says."""

_SELLING: Final = frozenset(
    "prospection demarchage sollicitation sollicitations solliciter campagne campagnes campaign campaigns"
    " publicite publicites publicitaire publicitaires pub pubs promo promos promotion promotions promotional"
    " promotionnel promotionnels promotionnelle commercial commerciale commerciaux commerciales marketing"
    " newsletter newsletters mailing mailings emailing emailings rgpd gdpr lcap casl mktg mkt bulletin"
    " bulletins ebulletin ebulletins enewsletter enewsletters enews".split()
)
"""What people are written to for: with an answer and no word of consent, such a header asks for one."""

_SENT: Final = frozenset("offers offres offer alert alerts alerte alertes infos news actualites".split())
"""What is sent to people: beside a channel and an answer, such a header asks whether it may be."""

_FLAGS: Final = frozenset("flag flg top indicateur".split())
"""How a machine's header says that its values are a yes or a no."""

_ASKED: Final = frozenset("recevoir receive receiving contacte contactee contacted contacter".split())
"""What a form asks whether one may do."""

_CARRIED: Final = CHANNEL_WORDS["email"] | CHANNEL_WORDS["sms"] | CHANNEL_WORDS["post"]
"""The words of what carries a message."""

_LONG: Final = 5
"""Words from which a header is the sentence of a form, which may name anything else."""

_ANSWERS: Final = frozenset(
    "subscribed|unsubscribed|never subscribed|not subscribed|non subscribed|active|bounced|opted in|opted out"
    "|pending|not set|unconfirmed|confirmed|cleaned|complained|blocklisted|blacklisted|enabled|cancelled"
    "|canceled|suppressed|archived|no consent|hard bounced|soft bounced|transactional|desabonne|desinscrit"
    "|granted|denied|given|withdrawn|revoked|allow|allowed|do not allow|not allowed|express|implied|acceptee"
    "|refusee|autorise|autorisee|abonnee|inscrite|desabonnee|desinscrite|abonne e|desabonne e|inscrit e"
    "|expres|tacite|implicite|explicite|desinscrit e|bloque|bloquee|oppose|opposee|stop|plainte|spam|t|f"
    "|valid|npai|ne pas contacter|ne pas solliciter|do not contact".split("|")
)
"""What a column of consent says besides yes and no."""

_OPENING: Final = re.compile(
    r"(oui|non|yes|no|j accepte|je refuse|je ne|je souhaite|i agree|i accept|i do not)\b"
)
"""How the sentence chosen in a form begins."""

_MOMENT: Final = frozenset("date dates day jour time heure on at le since depuis when quand".split())
"""How a header says a moment."""

_KNOWN: Final = frozenset().union(
    _AGREED, REFUSAL, NEGATION, _FRAME, _SELLING, _SENT, _FLAGS, _ASKED, *CHANNEL_WORDS.values()
)

_DEPARTED: Final = frozenset(
    "unsubscribed|bounced|cleaned|complained|blocklisted|blacklisted|suppressed|opted out|desabonne"
    "|desinscrit|hard bounced|spam complaint|plainte".split("|")
)
"""Among the words of a status, those that only a list of subscribers uses."""


def consent_fields(header: str, content: Content) -> list[tuple[Field, float]]:
    """The consent field a header and its values speak of; none when either says something else.

    A refusal of one channel other than e-mail is that channel's field, read the other way round; any other
    refusal is an opposition, as far as its header reaches. Several columns may speak of one field.
    """
    said = polar_words(header)
    words = set(said)
    named = [key for key, channel in OPT_IN.items() if CHANNEL_WORDS[channel] & words]
    agreed, selling, asked = (bool(known & words) for known in (_AGREED, _SELLING, _ASKED))
    doing = agreed or selling or asked or bool(named) or "contact" in words
    refused = any(is_refusal(word) for word in said) or (is_negated(said) and doing)
    foreign = any(not (word in _KNOWN or is_refusal(word)) for word in words)
    if any(is_refusal(word) and not is_negated([word]) for word in said) and _is_day(words, content):
        return [(("contacts", "optout_date"), _UNSAID)]
    sentence = len(said) >= _LONG and asked and (agreed or refused)
    if foreign and not sentence and _sent_by(said, named, content, agreed=agreed) and not refused:
        return [(("contacts", named[0]), _UNSAID)]
    if (foreign and not sentence) or not answers(content):
        return []
    if not content.values and (sentence or is_negated(said)):
        return []
    if refused and len(named) == 1 and named[0] != "optin_email":
        return [(("contacts", named[0]), EXACT)]
    if refused:
        return [(("contacts", "optout"), EXACT - 0.01 * len(named))]
    if agreed and named and not foreign:
        return [(("contacts", named[0]), EXACT)]
    if (agreed and (selling or asked or words & (_SENT | {"contact"}))) or (content.values and selling):
        return [(("contacts", named[0] if named else "optin_email"), _UNSAID)]
    sent = bool((_SENT | _FLAGS) & words) or shows_answers(header)
    if content.values and ((named and sent) or (agreed and is_subscription(content))):
        return [(("contacts", named[0] if named else "optin_email"), _UNSAID)]
    return []


def _is_day(words: Collection[str], content: Content) -> bool:
    """Whether words and values say only when something was refused: "Unsub date", « Opposition le »."""
    told = all(word in _KNOWN | _MOMENT or is_refusal(word) for word in words)
    return told and bool(_MOMENT.intersection(words)) and content.share("date") > 0.8


def _sent_by(said: Sequence[str], named: Sequence[str], content: Content, *, agreed: bool) -> bool:
    """Whether a header says by which channel something is sent, and its values whether it is: « programme par
    mail », "text reminders ok"."""
    by = any(before in ("par", "by") and after in _CARRIED for before, after in pairwise(said))
    return len(named) == 1 and (agreed or by) and bool(content.values) and content.share("boolean") >= 0.8


def names_channel(key: str, header: str) -> bool:
    """Whether a header may name that consent field: only e-mail is meant without saying so, where no other
    channel is named."""
    words = set(polar_words(header))
    named = {channel for channel in OPT_IN.values() if CHANNEL_WORDS[channel] & words}
    channel = OPT_IN.get(key)
    return channel is None or channel in named or (channel == "email" and not named)


def answers(content: Content) -> bool:
    """Whether the values of a column answer a question of consent, yes, no or a stand in words."""
    if not content.values:
        return True
    told = values_of("boolean") | _ANSWERS
    found = sum(
        plain(value) in told or value.lower() in told or bool(_OPENING.match(plain(value)))
        for value in content.values
    )
    return found >= 0.8 * len(content.values)


def is_subscription(content: Content) -> bool:
    """Whether a column of statuses is that of a mailing list: it uses the words of those who have left it."""
    words = {plain(value) for value in content.values}
    return bool(words & _DEPARTED) and answers(content) and len(words) <= 8
