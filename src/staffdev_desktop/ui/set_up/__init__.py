"""The first run: three steps to a school file."""
