"""The pages that a phone sees: one file each, nothing from elsewhere, Thai and English."""

import json
import secrets
from dataclasses import dataclass
from functools import cache
from typing import Final

from field_app.domain.ids import TicketId
from field_app.domain.photo import PhotoRole
from field_app.handoff.parcels import COUNT_LIMIT
from field_app.protocol.messages import PHOTO_LIMIT_BYTES
from field_app.resources import resource
from field_app.texts import language, mark
from field_app.texts.catalogue import thai

NOTHING: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""What a page without anything may load."""
TITLE: Final = {
    PhotoRole.CITIZEN: mark("Photos for the job"),
    PhotoRole.BEFORE: mark("Photos before the work"),
    PhotoRole.PROGRESS: mark("Photos during the work"),
    PhotoRole.AFTER: mark("Photos after the work"),
}
WORDS: Final = {
    "job": mark("Job {number}"),
    "choose": mark("Choose photos"),
    "more": mark("Choose more photos"),
    "any": mark("Choose as files (keeps the place on some phones)"),
    "done": mark("Done"),
    "retry": mark("Send again"),
    "hint": mark("The photos go from this phone to the laptop beside you, without the internet."),
    "arrived": mark("{done} of {count} arrived"),
    "waiting": mark("Waits for its turn"),
    "reading": mark("Getting ready"),
    "sending": mark("Sending {percent} %"),
    "keeping": mark("The laptop is saving it"),
    "saved": mark("Saved on the laptop, every byte the same"),
    "here": mark("Already in the job"),
    "again": mark("The connection broke · sending again in {seconds} s"),
    "lost": mark(
        "The laptop does not answer. Stay close, check the Wi-Fi, and look whether the sheet on "
        "the laptop is still open."
    ),
    "ended": mark("The laptop closed this page. Open it there again and scan the new code."),
    "finished": mark("Finished. You can close this page."),
    "not_saved": mark("Not everything arrived. Finish all the same?"),
    "unreadable": mark("The phone cannot read this photo. Choose it again."),
    "too_large": mark("Larger than 40 MB: not taken"),
    "too_many": mark("Too many photos at once. Press Done and scan the code again for more."),
    "not_a_picture": mark("Not a complete JPEG, PNG, WebP or HEIC picture"),
    "changed": mark("Came changed: send it again"),
    "no_room": mark("No room on the laptop"),
    "failed": mark("The laptop could not save it: look at the laptop"),
    "malformed": mark("The laptop did not understand: scan the code again"),
    "place_help": mark(
        "For time and place in the photo: take it with the phone's own camera, with location on, "
        "and choose it here. On an iPhone press Options in the photo list, switch on Location and "
        "take the Current format. Android takes the place out of photos chosen for a web page; "
        "choosing as files keeps it on some phones, a cable to the laptop on all. Without a place "
        "the photo still counts."
    ),
    "help": mark("Keep time and place in the photo"),
    "yes": mark("Finish"),
    "no": mark("Go on sending"),
}
"""Every sentence of the page by its key; the keys of failures are those of `border.Why`."""
OTHER_PHONE: Final = mark(
    "Another phone opened this page first. On the laptop press Another phone and scan the new code."
)
NOT_FOUND: Final = mark("There is no such page. Scan the code on the laptop again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What photos are fetched for."""

    ticket_id: TicketId
    role: PhotoRole


def upload_page(errand: Errand) -> tuple[bytes, str]:
    """Return the page that sends photos, and the policy of what it may do."""
    nonce = secrets.token_urlsafe(16)
    words = {"title": TITLE[errand.role], **WORDS}
    facts = {
        "language": language(),
        "number": errand.ticket_id,
        "mostBytes": PHOTO_LIMIT_BYTES,
        "mostPhotos": COUNT_LIMIT,
        "words": {
            "th": {key: _in_thai(sentence) for key, sentence in words.items()},
            "en": words,
        },
    }
    text = _template().replace("@NONCE@", nonce).replace("@FACTS@", _for_script(facts))
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return text.encode("utf-8"), policy


def other_phone() -> tuple[bytes, str]:
    """Return the page for a phone that came second, and its policy."""
    return _plain(OTHER_PHONE), NOTHING


def not_found() -> tuple[bytes, str]:
    """Return the page for every address that there is not, and its policy."""
    return _plain(NOT_FOUND), NOTHING


def _plain(sentence: str) -> bytes:
    """Return a page of one sentence in both languages."""
    page = (
        '<!doctype html><html lang="th"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>Field App</title><h1>{_in_thai(sentence)}</h1>"
        f'<p lang="en">{sentence}</p></html>\n'
    )
    return page.encode("utf-8")


def _in_thai(sentence: str) -> str:
    return thai().get(sentence, sentence)


def _for_script(facts: object) -> str:
    """Return JSON that cannot end the element that it stands in."""
    return json.dumps(facts, ensure_ascii=False).replace("<", "\\u003c")


@cache
def _template() -> str:
    return resource("handoff", "page.html").read_text("utf-8")
