def face_of(draw, sides):
    return int(draw * sides) + 1


def dice_table(draws, sides):
    faces = [face_of(draw, sides) for draw in draws]
    rows = []
    for face in range(1, sides + 1):
        count = 0
        for thrown in faces:
            if thrown == face:
                count = count + 1
        row = {"face": face, "count": count, "share": 0.0}
        if len(draws) > 0:
            row["share"] = count / len(draws)
        rows.append(row)
    return rows
