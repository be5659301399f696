using Tutor.Core.Courses;

namespace Tutor.UnitTests.Evidence.Trust;

/// <summary>An exercise whose hidden inputs and answers are found again wherever they turn up.</summary>
internal static class RunningTotal
{
    /// <summary>No part of these may reach anybody but staff.</summary>
    public static readonly string[] Secrets =
    [
        "6104", "2773", "8877", "8908", "7193", "7211", "7266", "4417", "4418", "9536", "0.6875", "0.4375", "(lambda given", "running_total([6",
        // What the programs disguise them as: sums, and texts of their own.
        "17f8", "LEAK", "kestrel",
    ];

    public const string Sound = "def running_total(numbers):\n    totals, total = [], 0\n    for n in numbers:\n        total += n\n        totals.append(total)\n    return totals\n";

    public static Exercise Exercise { get; } = new()
    {
        Id = "running-total", Title = "Running total", Kind = ExerciseKind.Code, Language = "python",
        Task = "Write `running_total(numbers)`: for `[1, 2, 3]` it gives `[1, 3, 6]`.",
        Starter = "def running_total(numbers):\n    ...\n",
        References = ["from itertools import accumulate\ndef running_total(numbers):\n    return list(accumulate(numbers))\n"],
        Tests = new()
        {
            Cases =
            [
                new() { Id = "three", Call = "running_total([1, 2, 3])", Expected = "[1, 3, 6]", Public = true, Why = "three numbers" },
                new() { Id = "same", Call = "running_total([5, 5])", Expected = "[5, 10]", Public = true, Why = "the same number twice" },
                new() { Id = "large", Call = "running_total([6104, 2773, 31])", Expected = "[6104, 8877, 8908]", Why = "large numbers" },
                new() { Id = "parts", Call = "running_total([0.6875, -0.25])", Expected = "[0.6875, 0.4375]", Why = "numbers with a point" },
                new() { Id = "none", Call = "running_total([])", Expected = "[]", Why = "no number" },
                new() { Id = "one", Call = "running_total([4417])", Expected = "[4417]", Why = "one number" },
                new() { Id = "kept", Call = "(lambda given: (running_total(given), given))([7193, 18, 55])", Expected = "([7193, 7211, 7266], [7193, 18, 55])", Why = "that the list stays as it was" },
                new() { Id = "down", Call = "running_total([9536, -9536])", Expected = "[9536, 0]", Why = "a total that goes down" },
            ],
            TimeoutMilliseconds = 1500,
        },
    };
}
