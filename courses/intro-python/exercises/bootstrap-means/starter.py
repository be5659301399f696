def bootstrap_means(rows, column, draws):
    """Return the means of resamples of one column, chosen by the given draws.

    With n known values in the column, each n draws make one resample with replacement. Draws
    that do not fill a whole resample are not used.
    """
    pass
