"""The tables of CPD, a file a room. They stand below every room, since rooms point at each other's rows."""

from staffdev_desktop.cpd.models import diagnostic, ledger, log, offer, programmes, quality, training

__all__ = ["diagnostic", "ledger", "log", "offer", "programmes", "quality", "training"]
