"""The sources of Qt: the system's location service, and NMEA from a port or over TCP.

The only module with QtPositioning and QtSerialPort; loaded when a source is first wanted.
"""

import logging
from math import isfinite
from typing import ClassVar, Final

from PySide6.QtCore import QIODevice, QObject, QThread, Signal, Slot
from PySide6.QtNetwork import QTcpSocket
from PySide6.QtPositioning import (
    QGeoPositionInfo,
    QGeoPositionInfoSource,
    QNmeaPositionInfoSource,
)
from PySide6.QtSerialPort import QSerialPort, QSerialPortInfo

from field_app.domain.place import Place
from field_app.ui.position.sources import Fix, PositionWay, Source, Trouble, Wanted

logger = logging.getLogger(__name__)

EVERY_MS: Final = 1_000
RANGE_ERROR_M: Final = 5.0
"""How exact a receiver measures the way to one satellite, near enough for a circle on a map; Qt
multiplies it with the dilution that the receiver tells."""
MOVING_M_S: Final = 1.5
"""Below walking speed a receiver's heading is noise."""
CLOSING_MS: Final = 3_000
"""How long closing the program waits for a port that does not let go."""
LONGEST_BYTES: Final = 8_192
"""Sentences have 82 bytes: so many without a line's end are no NMEA."""
ATTRIBUTE: Final = QGeoPositionInfo.Attribute


def make_source(wanted: Wanted, parent: QObject) -> Source:
    """Return the source that a person chose, not started yet."""
    if wanted.way is PositionWay.SYSTEM:
        return SystemSource(parent)
    if wanted.way is PositionWay.SERIAL:
        return PortSource(wanted, parent)
    return ReceiverSource(wanted, parent)


def port_names() -> tuple[str, ...]:
    """Return the serial ports of this computer, those of USB first; may be empty."""
    ports = QSerialPortInfo.availablePorts()
    ports.sort(key=lambda port: (not port.hasVendorIdentifier(), port.portName()))
    return tuple(port.portName() for port in ports)


class _Reporter(QObject):
    """Passes on what Qt measures; see `sources.Source`."""

    fixed = Signal(object)
    heard = Signal()
    failed = Signal(object)

    def wait(self) -> None:
        """Wait until the device is free; at once, where nothing else is done in `stop`."""

    @Slot(QGeoPositionInfo)
    def _take(self, info: QGeoPositionInfo) -> None:
        fix = fix_of(info)
        if fix is not None:
            self.fixed.emit(fix)


class SystemSource(_Reporter):
    """The location service of Windows, macOS or Linux."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._source: QGeoPositionInfoSource | None = None

    def start(self) -> None:
        """Ask the system, which may ask the person for leave."""
        self._source = _system_source(self)
        if self._source is None:
            self.failed.emit(Trouble.MISSING)
            return
        self._source.setUpdateInterval(EVERY_MS)
        self._source.positionUpdated.connect(self._take)
        self._source.errorOccurred.connect(self._complain)
        self._source.startUpdates()

    def stop(self) -> None:
        """Want no more."""
        if self._source is not None:
            self._source.stopUpdates()
            self._source.deleteLater()
            self._source = None

    @Slot(QGeoPositionInfoSource.Error)
    def _complain(self, error: QGeoPositionInfoSource.Error) -> None:
        kinds = QGeoPositionInfoSource.Error
        if error is kinds.AccessError:
            self.failed.emit(Trouble.REFUSED)
        elif error in {kinds.ClosedError, kinds.UnknownSourceError}:
            self.failed.emit(Trouble.CLOSED)


class ReceiverSource(_Reporter):
    """A receiver that speaks NMEA 0183, at a serial port or over TCP."""

    def __init__(self, wanted: Wanted, parent: QObject | None) -> None:
        super().__init__(parent)
        self._wanted = wanted
        self._device: QSerialPort | QTcpSocket | None = None
        self._nmea: QNmeaPositionInfoSource | None = None

    @Slot()
    def start(self) -> None:
        """Open the port, or call the address."""
        if self._wanted.way is PositionWay.SERIAL:
            self._open_port()
        else:
            self._call()

    def stop(self) -> None:
        """Let port or connection go."""
        nmea, self._nmea = self._nmea, None
        if nmea is not None:
            nmea.stopUpdates()
            nmea.deleteLater()
        device, self._device = self._device, None
        if device is not None:
            device.disconnect(self)
            if isinstance(device, QTcpSocket):
                device.abort()
            else:
                device.close()
            device.deleteLater()

    @Slot()
    def leave(self) -> None:
        """Let the port go and end the thread that it was read in."""
        self.stop()
        QThread.currentThread().quit()

    def _open_port(self) -> None:
        port = self._device = QSerialPort(self._wanted.port, self)
        port.setBaudRate(self._wanted.speed)
        port.setReadBufferSize(LONGEST_BYTES)
        if not port.open(QIODevice.OpenModeFlag.ReadOnly):
            logger.info("The receiver's port cannot be opened: %s", port.error().name)
            self.failed.emit(Trouble.CLOSED)
            return
        port.errorOccurred.connect(self._lose_port)
        self._listen()

    def _call(self) -> None:
        socket = self._device = QTcpSocket(self)
        socket.setReadBufferSize(LONGEST_BYTES)
        socket.connected.connect(self._listen)
        socket.errorOccurred.connect(self._lose)
        host, port = self._wanted.host_and_port or ("", 0)
        socket.connectToHost(host, port, QIODevice.OpenModeFlag.ReadOnly)

    @Slot()
    def _listen(self) -> None:
        """Let Qt read the sentences that come."""
        device = self._device
        if device is None:
            return
        mode = QNmeaPositionInfoSource.UpdateMode.RealTimeMode
        self._nmea = QNmeaPositionInfoSource(mode, self)
        self._nmea.setUserEquivalentRangeError(RANGE_ERROR_M)
        self._nmea.setDevice(device)
        self._nmea.positionUpdated.connect(self._take)
        device.readyRead.connect(self._hear)
        self._nmea.startUpdates()

    @Slot()
    def _hear(self) -> None:
        """Tell that something came; what has no line's end is from no receiver."""
        self.heard.emit()
        device = self._device
        # After a busy moment as many bytes may wait in sound lines, which Qt reads next.
        if device is None or device.canReadLine():
            return
        if device.bytesAvailable() >= LONGEST_BYTES:
            self.stop()
            self.failed.emit(Trouble.NOISE)

    @Slot(QSerialPort.SerialPortError)
    def _lose_port(self, error: QSerialPort.SerialPortError) -> None:
        if error is not QSerialPort.SerialPortError.NoError:
            self._lose()

    @Slot()
    def _lose(self) -> None:
        if self._device is not None:
            logger.info("The receiver is gone: %s", self._device.error().name)
            self.stop()
            self.failed.emit(Trouble.CLOSED)


