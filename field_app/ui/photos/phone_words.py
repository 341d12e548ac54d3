"""What is said while a phone hands photos over."""

from enum import StrEnum
from typing import Final

from field_app.domain.photo import PhotoRole
from field_app.handoff.addresses import Address, Way
from field_app.handoff.news import Ending
from field_app.texts import _, mark

PAIRS_A_LINE: Final = 8


class Step(StrEnum):
    """Where a photo stands on its way from the phone."""

    COMING = "coming"
    KEEPING = "keeping"
    SAVED = "saved"
    HERE = "here"
    NOT_A_PICTURE = "not_a_picture"
    NO_ROOM = "no_room"
    FAILED = "failed"
    BROKE = "broke"

    @property
    def words(self) -> str:
        """What is said of it, in the language in use."""
        return _(STEP_WORDS[self])

    @property
    def look(self) -> tuple[str, str]:
        """Icon and colour token."""
        if self in {Step.SAVED, Step.HERE}:
            return "status-finished", "okText"
        if self in {Step.COMING, Step.KEEPING}:
            return "status-sending", "text2"
        return "status-attention", "warnText"


STEP_WORDS: Final = {
    Step.COMING: mark("On its way"),
    Step.KEEPING: mark("Being saved"),
    Step.SAVED: mark("Saved, every byte the same"),
    Step.HERE: mark("Already in the job"),
    Step.NOT_A_PICTURE: mark("Not a complete picture"),
    Step.NO_ROOM: mark("No room on this computer"),
    Step.FAILED: mark("Could not be saved"),
    Step.BROKE: mark("Broke off · the phone sends it again"),
}
TITLES: Final = {
    PhotoRole.CITIZEN: mark("Photos for the job"),
    PhotoRole.BEFORE: mark("Before photos from a phone"),
    PhotoRole.PROGRESS: mark("Progress photos from a phone"),
    PhotoRole.AFTER: mark("After photos from a phone"),
}
WAYS: Final = {
    Way.HOTSPOT: mark("This computer's hotspot"),
    Way.WIFI: mark("Wi-Fi"),
    Way.CABLE: mark("Cable"),
}
JOINS: Final = {
    Way.HOTSPOT: mark("On the phone, join this computer's hotspot. No internet is needed."),
    Way.WIFI: mark(
        "On the phone, join the same Wi-Fi as this computer, or make the phone the hotspot that "
        "this computer is in. No internet is needed."
    ),
    Way.CABLE: mark(
        "On the phone, join the Wi-Fi of the network that this computer's cable goes to. No "
        "internet is needed."
    ),
}
ENDINGS: Final = {
    Ending.CLOSED: mark("Closed"),
    Ending.PHONE_DONE: mark("The phone is done"),
    Ending.IDLE: mark("Closed, because nothing came for 10 minutes"),
}


def way_words(address: Address) -> str:
    """Return 'Wi-Fi · 192.168.1.20'."""
    return f"{_(WAYS[address.way])} · {address.host}"


def shown_fingerprint(fingerprint: str) -> str:
    """Return a fingerprint in short lines, as browsers show it."""
    pairs = fingerprint.split(":")
    lines = [pairs[at : at + PAIRS_A_LINE] for at in range(0, len(pairs), PAIRS_A_LINE)]
    return "\n".join(" ".join(line) for line in lines)
