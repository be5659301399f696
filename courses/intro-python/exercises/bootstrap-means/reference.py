def bootstrap_means(rows, column, draws):
    sample = [row[column] for row in rows if row[column] is not None]
    size = len(sample)
    if size == 0:
        return []
    means = []
    for start in range(0, len(draws) - size + 1, size):
        chosen = [sample[int(draw * size)] for draw in draws[start : start + size]]
        means.append(sum(chosen) / size)
    return means
