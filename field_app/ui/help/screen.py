"""The help: pages that come with the program, readable with no internet."""

from PySide6.QtCore import QEvent, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QTextBlockFormat,
    QTextCursor,
    QTextFrameFormat,
    QTextTable,
)
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QVBoxLayout, QWidget

from field_app.domain.ids import TicketId
from field_app.resources import resource
from field_app.texts import _, language
from field_app.ui.office import Office
from field_app.ui.shared.screen import Screen
from field_app.ui.shortcuts import bind

WIDEST = 860
SCROLL_STEP = 80


class HelpScreen(Screen):
    """The guide for crews in the language in use."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.page = QTextBrowser(self)
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._open_link)
        self.page.setMaximumWidth(office.theme.px(WIDEST))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.page)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 16, 24, 16)
        row.addStretch(1)
        row.addLayout(column, 20)
        row.addStretch(1)
        bind(self, "J", lambda: self._scroll(SCROLL_STEP))
        bind(self, "K", lambda: self._scroll(-SCROLL_STEP))
        office.theme.changed.connect(self._show_page)
        self._show_page()

    def title(self) -> str:
        """Return the title in the language in use."""
        return _("Help")

    def visit(self, ticket_id: TicketId | None) -> None:
        """Give the page the focus, so that keys scroll it."""
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._show_page()
        super().changeEvent(event)

    def _show_page(self) -> None:
        """Show the pages of the language one below the other, in fixed line heights."""
        theme = self.theme
        pages = sorted(resource("help", language()).glob("*.md"), key=lambda page: page.stem)
        document = self.page.document()
        document.setDefaultFont(theme.font("body"))
        document.setDocumentMargin(theme.px(24))
        self.page.setMarkdown("\n\n".join(page.read_text("utf-8") for page in pages))
        self.page.setMaximumWidth(theme.px(WIDEST))
        self.page.setAccessibleName(_("Help"))
        cursor = QTextCursor(document)
        block = document.begin()
        while block.isValid():
            kind = block.blockFormat()
            is_heading = kind.headingLevel() > 0
            tall = theme.line("h1") if is_heading else theme.line("body")
            kind.setLineHeight(tall, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
            kind.setTopMargin(theme.px(16 if is_heading else 4))
            kind.setBottomMargin(theme.px(8 if is_heading else 0))
            cursor.setPosition(block.position())
            cursor.setBlockFormat(kind)
            block = block.next()
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                table = frame.format()
                table.setCellPadding(theme.px(5))
                table.setTopMargin(theme.px(8))
                table.setBottomMargin(theme.px(8))
                table.setBorderBrush(theme.colour("border"))
                table.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                table.setBorderCollapse(True)
                frame.setFormat(table)

    def _scroll(self, by: int) -> None:
        bar = self.page.verticalScrollBar()
        bar.setValue(bar.value() + by)

    def _open_link(self, url: QUrl) -> None:
        """Open a link of the page in the computer's browser."""
        QDesktopServices.openUrl(url)
