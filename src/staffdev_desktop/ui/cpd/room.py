"""Where letters are large and room is short: columns of a table give way to its names."""

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.table_view import HouseTable


class GiveWay(QObject):
    """Hides columns of a table, by key, where it is narrower than so many px at 100 per cent."""

    def __init__(self, table: HouseTable, least: Mapping[str, int]) -> None:
        super().__init__(table)
        keys = [column.key for column in table.model().columns]
        self._table, self._least = table, {keys.index(key): room for key, room in least.items()}
        table.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The table has another size, or its letters have."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.StyleChange):
            for place, room in self._least.items():
                self._table.setColumnHidden(place, self._table.width() < theme.px(room))
        return super().eventFilter(watched, event)
