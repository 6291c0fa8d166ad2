"""The diagnostic through its services: a weak area that CPD moves over two rounds, who sees what, and what is refused."""

from collections.abc import Sequence
from datetime import date

import pytest
from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor, NotAllowed, Permission, Role, needs
from staffdev_desktop.cpd.diagnostic.queries import loop, people, rounds
from staffdev_desktop.cpd.diagnostic.rows import AgreedDraft, AreaDraft, Outcome, RoundDetails, Side, Stage
from staffdev_desktop.cpd.diagnostic.services import ratings, sets
from staffdev_desktop.cpd.diagnostic.services import rounds as writes
from staffdev_desktop.cpd.log import services as log
from staffdev_desktop.cpd.log.rows import EntryDetails
from staffdev_desktop.cpd.models.diagnostic import Diagnostic, DiagnosticRating
from staffdev_desktop.cpd.services import begin_cpd
from staffdev_desktop.kernel import clock
from staffdev_desktop.kernel.errors import Conflict, UserError
from staffdev_desktop.settings import queries as settings
from tests.cpd.diagnostic.conftest import AUTUMN, SUMMER, Class, assure, give_user

TALKED, AGAIN = date(2026, 5, 20), date(2026, 10, 1)


def agree(class_: Class, diagnostic_id: int, day: date) -> None:
    with clock.frozen_at(day):
        class_.school.do(ratings.record_term, diagnostic_id=diagnostic_id)


@needs(Permission.RUN_CPD)
def _as_manager(session: Session, actor: Actor, *, diagnostic_id: int, area_ids: Sequence[int]) -> None:
    """What somebody else wrote as the line manager."""
    session.get_one(Diagnostic, diagnostic_id).manager_on = clock.today()
    session.add_all(DiagnosticRating(diagnostic_id=diagnostic_id, area_id=each, manager=1, manager_evidence="Slow") for each in area_ids)


def test_a_weak_area_moves_after_the_cpd_that_was_agreed_for_it_is_logged_and_quality_assured(class_: Class) -> None:
    school, weak, other = class_.school, class_.areas[0].id, class_.areas[1].id
    summer = class_.record(class_.start(SUMMER)).board.id
    with clock.frozen_at(TALKED):
        class_.rate(summer, own=3, manager=3, agreed=3)
        school.do(ratings.write_sheet, diagnostic_id=summer, ratings={weak: {"own": 2, "manager": 2, "agreed": 2, "mark": "focus"}})
        school.do(ratings.write_sheet, diagnostic_id=summer, ratings={other: {"agreed": 2}})
        draft = AgreedDraft(weak, "Watch Samira lead a group", date(2026, 7, 10))
        agreed_id = school.do(ratings.save_agreed_cpd, diagnostic_id=summer, draft=draft)
    agree(class_, summer, TALKED)
    details = EntryDetails(date(2026, 6, 16), 45, "Peer observation with Samira Begum", area_id=weak)
    entry_id = school.do(log.add_entry, person_id=class_.karen, details=details)
    [line] = school.read(loop.agreed_cpd)
    assert (line.id, line.entries, line.minutes, line.late) == (agreed_id, 1, 45, True)
    school.do(ratings.set_agreed_done, agreed_id=agreed_id, revision=line.revision, done=True)
    school.do(assure, entry_id=entry_id)
    autumn_round = class_.start(AUTUMN)
    autumn = class_.record(autumn_round).board.id
    assert {row.outcome for row in school.read(loop.loop, round_id=autumn_round).rows} == {Outcome.WAITING}
    class_.rate(autumn, own=3, manager=3, agreed=3)
    school.do(ratings.write_sheet, diagnostic_id=autumn, ratings={other: {"agreed": 2}})
    agree(class_, autumn, AGAIN)
    found = school.read(loop.loop, round_id=autumn_round)
    assert (found.before, found.after) == ("Summer 2026", "Autumn 2026")
    moved, still = found.rows
    assert (moved.area_id, moved.before, moved.after, moved.outcome) == (weak, 2, 3, Outcome.MOVED)
    assert (moved.agreed, moved.minutes, moved.assured) == (("Watch Samira lead a group",), 45, 1)
    assert (still.area_id, still.outcome) == (other, Outcome.NOTHING_DONE)
    [line] = school.read(loop.agreed_cpd, person_id=class_.karen)
    assert line.done_on == date(2026, 10, 20)
    assert not line.late
    shown = school.read(people.trend, person_id=class_.karen)
    assert [term.name for term in shown.terms] == ["Summer 2026", "Autumn 2026"]
    assert [term.value for term in shown.rows[0].terms] == [2, 3]
    assert (len(shown.rows[0].linked), shown.rows[0].linked_now) == (1, False)


