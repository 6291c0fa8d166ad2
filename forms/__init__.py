"""The forms themselves, one TOML file each; `formkit` reads them. Nothing but data lives here."""
