def initials(name):
    result = ""
    for part in name.split():
        result += part[0].upper() + "."
    return result
