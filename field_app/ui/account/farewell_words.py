"""What the sign-in screen says of a computer that the hub blocked."""

from collections.abc import Callable
from pathlib import Path

from field_app.domain.farewell import Farewell
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
    folder = farewell.folder
    if folder is None:
        sentence = _("Nothing was unsent. The copies on this computer were deleted.")
        banner.show_message("warn", fact, sentence)
        return
    sentences = [*_own(farewell), *_carried(farewell)]
    if farewell.is_damaged:
        sentences.append(
            _(
                "A note of this is damaged: the folder may have more rescue packs, and nothing was"
                " deleted that is not in one. Show this to your IT."
            )
        )
    if farewell.is_wiped:
        sentences.append(_("The copies on this computer were deleted."))
    button = (lambda: _("Show in folder"), lambda: show_folder(folder))
    banner.show_message("warn", fact, " ".join(sentences), (button,))


def _own(farewell: Farewell) -> list[str]:
    """Return where the person's own unsent work is; nothing when there was none."""
    if farewell.path is None:
        return []
    count = farewell.operations + farewell.photos
    sealed = ngettext(
        "{count} unsent thing is sealed in the rescue pack {file}. Give the file to your IT.",
        "{count} unsent things are sealed in the rescue pack {file}. Give the file to your IT.",
        count,
    )
    return [sealed.format(count=count, file=farewell.path.name)]


def _carried(farewell: Farewell) -> list[str]:
    """Return where the colleagues' packs are; nothing when none was carried."""
    if not farewell.carried:
        return []
    kept = ngettext(
        "{count} rescue pack of a colleague is in the same folder. Give it to your IT too.",
        "{count} rescue packs of colleagues are in the same folder. Give them to your IT too.",
        farewell.carried,
    )
    if farewell.path is None:
        kept = ngettext(
            "{count} rescue pack of a colleague was not at the hub. Give the file to your IT.",
            "{count} rescue packs of colleagues were not at the hub. Give the files to your IT.",
            farewell.carried,
        )
    return [kept.format(count=farewell.carried)]