def test_linking_an_entry_that_is_there_already_keeps_its_check(class_: Class) -> None:
    school = class_.school
    round_id = class_.start(AUTUMN)
    entry_id = school.do(log.add_entry, person_id=class_.karen, details=EntryDetails(date(2026, 9, 20), 60, "Course"))
    school.do(assure, entry_id=entry_id)
    school.do(ratings.link_entry, entry_id=entry_id, revision=1, area_id=class_.areas[2].id)
    row = school.read(people.trend, person_id=class_.karen).rows[2]
    assert row.linked_now
    assert [each.assured for each in row.linked] == [True]
    with pytest.raises(Conflict):
        school.do(ratings.link_entry, entry_id=entry_id, revision=1, area_id=None)
    assert class_.record(round_id).board.stage is Stage.NOT_STARTED


def test_the_stages_follow_what_is_typed_and_a_rating_taken_away_takes_its_side_back(class_: Class) -> None:
    school = class_.school
    round_id = class_.start(AUTUMN)
    its = class_.record(round_id).board.id
    school.do(writes.sheets_out, diagnostic_ids=[its])
    assert class_.record(round_id).board.stage is Stage.SHEET_OUT
    class_.rate(its, own=2)
    assert class_.record(round_id).board.stage is Stage.OWN_IN
    area = class_.areas[0].id
    revision = school.do(ratings.write_rating, diagnostic_id=its, area_id=area, field="own", value=None)
    assert class_.record(round_id).board.stage is Stage.SHEET_OUT
    with pytest.raises(Conflict):
        school.do(ratings.write_rating, diagnostic_id=its, area_id=area, field="own", value=1, revision=revision - 1)
    school.do(ratings.hand_in, diagnostic_ids=[its], side=Side.OWN)
    with pytest.raises(UserError, match="Karen Doyle: rate at least one area"):
        school.do(ratings.hand_in, diagnostic_ids=[its], side=Side.MANAGER)
    assert class_.record(round_id).board.stage is Stage.OWN_IN
    chases = school.read(rounds.chases, round_id=round_id)
    assert [(each.who, each.waiting_for, each.days, each.late) for each in chases] == [
        ("Ruth Pemberton", "Line manager’s ratings", 4, True)
    ]


def test_nobody_sees_their_line_managers_side_before_both_are_in(class_: Class) -> None:
    school = class_.school
    school.do(give_user, person_id=class_.karen)
    round_id = class_.start(AUTUMN)
    its = class_.record(round_id).board.id
    with pytest.raises(UserError, match="Your line manager writes this side"):
        class_.rate(its, manager=2)
    school.do(_as_manager, diagnostic_id=its, area_ids=[area.id for area in class_.areas])
    seen = class_.record(round_id)
    assert seen.is_self
    assert {(each.manager, each.manager_evidence, each.hidden) for each in seen.ratings} == {(None, "", True)}
    assert {each.terms[-1].value for each in school.read(people.trend, person_id=class_.karen).rows} == {None}
    class_.rate(its, own=3)
    assert {(each.manager, each.manager_evidence) for each in class_.record(round_id).ratings} == {(1, "Slow")}


def test_nobody_lays_open_their_line_managers_side_by_agreeing_alone(class_: Class) -> None:
    school = class_.school
    round_id = class_.start(AUTUMN)
    its, area = class_.record(round_id).board.id, class_.areas[0].id
    school.do(ratings.save_agreed_cpd, diagnostic_id=its, draft=AgreedDraft(area, "Shadow a lesson"))
    school.do(ratings.write_words, diagnostic_id=its, words="Slow to begin with")
    class_.rate(its, manager=1, agreed=1)
    school.do(ratings.write_rating, diagnostic_id=its, area_id=area, field="manager", value=None)
    school.do(give_user, person_id=class_.karen)
    seen = class_.record(round_id)
    assert ({each.agreed for each in seen.ratings}, seen.words, seen.agreed_cpd) == ({None}, "", ())
    alone = (
        (ratings.take_the_same, {}),
        (ratings.record_term, {}),
        (ratings.write_words, {"words": "All well"}),
        (ratings.write_rating, {"area_id": area, "field": "agreed", "value": 4}),
        (ratings.write_sheet, {"ratings": {area: {"mark": "strength"}}}),
        (ratings.save_agreed_cpd, {"draft": AgreedDraft(area, "Nothing")}),
    )
    for service, values in alone:
        with pytest.raises(UserError, match="ratings are not in yet"):
            school.do(service, diagnostic_id=its, **values)
    with pytest.raises(UserError, match="Your line manager writes this side"):
        school.do(ratings.hand_in, diagnostic_ids=[its], side=Side.MANAGER)
    later = class_.start(RoundDetails("Spring 2027", date(2026, 10, 19), date(2026, 10, 23)))
    assert not school.read(loop.loop, round_id=later).rows


