"""What tools and marks are called."""

from field_app.domain.photo import Mark
from field_app.texts import _
from field_app.ui.photos.markup_board import Marks, Tool


def tool_words(tool: Tool) -> str:
    """Return what a tool is called."""
    return {
        Tool.SELECT: _("Select"),
        Tool.ARROW: _("Arrow"),
        Tool.BOX: _("Box"),
        Tool.TEXT: _("Words"),
        Tool.BLUR: _("Blur"),
    }[tool]


def mark_words(mark: Mark) -> str:
    """Return what a mark is, with its words: 'Arrow', 'Words: deep hole'."""
    kind = tool_words(Tool(mark.kind.value))
    return f"{kind}: {mark.text}" if mark.text else kind


def spoken_marks(marks: Marks, chosen: int | None) -> str:
    """Return what a screen reader says of the photo: how many marks, or which one is chosen."""
    if chosen is None:
        return _("Photo with {count} marks").format(count=len(marks))
    place = _("{number} of {count}").format(number=chosen + 1, count=len(marks))
    return f"{mark_words(marks[chosen])}, {place}"
