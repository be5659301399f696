def word_counts(text):
    counts = {}
    for piece in text.lower().split():
        word = piece.strip(".,;:!?")
        if word != "":
            counts[word] = counts.get(word, 0) + 1
    return counts
