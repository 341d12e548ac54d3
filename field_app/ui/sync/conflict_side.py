"""One side of a conflict: what was done there, when, by whom, and a photo of it."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.operation import Decline, Finish, Hold, Note, Operation
from field_app.domain.replay import honest_time
from field_app.domain.ticket import EntryKind, Ticket, TimelineEntry
from field_app.queries.outbox import ConflictView
from field_app.queries.photos import PhotoCard
from field_app.texts import _
from field_app.texts.dates import date_and_time
from field_app.ui.background import Background
from field_app.ui.photos.card_words import best_file
from field_app.ui.resolve.words import entry_words, happening
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.shared.words import STATE_KEYS, state_words
from field_app.ui.sync.words import act_name, photos_count
from field_app.ui.theme import Theme

Facts = tuple[tuple[str, str], ...]
"""Label and words of each line."""


def own_words(operation: Operation) -> str:
    """Return the words that the operation carries; empty when a note could not keep any."""
    work = operation.work
    if isinstance(work, Note):
        return work.text.strip()
    if isinstance(work, Finish | Hold | Decline):
        return work.note.strip()
    return ""


def my_facts(view: ConflictView, now: datetime) -> Facts:
    """Return what I did, when, and with what."""
    facts = [
        (_("What"), act_name(view.operation.work.type)),
        (_("When"), date_and_time(honest_time(view.operation), now)),
    ]
    if view.mine is not None:
        count = sum(1 for p in view.mine.photos if p.added_by == view.operation.actor_id)
        facts.append((_("Evidence"), photos_count(count) if count else _("No photos")))
    words = own_words(view.operation)
    if words:
        facts.append((_("Words"), words))
    return tuple(facts)


def hub_facts(view: ConflictView, now: datetime) -> Facts:
    """Return what the hub has, since when, and by whom."""
    ticket = view.hubs
    if ticket is None:
        return ((_("What"), view.detail or _("The hub does not show this job to you any more")),)
    mine = view.operation.id
    others = [e for e in ticket.timeline if e.operation_id != mine and not e.is_only_recorded]
    facts = []
    if others:
        last = others[-1]
        facts.append((_("What"), happening(last, view.crews)))
        facts.append((_("When"), date_and_time(last.at, now)))
        facts.append((_("By"), last.person_name))
        closing = ticket.resolution_note if ticket.is_closed else ""
        facts.append((_("Words"), closing or _words_of(last)))
    else:
        facts.append((_("When"), _("The hub does not say")))
    if ticket.crew_id is not None:
        facts.append((_("Crew"), view.crews.get(ticket.crew_id, ticket.crew_id)))
    return tuple((name, words) for name, words in facts if words)


def _words_of(entry: TimelineEntry) -> str:
    """Return what somebody wrote; the platform's are the state, which the chip shows already."""
    return "" if entry.kind is EntryKind.IMPORTED else entry_words(entry)


class SideCard(QFrame):
    """One side of the conflict: head, photo, state, facts."""

    def __init__(  # noqa: PLR0913 - one argument for each part of the card
        self,
        theme: Theme,
        background: Background,
        parent: QWidget,
        *,
        icon: str,
        title: str,
        ticket: Ticket | None,
        facts: Facts,
        photo: PhotoCard | None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._make_head(theme, icon, title))
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        column.addWidget(rule)
        row = QHBoxLayout()
        row.setSpacing(12)
        picture = PhotoView(theme, background, parent=self)
        picture.setFixedWidth(theme.px(132))
        picture.show_photo(best_file(photo) if photo else None, nothing=_("No new photo"))
        row.addWidget(picture)
        words = QVBoxLayout()
        words.setContentsMargins(0, 10, 12, 10)
        words.setSpacing(4)
        if ticket is not None:
            key, state = STATE_KEYS[ticket.state], state_words(ticket.state, ticket.foreign_state)
            words.addWidget(StatusChip(theme, key, state))
        for name, text in facts:
            words.addLayout(_fact_row(theme, name, text))
        words.addStretch(1)
        row.addLayout(words, 1)
        column.addLayout(row, 1)
        self.setMinimumHeight(theme.px(172))
        spoken = [title, *(f"{name} {text}" for name, text in facts)]
        self.setAccessibleName(", ".join(spoken))

    def _make_head(self, theme: Theme, icon: str, title: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 9, 12, 9)
        head.setSpacing(8)
        head.addWidget(IconLabel(theme, icon, "text2", 20, self))
        head.addWidget(ThaiLabel(theme, title, role="rowTitle", wraps=False), 1)
        return head


def _fact_row(theme: Theme, name: str, text: str) -> QHBoxLayout:
    """Return a label and its words side by side."""
    row = QHBoxLayout()
    row.setSpacing(8)
    label = ThaiLabel(theme, name, role="caption", colour="text3", wraps=False)
    label.setFixedWidth(theme.px(64))
    row.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(ThaiLabel(theme, text, role="label", weight=600), 1)
    return row
