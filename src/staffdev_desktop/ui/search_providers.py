"""What Ctrl+K looks through: one function for each kind of thing, all of them reads through the door."""

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui.search import Hit, Provider


def providers_for(school: School) -> list[Provider]:
    """The searches that this user may make."""

    def people(text: str) -> list[Hit]:
        return [Hit("person", found.id, found.name, found.detail) for found in school.read(staff.search_people, text=text)]

    return [people] if school.actor.may(Permission.SEE_STAFF) else []
