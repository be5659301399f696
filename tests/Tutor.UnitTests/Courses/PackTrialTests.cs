using Tutor.Core.Courses;
using Tutor.UnitTests.Evidence;

namespace Tutor.UnitTests.Courses;

[Collection(nameof(EvidenceFixture))]
public sealed class PackTrialTests(EvidenceFixture sandbox)
{
    private const string Tests = "exercises/average/tests.yaml";

    [Fact]
    public async Task A_pack_whose_references_pass_and_whose_starter_does_not_is_sound()
    {
        using var files = new PackOnDisk();

        Assert.Empty(await TryAsync(files));
    }

    [Fact]
    public async Task A_reference_that_fails_a_test_is_named_with_expected_and_actual()
    {
        using var files = new PackOnDisk().Replace(Tests, "\"1.5\"", "\"1.6\"");

        Assert.Equal(
            [
                "exercises/average/reference.py:1: The reference fails test 'two': average([1, 2]) should give 1.6 and gives 1.5. Correct the reference, or the test's expected value.",
                "exercises/average/reference-2.py:1: The reference fails test 'two': average([1, 2]) should give 1.6 and gives 1.5. Correct the reference, or the test's expected value.",
            ],
            await TryAsync(files));
    }

    [Fact]
    public async Task A_reference_that_breaks_a_rule_is_named_with_its_line()
    {
        using var files = new PackOnDisk().Replace(Tests, "[statistics, mean]", "[sum]");

        Assert.Contains("exercises/average/reference-2.py:4: The reference breaks rule 'no-statistics': it uses sum. Write it without, or change the rule in tests.yaml.", await TryAsync(files));
    }

    [Fact]
    public async Task A_reference_that_does_not_load_is_named_with_its_line()
    {
        using var files = new PackOnDisk().Write("exercises/average/reference-2.py", "x = 1\ndef average(:\n");

        var problem = Assert.Single(await TryAsync(files));
        Assert.StartsWith("exercises/average/reference-2.py:2: The reference does not load: SyntaxError: ", problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_starter_that_already_passes_is_a_problem()
    {
        using var files = new PackOnDisk();
        files.Write("exercises/average/starter.py", files.Load().Pack!.Exercises[0].References[0]);

        Assert.Equal(["exercises/average/starter.py:1: The starter already passes every test. Take the solution out of it, or add a test that it fails."], await TryAsync(files));
    }

    private async Task<IEnumerable<string>> TryAsync(PackOnDisk files)
    {
        var problems = await new PackTrial(sandbox.Required).CheckAsync(files.Load().Pack!, TestContext.Current.CancellationToken);
        return [.. problems.Select(p => p.ToString())];
    }
}
