"""Which device the next pages come from, and from which of its sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from station.dossier.capture import Device, ScanJob
from station.errors import DeviceError
from station.language import Language
from station.ui.devices import DeviceList
from station.ui.messages import error_text
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label


class DevicePicker(QWidget):
    """A device that is not ready can be seen but not picked; below stands what to do about it."""

    picked = Signal()

    def __init__(self, language: Language, devices: DeviceList, *, one_page: bool = False) -> None:
        """`one_page`: a single image is wanted, so sources with a feeder are not offered."""
        super().__init__()
        self._language, self._devices, self._one_page = language, devices, one_page
        self._wanted: Callable[[], None] | None = None
        self.device, self.source = QComboBox(), QComboBox()
        self.device.setAccessibleName(language("counter.devices.device"))
        self.device.setMinimumContentsLength(18)
        self.device.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.source.setAccessibleName(language("counter.devices.source"))
        self.again = button(language("counter.devices.again"), devices.look, "quiet", "F6")
        self.hint = label(role="hint", wrap=True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.device, 1)
        row.addWidget(self.source)
        row.addWidget(self.again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.hint)
        self.device.currentIndexChanged.connect(self._on_device_changed)
        devices.changed.connect(self._show)
        self._show()

    @property
    def ready(self) -> bool:
        """Whether a device is picked that can be asked for pages."""
        device = self._current()
        return device is not None and device.ready

    @property
    def hopeful(self) -> bool:
        """Whether to ask for pages makes sense: a device is ready, or may be found in a moment."""
        return self.ready or self._devices.looking

    def when_ready(self, wanted: Callable[[], None]) -> None:
        """Now, or as soon as the device is found that is being looked for; not once the officer is elsewhere."""
        if self.ready:
            wanted()
        elif self._devices.looking:
            self._wanted = wanted
            self.hint.setText(self._told())

    def job(self) -> ScanJob:
        """What to ask of the picked device."""
        device = self._current()
        if device is None:
            raise DeviceError("device.none")
        return ScanJob(device.id, source=self.source.currentData() or device.sources[0])

    def _current(self) -> Device | None:
        found: Device | None = self.device.currentData()
        return found

    def _show(self) -> None:
        before = self._current()
        # A folder's files are papers to keep, and taking one only to look at its code would use it up.
        listed = self._devices.devices or ()
        devices = [device for device in listed if not (self._one_page and device.kind == "folder")]
        self.again.setEnabled(not self._devices.looking)
        self.device.blockSignals(True)
        self.device.clear()
        for device in devices:
            self.device.addItem(device.name, device)
            model = self.device.model()
            if not device.ready and isinstance(model, QStandardItemModel):
                item = model.item(self.device.count() - 1)
                item.setFlags(Qt.ItemFlag.NoItemFlags)
                item.setToolTip(self._remedy(device))
        self.device.setCurrentIndex(_best(devices, before))
        self.device.blockSignals(False)
        self.device.setEnabled(self.device.currentIndex() >= 0)
        self._on_device_changed()
        wanted, self._wanted = self._wanted, self._wanted if self._devices.looking else None
        if wanted and self.ready and self.isVisible():
            wanted()

    def _on_device_changed(self) -> None:
        device, before = self._current(), self.source.currentData()
        self.source.clear()
        sources = device.sources if device else ()
        if self._one_page:
            sources = tuple(source for source in sources if source != "adf") or sources
        for source in sources:
            key = f"device.source.{source}"
            self.source.addItem(self._language(key) if key in self._language else source, source)
        self.source.setCurrentIndex(max(0, self.source.findData(before)))  # the one chosen before, if it has it
        self.source.setVisible(len(sources) > 1)
        self.hint.setText(self._told())
        self.hint.setVisible(bool(self.hint.text()))
        self.picked.emit()

    def _told(self) -> str:
        if self._devices.looking:
            return self._language("counter.devices.looking_for" if self._wanted else "counter.devices.looking")
        if self.ready:
            return ""
        waiting = [device for device in self._devices.devices or () if device.remedy]
        return "\n".join(map(self._remedy, waiting)) or self._language("counter.devices.none")

    def _remedy(self, device: Device) -> str:
        return f"{device.name}: {error_text(self._language, DeviceError(device.remedy or 'device.none'))}"


def _best(devices: Sequence[Device], before: Device | None) -> int:
    """The place of the device picked before, else of the first that is ready."""
    ready = [place for place, device in enumerate(devices) if device.ready]
    same = [place for place in ready if before and devices[place].id == before.id]
    return (same or ready or [-1])[0]
