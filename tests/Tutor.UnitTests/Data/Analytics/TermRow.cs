using CsCheck;

namespace Tutor.UnitTests.Data.Analytics;

/// <summary>One request of a generated term: anything that a row of the ledger may be.</summary>
internal sealed record TermRow(
    int Person, int Exercise, int MinutesAgo, bool Welfare, string State, int Requested, int? Level, string? Writer, string? Guard, int? Rating, bool Reviewed,
    string? Test, string? Model, int Input, int Output, int Cost, string? Layer, int Flags, bool Escalated, int Number)
{
    /// <summary>The last two of eight people are staff.</summary>
    public bool ByStaff => Person >= 6;

    public static readonly Gen<TermRow[]> Terms =
        (from person in Gen.Int[0, 7]
         from exercise in Gen.Int[0, 2]
         // Around the first moment of the thirty days too.
         from minutes in Gen.OneOf(Gen.Int[0, 60 * 24 * 40], Gen.Int[60 * 24 * 29, 60 * 24 * 30])
         from welfare in Gen.Int[0, 9]
         from state in Gen.OneOf("done", "done", "done", "failed", "refused", "cancelled", "queued", "running")
         from levels in Gen.Select(Gen.Int[1, 5], Gen.OneOf<int?>(null, 1, 2, 3, 4, 5))
         from writer in Gen.OneOf<string?>(null, "", "model", "ladder", "built-in")
         from guard in Gen.OneOf<string?>(null, "none", "none", "regenerated", "redacted", "ladder")
         from rating in Gen.OneOf<int?>(null, null, -1, 0, 1, 1)
         from reviewed in Gen.Bool
         from test in Gen.Int[-6, 16].Select(number => number < 0 ? null : $"test-{number}")
         from model in Gen.OneOf<string?>(null, "small-model", "large model & more")
         from numbers in Gen.Select(Gen.Int[0, 5_000], Gen.Int[0, 900], Gen.Int[0, 3_000_000])
         from layer in Gen.OneOf<string?>(null, "UnknownCall", "NotYetTaught", "OwnIdentifiers")
         from flags in Gen.Int[0, 2]
         from escalated in Gen.Int[0, 5]
         select new TermRow(
             person, exercise, minutes, welfare == 0, state, levels.Item1, levels.Item2, writer, guard, rating, reviewed, test, model, numbers.Item1, numbers.Item2, numbers.Item3,
             layer, flags, escalated == 0, 0)).Array[0, 120].Select(rows => rows.Select((row, number) => row with { Number = number }).ToArray());
}
