using Tutor.Core.Evidence;
using Tutor.Core.Hints;

namespace Tutor.Core.Flags;

/// <summary>Raises a flag on a program that holds the tests' inputs or answers.</summary>
/// <remarks>It quotes nothing and counts nothing: its student may read it, and would learn which guesses are inputs of hidden tests.
/// Staff see the tests beside the evidence.</remarks>
internal static class AnswerTableRule
{
    private const string Id = "answers-as-literals";
    private const int Version = 1;

    public static FlagFinding? Find(HintRequest request, RunEvidence evidence) => evidence.Trust is not { HeldTests.Count: > 0 } ? null : MisuseScreen.Stamped(request, new FlagFinding(
        FlagCategory.AnswerTable, Id, Version, FlagSeverity.Review, "work", 0, "", "The program holds inputs or answers of several tests where it should compute them.")
    {
        Threshold = "the inputs or answers of 3 tests, or of 2 where that is half of them",
    });
}
