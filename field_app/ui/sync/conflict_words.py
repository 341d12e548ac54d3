"""The conflict card in words: what happened at the hub, what became of my work, ways on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from field_app.domain.moved_on import KEPT_DAYS, WayOn
from field_app.domain.ticket import EntryKind
from field_app.domain.verdict import Reason
from field_app.queries.conflicts import ConflictView
from field_app.texts import _, mark, ngettext
from field_app.ui.sync.words import act_name, photos_count, reason_title

MOVES: Final[Mapping[EntryKind, str]] = {
    EntryKind.START: mark("Work on this job began while you were offline"),
    EntryKind.HOLD: mark("This job was put on hold while you were offline"),
    EntryKind.FINISH: mark("This job was handed in while you were offline"),
    EntryKind.CALL_BACK: mark("This job was called back while you were offline"),
    EntryKind.DECLINE: mark("This job was declined while you were offline"),
    EntryKind.SEND_BACK: mark("This job was sent back while you were offline"),
    EntryKind.REOPEN: mark("This job was reopened while you were offline"),
}
"""What happened to a job that is in another state now, by what the hub names as the cause."""
ICONS: Final[Mapping[WayOn, str]] = {
    WayOn.KEEP: "git-merge",
    WayOn.AGAIN: "rotate-cw",
    WayOn.DROP: "archive",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way on, in words."""

    name: str
    meaning: str
    """What happens then, in whole sentences."""
    deed: str
    """The button when it is chosen."""
    icon: str


def title_of(view: ConflictView) -> str:
    """Return what happened at the hub, a sentence without its full stop."""
    cause = view.cause
    if view.reason is Reason.MOVED_ON and cause is not None and cause.kind in MOVES:
        return _(MOVES[cause.kind])
    return reason_title(view.reason)


def acts_of(types: tuple[str, ...]) -> str:
    """Return what was done, 'Start work · 2 photos · Finish job'."""
    parts = []
    for kind in dict.fromkeys(types):
        count = types.count(kind)
        parts.append(photos_count(count) if kind == "add_photo" else act_name(kind))
    return " · ".join(parts)


def standing_of(view: ConflictView) -> str:
    """Return what the hub holds of my work and what is only here, in whole sentences."""
    there = sum(1 for item in view.works if item.is_at_hub)
    said = []
    if there == len(view.works):
        said.append(_("Your work is on the job's timeline at the hub."))
    elif there:
        said.append(_("A part of your work is on the job's timeline at the hub."))
    else:
        said.append(_("The hub did not take it in. Everything is still on this computer."))
    photos = view.photos
    under_way = photos.all - photos.at_hub - photos.refused
    if under_way:
        words = ngettext(
            "{count} photo is still on its way there.",
            "{count} photos are still on their way there.",
            under_way,
        )
        said.append(words.format(count=under_way))
    if there and photos.refused:
        words = ngettext(
            "{count} photo was not taken in and is on this computer.",
            "{count} photos were not taken in and are on this computer.",
            photos.refused,
        )
        said.append(words.format(count=photos.refused))
    return " ".join(said)


def choice_of(view: ConflictView, way: WayOn) -> Choice:
    """Return one way on in words."""
    makers: Mapping[WayOn, Callable[[ConflictView], tuple[str, str, str]]] = {
        WayOn.KEEP: _keep,
        WayOn.AGAIN: _again,
        WayOn.DROP: _drop,
    }
    name, meaning, deed = makers[way](view)
    return Choice(name=name, meaning=meaning, deed=deed, icon=ICONS[way])


def decided_words(way: WayOn, *, is_followed: bool) -> str:
    """Return what was decided, for a toast and for the list of decisions."""
    match way:
        case WayOn.KEEP if is_followed:
            return _("Added to the job as a note")
        case WayOn.KEEP:
            return _("Left with the job as evidence")
        case WayOn.AGAIN:
            return _("Done again on the job as it is now")
        case WayOn.DROP:
            return _("Put aside on this computer")


def _keep(view: ConflictView) -> tuple[str, str, str]:
    """Return name, meaning and deed of leaving it with the job."""
    if view.reason is Reason.REASSIGNED and view.hubs is None:
        return _hand_over(view)
    stays = (
        _("The job stays closed.")
        if view.hubs is not None and view.hubs.is_closed
        else _("The job stays as the hub has it.")
    )
    is_there = all(item.is_at_hub for item in view.works)
    if not view.is_noted:
        evidence = _("What you did stands on its timeline as evidence.")
        return _("Leave ours with the job"), f"{stays} {evidence}", _("Leave it there")
    noted = (
        _("Your work is on its timeline, and your words become a note that everybody reads.")
        if is_there
        else _("Your words become a note that everybody reads. The rest stays on this computer.")
    )
    return _("Add ours to the job as it is"), f"{stays} {noted}", _("Add to the job")


def _hand_over(view: ConflictView) -> tuple[str, str, str]:
    """Return name, meaning and deed of leaving it to the crew that has the job now."""
    crew_id = None if view.cause is None else view.cause.crew_id
    if crew_id is None:
        return (
            _("Let the other crew go on from our work"),
            _("They see your photos and words on the job's timeline. The job leaves your list."),
            _("Leave it to them"),
        )
    crew = view.crews.get(crew_id, crew_id)
    return (
        _("Let {crew} go on from our work").format(crew=crew),
        _(
            "{crew} sees your photos and words on the job's timeline. The job leaves your list."
        ).format(crew=crew),
        _("Leave it to {crew}").format(crew=crew),
    )


def _again(view: ConflictView) -> tuple[str, str, str]:
    """Return name, meaning and deed of doing it anew."""
    name = _("Do it again now: {acts}").format(acts=acts_of(view.done_anew))
    if "finish" in view.done_anew:
        meaning = _("The job goes to review with the same words and photos.")
    elif set(view.done_anew) == {"add_photo"}:
        meaning = _("The photos are sent as new ones; their originals are on this computer.")
    else:
        meaning = _("It is sent as new, on the job as it is now, with the same words.")
    return name, meaning, _("Do it again")


def _drop(view: ConflictView) -> tuple[str, str, str]:
    """Return name, meaning and deed of putting it aside."""
    if any(item.is_at_hub for item in view.works):
        meaning = _(
            "What the hub has stays there. Your words and photos stay on this computer "
            "for {days} days."
        )
        return _("Send nothing more"), meaning.format(days=KEPT_DAYS), _("Send nothing more")
    meaning = _("Your words and photos stay on this computer for {days} days, in case of need.")
    return _("Do not send ours"), meaning.format(days=KEPT_DAYS), _("Put it aside")
