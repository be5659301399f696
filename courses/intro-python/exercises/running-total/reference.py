def running_total(amounts):
    totals = []
    total = 0
    for amount in amounts:
        total += amount
        totals.append(total)
    return totals