class PortSource(_Reporter):
    """A receiver at a serial port, read in a thread of its own.

    Opening a port takes seconds when it leads to a receiver over Bluetooth that is switched off.
    """

    _start_wished = Signal()
    _stop_wished = Signal()
    _threads: ClassVar[set[QThread]] = set()
    """Those that have not ended: Python must not drop them before."""

    def __init__(self, wanted: Wanted, parent: QObject) -> None:
        super().__init__(parent)
        self._is_on = False
        self._thread = QThread()
        self._reader = ReceiverSource(wanted, None)
        self._reader.moveToThread(self._thread)
        self._reader.fixed.connect(self.fixed)
        self._reader.heard.connect(self.heard)
        self._reader.failed.connect(self.failed)
        self._start_wished.connect(self._reader.start)
        self._stop_wished.connect(self._reader.leave)
        self._thread.finished.connect(self._reader.deleteLater)

    def start(self) -> None:
        """Open the port, there."""
        self._is_on = True
        self._threads.add(self._thread)
        self._thread.start()
        self._start_wished.emit()

    def stop(self) -> None:
        """Let the port go, there, as soon as it can; nothing is told any more."""
        if self._is_on:
            self._is_on = False
            self._reader.blockSignals(True)  # noqa: FBT003 - Qt knows it by place only
            self._stop_wished.emit()
        self._drop_ended()

    def wait(self) -> None:
        """Wait until every port is free, at most `CLOSING_MS` each."""
        for thread in tuple(self._threads):
            thread.wait(CLOSING_MS)
        self._drop_ended()

    def _drop_ended(self) -> None:
        self._threads.difference_update([t for t in self._threads if t.isFinished()])


def _system_source(parent: QObject) -> QGeoPositionInfoSource | None:
    """Return what the system has; None where it has nothing, though Qt's types deny that."""
    return QGeoPositionInfoSource.createDefaultSource(parent)


def fix_of(info: QGeoPositionInfo) -> Fix | None:
    """Return what Qt measured; None when it is no place."""
    at = info.coordinate()
    if not at.isValid():
        return None
    accuracy_m = _number(info, ATTRIBUTE.HorizontalAccuracy)
    heading_deg = _number(info, ATTRIBUTE.Direction)
    speed = _number(info, ATTRIBUTE.GroundSpeed)
    is_moving = speed is not None and speed >= MOVING_M_S
    return Fix(
        place=Place(latitude=at.latitude(), longitude=at.longitude(), accuracy_m=accuracy_m),
        heading_deg=heading_deg % 360 if heading_deg is not None and is_moving else None,
    )


def _number(info: QGeoPositionInfo, attribute: QGeoPositionInfo.Attribute) -> float | None:
    """Return a figure beside the place; None when there is none."""
    value = info.attribute(attribute) if info.hasAttribute(attribute) else None
    return value if value is not None and isfinite(value) and value >= 0 else None
