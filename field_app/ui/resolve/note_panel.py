"""Words to the citizen with ready sentences, and whether they are saved."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from field_app.texts import _
from field_app.texts.dates import time_of_day
from field_app.ui.resolve.note_edit import NoteEdit
from field_app.ui.resolve.sentence_tags import SentenceTags
from field_app.ui.shared.labels import ThaiLabel
from field_app.ui.theme import Theme

AUTOSAVE_MS = 1000
"""Words are saved this long after the last key, milliseconds."""


class NotePanel(QWidget):
    """The citizen's answer as it grows.

    Signals:
        draft_changed: str. The words so far, to be kept.
        edited: The words changed just now.
        pictures_pasted: Ctrl+V with a picture in the clipboard.
    """

    draft_changed = Signal(str)
    edited = Signal()
    pictures_pasted = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self._templates: tuple[str, ...] = ()
        self._saved_at: datetime | None = None
        self._is_loading = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px(8))
        head = QHBoxLayout()
        self._title = ThaiLabel(theme, role="rowTitle", wraps=False)
        head.addWidget(self._title)
        head.addStretch(1)
        self._saved = ThaiLabel(theme, role="caption", colour="text3", wraps=False)
        head.addWidget(self._saved)
        column.addLayout(head)
        self.tags = SentenceTags(theme, self)
        self.tags.chosen.connect(self._use)
        self.tags.hide()
        column.addWidget(self.tags)
        self.edit = NoteEdit(self)
        self.edit.setMinimumHeight(theme.px(64))
        self.edit.textChanged.connect(self._changed)
        self.edit.pictures_pasted.connect(self.pictures_pasted)
        column.addWidget(self.edit, 1)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(AUTOSAVE_MS)
        self._clock.timeout.connect(self.save_now)
        self.retranslate()

    @property
    def words(self) -> str:
        """What stands in the box."""
        return self.edit.toPlainText()

    @property
    def is_saving(self) -> bool:
        """Whether words were typed that are not handed on yet."""
        return self._clock.isActive()

    @property
    def saved_words(self) -> str:
        """What is said about saving."""
        return self._saved.text()

    def show_words(self, words: str, *, may_change: bool) -> None:
        """Put words into the box, without saving them again."""
        self._is_loading = True
        self._clock.stop()
        if words != self.words:
            self.edit.setPlainText(words)
        self.edit.setReadOnly(not may_change)
        self.tags.setVisible(may_change and bool(self._templates))
        self._saved_at = None
        self._saved.setText("")
        self._is_loading = False
        self._check_tags()

    def show_saved(self, at: datetime) -> None:
        """Say that the words are on the disk."""
        self._saved_at = at
        if not self._clock.isActive():
            self._say_saved()

    def show_templates(self, templates: Sequence[str]) -> None:
        """Offer the agency's ready sentences."""
        if tuple(templates) == self._templates:
            return
        self._templates = tuple(templates)
        self.tags.show_sentences(self._templates)
        self.tags.setVisible(bool(self._templates) and not self.edit.isReadOnly())
        self._check_tags()

    def save_now(self) -> None:
        """Hand the words on at once."""
        self._clock.stop()
        self.draft_changed.emit(self.words)

    def stop_saving(self) -> None:
        """Leave the last words unsaved: they are being handed in."""
        self._clock.stop()

    def retranslate(self) -> None:
        """Take all words in the language in use."""
        self._title.setText(_("Words to the citizen"))
        self.edit.setAccessibleName(_("Words to the citizen"))
        self.edit.setPlaceholderText(
            _("Choose a sentence above or type. The citizen sees this after approval.")
        )
        if self._saved_at is not None:
            self._say_saved()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _say_saved(self) -> None:
        if self._saved_at is not None:
            clock = time_of_day(self._saved_at)
            self._saved.setText(_("Saved on this computer {time}").format(time=clock))

    def _changed(self) -> None:
        if self._is_loading:
            return
        self._saved.setText(_("Saving…"))
        self._clock.start()
        self._check_tags()
        self.edited.emit()

    @Slot(str, bool)
    def _use(self, sentence: str, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        """Add a ready sentence, or take it out again."""
        lines = [line for line in self.words.split("\n") if line.strip()]
        if on and sentence not in lines:
            lines.append(sentence)
        elif not on:
            lines = [line for line in lines if line != sentence]
        self.edit.setPlainText("\n".join(lines))

    def _check_tags(self) -> None:
        self.tags.check(set(self.words.split("\n")))
