"""Sessions of the year’s calendar of CPD, who was there, programmes with their modules, and who is on them."""
