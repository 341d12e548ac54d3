"""The tray of new photos: knows what is plugged in, queries and actions; its view does not."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from field_app.actions import shots as actions
from field_app.domain.changes import Changes
from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.domain.plugged_errors import PulledOut
from field_app.photos.plugged import Plugged
from field_app.queries.tray import NewPhoto, PhotoGroup, grouped
from field_app.texts import _, ngettext
from field_app.ui.background import Job
from field_app.ui.office import Office
from field_app.ui.shared.screen import Screen
from field_app.ui.shortcuts import bind
from field_app.ui.tray.adding import Added, Adding, Assignment
from field_app.ui.tray.reading import Reading
from field_app.ui.tray.tray_view import TrayView
from field_app.ui.tray.words import added_words, count_words, hidden_words, names_words, why_nothing

CALM_MS: Final = 100
"""What is read within this time is shown together."""


class TrayScreen(Screen):
    """New photos of what is plugged in, sorted by time and by the jobs they may belong to.

    Signals:
        counted: (tuple of str, int). Names of what is plugged in, and how many new photos it has.
        lost: What was plugged in cannot be read any more.
        looked_at: A person looks at the tray.
    """

    counted = Signal(object, int)
    lost = Signal()
    looked_at = Signal()

    has_back = True

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._titles: dict[str, str] = {}
        self._has_added = False
        self._grouping: Job | None = None
        self._is_stale = False
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM_MS)
        self._calm.timeout.connect(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.view = TrayView(self.theme, self)
        column.addWidget(self.view)
        self.reading = Reading(office, self)
        self.adding = Adding(office, self)
        self._connect()
        panel = self.view.panel
        bind(self, "Ctrl+Return", panel.add.click)
        bind(self, "Ctrl+Enter", panel.add.click)
        bind(self, "Ctrl+O", self._choose_folder)
        bind(self, "Esc", self.back_wished.emit)
        self._show()

    def title(self) -> str:
        """Return the title in the language in use."""
        return _("New photos")

    def subtitle(self) -> str:
        """Return what is plugged in."""
        return names_words([one.name for one in self.reading.sources if one.folders])

    def visit(self, ticket_id: TicketId | None) -> None:
        """Get ready for the keyboard."""
        self.view.list.setFocus()

    def take(self, plugged: tuple[Plugged, ...]) -> None:
        """Read what was plugged in, and forget what was pulled out."""
        if any(new not in self.reading.plugged for new in plugged):
            self._has_added = False
            self.view.pulled_out.hide()
        self.reading.take(plugged)
        self.head_changed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the photos themselves from now on."""
        super().showEvent(event)
        self.reading.look_at(is_on=True)
        self.looked_at.emit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Read no more than names while nobody looks."""
        self.reading.look_at(is_on=False)
        super().hideEvent(event)

    def _connect(self) -> None:
        view, reading, adding = self.view, self.reading, self.adding
        reading.changed.connect(self._show_soon)
        reading.lost.connect(self.lost)
        reading.counted.connect(self._tell_count)
        reading.pulled_out.connect(self._tell_pulled_out)
        view.older_wished.connect(reading.show_older)
        view.folder_wished.connect(self._choose_folder)
        view.stop_wished.connect(adding.stop)
        view.back_wished.connect(self.back_wished)
        view.list.add_wished.connect(self.add_as_proposed)
        view.list.hide_wished.connect(self._hide_chosen)
        view.panel.add_wished.connect(self._add_chosen)
        view.panel.hide_wished.connect(self._hide_chosen)
        view.panel.jobs.dropped.connect(self._add_dropped)
        adding.moved.connect(view.show_moved)
        adding.ended.connect(self._tell_added)
        adding.taken_back.connect(reading.ask)

    @property
    def is_waiting(self) -> bool:
        """Whether something was read that is not shown yet."""
        return self._calm.isActive() or self.reading.is_waiting

    @Slot()
    def _show_soon(self) -> None:
        if not self._calm.isActive():
            self._calm.start()

    @Slot()
    def _show(self) -> None:
        """Sort what was read into groups, in the back room; one question at a time."""
        facts = self.reading.facts
        shots = [s for s in self.reading.pile.shots if s.file.key not in self.adding.keys]
        if self._grouping is not None:
            self._is_stale = True
            return
        if facts is None or not shots:
            self._show_groups(())
            return
        self._grouping = self.office.background.run(
            grouped, shots, facts, self.office.clock.now(), done=self._take, is_question=True
        )

    def _take(self, groups: tuple[PhotoGroup, ...]) -> None:
        self._grouping = None
        if self._is_stale:
            self._is_stale = False
            self._show()
        else:
            self._show_groups(groups)

    def _show_groups(self, groups: tuple[PhotoGroup, ...]) -> None:
        reading, view, now = self.reading, self.view, self.office.clock.now()
        facts = reading.facts
        self._titles = {row.id: row.title for row in (facts.jobs if facts is not None else ())}
        view.show_news(self._news_words, has_older=reading.pile.has_older)
        is_reading = reading.is_listing or bool(reading.pile.unread)
        if groups or self.adding.is_busy:
            view.show_tray(groups, facts, now)
        else:
            why = why_nothing(reading.sources, is_reading=is_reading, has_added=self._has_added)
            view.show_nothing(why, has_older=reading.pile.has_older)

    def _news_words(self) -> str:
        """Return how many new photos there are, and how far the reading is."""
        pile = self.reading.pile
        parts = [count_words(self.reading.count)]
        if pile.unread:
            parts.append(_("{count} still to be read").format(count=len(pile.unread)))
        if pile.unreadable:
            words = ngettext(
                "{count} file is no complete picture",
                "{count} files are no complete pictures",
                pile.unreadable,
            )
            parts.append(words.format(count=pile.unreadable))
        return " · ".join(parts)

    @Slot()
    def _tell_count(self) -> None:
        names = tuple(one.name for one in self.reading.plugged if one.folders)
        self.counted.emit(names, self.reading.count if names else 0)

    @Slot()
    def _tell_pulled_out(self) -> None:
        self.view.show_pulled_out(_(PulledOut.title), _(PulledOut.hint))
        if not self.reading.sources:
            self.refusal_wished.emit(lambda: _(PulledOut.title))

    @Slot()
    def _choose_folder(self) -> None:
        """Let a person choose a folder with photos."""
        name = QFileDialog.getExistingDirectory(self, _("Choose a folder with photos"))
        if name:
            self.reading.choose(Path(name))
            self.head_changed.emit()

    @Slot(object)
    def add_as_proposed(self, photos: Sequence[NewPhoto]) -> None:
        """Add photos, each to the job that fits it best; those that fit none stay."""
        wanted = [
            Assignment(shot=p.shot, ticket_id=p.match.ticket_id, role=p.match.role)
            for p in photos
            if p.match is not None
        ]
        if wanted:
            self._add(wanted)
        else:
            self.refusal_wished.emit(
                lambda: _("No job fits by place or time · choose one at the right")
            )

    @Slot()
    def _add_chosen(self) -> None:
        """Add the chosen photos to the chosen job."""
        ticket_id, photos = self.view.panel.ticket_id, self.view.list.chosen
        if ticket_id is None:
            self.refusal_wished.emit(lambda: _("Choose a job first"))
            self.view.panel.jobs.setFocus()
        elif photos:
            role = self.view.panel.role
            self._add([Assignment(shot=p.shot, ticket_id=ticket_id, role=role) for p in photos])

    @Slot(str, object, object)
    def _add_dropped(self, ticket_id: str, role: PhotoRole, files: tuple[Path, ...]) -> None:
        """Add photos of the tray that were dropped on a slot of a job."""
        job = TicketId(ticket_id)
        photos = [p for p in self.view.list.photos.lines if isinstance(p, NewPhoto)]
        wanted = [
            Assignment(shot=p.shot, ticket_id=job, role=role)
            for p in photos
            if p.shot.file.path in files
        ]
        if wanted:
            self._add(wanted)
        else:
            self.refusal_wished.emit(
                lambda: _("Files from elsewhere are dropped in the job itself, before or after")
            )

    def _add(self, wanted: Sequence[Assignment]) -> None:
        self.adding.add(wanted)
        self._show()

    @Slot(object)
    def _tell_added(self, added: Added) -> None:
        self._has_added = self._has_added or bool(added.done)
        words = partial(_whole, added, dict(self._titles))
        if added.done:
            self.news_wished.emit(words, partial(self.adding.take_back, added))
        elif words():
            self.refusal_wished.emit(words)
        self.reading.ask()

    @Slot()
    def _hide_chosen(self) -> None:
        """Call the chosen photos not new any more."""
        keys = tuple(photo.key for photo in self.view.list.chosen)
        if keys:
            self.office.do(actions.hide, keys, then=partial(self._tell_hidden, keys))

    def _tell_hidden(self, keys: tuple[str, ...], _changes: Changes) -> None:
        self._has_added = True
        self.news_wished.emit(lambda: hidden_words(len(keys)), partial(self._show_again, keys))
        self.reading.ask()

    def _show_again(self, keys: tuple[str, ...]) -> None:
        self.office.do(actions.show_again, keys, then=self._ask)

    def _ask(self, _changes: Changes) -> None:
        self.reading.ask()


def _whole(added: Added, titles: dict[str, str]) -> str:
    """Return what became of an act as a sentence that begins with a capital letter."""
    words = added_words(added, titles)
    return words[:1].upper() + words[1:]
