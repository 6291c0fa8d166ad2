"""Sessions and programmes: the year’s calendar of CPD, who is on which programme, topics asked for."""
