"""The whole tree of known failures; each carries words for people.

FieldAppError
├── Refused                 the rules say no
│   ├── NotAllowed
│   ├── PhotoMissing
│   ├── PhotoRepeated
│   ├── WordsMissing
│   └── WordsTooLong
├── Unreachable             nobody answers
│   ├── NoConnection        no connection was made: surely nothing was sent
│   └── NotTheHub           something else answers: a portal, a proxy
├── HubBusy                 the hub asks to wait
│   ├── HubFull             the hub has no room
│   └── TooLarge            the hub does not take so much at once
├── HubRefused              the hub understood and says no
│   ├── WrongPassword
│   └── TooManyTries
├── SignedOut               the hub does not know this device any more
│   └── DeviceRevoked       an admin blocked this device
├── TicketUnreadable        the hub sent a ticket that this version cannot read
├── CursorExpired           the hub wants a fresh start of the pull
├── StoreFailed             this computer's disk or database fails
│   ├── DiskFull
│   │   ├── NoRoomForPhoto  refused before anything is written
│   │   └── NoRoomForNews   the hub's news would use what the person's own work needs
│   └── StoreDamaged
├── PhotoUnreadable
│   └── PhotoTooLarge
├── MapUnreadable           a map file cannot be used; its kinds are in domain/map_errors
├── FileUnreadable          a file that a person chose cannot be used
│   └── NotTheFile          at the hub: a file that can be read and is not what it should be
├── AlreadyOpen             another window of the program has the data folder
└── NewerVersionNeeded

Anything else is a bug: it is shown as such and never swallowed.
"""

from enum import StrEnum
from typing import ClassVar

from field_app.texts.catalogue import mark


class Retry(StrEnum):
    """When trying the same again may help."""

    NEVER = "never"
    LATER = "later"
    AFTER_SIGN_IN = "after_sign_in"


class FieldAppError(Exception):
    """A failure that is known; `title` and `hint` are msgids to translate where they are shown."""

    title: ClassVar[str] = mark("Something went wrong.")
    """What happened, one sentence."""
    hint: ClassVar[str] = mark("Your work is safe on this computer. Try again.")
    """What is safe and what to do, one or two sentences."""
    retry: ClassVar[Retry] = Retry.NEVER

    def __init__(self, detail: str, *, wait_s: float | None = None) -> None:
        """Make the error.

        Args:
            detail: Facts for a technician, English, never empty, no personal data.
            wait_s: Seconds after which trying again makes sense, when the other side said so.
        """
        super().__init__(detail)
        self.detail = detail
        self.wait_s = wait_s


class Refused(FieldAppError):
    """The rules of the work say no."""

    title = mark("This cannot be done now.")
    hint = mark("Nothing was changed. Look at the job again: its status may have changed.")


class NotAllowed(Refused):
    """This person may not do this to this ticket."""

    title = mark("This job's status does not allow that.")
    hint = mark("Nothing was changed. Look at the job again: its status may have changed.")


class PhotoMissing(Refused):
    """Work is handed in without the photo that it needs."""

    title = mark("An after photo is missing.")
    hint = mark("Everything so far is saved. Add at least one photo taken after the work.")


class PhotoRepeated(Refused):
    """The ticket has this very photo already."""

    title = mark("This photo is already in the job.")
    hint = mark("It was not added a second time. Choose another photo.")


class WordsMissing(Refused):
    """Words are needed and there are none."""

    title = mark("Words are missing.")
    hint = mark("Nothing was changed. Write at least one word.")


class WordsTooLong(Refused):
    """More words than the hub takes."""

    title = mark("The text is too long.")
    hint = mark("Nothing was changed. Shorten it to 10,000 characters.")


class Unreachable(FieldAppError):
    """The hub does not answer."""

    title = mark("The hub cannot be reached.")
    hint = mark("Your work is safe on this computer and is sent when the network is back.")
    retry = Retry.LATER


class NoConnection(Unreachable):
    """No connection to the hub was made, so surely nothing was sent."""


class NotTheHub(Unreachable):
    """Something that is not the hub answered."""

    title = mark("Something other than the hub answered.")
    hint = mark(
        "The network may want a sign-in page, or the address is wrong. Your work is safe on this "
        "computer. Open a browser once, or check the hub's address."
    )


class HubBusy(FieldAppError):
    """The hub asks to come back later."""

    title = mark("The hub is busy.")
    hint = mark("Your work is safe on this computer. It is sent again by itself in a while.")
    retry = Retry.LATER


