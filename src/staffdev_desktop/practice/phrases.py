"""What people at the practice school write in their reviews: invented, by staff group."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from staffdev_desktop.practice.cast import ASSISTANTS, LEADERSHIP, MIDDAY, OFFICE, PASTORAL, SITE, TEACHERS


@dataclass(frozen=True)
class Aim:
    """A target: what, how it is seen, what helps."""

    target: str
    success_criteria: str
    support: str


AIMS = {
    ASSISTANTS: (
        Aim("Run the phonics group three mornings a week", "Most of the group pass the June check", "Planning time on Mondays"),
        Aim("Coach newer assistants with weekly feedback", "A short log is kept and both say it helps", "Fridays are not used for cover"),
        Aim(
            "Lead one maths intervention from start to finish", "Pupils keep up with the class by Easter", "The maths lead plans it with me"
        ),
        Aim("Use signing with the whole class every day", "Two visits see it in lessons", "Training day in November"),
        Aim("Keep reading records that the teacher can use", "Records are up to date each Friday", "Ten minutes after lunch"),
        Aim("Complete the Level 3 award in supporting SEND", "The certificate is seen", "Half a day a month to study"),
    ),
    TEACHERS: (
        Aim("Teach vocabulary before each new unit", "Pupils use the words in their books by spring", "Time with the English lead"),
        Aim("Make questioning reach every pupil", "Two visits see all of them answering", "Watching a colleague in Year 6"),
        Aim("Lead one staff meeting on the subject", "Three classes try what was shown", "Half a day to prepare"),
        Aim("Bring the lowest readers on", "Reading ages rise by more than a year", "The reading assistant, twice a week"),
        Aim("Work with parents on attendance", "Two families are in school more often", "Help from the pastoral team"),
        Aim("Use the new maths scheme throughout", "The books show it in every unit", "A visit to Elm Grove"),
    ),
    LEADERSHIP: (
        Aim("See that every teacher has useful feedback", "Each can say what changed since the autumn", "Two mornings a week for visits"),
        Aim("Plan who takes over each subject", "Every subject has a second person by July", "A day with the head"),
        Aim("Bring the SEND register up to date", "Each plan has been reviewed with parents", "Office time on Thursdays"),
        Aim("Coach two middle leaders", "Both have led a change by themselves", "Coaching course"),
    ),
    OFFICE: (
        Aim("Answer parents’ messages on the same day", "No message waits overnight in the June count", "A shared inbox"),
        Aim("Close each month’s accounts by the fifth working day", "Ten months out of twelve are on time", "Cover for the telephone"),
        Aim("Write down how each office job is done", "Somebody else can do it from the notes", "Two quiet mornings a term"),
        Aim("Move the visitor book to the new system", "No paper book after Christmas", "Training by the supplier"),
    ),
    PASTORAL: (
        Aim("Bring late arrivals down in Years 3 and 4", "Half as many late marks as last spring", "A weekly list from the office"),
        Aim("Run a worry group for six pupils each half-term", "Pupils and class teachers are asked at the end", "The small room"),
        Aim("Meet every new family in the first half-term", "Each has been seen by the end of October", "Two afternoons a week"),
        Aim("Keep notes that the safeguarding lead can use", "The termly check finds nothing missing", "A quiet hour on Fridays"),
        Aim("Train as a mental health first aider", "The certificate is seen", "Course fee and two days"),
    ),
    SITE: (
        Aim("Walk the building with a checklist each Monday", "Faults are logged the same day", "A tablet and the checklist"),
        Aim("Have the boiler room and store in safe order", "The spring inspection finds nothing to do", "Two days in the holidays"),
        Aim("Bring the grounds back after the winter", "The garden is used by two classes in May", "A day of help from parents"),
        Aim("Plan the holiday works with two quotes each", "The list is ready by half-term", "An hour with the business manager"),
        Aim("Learn to test small electrical appliances", "The certificate is seen", "Course fee"),
    ),
    MIDDAY: (
        Aim("Start one game a day that every child can join", "Fewer accidents on the yard than last year", "A box of equipment"),
        Aim("Know each child with an allergy by name and photograph", "No mistakes at the hatch", "An up-to-date sheet each half-term"),
        Aim("Help the youngest children to use a knife and fork", "Fewer hands in the Christmas count", "A smaller table"),
        Aim("Teach two new playground games each half-term", "The leaders in Year 6 run one themselves", "A book of games"),
        Aim("Take the food hygiene course again", "The certificate is seen", "Paid time"),
    ),
}
NEEDS = (
    ("Managing a class when no teacher is present", "Local network course, 3 hours"),
    ("Understanding the apprenticeship route into teaching", "Meet the training provider"),
    ("Spreadsheets beyond the basics", "Online course, 4 hours"),
    ("Supporting children who stammer", "Visit by the speech therapist"),
    ("Paediatric first aid", "Two-day course"),
    ("Seeing how another school does it", "A day’s visit to Elm Grove"),
)
WELL = (
    "The group results. Parents asked for me by name, and I enjoyed the Friday afternoons.",
    "The new routine works and the team got through a hard winter together.",
    "I finished my course and used it straight away.",
    "Fewer children were upset at lunchtime, and I know them all now.",
)
DIFFICULT = (
    "Being moved to cover at short notice, so what I had planned slipped.",
    "Not enough time between jobs, and the store cupboard is too small.",
    "I was away for three weeks in spring and it took a while to catch up.",
    "The new system was slow until January.",
)
HELP = (
    "Time with a teacher to plan, and no cover on Fridays.",
    "A clear list of who does what on busy days.",
    "Hearing earlier when something changes.",
    "A second screen and an hour of training.",
)
THREE_YEARS = (
    "Training as a teacher, here if I can.",
    "In the same post, and good at it.",
    "Leading a small team.",
    "I would like a qualification in what I already do.",
    "Fewer hours, and passing on what I know.",
)
DISCUSSED = (
    "We looked back at the year and at what the sheet says. The main job goes well and colleagues say so. "
    "What slipped, slipped because of cover; we agreed how that time is protected from now on.",
    "We talked about a year with many changes. The work was done with care. "
    "We agreed that asking for help early is a strength, and that Monday mornings are for planning.",
    "The results of the year are good and the reasons are clear. We talked about doing fewer things at once, "
    "about training, and about what the next step could be.",
)
EVIDENCE = (
    "Two visits, the books of the class, and what pupils say.",
    "Lesson visits in October and March, and the end-of-year results.",
)
WELLBEING = (
    "The load was fair but for report time. Planning together helps.",
    "Two late evenings a week are too many; clubs are shared now.",
)
WORDS = {"discussion": DISCUSSED, "evidence": EVIDENCE, "people": EVIDENCE, "wellbeing": WELLBEING, "three_years": THREE_YEARS}
SHEET = {"went_well": WELL, "difficult": DIFFICULT, "help": HELP, "three_years": THREE_YEARS, "wellbeing": WELLBEING}
COMMENTS = (
    "I am pleased with how the year is described.",
    "I would like it written down that the targets slipped because of cover and not because I chose to stop.",
    "Thank you for the time. I look forward to the course.",
)
NOTES = {
    "met": ("Seen in two visits.", "Certificate seen.", "The June figures show it."),
    "partly met": ("Until February, then stopped by cover.", "Half of it is done; the rest goes on."),
    "not met": ("The course was full. It is booked again.",),
    "carried forward": ("Begun late in the year.",),
}
REASONS = {"carried forward": "The equipment came in June. It stays a target.", "dropped": "The job went to another post."}


def aims(group: str, before: Sequence[str], chance: random.Random) -> list[Aim]:
    """Three targets that suit a staff group; those of last year only where there are no others."""
    known = list(AIMS.get(group, AIMS[OFFICE]))
    chance.shuffle(known)
    return sorted(known, key=lambda aim: aim.target in before)[:3]
