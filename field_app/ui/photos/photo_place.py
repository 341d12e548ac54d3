"""A place for the photos of one role: what every shape of it knows and takes in."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from field_app.domain.ids import PhotoId
from field_app.domain.photo import PhotoRole
from field_app.queries.photos import PhotoCard
from field_app.texts import _, ngettext
from field_app.ui.photos.facts import Fact, Tone
from field_app.ui.photos.saving_view import SavingView
from field_app.ui.photos.sources import count_of, of_mime, why_nothing
from field_app.ui.shared.labels import IconLabel, ThaiLabel
from field_app.ui.shared.words import photo_words
from field_app.ui.theme import Theme

LOW = 90
"""Height in pixels of the design below which a drop hint stands in one line."""


class DropHint(QWidget):
    """Says that letting go here adds photos; lies over the photos during a drag."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.words = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tinted field with its words."""
        theme = self.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("brandTint"))
        area = QRectF(self.rect())
        if self.height() > theme.px(LOW):
            size = theme.px(40)
            left, top = (self.width() - size) // 2, self.height() // 2 - size
            painter.drawPixmap(left, top, theme.pixmap("image-plus", "brandText", 40))
            area = QRectF(0, self.height() / 2 + theme.px(6), self.width(), theme.px(26))
        painter.setFont(theme.font("rowTitle"))
        painter.setPen(theme.colour("brandText"))
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self.words)
        painter.end()


class PhotoPlace(QWidget):
    """The photos of one role with their badge; takes dropped pictures.

    Take one of the classes below it.

    Signals:
        files_wished: A person wants to choose files.
        paste_wished: A person wants to add what is in the clipboard.
        phone_wished: A person wants to add photos from a phone.
        camera_wished: A person wants to take photos with this computer's camera.
        sources_given: tuple of PhotoSource. Pictures were dropped.
        nothing_given: str. Something was dropped that holds no picture; why not, to be translated.
        remove_wished: PhotoId. A person wants to take a photo back.
        retake_wished: PhotoId. A person wants to take a photo again.
        view_wished: PhotoId. A person wants to see a photo larger.
    """

    files_wished = Signal()
    paste_wished = Signal()
    phone_wished = Signal()
    camera_wished = Signal()
    sources_given = Signal(object)
    nothing_given = Signal(str)
    remove_wished = Signal(str)
    retake_wished = Signal(str)
    view_wished = Signal(str)

    def __init__(self, theme: Theme, role: PhotoRole, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.role = role
        self.cards: tuple[PhotoCard, ...] = ()
        self.may_change = False
        self._chosen: PhotoId | None = None
        self._fact = Fact(tone=Tone.MISSING, title="")
        self._now: datetime | None = None
        self._busy = (0, 0)
        self._is_target = False
        self.setAcceptDrops(True)
        self._name = ThaiLabel(theme, role="body", weight=600, wraps=False)
        self._glyph = IconLabel(theme, "status-waiting", "text3", 16, self)
        self._badge = ThaiLabel(theme, role="caption", weight=600, wraps=False)
        self.drop_hint = DropHint(theme, self)
        self.saving = SavingView(theme, self)

    def show_cards(
        self, cards: Sequence[PhotoCard], badge: Fact, now: datetime, *, may_change: bool
    ) -> None:
        """Show the photos of the role.

        Args:
            cards: Oldest first; the newest is chosen when it is new here.
            badge: The one fact to say above them.
            now: For dates.
            may_change: Whether photos may be added and taken back now.
        """
        known = {card.photo.id for card in self.cards}
        ids = [card.photo.id for card in cards]
        fresh = [photo_id for photo_id in ids if photo_id not in known]
        if fresh or self._chosen not in ids:
            self._chosen = ids[-1] if ids else None
        self.cards, self._fact, self._now, self.may_change = tuple(cards), badge, now, may_change
        self.retranslate()

    def show_intake(self, done: int, of: int) -> None:
        """Show how far the taking in of several pictures is; (0, 0) when it is over."""
        self._busy = (done, of)
        self.saving.show_number(done, of)
        self._show_badge()

    def show_glimpse(self, picture: bytes) -> None:
        """Show what is being saved, as such; nothing for none."""
        self._place_over()
        self.saving.show_picture(picture)

    @property
    def badge(self) -> str:
        """The words above the photos."""
        return self._badge.text()

    @property
    def chosen(self) -> PhotoCard | None:
        """The photo that is shown large or framed."""
        return next((card for card in self.cards if card.photo.id == self._chosen), None)

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        name = photo_words(self.role)
        self._name.setText(name)
        self.setAccessibleName(name)
        self._show_badge()
        if self._now is not None:
            self._show(self._now)
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Light up when what hangs on the mouse can be added here; other things are explained."""
        if not self.may_change:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        count = count_of(event.mimeData())
        if count == 0:
            return
        self.drop_hint.words = _("Drop to add the pictures in it")
        if count is not None:
            words = ngettext("Drop to add {count} photo", "Drop to add {count} photos", count)
            self.drop_hint.words = words.format(count=count)
        self._set_target(on=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Go back to normal."""
        self._set_target(on=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        self._set_target(on=False)
        if not self.may_change:
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        sources = of_mime(event.mimeData())
        if sources:
            self.sources_given.emit(sources)
        else:
            self.nothing_given.emit(why_nothing(event.mimeData()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the card with the line that fits: dashed while it is a target."""
        theme = self.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("surface"))
        wide = 1.0
        if self._is_target:
            wide = 2.0
            painter.setPen(QPen(theme.colour("brand"), wide, Qt.PenStyle.DashLine))
        elif self._fact.tone is Tone.WARN and self.cards:
            painter.setPen(QPen(theme.colour("warnBorder"), wide))
        else:
            painter.setPen(QPen(theme.colour("border"), wide))
        inset = wide / 2
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, theme.radius("card"), theme.radius("card"))
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what lies over the photos in its place."""
        super().resizeEvent(event)
        if (layout := self.layout()) is not None:
            layout.activate()
        self._place_over()

    def _show(self, now: datetime) -> None:
        """Show the photos in the language in use."""
        raise NotImplementedError

    def _place_over(self) -> None:
        """Put the drop hint, and what is being saved, over the photos."""
        raise NotImplementedError

    def _show_badge(self) -> None:
        done, of = self._busy
        if of:
            self._badge.setText(_("Saving {number} of {count}").format(number=done + 1, count=of))
            self._badge.set_colour("brandText")
            self._glyph.set_icon("hard-drive", "brandText")
            return
        self._badge.setText(self._fact.title)
        self._badge.setToolTip(self._fact.text)
        self._badge.setAccessibleName(self._fact.text or self._fact.title)
        self._badge.set_colour(self._fact.tone.colour)
        self._glyph.set_icon(self._fact.tone.glyph, self._fact.tone.colour)

    def _set_target(self, *, on: bool) -> None:
        self._is_target = on
        self.drop_hint.setVisible(on)
        if on:
            self.drop_hint.raise_()
        self.update()

    def _choose(self, photo_id: str) -> None:
        self._chosen = PhotoId(photo_id)
        self.retranslate()

    def _view(self) -> None:
        if self._chosen is not None:
            self.view_wished.emit(self._chosen)

    def _wish_retake(self) -> None:
        if self._chosen is not None:
            self.retake_wished.emit(self._chosen)

    def _wish_removal(self) -> None:
        if self._chosen is not None:
            self.remove_wished.emit(self._chosen)
