def dice_table(draws, sides):
    counts = [0] * sides
    for draw in draws:
        counts[int(draw * sides)] += 1
    table = []
    for position in range(sides):
        share = counts[position] / len(draws) if draws else 0.0
        table.append({"face": position + 1, "count": counts[position], "share": share})
    return table
