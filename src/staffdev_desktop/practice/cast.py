"""Who works at the practice school. Everybody is invented."""

import random
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Role:
    """Somebody of the cast: name, post, staff group, line manager (by name), weekly hours, kind of person."""

    name: str
    post: str
    group: str
    manager: str
    hours: float
    kind: str = "employee"


HEAD, MANAGER = "Helen Marsden", "Janet Whitlock"
LEADERSHIP, TEACHERS, ASSISTANTS = "Leadership", "Teachers", "Teaching assistants"
OFFICE, PASTORAL, SITE, MIDDAY = "Office and finance", "Pastoral", "Site", "Midday and kitchen"

CAST = (
    Role(HEAD, "Headteacher", LEADERSHIP, "", 37),
    Role("David Okafor", "Deputy headteacher", LEADERSHIP, HEAD, 37),
    Role("Ruth Pemberton", "Assistant headteacher, SENDCo", LEADERSHIP, HEAD, 37),
    Role(MANAGER, "School business manager", OFFICE, HEAD, 37),
    Role("Tom Ashworth", "Year 6 teacher, phase leader", TEACHERS, "David Okafor", 32.5),
    Role("Grace Adeyemi", "Year 1 teacher, English lead", TEACHERS, "David Okafor", 32.5),
    Role("Priya Sharma", "Year 5 teacher, maths lead", TEACHERS, "Tom Ashworth", 32.5),
    Role("Aisha Rahman", "Year 2 teacher, phonics lead", TEACHERS, "David Okafor", 32.5),
    Role("Marcus Bailey", "Year 4 teacher, PE lead", TEACHERS, "Tom Ashworth", 32.5),
    Role("Sophie Turnbull", "Reception teacher, EYFS lead", TEACHERS, HEAD, 32.5),
    Role("Laura Fenwick", "Nursery teacher", TEACHERS, "Sophie Turnbull", 19.5),
    Role("Hannah Cole", "Year 2 teacher", TEACHERS, "David Okafor", 32.5),
    Role("Bethan Price", "Year 1 teacher, ECT year 1", TEACHERS, "Grace Adeyemi", 32.5),
    Role("Karen Doyle", "Higher level teaching assistant", ASSISTANTS, "Ruth Pemberton", 32.5),
    Role("Samira Begum", "Higher level teaching assistant", ASSISTANTS, "Ruth Pemberton", 32.5),
    Role("Lynn Hargreaves", "Teaching assistant, level 3", ASSISTANTS, "Ruth Pemberton", 27.5),
    Role("Jake Thornton", "Teaching assistant, level 2", ASSISTANTS, "Karen Doyle", 27.5),
    Role("Rosie Clegg", "Teaching assistant, level 2", ASSISTANTS, "Karen Doyle", 20),
    Role("Ewa Nowak", "Teaching assistant, level 2", ASSISTANTS, "Karen Doyle", 27.5),
    Role("Siân Llewellyn-Jones", "Speech and language teaching assistant", ASSISTANTS, "Ruth Pemberton", 16.25),
    Role("Denise Holt", "Office manager", OFFICE, MANAGER, 37),
    Role("Amy Pritchard", "Finance assistant", OFFICE, MANAGER, 22.5),
    Role("Yusuf Yıldız", "Administrative assistant", OFFICE, "Denise Holt", 30),
    Role("Michelle Dunn", "Pastoral manager", PASTORAL, "Ruth Pemberton", 35),
    Role("Patricia O’Neill", "Attendance and family support", PASTORAL, "Michelle Dunn", 25),
    Role("Steve Garside", "Site manager", SITE, MANAGER, 37),
    Role("Paul Mellor", "Caretaker", SITE, "Steve Garside", 30),
    Role("Łucja Wójcik", "Cleaner", SITE, "Steve Garside", 12.5),
    Role("Sandra Kirk", "Midday supervisor", MIDDAY, "Denise Holt", 6.25),
    Role("Maria Costa", "Cook", MIDDAY, MANAGER, 30),
)
TOLD = ("Aisha Rahman", "Hannah Cole")  # their logs are told line by line (cpd_phrases): no other room adds to them
OTHERS = (
    Role("Colin Brearley", "Chair of governors", LEADERSHIP, "", 0, "governor"),
    Role("Nadia Hussain", "Parent governor", LEADERSHIP, "", 0, "governor"),
    Role("Joan Whitaker", "Reading volunteer", ASSISTANTS, "", 3, "volunteer"),
)
_FORENAMES = [
    "Abigail",
    "Adam",
    "Alison",
    "Amara",
    "Andrew",
    "Angela",
    "Anita",
    "Ben",
    "Callum",
    "Carol",
    "Charlotte",
    "Chloe",
    "Claire",
    "Connor",
    "Daniel",
    "Dawn",
    "Debra",
    "Elaine",
    "Eleni",
    "Emma",
    "Farah",
    "Fiona",
    "Gareth",
    "Gemma",
    "George",
    "Gillian",
    "Gwen",
    "Harriet",
    "Imran",
    "Ingrid",
    "Iris",
    "Jacob",
    "Jasmine",
    "Joanne",
    "Joseph",
    "Josie",
    "Kamal",
    "Kathryn",
    "Keeley",
    "Leanne",
    "Liam",
    "Lois",
    "Lorraine",
    "Mandeep",
    "Martin",
    "Megan",
    "Mohammed",
    "Naomi",
    "Neil",
    "Nicola",
    "Olu",
    "Owen",
    "Paula",
    "Rachel",
    "Rhys",
    "Robert",
    "Rukhsana",
    "Sally",
    "Sean",
    "Sharon",
    "Stella",
    "Tariq",
    "Tess",
    "Vikram",
    "Wendy",
    "Zara",
]
_SURNAMES = [
    "Ainsworth",
    "Akhtar",
    "Appleby",
    "Barraclough",
    "Bates",
    "Birtwistle",
    "Booth",
    "Bradbury",
    "Chadwick",
    "Choudhury",
    "Crossley",
    "Dawson",
    "Dhillon",
    "Ellis",
    "Entwistle",
    "Farrow",
    "Fletcher",
    "Gill",
    "Greenhalgh",
    "Haigh",
    "Hallam",
    "Hirst",
    "Holroyd",
    "Iqbal",
    "Jagger",
    "Kaur",
    "Kenyon",
    "Langley",
    "Lister",
    "Mbeki",
    "Metcalfe",
    "Moss",
    "Naylor",
    "Nuttall",
    "Oldfield",
    "Osei",
    "Parkin",
    "Patel",
    "Quarmby",
    "Ramsden",
    "Rawson",
    "Rigby",
    "Schofield",
    "Sutcliffe",
    "Tattersall",
    "Thackray",
    "Uddin",
    "Varley",
    "Walsh",
    "Wolstenholme",
    "Yates",
]
_POSTS = (
    ("Year 3 teacher", TEACHERS, "Tom Ashworth", 32.5),
    ("Teaching assistant, level 2", ASSISTANTS, "Karen Doyle", 27.5),
    ("Teaching assistant, level 3", ASSISTANTS, "Samira Begum", 27.5),
    ("Midday supervisor", MIDDAY, "Denise Holt", 6.25),
    ("Year 4 teacher", TEACHERS, "Tom Ashworth", 32.5),
    ("Teaching assistant, level 2", ASSISTANTS, "Lynn Hargreaves", 20),
    ("Cleaner", SITE, "Steve Garside", 12.5),
    ("Reception teacher", TEACHERS, "Sophie Turnbull", 32.5),
    ("Learning mentor", PASTORAL, "Michelle Dunn", 30),
    ("Kitchen assistant", MIDDAY, "Maria Costa", 15),
    ("Receptionist", OFFICE, "Denise Holt", 25),
    ("Teaching assistant, level 1", ASSISTANTS, "Samira Begum", 15),
)


def company(size: int, chance: random.Random) -> Iterator[Role]:
    """`size` people: the cast first, then as many more as it takes, in the proportions of a primary school."""
    fixed = (*CAST, *OTHERS)
    yield from fixed[:size]
    taken = {role.name for role in fixed}
    for number in range(size - len(fixed)):
        post, group, manager, hours = _POSTS[number % len(_POSTS)]
        name = _new_name(taken, chance)
        taken.add(name)
        yield Role(name, post, group, manager, hours)


def _new_name(taken: set[str], chance: random.Random) -> str:
    while True:
        name = f"{chance.choice(_FORENAMES)} {chance.choice(_SURNAMES)}"
        if name not in taken:
            return name
        if len(taken) > len(_FORENAMES) * len(_SURNAMES) // 2:
            return f"{name}-{chance.choice(_SURNAMES)}"
