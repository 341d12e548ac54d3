"""Failures around rescue packs; branches of the tree in `domain.errors`.

FileUnreadable
├── NotAPack                the file is something else, or only the beginning of a pack
└── PackDamaged             it is a pack, and not as it was written
NewerVersionNeeded
└── PackTooNew
Refused
├── PassphraseTooShort
├── PackOfAnother           somebody else's pack, where only one's own can be taken in
└── NothingToPack
WrongPassphrase
NotThisKey                  a key of another device, or the pack has no wrap for it
SignedOut
└── DeviceRevoked
    └── BlockedWithoutKey   a blocked computer that cannot seal its unsent work for the hub
DiskFull
└── NoRoomForPack           a colleague's pack would use the last room of this computer
PackNotWritten              the folder or stick fails
└── NoRoomThere
PackCancelled               a person broke it off
"""

from field_app.domain.errors import (
    DeviceRevoked,
    DiskFull,
    FieldAppError,
    FileUnreadable,
    NewerVersionNeeded,
    Refused,
)
from field_app.texts.catalogue import mark


class NotAPack(FileUnreadable):
    """A file that is no rescue pack, or was cut off."""

    title = mark("This file is not a complete rescue pack.")
    hint = mark(
        "Nothing was changed. Choose a file that ends in .fieldrescue; if it does, copy it again."
    )


class PackDamaged(FileUnreadable):
    """A rescue pack that is not as it was written."""

    title = mark("The rescue pack is damaged.")
    hint = mark("Copy it again, or save it again on the laptop that it comes from.")


class PackTooNew(NewerVersionNeeded):
    """A rescue pack of a later version of the program."""

    title = mark("This rescue pack was made by a newer version of the app.")
    hint = mark("Nothing was changed. Ask your IT for the new version, then open it again.")


class PassphraseTooShort(Refused):
    """A passphrase that is guessed too easily."""

    title = mark("The passphrase is too short.")
    hint = mark("Nothing was written yet. Use at least 8 characters.")


class PackOfAnother(Refused):
    """A rescue pack with somebody else's work."""

    title = mark("This rescue pack is a colleague's.")
    hint = mark(
        "Nothing was changed. You can carry it to the hub, closed as it is, or give it to your IT."
    )


class NothingToPack(Refused):
    """Everything is at the hub."""

    title = mark("There is nothing to save: everything is at the hub.")
    hint = mark("No rescue pack is needed.")


class WrongPassphrase(FieldAppError):
    """The passphrase does not open the pack."""

    title = mark("The passphrase is not right.")
    hint = mark("Nothing was changed. Check capital letters and the keyboard's language.")


class NotThisKey(FieldAppError):
    """The device's key does not open the pack."""

    title = mark("The hub has no key for this rescue pack.")
    hint = mark("Nothing was changed. Open it with the passphrase of whoever saved it.")


class BlockedWithoutKey(DeviceRevoked):
    """A blocked computer whose hub never issued a key for rescue packs."""

    hint = mark(
        "Your unsent work stays on this computer. Save it to a rescue pack in the outbox and give "
        "the file to your IT."
    )


class PackNotWritten(FieldAppError):
    """A rescue pack could not be written where it should be."""

    title = mark("The rescue pack could not be written.")
    hint = mark(
        "Your work is still safe on this computer. Check that the stick is plugged in, or choose "
        "another place."
    )


class NoRoomThere(PackNotWritten):
    """The stick or disk has too little room."""

    title = mark("There is not enough room there for the rescue pack.")
    hint = mark("Your work is still safe on this computer. Make room, or choose another stick.")


class NoRoomForPack(DiskFull):
    """A colleague's pack would use the last room, which is kept for words and status."""

    title = mark("There is no room for the colleague's pack on this computer.")
    hint = mark(
        "Nothing was copied, and the file itself is untouched. Make room on the disk, or take the "
        "stick itself to the hub."
    )


class PackCancelled(FieldAppError):
    """A person broke the work on a pack off."""

    title = mark("Broken off.")
    hint = mark("Nothing was left on the stick and nothing was changed. Your work is safe.")
