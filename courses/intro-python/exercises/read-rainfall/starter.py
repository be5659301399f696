def read_rainfall(text):
    """Return the records of a rainfall file as a list of dictionaries.

    `text` is the content of the file. Each dictionary has the keys "station" (text) and
    "mm" (a number, or None where nothing was measured).
    """
    pass
