"""What the evidence says: every fact that a supervisor should know."""

from datetime import datetime

from field_app.domain.ticket import EntryKind
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.texts.dates import date_and_time, duration
from field_app.ui.photos.facts import Fact, Tone, evidence


def review_facts(detail: TicketDetail, now: datetime) -> tuple[Fact, ...]:
    """Return everything that a supervisor should know, in the order of weight."""
    facts = list(evidence(detail.ticket, detail.photos, now))
    times = _work_time(detail, now)
    if times is not None:
        facts.append(times)
    order = (Tone.WARN, Tone.MISSING, Tone.PLAIN, Tone.OK)
    return tuple(sorted(facts, key=lambda fact: order.index(fact.tone)))


def _work_time(detail: TicketDetail, now: datetime) -> Fact | None:
    """Return when work began and was handed in; None when it was never handed in."""
    ends = [e.at for e in detail.ticket.timeline if e.kind is EntryKind.FINISH]
    if not ends:
        return None
    starts = [
        e.at for e in detail.ticket.timeline if e.kind is EntryKind.START and e.at <= ends[-1]
    ]
    ended = _("Handed in {time}").format(time=date_and_time(ends[-1], now))
    if not starts:
        return Fact(tone=Tone.OK, title=ended)
    used = duration(ends[-1] - starts[-1])
    text = _("Started {time}, took {used}").format(time=date_and_time(starts[-1], now), used=used)
    return Fact(tone=Tone.OK, title=ended, text=text)
