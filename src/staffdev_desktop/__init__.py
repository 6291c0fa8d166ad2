"""StaffDev Desktop: looks after the development of the people who work in a school, offline, on one PC."""

__version__ = "0.1.0"
