"""Which camera a person chose last on this computer."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSettings

from field_app.ui.camera.cameras import Device

DEVICE_KEY: Final = "camera/device"


class CameraChoice:
    """Remembers the camera, by its key and, where that changed, by its name."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def of(self, devices: Sequence[Device]) -> Device | None:
        """Return the camera to turn on; None when there is none."""
        key = str(self._settings.value(DEVICE_KEY, ""))
        name = str(self._settings.value(f"{DEVICE_KEY}_name", ""))
        by_key = [device for device in devices if device.key == key]
        by_name = [device for device in devices if name and device.name == name]
        return next(iter([*by_key, *by_name, *devices]), None)

    def remember(self, device: Device) -> None:
        """Turn this one on the next time."""
        self._settings.setValue(DEVICE_KEY, device.key)
        self._settings.setValue(f"{DEVICE_KEY}_name", device.name)
