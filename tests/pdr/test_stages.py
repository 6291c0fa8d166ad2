"""Whatever is done to a review in whatever order: no stage is reached that may not be, no frozen word changes, every paper prints."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import UserError
from staffdev_desktop.papers.joining import page_count
from staffdev_desktop.pdr import sheets
from staffdev_desktop.pdr.queries import boards, records
from staffdev_desktop.pdr.rows import ReviewRecord, Stage
from staffdev_desktop.pdr.rules import fingerprint
from staffdev_desktop.pdr.services import cycles, statements, words
from staffdev_desktop.school import School
from tests.conftest import TODAY
from tests.people import Staffed, staff_a_school

FROZEN = (Stage.AGREED, Stage.SIGNED)
WORDS = st.text(min_size=1, max_size=30).filter(str.strip)


class Stages(RuleBasedStateMachine):
    """One review; every action may be tried at any time, and is either refused with a sentence or moves the review as it may."""

    school: School
    staffed: Staffed
    made = 0

    @initialize()
    def start(self) -> None:
        Stages.made += 1
        name = f"Cycle {Stages.made}"
        cycle = cycles.NewCycle(name, 2026, date(2026, 9, 1), date(2027, 8, 31), date(2026, 10, 9), date(2026, 11, 27))
        cycle_id = self.school.do(cycles.start_cycle, cycle=cycle, invited=[cycles.Invited(self.staffed.karen, self.staffed.ruth)])
        (row,) = self.school.read(boards.cycle_board, cycle_id=cycle_id)
        self.review = row.id
        self.frozen: dict[int, str] = {}
        self.stage = Stage.NOT_STARTED

    def record(self) -> ReviewRecord:
        return self.school.read(records.review, review_id=self.review)

    def attempt(self, service: Any, **values: Any) -> bool:
        """Whether the service took it."""
        try:
            self.school.do(service, **values)
        except UserError:
            return False
        return True

    @rule()
    def print_sheet(self) -> None:
        self.attempt(cycles.mark_sheets_out, review_ids=[self.review])

    @rule(text=WORDS)
    def type_in(self, text: str) -> None:
        taken = self.attempt(words.type_in_sheet, review_id=self.review, answers={"went_well": text}, returned_on=TODAY)
        assert taken == (self.stage not in FROZEN)

    @rule(days=st.integers(-30, 30))
    def book(self, days: int) -> None:
        moment = datetime.combine(TODAY, datetime.min.time()) + timedelta(days=days)
        values = {"review_id": self.review, "revision": self.record().board.revision, "moment": moment}
        assert self.attempt(cycles.book_meeting, **values) == (self.stage not in FROZEN)

    @rule(text=WORDS)
    def write(self, text: str) -> None:
        taken = self.attempt(words.save_answer, review_id=self.review, field="discussion", value=text)
        assert taken == (self.stage not in FROZEN)

    @rule(text=WORDS)
    def set_target(self, text: str) -> None:
        self.attempt(words.save_answer, review_id=self.review, field="targets", value=[{"target": text}])

    @rule()
    def complete(self) -> None:
        self.attempt(words.set_first_year, review_id=self.review, first_year=True)
        self.attempt(words.save_answer, review_id=self.review, field="comments", value={"text": "", "none": True})
        agreed = {"member": "agreed", "reviewer": "not agreed"}
        self.attempt(words.save_answer, review_id=self.review, field="agreement", value=agreed)

    @rule()
    def agree(self) -> None:
        self.attempt(statements.agree_statement, review_id=self.review)

    @rule()
    def sign(self) -> None:
        self.attempt(statements.record_signed, review_ids=[self.review])

    @precondition(lambda self: self.stage in FROZEN)
    @rule(side=st.sampled_from(("member of staff", "reviewer")))
    def sign_on_screen(self, side: str) -> None:
        self.attempt(statements.sign_on_screen, review_id=self.review, side=side, initials="AB")

    @rule(reason=st.sampled_from(("", "A word was missing.")))
    def reopen(self, reason: str) -> None:
        taken = self.attempt(statements.reopen, review_id=self.review, reason=reason)
        assert taken == (self.stage in FROZEN and bool(reason))

    @invariant()
    def only_allowed_stages_are_reached(self) -> None:
        if not hasattr(self, "review"):
            return
        record = self.record()
        before, self.stage = self.stage, record.board.stage
        if self.stage is Stage.SIGNED:
            assert before in FROZEN
        if before in FROZEN and self.stage not in FROZEN:
            assert record.statements[-1].void_on is not None, "back only by reopening"
        current = [each for each in record.statements if each.void_on is None]
        assert len(current) == (1 if self.stage in FROZEN else 0)

    @invariant()
    def frozen_words_stay(self) -> None:
        if not hasattr(self, "review"):
            return
        for paper in self.school.read(records.statement_papers, review_ids=[self.review], void_too=True):
            written = json.dumps(paper.snapshot, sort_keys=True)
            assert self.frozen.setdefault(paper.statement_id, written) == written
            assert fingerprint(paper.snapshot) == paper.fingerprint

    def teardown(self) -> None:
        if not hasattr(self, "review"):
            return
        for paper in self.school.read(records.statement_papers, review_ids=[self.review], void_too=True):
            assert page_count(sheets.statement_pdf(paper, "staff")) >= 1


def test_a_review_survives_any_order_of_actions(school: School) -> None:
    Stages.school, Stages.staffed = school, staff_a_school(school)
    with clock.frozen_at(TODAY):
        checks = settings(max_examples=25, stateful_step_count=14, deadline=None, suppress_health_check=list(HealthCheck))
        run_state_machine_as_test(Stages, settings=checks)
    assert school.check() == ()
