"""The receipt of a photo as it stands in a header of the answer that ends its upload."""

import re
from typing import Final

from field_app.domain.clock import from_stamp, to_stamp
from field_app.domain.ids import PhotoId, Revision
from field_app.domain.photo import PhotoReceipt

HEADER: Final = "Field-App-Receipt"
_FORM: Final = re.compile(
    r"(?P<id>[0-9A-F]{4}-[0-9]{1,18}); photo=(?P<photo>[!-:<-~]{1,64});"
    r" revision=(?P<revision>[0-9]{1,18}); received_at=(?P<at>[0-9T:.Z-]{20,32});"
    r" sha256=(?P<sha256>[0-9a-f]{64})"
)


def dump_receipt(receipt: PhotoReceipt) -> str:
    """Return the header's text, ASCII."""
    return (
        f"{receipt.id}; photo={receipt.photo_id}; revision={receipt.revision};"
        f" received_at={to_stamp(receipt.received_at)}; sha256={receipt.sha256}"
    )


def load_receipt(text: str) -> PhotoReceipt | None:
    """Return the receipt in a header's text; None for anything else, which is then no receipt."""
    found = _FORM.fullmatch(text)
    if found is None:
        return None
    try:
        received_at = from_stamp(found["at"])
    except ValueError:
        return None
    return PhotoReceipt(
        id=found["id"],
        photo_id=PhotoId(found["photo"]),
        received_at=received_at,
        revision=Revision(int(found["revision"])),
        sha256=found["sha256"],
    )
