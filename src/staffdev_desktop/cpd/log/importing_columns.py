"""The columns of a spreadsheet of CPD, as schools call them."""

from staffdev_desktop.exchange.columns import Wanted, looks_like_date, looks_like_email, looks_like_surname_first, words_of


def _headings(words: str) -> tuple[str, ...]:
    return tuple(words.split("|"))


# The best heading first: where two columns could serve, the earlier word wins.
PERSON = (
    Wanted(
        "staff_number",
        "Staff number",
        _headings(
            "staff number|staff no|employee number|employee no|staff id|employee id|payroll number|payroll no|personnel number|"
            "works number|staff reference|staff ref|person id|staff code|reference|id"
        ),
    ),
    Wanted("email", "Work email", _headings("work email|email|email address|e mail|school email|staff email|mail"), looks_like_email),
    Wanted(
        "whole_name",
        "Whole name",
        _headings(
            "name|full name|staff name|employee name|staff member|member of staff|who|surname forename|name of staff|teacher|"
            "employee|staff|colleague|person|attendee|attended by|delegate|participant"
        ),
        looks_like_surname_first,
    ),
    Wanted("surname", "Surname", _headings("surname|last name|family name")),
    Wanted("forename", "Forename", _headings("forename|first name|given name|known as|preferred name")),
)
ENTRY = (
    Wanted(
        "done_on",
        "Date",
        _headings(
            "date|date attended|date of training|training date|course date|date of cpd|cpd date|date completed|completed on|"
            "date done|start date|date from|session date|event date|when|day"
        ),
        looks_like_date,
    ),
    Wanted("term", "Term, where there is no date", _headings("term|half term")),
    Wanted(
        "hours",
        "Hours",
        _headings(
            "hours|no of hours|number of hours|hrs|total hours|cpd hours|length|duration|time|time taken|time spent|"
            "duration hours|hours of cpd|length of time|hours completed"
        ),
    ),
    Wanted("minutes", "Minutes", _headings("minutes|mins|duration minutes|duration mins|time in minutes|number of minutes")),
    Wanted(
        "activity",
        "What it was",
        _headings(
            "what it was|activity|title|course|course title|training|cpd activity|name of course|course name|training title|"
            "event|session|session title|cpd title|topic|description|cpd|focus|details|what|subject"
        ),
    ),
    Wanted(
        "kind", "Kind", _headings("kind|type|type of cpd|cpd type|activity type|kind of activity|type of activity|category|format|mode")
    ),
    Wanted("strand", "Strand", _headings("strand|theme|area|domain|cpd strand")),
    Wanted("setting", "Setting", _headings("setting|level|internal external|internal or external|where|scope")),
    Wanted(
        "provider",
        "Provider",
        _headings(
            "provider|training provider|delivered by|run by|trainer|led by|presenter|facilitator|organisation|company|course provider|"
            "supplier"
        ),
    ),
    Wanted("led", "Attended or led", _headings("attended or led|led or attended|led|role|led it|delivered|attended led|part played")),
    Wanted("paid", "Whose time", _headings("whose time|paid|paid time|time of|own time|in own time|school time|directed time|twilight")),
)
MONEY = (
    Wanted("cost", "Cost", _headings("cost|price|fee|fees|amount|course cost|cost of course|total cost")),
    Wanted("who_pays", "Who pays", _headings("who pays|paid by|funded by|funding|budget|funding source|cost centre")),
    Wanted("fee_share", "Share of the fee", _headings("share of the fee|share|fee share|contribution|share of fees")),
    Wanted("priority", "School priority", _headings("school priority|priority|sdp link|sip link|school improvement priority|link to sdp")),
    Wanted("learnt", "What I learnt", _headings("what i learnt|learnt|learning|reflection|notes|key learning|what was learnt|comments")),
    Wanted("changed", "What I changed", _headings("what i changed|changed|actions|next steps|application|what will change|how used")),
    Wanted(
        "impact",
        "What changed for pupils",
        _headings("what changed for pupils|impact|impact on pupils|outcome|evaluation|impact statement|impact on practice|benefit"),
    ),
    Wanted("colleagues", "What colleagues gained", _headings("what colleagues gained|shared with|dissemination|colleagues|how shared")),
    Wanted("barriers", "What got in the way", _headings("what got in the way|barriers|difficulties|obstacles")),
    Wanted("look_again_on", "Look again on", _headings("look again on|look again|follow up|follow up date|review date")),
)
WANTED = (*PERSON, *ENTRY, *MONEY)
# Headings whose words look like ours and are not: what has another place in the program, or none.
IGNORED = _headings(
    "birth|dob|national insurance|line manager|manager|staff group|department|faculty|team|post|job title|year group|status|expires|expiry|"
    "expiry date|renewal|valid until|certificate|approved by|signed|checked by|quality assured|end date|date to|"
    "academic year|counts|evidence|files|question"
)
CPD_WORDS = words_of(WANTED)
PERSON_KEYS = tuple(wanted.key for wanted in PERSON)
LABELS = {wanted.key: wanted.label for wanted in WANTED}
