"""What the evidence says: every fact that a supervisor should know, and a row for each."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.ticket import EntryKind
from field_app.queries.tickets import TicketDetail
from field_app.texts import _
from field_app.texts.dates import date_and_time, duration
from field_app.ui.photos.facts import Fact, Tone, evidence
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme


def review_facts(detail: TicketDetail, now: datetime) -> tuple[Fact, ...]:
    """Return everything that a supervisor should know, in the order of weight."""
    facts = list(evidence(detail.ticket, detail.photos, now))
    times = _work_time(detail, now)
    if times is not None:
        facts.append(times)
    order = {Tone.WARN: 0, Tone.MISSING: 1, Tone.OK: 2}
    return tuple(sorted(facts, key=lambda fact: order[fact.tone]))


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


class FactRow(QWidget):
    """Glyph, fact and sentence, with a line below."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setContentsMargins(16, 9, 16, 9)
        row.setSpacing(10)
        self._glyph = IconLabel(theme, "status-waiting", "text3", 20, self)
        row.addWidget(self._glyph, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self.title = ThaiLabel(theme, role="label", weight=600)
        self.text = ThaiLabel(theme, role="caption", colour="text2")
        words.addWidget(self.title)
        words.addWidget(self.text)
        row.addLayout(words, 1)
        column.addLayout(row)
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        column.addWidget(rule)

    def show_fact(self, fact: Fact) -> None:
        """Show a fact in place of any other."""
        colour = "ok" if fact.tone is Tone.OK else fact.tone.colour
        self._glyph.set_icon(fact.tone.glyph, colour)
        self.title.setText(fact.title)
        self.text.setText(fact.text)
        self.text.setVisible(bool(fact.text))
        self.setAccessibleName(f"{fact.title}. {fact.text}")
