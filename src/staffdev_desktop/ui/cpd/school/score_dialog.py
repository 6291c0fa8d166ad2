"""Score a programme on the five parts of the standard for professional development, each with a line of evidence."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from staffdev_desktop.cpd.quality.rows import MOST_SCORE, ProgrammeRow
from staffdev_desktop.cpd.quality.rules import SCORES, STANDARD
from staffdev_desktop.cpd.quality.services import score_programme
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.ui import theme
from staffdev_desktop.ui.asking import AskDialog
from staffdev_desktop.ui.widgets.fields import LabelledField, LineField
from staffdev_desktop.ui.widgets.segments import Segments

WIDE = 640


class ScoreDialog(AskDialog):
    """Parts that are left without a score stay so."""

    def __init__(self, school, row: ProgrammeRow, parent: QWidget | None = None) -> None:
        told = "0 is not yet, 3 is fully. Write one line that shows it: what you saw, or what those who took part say."
        super().__init__(
            f"How good is ‘{row.name}’ as professional development?", told, act="&Save", icon="check", width=WIDE, parent=parent
        )
        self._school, self._row = school, row
        self.scores: list[Segments] = []
        for part, words in enumerate(STANDARD):
            self._add_part(part, words)
        self.first = self.scores[0]

    def _add_part(self, part: int, words: str) -> None:
        choices = [(score, str(score)) for score in range(MOST_SCORE + 1)]
        score = Segments(choices, words, self, may_clear=True)
        for number, said in enumerate(SCORES):
            score.button(number).setToolTip(said)
        score.edited.connect(self._touch)
        score.setFixedWidth(theme.px(4 * 36))
        field = LabelledField(f"&{part + 1}  {words}", LineField("One line that shows it", self), parent=self)
        self.add_field(f"words {part}", field)
        known = self._row.of_part(part)
        if known is not None:
            score.set_value(known.score)
            field.set_value(known.words)
            field.editor.setCursorPosition(0)
        self.scores.append(score)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(field, 1)
        line.addWidget(score, 0, Qt.AlignmentFlag.AlignBottom)
        self.body.addLayout(line)

    def save(self) -> None:
        """Write the scores that are chosen. Raises UserError beside the part it is about."""
        chosen = []
        for part, score in enumerate(self.scores):
            words = str(self.fields[f"words {part}"].value())
            if score.value() is None:
                if words:
                    raise UserError("Choose a score from 0 to 3 too.", field=f"words {part}")
                continue
            if not words.strip():
                raise UserError("Write one line that shows it.", field=f"words {part}")
            chosen.append((part, int(score.value()), words))
        self._school.do(score_programme, programme_id=self._row.id, scores=chosen)

    def said(self) -> str:
        """What to say once it is on disk."""
        return f"Scored: {self._row.name}"
