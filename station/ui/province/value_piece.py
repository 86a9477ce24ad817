"""The piece of paper that a value of a sealed dossier was read from, under the name of its field and its page."""

from __future__ import annotations

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget

from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.ui.session import Session
from station.ui.widgets.crop import Crop, crop
from station.ui.widgets.labels import ElidedLabel
from station.ui.widgets.page_pictures import PagePictures
from station.ui.words import entry_page, field_words, page_words


class ValuePiece(QWidget):
    """Never the piece of another value, however long this one takes to come."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._language, self._pictures = session.language, PagePictures(session)
        self._entry_id: str | None = None
        self.field, self.page = ElidedLabel(role="subtitle"), ElidedLabel(role="hint")
        self.crop = Crop(self._language("review.crop"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.field, self.page, self.crop):
            column.addWidget(part)

    def show_entry(self, dossier: Dossier, entry: Entry) -> None:
        """The field's name at once, its picture as soon as it is decoded."""
        page = entry_page(dossier, entry)
        self._entry_id = entry.id
        self.field.setText(field_words(entry.key, self._language))
        self.page.setText(page_words(page, self._language))
        if page is None or entry.box is None:
            self.crop.show_picture(None, self._language("review.no_crop" if page is None else "review.no_place"))
            return
        self.crop.show_picture(None, self._language("review.coming"))
        box, rotation = entry.box, page.rotation

        def show(image: QImage) -> None:
            if self._entry_id == entry.id and not image.isNull():
                self.crop.show_picture(crop(image, box, rotation), "")

        self._pictures.ask(page, show)

    def forget(self) -> None:
        """Nothing of it stays."""
        self._entry_id = None
        self._pictures.forget()
        self.field.setText("")
        self.page.setText("")
        self.crop.show_picture(None, "")
