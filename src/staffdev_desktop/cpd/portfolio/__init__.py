"""A person's portfolio: everything that they did to learn, as a paper, as a package to take along, as a story in time order."""
