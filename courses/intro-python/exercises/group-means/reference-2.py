def group_means(rows, group, value):
    sums = {}
    counts = {}
    for row in rows:
        key = row[group]
        if key not in sums:
            sums[key] = 0
            counts[key] = 0
        if row[value] is not None:
            sums[key] += row[value]
            counts[key] += 1
    means = {}
    for key in sums:
        if counts[key] == 0:
            means[key] = None
        else:
            means[key] = sums[key] / counts[key]
    return means
