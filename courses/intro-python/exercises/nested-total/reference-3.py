def nested_total(box):
    total = 0
    to_open = [box]
    while to_open:
        for item in to_open.pop():
            if type(item) == list:
                to_open.append(item)
            else:
                total = total + item
    return total
