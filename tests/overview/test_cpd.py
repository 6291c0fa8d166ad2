"""What CPD asks for on the Overview: the same numbers as on its own screens."""

from dataclasses import replace
from datetime import date

from staffdev_desktop.cpd.ledger import queries as ledger
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.training import queries as training
from staffdev_desktop.cpd.training.rows import State
from staffdev_desktop.overview import cpd_rules, queries, rules
from staffdev_desktop.overview.rows import Certificate, Development, GroupHours
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries as staff

NOTHING = Development("Autumn term", date(2026, 12, 18), (), (), (), (), 0, 0, 0, 0, 0, 0)


def test_the_overview_counts_what_the_screens_of_cpd_show(practice_school: School) -> None:
    found = practice_school.read(queries.development)
    behind = {each.person.name for each in practice_school.read(ledger.ledger, year=2026) if each.behind and each.person.here}
    assert set(found.behind) == behind
    assert "Hannah Cole" in found.behind
    people = practice_school.read(log.people)
    states = [each.cell.state for who in people for each in practice_school.read(training.person_training, person_id=who.id)]
    assert (len(found.expired), found.not_yet) == (states.count(State.EXPIRED), states.count(State.NOT_YET))
    assert found.expired[0].until <= found.expired[-1].until < date(2026, 10, 20)
    assert (found.term, found.term_ends) == ("Autumn term", date(2026, 12, 18))


def test_hours_of_the_term_add_up_by_group(practice_school: School) -> None:
    found = practice_school.read(queries.development)
    ledgers = practice_school.read(ledger.ledger, year=2026)
    teachers = [each.terms[0] for each in ledgers if each.person.group == "Teachers" and each.terms[0].due]
    assert (
        GroupHours(
            "Teachers",
            sum(part.counted for part in teachers),
            sum(part.due for part in teachers),
            sum(part.due_by_now for part in teachers),
        )
        in found.groups
    )


def test_what_is_late_comes_first_and_names_can_be_hidden() -> None:
    found = replace(
        NOTHING,
        behind=("Ann Bell", "Ben Cole", "Cy Dean"),
        expired=(Certificate("Dot Ellis", "First aid", date(2026, 10, 1)),),
        requests=2,
    )
    things = rules.most_urgent_first(tuple(reversed(cpd_rules.things_to_do(found))))
    assert [thing.key for thing in things] == ["training-expired", "requests", "behind"]
    assert things[0].detail == "Dot Ellis, first aid"
    assert things[2].detail == "Ann Bell, Ben Cole and 1 more · the term ends on Friday 18 December"
    assert not any("Ann" in thing.detail or "Dot" in thing.detail for thing in cpd_rules.things_to_do(found, names=False))
    assert cpd_rules.things_to_do(NOTHING) == ()


def test_leaving_names_what_is_under_way_in_cpd(practice_school: School) -> None:
    people = {row.name: row.id for row in practice_school.read(staff.people_list)}
    ties = practice_school.read(queries.cpd_ties, person_id=people["Grace Adeyemi"])
    assert {(tie.kind, tie.label) for tie in ties} >= {
        ("On the programme", "Middle-leader programme"),
        ("In the group", "Reading fluency group"),
        ("Asked for", "English subject leaders’ network"),
    }
    assert any(tie.kind == "Leads" for tie in ties)
    assert practice_school.read(queries.cpd_ties, person_id=people["Zara Booth"]) == ()
