"""A strip of small photos, one of them chosen."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from field_app.domain.ids import PhotoId
from field_app.domain.photo import PhotoRole
from field_app.queries.local_state import LocalState
from field_app.queries.photos import PhotoCard
from field_app.texts import _, language
from field_app.texts.dates import local
from field_app.ui.background import Background
from field_app.ui.photos.card_words import spoken, waiting_glyph
from field_app.ui.photos.facts import is_odd
from field_app.ui.shared.photo_view import LABEL_FILL, PhotoView
from field_app.ui.shared.words import photo_words
from field_app.ui.theme import Theme

GAP = 6
BAR = 12


class SmallPhoto(PhotoView):
    """One photo of a strip: chosen ones have a frame, waiting ones a glyph."""

    def __init__(
        self, theme: Theme, background: Background, size: tuple[int, int], parent: QWidget
    ) -> None:
        """Make the frame; `size` is width and height in pixels of the design."""
        super().__init__(theme, background, corner=6, parent=parent)
        self.glyph = ""
        self.name = ""
        self.is_chosen = False
        self.is_odd = False
        self.setFixedSize(QSize(theme.px(size[0]), theme.px(size[1])))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the photo and its marks."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self.theme
        gap, side = theme.px(3), theme.px(20)
        if self.glyph:
            self._paint_glyph(painter, QPointF(self.width() - side - gap, gap), self.glyph)
        if self.is_odd:
            self._paint_glyph(painter, QPointF(gap, gap), "status-attention")
        if self.name:
            band = QRectF(0, self.height() - theme.px(22), self.width(), theme.px(22))
            painter.fillRect(band, LABEL_FILL)
            painter.setFont(theme.font_of(13, 500))
            painter.setPen(QColor("#FFFFFF"))
            painter.drawText(band, Qt.AlignmentFlag.AlignCenter, self.name)
        if self.is_chosen:
            painter.setPen(QPen(theme.colour("brand"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            area = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
            painter.drawRoundedRect(area, theme.px(5), theme.px(5))
        painter.end()

    def _paint_glyph(self, painter: QPainter, corner: QPointF, glyph: str) -> None:
        theme = self.theme
        side, colour = theme.px(20), "#713F00" if glyph == "status-attention" else "#12201C"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(QRectF(corner.x(), corner.y(), side, side), 4, 4)
        inner = corner + QPointF(theme.px(2), theme.px(2))
        painter.drawPixmap(inner, theme.pixmap(glyph, colour, 16))


class PhotoStrip(QScrollArea):
    """Small photos side by side; too many of them scroll sideways.

    Signals:
        chosen: PhotoId. A person wants to see this one.
    """

    chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        *,
        size: tuple[int, int] = (64, 48),
        has_names: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Make the strip.

        Args:
            theme: Gives colours and sizes.
            background: Loads the pictures.
            size: Width and height of each photo in pixels of the design.
            has_names: Whether each photo says what it shows.
            parent: As in Qt.
        """
        super().__init__(parent)
        self.theme = theme
        self._background = background
        self._size = size
        self._has_names = has_names
        self._photos: dict[PhotoId, SmallPhoto] = {}
        self._shown: dict[PhotoId, tuple[PhotoCard, bool, date, str]] = {}
        """What each shows, so that nothing is painted anew without need."""
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        held = QWidget()
        self._row = QHBoxLayout(held)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(GAP))
        self._row.addStretch(1)
        self._held = held
        self.setWidget(held)
        held.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._make_room()

    def show_cards(self, cards: Sequence[PhotoCard], chosen: PhotoId | None, now: datetime) -> None:
        """Show these photos; `chosen` has a frame."""
        wanted = [card.photo.id for card in cards]
        if wanted != list(self._photos):
            self._rebuild(wanted)
        for card in cards:
            view = self._photos[card.photo.id]
            is_chosen = card.photo.id == chosen
            shown = (card, is_chosen, local(now).date(), language())
            if self._shown.get(card.photo.id) == shown and view.has_picture:
                continue  # of a hundred photos one is new
            self._shown[card.photo.id] = shown
            view.show_photo(card.thumb or card.screen)
            view.glyph = "" if card.local is LocalState.NONE else waiting_glyph(card)
            view.is_chosen = is_chosen
            view.is_odd = is_odd(card)
            if self._has_names:
                view.name = _short_name(card.photo.role)
            view.setAccessibleName(spoken(card, now))
            view.setToolTip(spoken(card, now))
            view.update()

    def frame(self, photo_ids: Collection[PhotoId]) -> None:
        """Put a frame round these photos and no others."""
        self._shown.clear()
        for photo_id, view in self._photos.items():
            view.is_chosen = photo_id in photo_ids
            view.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room for the scroll bar when the photos need it."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        wide = self.theme.px(self._size[0]) + self.theme.px(GAP)
        scrolls = len(self._photos) * wide - self.theme.px(GAP) > self.width()
        bar = self.theme.px(BAR) if scrolls else 0
        self.setFixedHeight(self.theme.px(self._size[1]) + bar)

    def _rebuild(self, wanted: Sequence[PhotoId]) -> None:
        """Keep the photos that stay, in the order wanted, and make the others."""
        before, self._photos = self._photos, {}
        for gone in before.keys() - set(wanted):
            self._row.removeWidget(before[gone])
            before[gone].deleteLater()
            self._shown.pop(gone, None)
        for place, photo_id in enumerate(wanted):
            view = before.get(photo_id) or self._made(photo_id)
            if self._row.indexOf(view) != place:
                self._row.insertWidget(place, view)
            self._photos[photo_id] = view
        self._make_room()

    def _made(self, photo_id: PhotoId) -> SmallPhoto:
        """Return a new small photo."""
        view = SmallPhoto(self.theme, self._background, self._size, self._held)
        view.make_clickable("")
        view.clicked.connect(lambda: self.chosen.emit(photo_id))
        return view


def _short_name(role: PhotoRole) -> str:
    """Return what a small photo shows, in a word that fits on it."""
    return _("Reporter") if role is PhotoRole.CITIZEN else photo_words(role)
