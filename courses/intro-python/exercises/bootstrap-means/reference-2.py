def known_values(rows, column):
    values = []
    for row in rows:
        if row[column] is not None:
            values.append(row[column])
    return values


def bootstrap_means(rows, column, draws):
    values = known_values(rows, column)
    means = []
    total = 0
    drawn = 0
    for draw in draws:
        if not values:
            break
        total += values[int(draw * len(values))]
        drawn += 1
        if drawn == len(values):
            means.append(total / drawn)
            total = 0
            drawn = 0
    return means
