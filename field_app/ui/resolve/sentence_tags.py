"""The agency's ready sentences as tags: two rows of them, and the rest on demand."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from field_app.texts import _
from field_app.ui.shared.buttons import Tag
from field_app.ui.shared.flow_layout import GAP, FlowLayout
from field_app.ui.theme import Theme

TAG_LENGTH: Final = 24
"""Characters of a ready sentence that stand on its tag."""
ROWS: Final = 2
"""So many rows are shown before a person asks for all."""


def short(sentence: str, others: Sequence[str] = ()) -> str:
    """Return the beginning of a sentence for a tag.

    Args:
        sentence: The whole sentence.
        others: All sentences; the beginning grows, phrase by phrase, until no other one has it.
    """
    phrases = sentence.split(" ")
    for count in range(1, len(phrases) + 1):
        start = " ".join(phrases[:count])
        if len(start) > TAG_LENGTH:
            break
        twins = [o for o in others if o != sentence and f"{o} ".startswith(f"{start} ")]
        if not twins:
            return start
    return sentence[: TAG_LENGTH - 1].rstrip() + "…"


class SentenceTag(Tag):
    """A tag that says the whole sentence to the pointer and to screen readers."""

    def __init__(self, theme: Theme, sentence: str, label: str, parent: QWidget) -> None:
        self.sentence = sentence
        super().__init__(theme, lambda: label, parent=parent)

    def retranslate(self) -> None:
        """Show the beginning, name the whole: the agency's words stay as they are."""
        super().retranslate()
        self.setToolTip(self.sentence)
        self.setAccessibleName(self.sentence)


class SentenceTags(QWidget):
    """All tags of the agency's sentences.

    Signals:
        chosen: (str, bool). A sentence is wanted, or not wanted any more.
    """

    chosen = Signal(str, bool)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.tags: list[SentenceTag] = []
        self._shows_all = False
        self._flow = FlowLayout(self)
        self.more = Tag(theme, self._more_words, parent=self)
        self.more.toggled.connect(self._show_all)
        self._flow.addWidget(self.more)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._lay)

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Offer these sentences in place of any others."""
        for tag in self.tags:
            self._flow.removeWidget(tag)
            tag.hide()
            tag.deleteLater()
        self._flow.removeWidget(self.more)
        self.tags = []
        for sentence in sentences:
            tag = SentenceTag(self.theme, sentence, short(sentence, sentences), self)
            tag.clicked.connect(lambda on, sentence=sentence: self.chosen.emit(sentence, on))
            tag.toggled.connect(self._lay)
            self._flow.addWidget(tag)
            self.tags.append(tag)
        self._flow.addWidget(self.more)
        self._lay()

    def check(self, sentences: set[str]) -> None:
        """Show which sentences are in use."""
        for tag in self.tags:
            tag.setChecked(tag.sentence in sentences)

    def hasHeightForWidth(self) -> bool:
        """Return that the height is set here: asking would make the whole column as tall."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as two rows hold."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._lay()

    def _more_words(self) -> str:
        return _("Fewer sentences") if self._shows_all else _("More sentences")

    @Slot(bool)
    def _show_all(self, is_on: bool) -> None:  # noqa: FBT001 - Qt's signal
        self._shows_all = is_on
        self.more.retranslate()
        self._lay()

    def _lay(self) -> None:
        """Hide what two rows do not hold, and be as tall as what is left."""
        self.more.ensurePolished()
        widths = []
        for tag in self.tags:
            tag.ensurePolished()
            widths.append(tag.sizeHint().width())
        shown = len(widths)
        overflows = _rows(widths, self.width()) > ROWS
        if overflows and not self._shows_all:
            room = self.more.sizeHint().width()
            while shown > 1 and _rows([*widths[:shown], room], self.width()) > ROWS:
                shown -= 1
        for place, tag in enumerate(self.tags):
            tag.setVisible(place < shown)
        self.more.setVisible(overflows)
        self._flow.invalidate()
        self.setFixedHeight(max(1, self._flow.heightForWidth(self.width())))


def _rows(widths: Sequence[int], room: int) -> int:
    """Return how many rows widgets of these widths take."""
    rows, left = 1, 0
    for width in widths:
        if left and left + width > room:
            rows, left = rows + 1, 0
        left += width + GAP
    return rows
