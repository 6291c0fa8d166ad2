"""The row that has the focus can be read: its box is drawn round it, not over it."""

from pytestqt.qtbot import QtBot

from staffdev_desktop.ui import theme
from staffdev_desktop.ui.widgets.todo import TodoList, TodoRow


def test_the_focused_row_shows_its_words(qtbot: QtBot) -> None:
    theme.apply("light")
    todo = TodoList()
    qtbot.addWidget(todo)
    todo.set_rows([TodoRow("late", "pdr", 2, "Reviews are past their deadline", "Tom and Ruth", "late", "Overdue", "See reviews")])
    todo.resize(900, 120)
    todo.show()
    todo.setFocus()
    qtbot.waitUntil(todo.hasFocus)
    image = todo.grab().toImage()
    row = todo.visualRect(todo.currentIndex())
    ground = theme.colour("latebg").rgb()
    line = [image.pixel(x, row.center().y()) for x in range(row.left() + 10, row.left() + 300)]
    assert ground not in line
    assert len(set(line)) > 5, "letters are drawn there"
