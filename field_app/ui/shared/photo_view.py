"""Photos: a picture file in a frame, with words in its corners; loaded in the back room."""

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QImage,
    QImageReader,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from field_app.domain.errors import FieldAppError, PhotoUnreadable
from field_app.texts import _
from field_app.ui.background import Background, Job
from field_app.ui.theme import Theme

LABEL_FILL = QColor(15, 26, 23, 217)
"""Behind the words on a photo."""
NARROW = 300
"""Width in pixels of the design below which the labels lie above each other."""


def load_picture(path: Path, within: QSize) -> QImage:
    """Return a picture file scaled so that it covers `within`, turned as the file says.

    Slow: call it in the back room.

    Raises:
        PhotoUnreadable: Qt cannot read the file.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and within.isValid():
        longest = max(within.width(), within.height())
        size.scale(longest, longest, Qt.AspectRatioMode.KeepAspectRatioByExpanding)
        if size.width() < reader.size().width():
            reader.setScaledSize(size)
    image = reader.read()
    if image.isNull():
        raise PhotoUnreadable(f"{path.name}: {reader.errorString()}")
    return image


class PhotoView(QWidget):
    """A photo that fills its frame, with words in its lower corners.

    Signals:
        clicked: A person wants to see it larger, or the next one.
    """

    clicked = Signal()

    sharpness = 2
    """How many times as large as its frame a picture is loaded, if it is that large."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        *,
        corner: int = 0,
        whole: bool = False,
        ground: str = "rail",
        parent: QWidget | None = None,
    ) -> None:
        """Make the frame.

        Args:
            theme: Gives colours and sizes.
            background: Loads the file.
            corner: Radius of the corners in pixels of the design.
            whole: Show all of the picture rather than fill the frame.
            ground: Colour token beside a whole picture.
            parent: As in Qt.
        """
        super().__init__(parent)
        self.theme = theme
        self._background = background
        self._corner = corner
        self._whole = whole
        self._ground = ground
        self._image: QImage | None = None
        self._path: Path | None = None
        self._job: Job | None = None
        self._left = ("", "")
        self._right = ("", "")
        self._nothing = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(48, 36)

    def show_photo(self, path: Path | None, *, nothing: str = "") -> None:
        """Show a picture file.

        Args:
            path: The file; None when this computer has none yet.
            nothing: Words in its place then, in the language in use.
        """
        self._nothing = nothing
        if path == self._path and self._image is not None:
            return
        if self._job is not None:
            self._job.cancel()
        self._path, self._image = path, None
        if path is not None:
            size = self.size() if self.width() > 200 else QSize(800, 600)  # noqa: PLR2004 - laid out
            self._job = self._background.run(
                load_picture,
                path,
                size * self.sharpness,
                done=self._show_image,
                failed=self._show_failure,
            )
        self.update()

    def show_labels(self, left: str = "", right: str = "", *, icon: str = "user-round") -> None:
        """Write into the lower corners, in the language in use; empty for nothing."""
        self._left, self._right = (icon if left else "", left), ("images" if right else "", right)
        self.setAccessibleName(", ".join(part for part in (left, right) if part) or _("Picture"))
        self.update()

    def make_clickable(self, words: str) -> None:
        """Let a click, Enter or Space mean something; `words` say what."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setToolTip(words)

    @property
    def has_picture(self) -> bool:
        """Whether a picture is in the frame."""
        return self._image is not None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tell of a click."""
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space are clicks."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint picture, labels and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = QRectF(self.rect())
        if self._corner:
            path = QPainterPath()
            path.addRoundedRect(area, self.theme.px(self._corner), self.theme.px(self._corner))
            painter.setClipPath(path)
        letterbox = self._whole and self._image is not None
        painter.fillRect(area, self.theme.colour(self._ground if letterbox else "surface3"))
        if self._image is not None:
            self._paint_image(painter, area, self._image)
        else:
            self._paint_nothing(painter, area)
        self._paint_label(painter, self._left, at_right=False)
        self._paint_label(painter, self._right, at_right=True)
        if self.hasFocus():
            painter.setPen(QPen(self.theme.colour("focus"), 3))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(1.5, 1.5, -1.5, -1.5))
        painter.end()

    def _paint_image(self, painter: QPainter, area: QRectF, image: QImage) -> None:
        painter.drawImage(self._place_of(area, image), image)

    def _place_of(self, area: QRectF, image: QImage) -> QRectF:
        """Return where a picture lies; more of it than the frame when it fills the frame."""
        across, down = area.width() / image.width(), area.height() / image.height()
        scale = min(across, down) if self._whole else max(across, down)
        width, height = image.width() * scale, image.height() * scale
        left, top = area.center().x() - width / 2, area.center().y() - height / 2
        return QRectF(left, top, width, height)

    def _paint_nothing(self, painter: QPainter, area: QRectF) -> None:
        size = self.theme.px(32)
        middle = area.center()
        lift = self.theme.px(12) if self._nothing else 0
        painter.drawPixmap(
            int(middle.x() - size / 2),
            int(middle.y() - size / 2 - lift),
            self.theme.pixmap("image", "text3", 32),
        )
        painter.setFont(self.theme.font("caption"))
        painter.setPen(self.theme.colour("text3"))
        words = QRectF(0, middle.y() + self.theme.px(8), area.width(), self.theme.px(20))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._nothing)

    def _paint_label(self, painter: QPainter, label: tuple[str, str], *, at_right: bool) -> None:
        icon, words = label
        if not words:
            return
        theme = self.theme
        font = theme.font_of(13, 500)
        tall, glyph, pad = theme.px(26), theme.px(16) if icon else 0, theme.px(10)
        gap = theme.px(6) if icon else 0
        edge = theme.px(12) if self.width() > theme.px(260) else theme.px(6)
        metrics, around = QFontMetrics(font), glyph + gap + 2 * pad
        room = self.width() - 2 * edge - around
        words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(words) + around
        left = self.width() - width - edge if at_right else edge
        top = self.height() - tall - edge + theme.px(2)
        if at_right and self.width() < theme.px(NARROW):
            top = edge  # beside the left label there is no room
        area = QRectF(left, top, width, tall)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(LABEL_FILL)
        painter.drawRoundedRect(area, theme.radius("chip"), theme.radius("chip"))
        if icon:
            painter.drawPixmap(
                int(area.left() + pad),
                int(area.top() + (tall - glyph) / 2),
                theme.pixmap(icon, "#FFFFFF", 16),
            )
        painter.setFont(font)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(
            area.adjusted(pad + glyph + gap, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, words
        )

    def _show_image(self, image: QImage) -> None:
        self._image = image
        self.update()

    def _show_failure(self, failure: FieldAppError) -> None:
        self._nothing = _(failure.title)
        self.update()
