"""What handing in needs: each thing that is there or missing, in words and as a row."""

from dataclasses import dataclass

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.photo import PhotoRole
from field_app.queries.photos import PhotoCard
from field_app.queries.tickets import TicketDetail
from field_app.texts import _, ngettext
from field_app.ui.photos.facts import Tone, cards_of, is_odd
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """One line of the list of what handing in needs."""

    tone: Tone
    name: str
    state: str


def needs(detail: TicketDetail, words: str) -> tuple[Need, ...]:
    """Return what is there and what is missing for handing in.

    Args:
        detail: The ticket.
        words: The words to the citizen as typed so far.
    """
    before = cards_of(detail.photos, PhotoRole.BEFORE)
    after = cards_of(detail.photos, PhotoRole.AFTER)
    return (
        _photo_need(_("Before photo"), before, needed=False),
        _photo_need(_("After photo"), after, needed=True),
        Need(
            tone=Tone.OK if words.strip() else Tone.MISSING,
            name=_("Words to the citizen"),
            state=_("Ready") if words.strip() else _("Nothing written yet"),
        ),
    )


def _photo_need(name: str, cards: tuple[PhotoCard, ...], *, needed: bool) -> Need:
    if not cards:
        state = _("1 photo, or the reason why not") if needed else _("None yet")
        return Need(tone=Tone.MISSING, name=name, state=state)
    count = ngettext("{count} photo", "{count} photos", len(cards)).format(count=len(cards))
    odd = sum(1 for card in cards if is_odd(card))
    if odd:
        warned = ngettext("{count} to look at", "{count} to look at", odd).format(count=odd)
        return Need(tone=Tone.WARN, name=name, state=f"{count} · {warned}")
    return Need(tone=Tone.OK, name=name, state=count)


class NeedRow(QWidget):
    """Glyph, name and state of one thing, with a line above."""

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

    def show_need(self, need: Need) -> None:
        """Show one need."""
        colour = {"ok": "ok"}.get(need.tone, need.tone.colour)
        self._glyph.set_icon(need.tone.glyph, colour)
        self.name.setText(need.name)
        self.state.setText(need.state)
        self.state.set_colour("warnText" if need.tone is Tone.WARN else "text3")
        self.setAccessibleName(f"{need.name}: {need.state}")
