def median(numbers):
    """Return the median of a list of numbers, or None when the list is empty.

    For example, [30, 5, 10] gives 10 and [8, 1, 3, 9] gives 5.5.
    """
    pass
