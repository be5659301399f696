def running_total(amounts):
    """Return a new list with the sum of the amounts up to and including each position.

    For example, [3, 1, 4] gives [3, 4, 8]. The list `amounts` is left as it was.
    """
    pass
