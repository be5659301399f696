def initials(name):
    letters = []
    previous = " "
    for character in name:
        if previous == " " and character != " ":
            letters.append(character.upper() + ".")
        previous = character
    return "".join(letters)
