def median(numbers):
    ordered = sorted(numbers)
    while len(ordered) > 2:
        ordered = ordered[1:-1]
    if len(ordered) == 0:
        return None
    return sum(ordered) / len(ordered)
