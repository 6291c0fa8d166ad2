"""What a person’s CPD is handed out as: a paper, a package, a draft, spreadsheets."""
