"""The columns of a staff list, as SIMS, Arbor, Bromcom or somebody's own hand call them."""

from staffdev_desktop.exchange.columns import Wanted, looks_like_email, looks_like_surname_first, words_of


def _headings(words: str) -> tuple[str, ...]:
    return tuple(words.split("|"))


# The best heading first: where two columns could serve, the earlier word wins.
WANTED = (
    Wanted("title", "Title", _headings("title|salutation|honorific")),
    Wanted(
        "forename",
        "Forename",
        _headings("forename|first name|given name|christian name|legal forename|legal first name|forenames|first names|given names"),
    ),
    Wanted(
        "surname",
        "Surname",
        _headings("surname|last name|family name|preferred surname|preferred last name|legal surname|legal last name"),
    ),
    Wanted(
        "whole_name",
        "Whole name",
        _headings(
            "name|full name|surname forename|staff name|employee name|staff member|member of staff|"
            "preferred full name|legal full name|surname first name|last name first name|forename surname|"
            "first name surname|first name last name|employee|staff|colleague"
        ),
        looks_like_surname_first,
    ),
    Wanted(
        "known_as",
        "Known as",
        _headings("known as|preferred forename|preferred first name|preferred name|chosen name|goes by|nickname"),
    ),
    Wanted(
        "staff_number",
        "Staff number",
        _headings(
            "staff number|staff no|employee number|employee no|staff id|employee id|payroll number|payroll no|"
            "payroll id|personnel number|works number|staff reference|staff ref|mis id|arbor id|arbor staff id|"
            "bromcom id|person id|staff code|reference|id"
        ),
    ),
    Wanted(
        "email",
        "Work email",
        _headings("work email|email|email address|work email address|e mail|e mail address|main email|school email|primary email|mail"),
        looks_like_email,
    ),
    Wanted(
        "phone",
        "Phone",
        _headings(
            "work phone|phone|telephone|work telephone|phone number|telephone number|main telephone|mobile|"
            "mobile number|mobile phone|tel|tel no"
        ),
    ),
    Wanted(
        "post",
        "Post",
        _headings(
            "post|job title|role|post title|position|job|business role|main role|staff role|job role|"
            "contract post|current post|roles|business roles|post held|occupation"
        ),
    ),
    Wanted(
        "group",
        "Staff group",
        _headings("staff group|group|team|department|staff category|category|faculty|section|job family"),
    ),
    Wanted("site", "Site", _headings("site|school|campus|location|base|academy|work location|workplace")),
    Wanted(
        "start_date",
        "Start date",
        _headings(
            "start date|employment start date|date started|started|start|date of arrival|arrival date|"
            "school start date|date joined|joined|joining date|date of appointment|appointed|service start date|"
            "continuous service start date|contract start date|commencement date"
        ),
    ),
    Wanted(
        "leaving_date",
        "Leaving date",
        _headings(
            "leaving date|date left|date of leaving|employment end date|leave date|end date|left|leaver date|"
            "last day|date leaving|termination date"
        ),
    ),
    Wanted(
        "share",
        "Part-time",
        _headings(
            "fte|full time equivalent|part time|part time fraction|fraction|full time part time|ft pt|proportion|"
            "days per week|days a week|days worked|days|percentage|fte ratio|contract fte"
        ),
    ),
    Wanted(
        "weekly_hours",
        "Weekly hours",
        _headings(
            "weekly hours|hours per week|hours a week|contracted hours|contract hours|hours|hours worked per week|"
            "working hours|hrs|hours week|hrs per week|hrs week"
        ),
    ),
    Wanted(
        "full_time_hours",
        "Full-time hours",
        _headings(
            "full time hours|fte hours|full time weekly hours|full time hours per week|standard hours|"
            "full time equivalent hours|full time week|fte hours per week|standard weekly hours"
        ),
    ),
    Wanted(
        "manager",
        "Line manager",
        _headings(
            "line manager|manager|line manager name|line manager number|line managed by|managed by|reports to|"
            "line manager staff number|supervisor|reviewer|appraiser|team leader"
        ),
    ),
    Wanted("kind", "Kind of person", _headings("kind|kind of person|person type|staff type|type|employment type|worker type")),
)
# Headings whose words look like ours and are not: what the program has no business with, or no place for.
IGNORED = _headings(
    "birth|dob|national insurance|ni number|emergency|next of kin|home email|personal email|home phone|"
    "home telephone|dbs|address line|home address|postcode|gender|sex|ethnicity|pay|salary|scale|"
    "middle name|middle names|former surname|previous surname|former name|previous name|maiden name|trn|"
    "teacher number|dfe number|absence|contract end|year group|tutor group|user name|username|school name|"
    "school id|contract type|probation"
)
STAFF_LIST_WORDS = words_of(WANTED)
LABELS = {wanted.key: wanted.label for wanted in WANTED}
