"""A receipt to look at, read out and copy: what, when by the hub's clock, revision, sha256."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from field_app.queries.receipts import PHOTO, ReceiptPart, ReceiptView
from field_app.texts import _
from field_app.texts.dates import time_of_day, weekday_date
from field_app.texts.numbers import file_size
from field_app.ui.background import Background
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.photo_view import PhotoView
from field_app.ui.shared.words_area import WordsArea
from field_app.ui.sync.words import act_name
from field_app.ui.theme import Theme

GROUP = 8
"""Digits of a hash that are read out together."""
THUMB = 72
"""Pixels of the design."""


def in_groups(sha256: str) -> str:
    """Return a hash in groups that an eye can follow."""
    return " ".join(sha256[at : at + GROUP] for at in range(0, len(sha256), GROUP))


def part_title(part: ReceiptPart, number: int) -> str:
    """Return what a part is about, 'Photo 2'; photos are counted."""
    if part.type == PHOTO:
        return _("Photo {number}, every byte").format(number=number)
    return act_name(part.type)


def hub_time(at: datetime | None) -> str:
    """Return 'พฤ. 19 พ.ย. 2569 10:38 น.', or that the hub did not say."""
    return f"{weekday_date(at)} {time_of_day(at)}" if at is not None else _("not told")


def part_lines(part: ReceiptPart) -> tuple[tuple[str, str], ...]:
    """Return name and value of everything that a receipt says of one part."""
    revision = str(part.revision) if part.revision is not None else _("not told")
    return (
        (_("Receipt no."), part.number or _("not told")),
        (_("Received"), hub_time(part.received_at)),
        (_("Revision"), revision),
        (_("Size"), file_size(part.size_bytes)),
        ("sha256", in_groups(part.sha256) or _("not told")),
    )


def numbered(view: ReceiptView) -> list[tuple[ReceiptPart, str]]:
    """Return the parts with their titles, photos counted from 1."""
    photos = 0
    titled = []
    for part in view.parts:
        photos += part.type == PHOTO
        titled.append((part, part_title(part, photos)))
    return titled


def receipt_text(view: ReceiptView) -> str:
    """Return a receipt as plain words, for the clipboard."""
    lines = [
        _("Receipt of the hub"),
        f"{act_name(view.type)} · {view.ticket_title}",
        _("Job {number}").format(number=view.ticket_id),
        _("Times by the hub's clock."),
    ]
    for part, title in numbered(view):
        lines += ["", title, *(f"{name}: {value}" for name, value in part_lines(part))]
    return "\n".join(lines)


class ReceiptPanel(QWidget):
    """All parts of a receipt, one below the other."""

    def __init__(self, theme: Theme, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._background = background
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._title = ThaiLabel(theme, role="h2")
        self._facts = ThaiLabel(theme, role="label", colour="text2")
        column.addWidget(self._title)
        column.addWidget(self._facts)
        self._area = WordsArea(self)
        self._area.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        column.addWidget(self._area, 1)

    def show_receipt(self, view: ReceiptView) -> None:
        """Show a receipt in the language in use."""
        self._title.setText(f"{act_name(view.type)} · {view.ticket_title}")
        job = _("Job {number}").format(number=view.ticket_id)
        clock = _("times by the hub's clock")
        self._facts.setText(f"{job} · {file_size(view.size_bytes)} · {clock}")
        body = QWidget()
        body.setProperty("surface", "surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        for part, title in numbered(view):
            column.addWidget(self._part(part, title))
        column.addStretch(1)
        old = self._area.takeWidget()
        if old is not None:
            old.deleteLater()
        self._area.setWidget(body)
        self.setAccessibleName(receipt_text(view))

    def _part(self, part: ReceiptPart, title: str) -> QFrame:
        theme = self.theme
        card = QFrame(self)
        card.setProperty("card", "true")
        row = QHBoxLayout(card)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(ThaiLabel(theme, title, role="label", weight=600))
        for name, value in part_lines(part):
            line = QHBoxLayout()
            line.setSpacing(8)
            label = ThaiLabel(theme, name, role="caption", colour="text3", wraps=False)
            label.setFixedWidth(theme.px(84))
            line.addWidget(label, 0, Qt.AlignmentFlag.AlignTop)
            told = ThaiLabel(theme, value, role="caption")
            told.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            line.addWidget(told, 1)
            words.addLayout(line)
        row.addLayout(words, 1)
        if part.type == PHOTO:
            photo = PhotoView(theme, self._background, corner=8, parent=card)
            photo.setFixedSize(theme.px(THUMB), theme.px(THUMB))
            photo.show_photo(part.thumb)
            row.addWidget(photo, 0, Qt.AlignmentFlag.AlignTop)
        return card