class HubFull(HubBusy):
    """The hub's disk is full."""

    title = mark("The hub has no room left.")
    hint = mark("Your work is safe on this computer. Tell your IT; it is sent again by itself.")


class TooLarge(HubBusy):
    """The hub does not take so much in one request."""

    title = mark("The hub does not take this much at once.")
    hint = mark("Your work is safe on this computer and is tried again by itself. Tell your IT.")


class HubRefused(FieldAppError):
    """The hub understood the request and refuses it."""

    title = mark("The hub did not accept this.")
    hint = mark("Your work stays on this computer. Show the details to your IT.")


class WrongPassword(HubRefused):
    """Sign-in with a wrong name or password."""

    title = mark("The user name or password is not right.")
    hint = mark("Check that the keyboard types English letters, then try again.")
    retry = Retry.AFTER_SIGN_IN


class TooManyTries(HubRefused):
    """Sign-in was tried too often."""

    title = mark("Too many wrong passwords.")
    hint = mark("Wait one minute, then try again.")
    retry = Retry.LATER


class SignedOut(FieldAppError):
    """The hub does not know this device's token any more."""

    title = mark("The hub wants you to sign in again.")
    hint = mark("Your jobs and unsent work stay on this computer. Sign in to send them.")
    retry = Retry.AFTER_SIGN_IN


class DeviceRevoked(SignedOut):
    """An admin blocked this device at the hub."""

    title = mark("This computer was blocked at the hub.")
    hint = mark("Unsent work is sealed for your IT, then your data here is deleted. Ask your IT.")


class TicketUnreadable(FieldAppError):
    """The hub sent a ticket in a form that this version does not know."""

    title = mark("A job cannot be read.")
    hint = mark(
        "The hub sent it in a form that this version does not know. Everything else goes on, and "
        "nothing on this computer is lost. Ask your IT."
    )


class CursorExpired(FieldAppError):
    """The hub cannot go on from the cursor that the laptop has."""

    title = mark("The list of jobs must be fetched anew.")
    hint = mark("Your unsent work is kept. This happens by itself.")
    retry = Retry.LATER


class StoreFailed(FieldAppError):
    """The computer's disk or database failed."""

    title = mark("Saving on this computer failed.")
    hint = mark("What was saved before is safe. Close other programs and try again.")


class DiskFull(StoreFailed):
    """The computer's disk is full."""

    title = mark("This computer's disk is full.")
    hint = mark("What was saved before is safe. This was not saved: make room, then do it again.")


class NoRoomForPhoto(DiskFull):
    """A photo would use the last room, which is kept for words and status."""

    title = mark("There is no room for this photo on this computer.")
    hint = mark(
        "It was not added, and the file itself is untouched. Words and status can still be saved. "
        "Make room on the disk, then add it again."
    )


class NoRoomForNews(DiskFull):
    """News of the hub would use the last room, which is kept for what the person does."""

    title = mark("There is no room for news from the hub on this computer.")
    hint = mark(
        "What you do is still saved and sent. Make room on the disk; then new jobs come by "
        "themselves."
    )
    retry = Retry.LATER


class StoreDamaged(StoreFailed):
    """The cache database is damaged."""

    title = mark("The saved jobs on this computer were damaged.")
    hint = mark(
        "The damaged file was set aside, unsent work was rescued, and the jobs are fetched from "
        "the hub again."
    )


class PhotoUnreadable(FieldAppError):
    """A file is no picture, or only part of one."""

    title = mark("This file is not a complete picture.")
    hint = mark("It was not added; the file itself is untouched. Choose another photo.")


class PhotoTooLarge(PhotoUnreadable):
    """A picture file is larger than the hub takes."""

    title = mark("This picture is too large.")
    hint = mark("It was not added; the file itself is untouched. A photo may have 40 MB.")


class MapUnreadable(FieldAppError):
    """A map file cannot be read."""

    title = mark("The map file cannot be read.")
    hint = mark("The job list works without it. Ask your IT for the map file again.")


class FileUnreadable(FieldAppError):
    """A file that a person chose cannot be used."""

    title = mark("The file cannot be read.")
    hint = mark("Nothing was changed. Check the file and choose it again.")


class NewerVersionNeeded(FieldAppError):
    """Hub and laptop speak different versions of the protocol."""

    title = mark("This version of the app is too old for the hub.")
    hint = mark("Your work is safe on this computer. Ask your IT for the new version.")


class AlreadyOpen(FieldAppError):
    """Another window of the program uses the same data folder."""

    title = mark("Field App is already open on this computer.")
    hint = mark("Your work is safe. Go on in the open window, or close it first.")
