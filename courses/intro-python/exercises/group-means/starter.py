def group_means(rows, group, value):
    """Return a dictionary from each group to the mean of its values.

    `rows` is a list of dictionaries; `group` and `value` are names of columns. Values that are
    None are left out; a group without any value has the mean None.
    """
    pass
