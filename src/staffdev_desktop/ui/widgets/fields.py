"""Fields, all in one place: a label above in semibold, the editor, and a hint or an error beneath with its icon."""

from staffdev_desktop.ui.widgets.editors import (
    ChoiceField,
    DateField,
    LineField,
    PasswordField,
    TextField,
    TickField,
    TimeField,
)
from staffdev_desktop.ui.widgets.labelled import LabelledField, NoteLine, plain_words, role_label, set_bad

__all__ = [
    "ChoiceField",
    "DateField",
    "LabelledField",
    "LineField",
    "NoteLine",
    "PasswordField",
    "TextField",
    "TickField",
    "TimeField",
    "plain_words",
    "role_label",
    "set_bad",
]