def test_recording_needs_every_area_and_locks_the_ratings_until_it_is_opened_again(class_: Class) -> None:
    school = class_.school
    round_id = class_.start(AUTUMN)
    its = class_.record(round_id).board.id
    class_.rate(its, own=3, manager=3)
    school.do(ratings.write_rating, diagnostic_id=its, area_id=class_.areas[0].id, field="manager", value=2)
    assert school.do(ratings.take_the_same, diagnostic_id=its) == len(class_.areas) - 1
    with pytest.raises(UserError, match="No agreed rating yet: Prompting without telling"):
        school.do(ratings.record_term, diagnostic_id=its)
    school.do(ratings.write_rating, diagnostic_id=its, area_id=class_.areas[0].id, field="agreed", value=2)
    with pytest.raises(UserError) as error:
        school.do(ratings.record_term, diagnostic_id=its, agreed_on=date(2026, 10, 21))
    assert error.value.field == "agreed_on"
    school.do(ratings.record_term, diagnostic_id=its, agreed_on=AGAIN)
    assert class_.record(round_id).board.dates.agreed_on == AGAIN
    with pytest.raises(UserError, match="recorded"):
        school.do(ratings.write_rating, diagnostic_id=its, area_id=class_.areas[0].id, field="agreed", value=4)
    school.do(ratings.write_rating, diagnostic_id=its, area_id=class_.areas[0].id, field="next_step", value="Watch Rosie")
    school.do(ratings.write_words, diagnostic_id=its, words=" A good term. ")
    school.do(ratings.reopen, diagnostic_id=its)
    assert class_.record(round_id).board.stage is Stage.MANAGER_IN
    assert class_.record(round_id).words == "A good term."


@pytest.mark.parametrize("value", [0, 5, "two"])
def test_a_rating_is_a_number_from_one_to_four(class_: Class, value: int | str) -> None:
    its = class_.record(class_.start(AUTUMN)).board.id
    with pytest.raises(UserError):
        class_.school.do(ratings.write_rating, diagnostic_id=its, area_id=class_.areas[0].id, field="own", value=value)


def test_a_closed_round_takes_nothing_more_and_chases_nobody(class_: Class) -> None:
    school = class_.school
    round_id = class_.start(AUTUMN)
    its = class_.record(round_id).board.id
    school.do(writes.close_round, round_id=round_id, revision=1)
    assert school.read(rounds.chases, round_id=round_id) == ()
    with pytest.raises(UserError, match="closed"):
        class_.rate(its, own=2)
    school.do(writes.reopen_round, round_id=round_id, revision=2)
    class_.rate(its, own=2)
    with pytest.raises(UserError, match="Karen Doyle has ratings"):
        school.do(writes.remove_round, round_id=round_id)


def test_the_plan_says_who_has_no_line_manager_or_no_set(class_: Class) -> None:
    school = class_.school
    plan = {row.name: row for row in school.read(rounds.round_plan)}
    assert plan["Karen Doyle"].trouble == ""
    assert plan["Helen Marsden"].trouble == "No line manager"
    leaders = next(each for each in school.read(rounds.diagnostic_sets) if each.name == "Leaders")
    areas = [AreaDraft(area.title, area.hint, area.id) for area in leaders.areas]
    school.do(sets.save_set, set_id=leaders.id, revision=leaders.revision, name="Leaders", group_ids=[], areas=areas)
    plan = {row.name: row for row in school.read(rounds.round_plan)}
    assert plan["Ruth Pemberton"].trouble == "No set of areas"
    with pytest.raises(UserError, match="Ruth Pemberton: no set of areas"):
        class_.start(AUTUMN, class_.staffed.ruth)
    class_.start(AUTUMN)
    with pytest.raises(UserError, match="already"):
        class_.start(RoundDetails("autumn 2026", AUTUMN.opens_on, AUTUMN.deadline))


