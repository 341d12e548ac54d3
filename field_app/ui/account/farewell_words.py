"""What the sign-in screen says of a computer that the hub blocked."""

from collections.abc import Callable
from pathlib import Path

from field_app.farewell import Farewell
from field_app.texts import _, ngettext
from field_app.ui.shared.banner import Banner


def show_farewell(
    banner: Banner, farewell: Farewell, show_folder: Callable[[Path], object]
) -> None:
    """Say what happened, where the unsent work is, and what to do with it.

    Args:
        banner: Says it.
        farewell: What became of the account.
        show_folder: Opens a folder in the system's file manager.
    """
    fact = _("IT blocked this computer for {name} at the hub.").format(name=farewell.person_name)
    path = farewell.path
    if path is None:
        sentence = _("Nothing was unsent. The copies on this computer were deleted.")
        banner.show_message("warn", fact, sentence)
        return
    count = farewell.operations + farewell.photos
    sealed = ngettext(
        "{count} unsent thing is sealed in the rescue pack {file}. Give the file to your IT.",
        "{count} unsent things are sealed in the rescue pack {file}. Give the file to your IT.",
        count,
    ).format(count=count, file=path.name)
    deleted = _("The copies on this computer were deleted.")
    button = (lambda: _("Show in folder"), lambda: show_folder(path.parent))
    banner.show_message("warn", fact, f"{sealed} {deleted}", (button,))
