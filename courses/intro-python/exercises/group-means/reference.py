def group_means(rows, group, value):
    values = {}
    for row in rows:
        known = values.setdefault(row[group], [])
        if row[value] is not None:
            known.append(row[value])
    return {name: mean(known) for name, known in values.items()}


def mean(numbers):
    if not numbers:
        return None
    return sum(numbers) / len(numbers)
