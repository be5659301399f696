def read_rainfall(text):
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    records = []
    for line in lines[1:]:
        station, mm = line.split(",")
        records.append({"station": station.strip(), "mm": number_or_none(mm)})
    return records


def number_or_none(field):
    if field.strip() == "":
        return None
    return float(field)
