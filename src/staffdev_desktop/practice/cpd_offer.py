"""What the practice school’s directory holds: invented providers, a few of whose lines nobody has looked at for long."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from staffdev_desktop.accounts.permissions import Actor
from staffdev_desktop.cpd.log import queries as log
from staffdev_desktop.cpd.log.rules import SETTINGS, STRANDS
from staffdev_desktop.cpd.offer import services
from staffdev_desktop.cpd.offer.rows import DirectoryDetails, ProviderDetails
from staffdev_desktop.cpd.programmes.enrolments import queries as enrolments
from staffdev_desktop.kernel import clock
from staffdev_desktop.practice.days import school_day

PRACTICE, IDENTITY, ISSUES, LEADING = STRANDS
SCHOOL, NETWORKS, AUTHORITY, NATIONAL = SETTINGS
HUB, COUNCIL, BRIDGE, COLLEGE, TRUST, AID = "hub", "council", "bridge", "college", "trust", "aid"
PROVIDERS = {
    HUB: ProviderDetails("Brookside Teaching School Hub", "Course desk", "courses@brookside-hub.example", "01632 960041", "Book by phone."),
    COUNCIL: ProviderDetails(
        "Rivershire Council, school support", "Governor and staff training", "training@rivershire.example", "01632 960118"
    ),
    BRIDGE: ProviderDetails(
        "Stonebridge Reading", "Office", "hello@stonebridge-reading.example", "", "Comes to the school for ten or more."
    ),
    COLLEGE: ProviderDetails("Millford College", "Apprenticeship team", "apprentices@millford.example", "01632 960207"),
    TRUST: ProviderDetails("Our own trust", "Teaching and learning team", "", "", "No fee for our schools."),
    AID: ProviderDetails("Harbour First Aid", "Bookings", "bookings@harbour-aid.example", "01632 960333"),
}
# Title, provider, kind, strand, setting, for whom, minutes, pence, weeks until the next, dates, place, weeks since it was checked.
LINES = (
    ("Reading fluency in Key Stage 2", BRIDGE, "Course", PRACTICE, NATIONAL, "Teachers of Years 3 to 6", 360, 18500, 5, "", "Online", 6),
    ("Talk that teaches: questions and discussion", HUB, "Course", PRACTICE, NETWORKS, "Teachers", 180, 9500, 7, "", "Brookside", 6),
    ("Early reading for teaching assistants", HUB, "Course", PRACTICE, NETWORKS, "Teaching assistants", 150, 6000, 4, "", "Brookside", 3),
    ("Phonics network", HUB, "Network", PRACTICE, NETWORKS, "Phonics leads", 90, 0, 3, "Half-termly, Thursdays", "Elm Grove Primary", 3),
    ("Autism: what helps in class", COUNCIL, "Course", PRACTICE, AUTHORITY, "Everybody in class", 120, 4500, 9, "", "County Hall", 14),
    ("Attendance officers’ network", COUNCIL, "Network", ISSUES, AUTHORITY, "Office and pastoral staff", 120, 0, 6, "Termly", "Online", 14),
    ("Safeguarding for designated leads", COUNCIL, "Course", ISSUES, AUTHORITY, "Designated leads", 720, 16000, 11, "", "County Hall", 75),
    ("Coaching skills for leaders", TRUST, "Course", LEADING, SCHOOL, "Leaders at all levels", 240, 0, 8, "", "Riverbank", 4),
    ("New to leading a subject", TRUST, "Course", LEADING, SCHOOL, "New subject leads", 300, 0, None, "Each September", "Riverbank", 8),
    ("Visit a school in the trust", TRUST, "Visit to another school", IDENTITY, NETWORKS, "Everybody", 180, 0, None, "On request", "", 8),
    ("Level 5 specialist teaching assistant", COLLEGE, "Accredited study", IDENTITY, NATIONAL, "Teaching assistants", None, None, None,
     "Starts each January", "Millford", 60),
    ("Business administrator, level 3", COLLEGE, "Accredited study", IDENTITY, NATIONAL, "Office staff", None, None, None,
     "Starts each January", "Millford", 60),
    ("Paediatric first aid", AID, "Required training", ISSUES, NATIONAL, "First aiders", 720, 11000, 6, "", "Riverbank, for twelve", 10),
    ("Moving and handling", AID, "Required training", ISSUES, NATIONAL, "Site and kitchen staff", 180, 5500, None, "On request", "", None),
    ("Master’s in education: open evening", None, "Accredited study", IDENTITY, NATIONAL, "Teachers", 90, 0, 2, "", "Online", 2),
)  # fmt: skip
TIED = {
    "Level 5 specialist teaching assistant": "specialist-ta-level-5",
    "Business administrator, level 3": "business-administrator",
    "Master’s in education: open evening": "masters",
}


def fill_offer(session: Session, actor: Actor) -> None:
    """Fill the directory through its services."""
    programmes = {row.framework: row.id for row in enrolments.programmes(session, actor)}
    kinds = {kind.name: kind.id for kind in log.kinds(session, actor)}
    ids = {key: services.add_provider(session, actor, details=details) for key, details in PROVIDERS.items()}
    today = clock.today()
    for title, provider, kind, strand, setting, audience, minutes, pence, ahead, dates, place, since in LINES:
        details = DirectoryDetails(
            title=title,
            provider_id=ids.get(provider or ""),
            kind_id=kinds[kind],
            strand=strand,
            setting=setting,
            audience=audience,
            about=ABOUT.get(title, ""),
            minutes=minutes,
            pence=pence,
            next_on=_day(today, ahead) if ahead else None,
            dates=dates,
            place=place,
            checked_on=today - timedelta(weeks=since) if since is not None else None,
            programme_id=programmes.get(TIED.get(title, "")),
        )
        services.add_to_directory(session, actor, details=details)


def _day(today: date, weeks: int) -> date:
    return school_day(today + timedelta(weeks=weeks))


ABOUT = {
    "Reading fluency in Key Stage 2": "Choose texts, model reading aloud, and run a fluency session of fifteen minutes each day.",
    "Talk that teaches: questions and discussion": "Plan questions that everybody answers, and talk that leads to writing.",
    "Early reading for teaching assistants": "Hear a child read, and know what to say when they are stuck.",
    "Coaching skills for leaders": "Three afternoons with practice between them: listen, ask, agree one next step.",
    "Visit a school in the trust": "Half a day with a colleague who does the same work. Say what you want to see.",
    "Paediatric first aid": "Two days, for those who look after under-fives. The certificate counts three years.",
}
