def nested_total(box):
    """Return the sum of all numbers in a list that may contain lists, to any depth.

    For example, [1, [2, 3]] gives 6 and an empty list gives 0.
    """
    pass
