def drop_missing(readings):
    return [reading for reading in readings if reading is not None]
