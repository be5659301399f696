def read_rainfall(text):
    rows = []
    header_seen = False
    for line in text.split("\n"):
        line = line.strip()
        if line == "" or line[0] == "#":
            continue
        if not header_seen:
            header_seen = True
            continue
        fields = line.split(",")
        row = {"station": fields[0].strip(), "mm": None}
        amount = fields[1].strip()
        if amount != "":
            row["mm"] = float(amount)
        rows.append(row)
    return rows
