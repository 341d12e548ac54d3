"""The right side of the tray: the photo under the cursor, and where the chosen ones go."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from field_app.domain.ids import TicketId
from field_app.domain.matching import Match, Site, role_at
from field_app.domain.photo import PhotoRole
from field_app.queries.tray import NewPhoto, TrayFacts
from field_app.texts import _, ngettext
from field_app.ui.shared.buttons import LineButton, PrimaryButton
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.shared.segments import Segments
from field_app.ui.shared.words import photo_words
from field_app.ui.theme import Theme
from field_app.ui.tray.jobs_list import ROLES, JobsList
from field_app.ui.tray.tray_painter import paint_picture

PICTURE_TALL: Final = 184
"""Height of the picture in pixels of the design."""


class PhotoFrame(QWidget):
    """The photo under the cursor, large enough to tell what it shows."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._photo: NewPhoto | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the size of the design; a low window makes it lower."""
        return QSize(self.theme.px(300), self.theme.px(PICTURE_TALL))

    def minimumSizeHint(self) -> QSize:
        """Return the least size with which something can be seen."""
        return QSize(self.theme.px(160), self.theme.px(72))

    def show_photo(self, photo: NewPhoto | None) -> None:
        """Show a photo, or none."""
        self._photo = photo
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the photo."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._photo is not None:
            paint_picture(painter, self.theme, QRect(self.rect()), self._photo)
        painter.end()


class ChoicePanel(QWidget):
    """Lets a person say to which job, as what, and do it.

    Signals:
        add_wished: Add the chosen photos to the chosen job.
        hide_wished: Hide the chosen photos.
    """

    add_wished = Signal()
    hide_wished = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._facts: TrayFacts | None = None
        self._chosen: tuple[NewPhoto, ...] = ()
        self._current: NewPhoto | None = None
        self.setProperty("surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 14)
        column.setSpacing(10)
        self.frame = PhotoFrame(theme, self)
        column.addWidget(self.frame, 4)
        self._where = ThaiLabel(theme, role="label", weight=600)
        column.addWidget(self._where)
        self.jobs = JobsList(theme, self)
        self.jobs.setMinimumHeight(theme.px(120))
        self.jobs.job_chosen.connect(self._follow_job)
        column.addWidget(self.jobs, 5)
        self.roles = Segments(theme, [(role, _words_of(role), "") for role in ROLES], self)
        self.roles.chosen.connect(self._show_deeds)
        column.addWidget(self.roles)
        self.add = PrimaryButton(theme, self._add_words, height=52, parent=self)
        self.add.clicked.connect(self.add_wished)
        column.addWidget(self.add)
        self.hide_button = LineButton(
            theme, lambda: _("Hide, the files stay"), icon="eye-off", parent=self
        )
        self.hide_button.clicked.connect(self.hide_wished)
        column.addWidget(self.hide_button)
        self.retranslate()

    @property
    def ticket_id(self) -> TicketId | None:
        """The chosen job."""
        job = self.jobs.chosen
        return None if job is None else job.row.id

    @property
    def role(self) -> PhotoRole:
        """What the chosen photos are added as."""
        return PhotoRole(self.roles.selected or PhotoRole.AFTER)

    def show_chosen(
        self, facts: TrayFacts | None, chosen: tuple[NewPhoto, ...], current: NewPhoto | None
    ) -> None:
        """Show what is chosen, with the job that fits the photo under the cursor chosen too."""
        is_same = [p.key for p in chosen] == [p.key for p in self._chosen]
        is_same = is_same and (current and current.key) == (self._current and self._current.key)
        if is_same and facts is self._facts:
            return
        kept = self.ticket_id if is_same else None
        self._facts, self._chosen, self._current = facts, chosen, current
        self.frame.show_photo(current)
        matches = current.matches if current is not None else ()
        fitting: dict[TicketId, Match] = {match.ticket_id: match for match in matches}
        best = kept or next(iter(fitting), None)
        self.jobs.show_jobs(facts.jobs if facts is not None else (), fitting, best)
        if not is_same or not self.roles.selected:
            self._follow_job()
        self._show_deeds()

    def role_for(self, ticket_id: TicketId, photo: NewPhoto) -> PhotoRole:
        """Return what a photo would show at a job, by its time."""
        sites = self._facts.sites if self._facts is not None else ()
        none = Site(ticket_id=ticket_id)
        site = next((site for site in sites if site.ticket_id == ticket_id), none)
        return role_at(site, photo.shot.taken_at)

    @Slot()
    def _follow_job(self) -> None:
        """Propose what the photo under the cursor shows at the chosen job."""
        if self.ticket_id is not None and self._current is not None:
            self.roles.select(self.role_for(self.ticket_id, self._current))
        else:
            self.roles.select(PhotoRole.AFTER)
        self._show_deeds()

    @Slot()
    def _show_deeds(self) -> None:
        self.add.retranslate()

    def _add_words(self) -> str:
        if self.ticket_id is None:
            return _("Choose a job above")
        count = len(self._chosen)
        words = ngettext("Add {count} photo: {role}", "Add {count} photos: {role}", count)
        return words.format(count=count, role=photo_words(self.role))

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self._where.setText(_("Add to this job of today"))
        self.roles.setAccessibleName(_("What the photos show"))
        self.add.retranslate()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
            self.jobs.retranslate()
        super().changeEvent(event)


def _words_of(role: PhotoRole) -> Callable[[], str]:
    """Return what names a role in the language in use."""
    return lambda: photo_words(role)
