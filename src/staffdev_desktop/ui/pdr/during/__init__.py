"""Before, between and after review meetings: notes and evidence on targets, interim meetings, many bookings, calendar files."""
