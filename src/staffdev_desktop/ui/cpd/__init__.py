"""The tab ‘CPD portfolio’, a folder for each of its views."""
