def initials(name):
    """Return the initials of a full name, each in upper case and followed by a full stop.

    For example, "Alex Student" gives "A.S.".
    """
    pass
