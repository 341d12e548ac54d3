"""Starting the windows when the app cannot be opened."""

from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from field_app.domain.errors import DiskFull
from field_app.ui.start import OpenLaptop, run
from tests.helpers.builders import FakeClock


def test_whoever_starts_it_with_a_full_disk_reads_why_there_is_no_window(
    qtbot: QtBot, tmp_path: Path
) -> None:
    read: list[str] = []

    def full(_tell: object, _tell_status: object) -> OpenLaptop:
        raise DiskFull("no room on the device")

    def read_and_close() -> None:
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            read.extend((box.text(), box.informativeText()))
            box.accept()

    look = QTimer()
    look.timeout.connect(read_and_close)
    look.start(20)
    with pytest.raises(DiskFull):
        run(full, tmp_path, FakeClock(), language="th")
    look.stop()

    assert read[0] == "ที่เก็บข้อมูลในเครื่องเต็ม"
    assert "เพิ่มที่ว่าง" in read[1]
