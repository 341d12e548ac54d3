"""What the preparation of a day says: only what was found, never more."""

from datetime import datetime
from typing import Final

from field_app.domain.readiness import DaySheet, Finding, Lack
from field_app.queries.readiness import ToFetch
from field_app.texts import _, ngettext
from field_app.texts.dates import time_of_day, weekday_date
from field_app.texts.numbers import count, file_size

MINUTE_S: Final = 60
SHOWN_JOBS: Final = 3
"""Jobs that are named."""


def sheet_title(sheet: DaySheet) -> str:
    """Return whether the laptop is ready."""
    if sheet.is_ready:
        return _("Ready for the day")
    return ngettext(
        "Not ready yet: {count} thing is missing",
        "Not ready yet: {count} things are missing",
        len(sheet.findings),
    ).format(count=len(sheet.findings))


def sheet_facts(sheet: DaySheet) -> str:
    """Return '34 jobs, 61 photos, map to zoom 17, room for about 900 photos'."""
    opened = sheet.opened
    jobs = ngettext("{count} job", "{count} jobs", opened.tickets)
    photos = ngettext("{count} photo", "{count} photos", opened.photos)
    room = ngettext(
        "room for about {count} photo", "room for about {count} photos", sheet.room_photos
    )
    said = [
        jobs.format(count=count(opened.tickets)),
        photos.format(count=count(opened.photos)),
        *([_("map to zoom {zoom}").format(zoom=opened.map_zoom)] if opened.map_zoom else []),
        room.format(count=count(sheet.room_photos)),
    ]
    return ", ".join(said)


def checked_words(at: datetime) -> str:
    """Return when everything was opened without network."""
    when = f"{weekday_date(at)} {time_of_day(at)}"
    return _("Everything was opened without network {when}.").format(when=when)


def fetching_words(plan: ToFetch | None) -> str:
    """Return what is still to come."""
    if plan is None or plan.is_nothing:
        return _("Asking the hub for news")
    photos = ngettext("{count} photo to come", "{count} photos to come", plan.photos)
    said = [photos.format(count=count(plan.photos))] if plan.photos else []
    if plan.map_bytes:
        said.append(_("{size} of the map to come").format(size=file_size(plan.map_bytes)))
    return ", ".join(said) or _("Asking the hub for news")


def opening_words(done: int, total: int) -> str:
    """Return how much was opened."""
    return _("Opened {done} of {total}").format(done=count(done), total=count(total))


def here_words(sheet: DaySheet) -> list[str]:
    """Return what is here and opened, line by line."""
    opened = sheet.opened
    lines = [
        _("Jobs: {count}").format(count=count(opened.tickets)),
        _("Photos: {count}").format(count=count(opened.photos)),
    ]
    if opened.map_zoom is not None:
        words = _("Map around {count} jobs, down to zoom {zoom}")
        lines.append(words.format(count=count(opened.placed), zoom=opened.map_zoom))
    if not opened.bad_pages:
        lines.append(_("Help pages"))
    room = _("Room for about {count} more photos")
    return [*lines, room.format(count=count(sheet.room_photos))]


def finding_title(finding: Finding) -> str:
    """Return what is missing, one sentence."""
    if finding.lack is Lack.CLOCK:
        return _clock_words(finding.count)
    if finding.lack is Lack.BATTERY:
        words = _("The battery is at {percent} % and not charging")
        return words.format(percent=finding.count)
    plain = {
        Lack.SIGN_IN: _("The hub wants you to sign in again"),
        Lack.NOT_FETCHED: _("The hub could not be asked for news"),
        Lack.RESTING: _("Photos and maps rest by your wish"),
    }
    return plain.get(finding.lack) or _counted(finding.lack, finding.count)


def _counted(lack: Lack, number: int) -> str:
    """Return how many of something are missing."""
    words = {
        Lack.TICKETS: ngettext(
            "{count} job cannot be opened", "{count} jobs cannot be opened", number
        ),
        Lack.PHOTOS: ngettext("{count} photo is missing", "{count} photos are missing", number),
        Lack.MAP: ngettext(
            "No map shows the streets around {count} job",
            "No map shows the streets around {count} jobs",
            number,
        ),
        Lack.HELP: ngettext(
            "{count} page of help cannot be opened",
            "{count} pages of help cannot be opened",
            number,
        ),
        Lack.ROOM: ngettext(
            "There is room for {count} photo only",
            "There is room for {count} photos only",
            number,
        ),
    }
    return words[lack].format(count=count(number))


def _clock_words(seconds: int) -> str:
    """Return how far the clock is off; more than nothing for a slow one."""
    minutes = round(abs(seconds) / MINUTE_S)
    if seconds > 0:
        return _("This computer's clock is {minutes} minutes slow").format(minutes=minutes)
    return _("This computer's clock is {minutes} minutes fast").format(minutes=minutes)


def finding_advice(finding: Finding) -> str:
    """Return what to do about it, and which jobs it concerns."""
    advice = {
        Lack.SIGN_IN: _("Your work stays here, but nothing is sent or fetched before that."),
        Lack.NOT_FETCHED: _("New jobs may be missing. Connect to a network, then fetch again."),
        Lack.TICKETS: _("Fetch again; if it stays so, tell your IT."),
        Lack.PHOTOS: _("They did not come from the hub, or their files are damaged."),
        Lack.RESTING: _("Turn “Full photos at the depot” off in the outbox to fetch them now."),
        Lack.MAP: _("Fetch the area map of the hub; if there is none, your IT can add one."),
        Lack.HELP: _("Let your IT install the program again."),
        Lack.ROOM: _("Delete or move files that are not needed on this computer."),
        Lack.CLOCK: _("Set it in the system's settings. Times are shown right all the same."),
        Lack.BATTERY: _("Plug the charger in, or take it along."),
    }[finding.lack]
    return " · ".join([advice, *_jobs(finding)])


def fix_words(lack: Lack) -> str:
    """Return what the button beside it says."""
    return {
        Lack.SIGN_IN: _("Sign in again"),
        Lack.NOT_FETCHED: _("Fetch again"),
        Lack.TICKETS: _("Fetch again"),
        Lack.PHOTOS: _("Fetch again"),
        Lack.RESTING: _("To the outbox"),
        Lack.MAP: _("Get the map"),
        Lack.HELP: _("Check again"),
        Lack.ROOM: _("Check again"),
        Lack.CLOCK: _("Check again"),
        Lack.BATTERY: _("Check again"),
    }[lack]


def _jobs(finding: Finding) -> list[str]:
    """Return the first of the jobs it concerns."""
    shown = finding.ticket_ids[:SHOWN_JOBS]
    if not shown:
        return []
    more = len(finding.ticket_ids) - len(shown)
    names = ", ".join(shown)
    return [_("{names} and {count} more jobs").format(names=names, count=more) if more else names]
