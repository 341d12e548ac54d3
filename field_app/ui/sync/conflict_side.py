"""One side of a conflict: what was done there, when, by whom, and a photo of it."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.domain.moved_on import own_words
from field_app.domain.operation import MovePlace
from field_app.domain.place import degrees_of
from field_app.domain.replay import honest_time
from field_app.domain.ticket import EntryKind, Ticket, TimelineEntry
from field_app.queries.conflicts import ConflictView
from field_app.texts import _
from field_app.texts.dates import date_and_time
from field_app.ui.background import Background
from field_app.ui.resolve.words import entry_words, happening
from field_app.ui.shared.chips import StatusChip
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.shared.words import STATE_KEYS, state_words
from field_app.ui.sync.conflict_words import acts_of
from field_app.ui.sync.words import photos_count
from field_app.ui.theme import Theme

Facts = tuple[tuple[str, str], ...]
"""Label and words of each line."""


def my_facts(view: ConflictView, now: datetime) -> Facts:
    """Return what I did, when, and with what."""
    operations = [item.operation for item in view.works]
    words = list(dict.fromkeys(own_words(o.work) for o in operations))
    said = "\n".join(w for w in words if w)
    facts = [
        (_("What"), acts_of(tuple(o.work.type for o in operations))),
        (_("When"), date_and_time(honest_time(operations[-1]), now)),
    ]
    if view.mine is not None:
        count = sum(1 for p in view.mine.work_photos if p.added_by == view.person.id)
        facts.append((_("Evidence"), photos_count(count) if count else _("No photos")))
    facts.append((_("Words"), said))
    return tuple((name, text) for name, text in facts if text)


def hub_facts(view: ConflictView, now: datetime) -> Facts:
    """Return what the hub has, since when, and why."""
    ticket, cause = view.hubs, view.cause
    if ticket is None and cause is None:
        return ((_("What"), _("The hub does not show this job to you any more")),)
    facts = []
    if cause is not None:
        facts.append((_("What"), happening(cause, view.crews)))
        facts.append((_("When"), date_and_time(cause.at, now)))
    elif any(item.is_at_hub for item in view.works):
        facts.append((_("When"), _("The hub does not say")))
    else:
        facts.append((_("What"), _("Nothing of it is there")))
    if ticket is not None:
        count = sum(1 for p in ticket.work_photos if p.added_by != view.person.id)
        facts.append((_("Evidence"), photos_count(count) if count else ""))
    is_about_pin = any(isinstance(item.operation.work, MovePlace) for item in view.works)
    if is_about_pin and ticket is not None and ticket.place is not None:
        facts.append((_("Pin"), degrees_of(ticket.place)))
    closing = ticket.resolution_note if ticket is not None and ticket.is_closed else ""
    facts.append((_("Words"), closing or _words_of(cause)))
    return tuple((name, words) for name, words in facts if words)


def my_corner(view: ConflictView) -> str:
    """Return whose work it is: my crew, else my name."""
    crew_id = view.person.crew_id
    return view.crews.get(crew_id, view.person.name) if crew_id else view.person.name


def hub_corner(view: ConflictView) -> str:
    """Return who changed it there, else the crew that has it; may be empty."""
    if view.cause is not None and view.cause.person_name:
        return _("by {name}").format(name=view.cause.person_name)
    crew_id = None if view.hubs is None else view.hubs.crew_id
    return "" if crew_id is None else view.crews.get(crew_id, crew_id)


def _words_of(entry: TimelineEntry | None) -> str:
    """Return what somebody wrote; the platform's are the state, which the chip shows already."""
    return "" if entry is None or entry.kind is EntryKind.IMPORTED else entry_words(entry)


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
        corner: str,
        ticket: Ticket | None,
        facts: Facts,
        photo: Path | None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(self._make_head(theme, icon, title, corner))
        rule = QFrame(self)
        rule.setProperty("rule", "true")
        column.addWidget(rule)
        row = QHBoxLayout()
        row.setSpacing(12)
        picture = PhotoView(theme, background, parent=self)
        picture.setFixedWidth(theme.px(132))
        picture.show_photo(photo, nothing=_("No new photo"))
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
        spoken = [title, corner, *(f"{name} {text}" for name, text in facts)]
        self.setAccessibleName(", ".join(part for part in spoken if part))

    def _make_head(self, theme: Theme, icon: str, title: str, corner: str) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(12, 9, 12, 9)
        head.setSpacing(8)
        head.addWidget(IconLabel(theme, icon, "text2", 20, self))
        head.addWidget(ThaiLabel(theme, title, role="rowTitle", wraps=False))
        aside = ThaiLabel(theme, corner, role="caption", colour="text2", wraps=False)
        aside.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(aside, 1)
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
