"""Files kept as rows of the encrypted database: a logo, a scan of a signed paper, a certificate."""