def test_a_set_is_edited_and_an_area_that_was_rated_is_only_taken_out_of_use(class_: Class) -> None:
    school = class_.school
    round_id = class_.start(AUTUMN)
    class_.rate(class_.record(round_id).board.id, own=2)
    before = next(each for each in school.read(rounds.diagnostic_sets) if each.name == "Teaching assistants")
    kept = [AreaDraft(area.title, area.hint, area.id) for area in reversed(before.areas[1:])]
    site = next(group.id for group in school.read(settings.staff_groups) if group.name == "Site")
    areas = [AreaDraft("Signing", "Uses signs all day."), *kept]
    wanted = {"name": "Assistants", "group_ids": [*before.group_ids, site], "areas": areas}
    school.do(sets.save_set, set_id=before.id, revision=before.revision, **wanted)
    after = {each.name: each for each in school.read(rounds.diagnostic_sets)}
    assert after["Assistants"].areas[0].title == "Signing"
    gone = next(area for area in after["Assistants"].areas if area.id == before.areas[0].id)
    assert not gone.in_use
    assert after["Site"].group_ids == ()
    assert next(each.title for each in class_.record(round_id).ratings) == "Signing"
    assert before.areas[0].id in {each.area_id for each in class_.record(round_id).ratings}
    with pytest.raises(Conflict):
        school.do(sets.save_set, set_id=before.id, revision=before.revision, **wanted)
    with pytest.raises(UserError, match="used in a round"):
        school.do(sets.remove_set, set_id=before.id)
    school.do(sets.remove_set, set_id=after["Site"].id)
    school.do(begin_cpd)
    assert "Site" not in {each.name for each in school.read(rounds.diagnostic_sets)}


def test_people_can_be_added_taken_out_and_given_another_line_manager(class_: Class) -> None:
    school, staffed = class_.school, class_.staffed
    round_id = class_.start(AUTUMN)
    school.do(writes.add_people, round_id=round_id, person_ids=[staffed.ruth, staffed.helen])
    ruth = class_.record(round_id, staffed.ruth).board
    assert (ruth.set_name, ruth.manager) == ("Leaders", "Helen Marsden")
    with pytest.raises(UserError, match="themselves"):
        school.do(writes.set_manager, diagnostic_ids=[ruth.id], manager_id=staffed.ruth)
    school.do(writes.set_manager, diagnostic_ids=[class_.record(round_id).board.id], manager_id=staffed.helen)
    assert class_.record(round_id).board.manager == "Helen Marsden"
    school.do(writes.take_out, diagnostic_ids=[ruth.id])
    [row] = [each for each in school.read(rounds.rounds) if each.id == round_id]
    assert (row.people, row.agreed) == (2, 0)
    school.undo()
    assert len(school.read(rounds.board, round_id=round_id)) == 3


def test_few_people_are_never_proposed_as_a_drop_in(class_: Class) -> None:
    round_id = class_.start(AUTUMN)
    class_.rate(class_.record(round_id).board.id, own=1, manager=1)
    assert class_.school.read(loop.proposed_drop_ins, round_id=round_id) == ()


def test_a_line_manager_reaches_their_own_reports_and_themselves_and_runs_no_round(class_: Class) -> None:
    school, staffed = class_.school, class_.staffed
    round_id = class_.start(AUTUMN, staffed.karen, staffed.ruth, staffed.helen)
    helens = class_.record(round_id, staffed.helen).board.id
    school.do(give_user, person_id=staffed.ruth)
    school.actor = Actor(school.actor.user_id, "Ruth Pemberton", Role.REVIEWER)
    assert [row.name for row in school.read(rounds.board, round_id=round_id)] == ["Karen Doyle", "Ruth Pemberton"]
    assert {row.who for row in school.read(rounds.chases, round_id=round_id)} == {"Karen Doyle", "Ruth Pemberton", "Helen Marsden"}
    class_.rate(class_.record(round_id).board.id, manager=2)
    with pytest.raises(UserError, match="Your line manager writes this side"):
        school.do(
            ratings.write_rating,
            diagnostic_id=class_.record(round_id, staffed.ruth).board.id,
            area_id=class_.areas[0].id,
            field="manager",
            value=4,
        )
    with pytest.raises(UserError, match="not in the school file"):
        school.do(ratings.write_words, diagnostic_id=helens, words="Well led.")
    for service, values in ((writes.close_round, {"round_id": round_id, "revision": 1}), (writes.take_out, {"diagnostic_ids": []})):
        with pytest.raises(NotAllowed):
            school.do(service, **values)
    with pytest.raises(NotAllowed):
        school.read(loop.proposed_drop_ins, round_id=round_id)
