"""The tab of reviews: the cycle board, the calendar of meetings, the chase list, and what is done from them."""
