"""What Ctrl+K looks through: one function for each kind of thing, all of them reads through the door."""

from staffdev_desktop.accounts.permissions import Permission
from staffdev_desktop.pdr.queries import boards
from staffdev_desktop.school import School
from staffdev_desktop.staff import queries as staff
from staffdev_desktop.ui.search import Hit, Provider


def providers_for(school: School) -> list[Provider]:
    """The searches that this user may make."""

    def people(text: str) -> list[Hit]:
        return [Hit("person", found.id, found.name, found.detail) for found in school.read(staff.search_people, text=text)]

    def reviews(text: str) -> list[Hit]:
        return [Hit("review", found.review_id, found.title, found.detail) for found in school.read(boards.search_reviews, text=text)]

    searches = ((Permission.SEE_STAFF, people), (Permission.SEE_REVIEWS, reviews))
    return [search for needed, search in searches if school.actor.may(needed)]
