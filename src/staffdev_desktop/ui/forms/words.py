"""What the editor of forms calls things: kinds of question, what may be changed of each, what saving does to running reviews."""

from collections.abc import Mapping

from staffdev_desktop.formkit import Field, Section
from staffdev_desktop.kernel.names import count_of, listed

KIND_WORDS = {
    "short_text": "A few words",
    "long_text": "A longer answer",
    "choice": "One of several",
    "scale": "A scale",
    "tick": "A box to tick",
    "tick_list": "Several boxes to tick",
    "date": "A day",
    "targets": "Targets",
    "outcomes": "How last year’s targets went",
    "needs": "Training and development needs",
    "opportunities": "Opportunities",
    "comments": "Comments",
    "agreement": "Whether both agree",
    "signatures": "Signatures",
    "interim": "Interim meeting",
}
WITH_LINES = ("short_text", "long_text", "targets", "outcomes", "needs", "comments")
WITH_CHOICES = ("choice", "scale", "tick_list", "outcomes", "opportunities")
WITH_NOTE = ("interim", "signatures")
FIXED = ("comments", "agreement", "signatures", "interim", "targets", "outcomes")  # never left out because nobody wrote there
ROWS = ("targets", "outcomes", "needs")


def keys_of(field: Field) -> tuple[str, ...]:
    """What of a question may be changed, in the order of the fields on screen."""
    found = ["label", "hint"] if field.kind != "signatures" else []
    if field.kind in WITH_CHOICES:
        found.append("choices")
    if field.kind in WITH_LINES or (field.kind in ("tick_list", "opportunities") and not field.choices):
        found.append("lines")
    if field.kind in WITH_NOTE:
        found.append("note")
    if field.kind not in FIXED:
        found.append("optional")
    return tuple(found)


def name_of(field: Field, section: Section) -> str:
    """What a question is called in a list and in a sentence."""
    return field.label or (section.title if len(section.fields) == 1 else KIND_WORDS[field.kind])


def state_words(version: int, *, own: bool) -> str:
    """‘Version 2, our own’."""
    return f"Version {version}, {'our own' if own else 'as shipped'}"


def what_saving_does(running: Mapping[int, int] | None) -> str:
    """Who gets the next version. `running` are the running reviews by version of the form; None if nobody has counted them."""
    begin = "Reviews that are made from now on use it"
    if running is None:
        return f"{begin}; reviews that are running keep the version they began with."
    kept = [(version, count) for version, count in sorted(running.items()) if count]
    if not kept:
        return f"{begin}; none that is running has this form."
    if len(kept) == 1:
        version, count = kept[0]
        return f"{begin}; {count_of(count, 'running review')} {'keeps' if count == 1 else 'keep'} version {version}."
    return f"{begin}. Running reviews keep theirs: {listed([f'{count} version {version}' for version, count in kept])}."
