MARKS = ".,;:!?"


def without_marks(piece):
    while piece and piece[0] in MARKS:
        piece = piece[1:]
    while piece and piece[-1] in MARKS:
        piece = piece[:-1]
    return piece


def word_counts(text):
    seen = {}
    for piece in text.split():
        word = without_marks(piece).lower()
        if not word:
            continue
        if word in seen:
            seen[word] += 1
        else:
            seen[word] = 1
    return seen
