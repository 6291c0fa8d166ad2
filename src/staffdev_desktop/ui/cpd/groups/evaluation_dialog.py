"""The evaluation tool, for learning groups and for action research."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from staffdev_desktop.cpd.groups.rules import evaluation_tool
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.cpd.fitting import scroll_fields
from staffdev_desktop.ui.widgets.fields import LabelledField, TextField, role_label

WIDEST = 680
Keep = Callable[..., object]


class EvaluationDialog(AskDialog):
    """The evaluation tool: its questions, part by part. Nothing need be answered; `keep(answers=...)` writes what is."""

    def __init__(self, title: str, answers: Sequence[tuple[str, str]], keep: Keep, parent: QWidget | None = None) -> None:
        words = "Answer what helps. It can be filled in bit by bit, and prints with the rest."
        super().__init__(f"What came of ‘{title}’?", words, act="&Save", icon="check", width=WIDEST, parent=parent)
        self._keep = keep
        known = dict(answers)
        scroll_fields(self)
        asked = []
        for part in evaluation_tool():
            self.body.addWidget(role_label(part.title, "card", self))
            for question in part.questions:
                self.body.addWidget(self._question(question))
                asked.append(question)
        for question in known:
            if question not in asked:  # of an older edition of the tool
                self.body.addWidget(self._question(question))
        for question, words in known.items():
            self.fields[question].set_value(words)

    def save(self) -> None:
        """Write it down."""
        self._keep(answers={question: field.value() for question, field in self.fields.items()})

    def _question(self, question: str) -> LabelledField:
        return self.add_field(question, LabelledField(question, TextField(lines=2), parent=self))
