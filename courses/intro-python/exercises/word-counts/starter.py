def word_counts(text):
    """Return a dictionary from each word of the text, in small letters, to how often it occurs.

    For example, "Yes, yes! No?" gives {"yes": 2, "no": 1}.
    """
    pass
