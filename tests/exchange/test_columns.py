"""Which column is what, by its heading and by the look of its values."""

from staffdev_desktop.exchange import columns
from staffdev_desktop.exchange.columns import Wanted, guess_columns, looks_like_date, looks_like_email, words_of
from staffdev_desktop.exchange.previews import Preview, PreviewRow, Verdict
from staffdev_desktop.exchange.sheets import Line

WANTED = (
    Wanted("email", "Email", ("work email", "email"), looks_like_email),
    Wanted("manager", "Line manager", ("line manager",)),
    Wanted("name", "Name", ("name", "full name")),
    Wanted("day", "Day", ("date",), looks_like_date),
)


def test_the_earlier_word_wins_and_each_column_serves_one_key():
    assert guess_columns(["Email", "Work E_mail", "WORK EMAIL:", "Full name"], (), WANTED) == {"email": 2, "name": 3}


def test_a_heading_goes_to_what_explains_most_of_it():
    assert guess_columns(["Line manager email", "Name of staff"], (), WANTED) == {"manager": 0, "name": 1}


def test_ignored_headings_are_left_alone_even_when_they_look_right():
    rows = [Line(2, ("01/02/1980", "01/09/2019"))]
    assert guess_columns(["Date of birth", ""], rows, WANTED, ignored=("birth",)) == {"day": 1}


def test_values_give_a_column_away_only_when_most_of_them_do():
    mixed = [Line(2, ("a@b.example", "x@y.example")), Line(3, ("phone me", "z@y.example")), Line(4, (None, None))]
    assert guess_columns(["Contact", "Other"], mixed, WANTED) == {"email": 1}


def test_all_headings_known():
    assert words_of(WANTED) == ("work email", "email", "line manager", "name", "full name", "date")


def test_counts_name_every_verdict():
    preview = Preview(
        (PreviewRow(2, "Kate", Verdict.NEW), PreviewRow(3, "Ben", Verdict.NEW), PreviewRow(4, "Al", Verdict.TROUBLE, ("Why.",)))
    )
    assert preview.counts == {"new": 2, "changed": 0, "same": 0, "trouble": 1, "question": 0}


def test_a_sheet_that_is_far_too_wide_is_not_looked_at_where_it_is_empty(monkeypatch):
    looked = []
    by_heading = columns._by_heading
    monkeypatch.setattr(columns, "_by_heading", lambda plain, words: looked.append(plain) or by_heading(plain, words))
    wide = 16_384
    rows = (Line(2, ("Doyle", *[None] * (wide - 2), "x")),)
    found = guess_columns(("Surname", *[""] * (wide - 1)), rows, (Wanted("surname", "Surname", ("Surname",)),))
    assert found == {"surname": 0}
    assert looked == ["surname"]
