def drop_missing(readings):
    kept = []
    for reading in readings:
        if reading is not None:
            kept.append(reading)
    return kept
