"""Continuing professional development: the log and the hours owed, its quality, the diagnostic, programmes, training that expires.

Rooms, from the bottom: models; log; ledger; programmes; groups; diagnostic; training; offer; quality; portfolio. Each
has the rooms of an area.
"""
