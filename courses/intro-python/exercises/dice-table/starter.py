def dice_table(draws, sides):
    """Return a table of how often each face of a die came up.

    `draws` are numbers from 0 up to, but not including, 1; each stands for one throw. The table
    is a list of dictionaries with the keys "face", "count" and "share", from face 1 to `sides`.
    """
    pass
