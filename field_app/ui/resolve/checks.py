"""What handing in needs: each thing that is there or missing, in words and as a row."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.photo import PhotoRole
from field_app.domain.ticket import Ticket
from field_app.queries.photos import PhotoCard
from field_app.queries.tickets import TicketDetail
from field_app.texts import _, ngettext
from field_app.ui.photos.facts import Tone, cards_of, is_far, is_too_old
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the list of what handing in needs."""

    tone: Tone
    name: str
    state: str


def checks(detail: TicketDetail, words: str) -> tuple[Check, ...]:
    """Return what is there and what is missing for handing in.

    Args:
        detail: The ticket.
        words: The words to the citizen as typed so far.
    """
    before = cards_of(detail.photos, PhotoRole.BEFORE)
    after = cards_of(detail.photos, PhotoRole.AFTER)
    return (
        _photo_check(_("Before photo"), before, detail.ticket, needed=False),
        _photo_check(_("After photo"), after, detail.ticket, needed=True),
        Check(
            tone=Tone.OK if words.strip() else Tone.MISSING,
            name=_("Words to the citizen"),
            state=_("Ready") if words.strip() else _("Nothing written yet"),
        ),
    )


def _photo_check(name: str, cards: tuple[PhotoCard, ...], ticket: Ticket, *, needed: bool) -> Check:
    if not cards:
        state = _("At least 1 photo needed") if needed else _("None yet")
        return Check(tone=Tone.MISSING, name=name, state=state)
    count = ngettext("{count} photo", "{count} photos", len(cards)).format(count=len(cards))
    odd = sum(1 for card in cards if is_far(card) or is_too_old(card, ticket.reported_at))
    if odd:
        warned = ngettext("{count} to look at", "{count} to look at", odd).format(count=odd)
        return Check(tone=Tone.WARN, name=name, state=f"{count} · {warned}")
    return Check(tone=Tone.OK, name=name, state=count)


class CheckRow(QWidget):
    """Glyph, name and state of one check, with a line above."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        column.addWidget(rule)
        row = QHBoxLayout()
        row.setContentsMargins(0, theme.px(10), 0, theme.px(10))
        row.setSpacing(theme.px(10))
        self._glyph = IconLabel(theme, "status-waiting", "text3", 20, self)
        self.name = ThaiLabel(theme, role="label", weight=600, wraps=False)
        self.state = ThaiLabel(theme, role="caption", wraps=False)
        row.addWidget(self._glyph)
        row.addWidget(self.name)
        row.addStretch(1)
        row.addWidget(self.state)
        column.addLayout(row)

    def show_check(self, check: Check) -> None:
        """Show one check."""
        colour = {"ok": "ok"}.get(check.tone, check.tone.colour)
        self._glyph.set_icon(check.tone.glyph, colour)
        self.name.setText(check.name)
        self.state.setText(check.state)
        self.state.set_colour("warnText" if check.tone is Tone.WARN else "text3")
        self.setAccessibleName(f"{check.name}: {check.state}")
