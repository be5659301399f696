namespace Tutor.Tests.Shared;

/// <summary>Plausible student work and hints to fill a ledger with, each text with its number so that no two rows are alike.</summary>
internal static class SampleWork
{
    public static readonly (string Exercise, string[] Tests)[] Exercises =
    [
        ("average", ["empty-list", "one-number", "negative-numbers", "floats"]),
        ("count-vowels", ["upper-case", "no-vowels", "empty-text"]),
        ("flatten", ["nested-twice", "empty-inside", "strings-stay-whole"]),
        ("longest-word", ["tie-goes-to-the-first", "punctuation", "one-word"]),
        ("running-total", ["one-number", "starts-at-zero"]),
    ];

    public static readonly string[] Questions =
    [
        "Why does my loop stop one item early?", "I do not understand the error about division by zero.",
        "Is my base case wrong?", "It works for the first example but not the second, what am I missing?",
        "How do I keep the first word when two have the same length?", "", "", "",
        "Can you just give me the solution?", "Why is the result a list inside a list?",
    ];

    public static readonly string[] Programs =
    [
        """
        def average(numbers):
            total = 0
            for i in range(1, len(numbers)):
                total = total + numbers[i]
            return total / len(numbers)
        """,
        """
        def count_vowels(text):
            count = 0
            for letter in text:
                if letter in "aeiou":
                    count += 1
            return count
        """,
        """
        def flatten(items):
            result = []
            for item in items:
                if type(item) == list:
                    result.append(flatten(item))
                else:
                    result.append(item)
            return result
        """,
        """
        def longest_word(sentence):
            words = sentence.split(" ")
            best = ""
            for word in words:
                if len(word) >= len(best):
                    best = word
            return best
        """,
        """
        def running_total(numbers):
            totals = []
            total = numbers[0]
            for number in numbers:
                total = total + number
                totals.append(total)
            return totals
        """,
    ];

    public static readonly string[] Hints =
    [
        "Your program gets most calls right. Look at what happens when the list has **no items**: which line still runs, and with which numbers?",
        "Think about the *first* item. On paper, write down the value of each variable before the loop starts and after its first round.",
        "A function that calls itself gives back a value of the same kind as the whole function does. What do you do with that value here?",
        "Compare two words of the same length in your head. Which of them does your condition keep, and which does the task ask for?",
        "The letters of a text come in two sizes. Does your condition know about both?",
    ];
}
