def drop_missing(readings):
    """Return a new list of the readings that are not None, in the same order.

    For example, [12, None, 15] gives [12, 15]. The list `readings` is left as it was.
    """
    pass
