"""Icons, fonts, wording and help pages that ship with the program. Nothing but data lives here."""
