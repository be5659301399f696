def running_total(amounts):
    return [sum(amounts[: position + 1]) for position in range(len(amounts))]
