"""Setting a hub up: its folder, its settings file and its first admin."""

from pathlib import Path
from typing import Final

from field_app.hub.settings import FILE_NAME

TEMPLATE: Final = """\
# Settings of this hub. Restart the hub after a change.
# การตั้งค่าของศูนย์นี้ เริ่มศูนย์ใหม่หลังแก้ไข

agency = ""              # the agency's name on the laptops · ชื่อหน่วยงาน

host = "127.0.0.1"       # other than this computer needs certfile and keyfile
port = 8700
certfile = ""            # TLS certificate chain (PEM), relative to this folder
keyfile = ""

database_url = ""        # empty: hub.db in this folder
# database_url = "postgresql+psycopg://fieldapp@/fieldapp"

# Sentences that a crew may send to citizens · ข้อความถึงประชาชน
templates = []

# true: laptops on the road send a smaller picture of each photo, and the originals at the
# depot · true: ระหว่างอยู่นอกสถานที่ส่งรูปขนาดจอก่อน รูปเต็มส่งที่สำนักงาน
screen_copies_first = false

# Days from report to deadline by category; 7 for the others · กำหนดเสร็จ (วัน)
[deadlines_days]
# "ถนน" = 2

# Your own status words and what they mean here: waiting, in_progress, on_hold,
# in_review, sent_back, finished, forwarded, irrelevant · สถานะของหน่วยงานเอง
[statuses]
# "รอจัดซื้อวัสดุ" = "on_hold"

# Which crew gets a new job; the first rule that fits decides. An empty category or
# area fits all; an area is a subdistrict or district · กฎการแจกงาน
# [[rules]]
# category = "ถนน"
# area = "ป้อมปราบศัตรูพ่าย"
# crew = "civil-3"
"""


class AlreadyThere(ValueError):
    """The folder already holds a hub or something else."""


def make_folder(folder: Path) -> None:
    """Make a hub's folder, readable by its owner only, with a settings file to fill in.

    Raises:
        AlreadyThere: The folder is there and not empty.
        OSError: It cannot be made.
    """
    if folder.exists() and any(folder.iterdir()):
        raise AlreadyThere(str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    (folder / FILE_NAME).write_text(TEMPLATE, encoding="utf-8")


def is_hub(folder: Path) -> bool:
    """Whether a hub was set up in `folder`."""
    return (folder / FILE_NAME).is_file()
