def nested_total(box):
    total = 0
    for item in box:
        if isinstance(item, list):
            total += nested_total(item)
        else:
            total += item
    return total
