def nested_total(box):
    if not isinstance(box, list):
        return box
    if box == []:
        return 0
    return nested_total(box[0]) + nested_total(box[1:])
