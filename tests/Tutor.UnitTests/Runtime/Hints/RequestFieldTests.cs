using CsCheck;
using Tutor.Core.Interactions;
using Tutor.Data.Interactions;
using Tutor.Runtime.Hints;

namespace Tutor.UnitTests.Runtime.Hints;

public sealed class RequestFieldTests : IDisposable
{
    private const string Course = "intro-python";
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-fields-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Every_field_that_is_too_long_or_no_field_at_all_is_refused_in_words_and_nothing_is_stored()
    {
        await using var host = await StartAsync();
        var good = new SubmitRequest { ClientKey = "key", CourseId = Course, ExerciseId = "average", Work = "x = 1", Question = "Why?" };
        var huge = new string('x', 20_000_000);
        (SubmitRequest Request, string Says)[] wrong =
        [
            (good with { ClientKey = huge }, "1 to 100"), (good with { ClientKey = "" }, "1 to 100"), (good with { ClientKey = null! }, "1 to 100"),
            (good with { ClientKey = "a\u0001b" }, "control"), (good with { Kind = huge }, "hint, follow_up or next_level"),
            (good with { Kind = "bogus<script>" }, "hint, follow_up or next_level"), (good with { Kind = null! }, "hint, follow_up or next_level"),
            (good with { Work = huge }, "65,536"), (good with { Question = huge }, "4,000"), (good with { FileName = huge }, "200"),
            (good with { FileName = "a\nb" }, "control characters"), (good with { CourseId = huge }, "200"), (good with { ExerciseId = huge }, "200"),
        ];

        foreach (var (request, says) in wrong)
        {
            var message = Assert.IsType<SubmitResult.Invalid>(await host.Desk.SubmitAsync(request, RuntimeHost.Student(Course), cancel)).Message;
            Assert.Contains(says, message, StringComparison.Ordinal);
            Assert.InRange(message.Length, 10, 300);
        }
        Assert.Equal(0, await host.Database.QuerySingleOrDefaultAsync<long>("SELECT COUNT(*) FROM interaction", null, cancel));
        Assert.IsType<SubmitResult.Accepted>(await host.Desk.SubmitAsync(good, RuntimeHost.Student(Course), cancel));
    }

    [Fact]
    public async Task Whatever_characters_a_request_holds_it_is_stored_or_refused_in_words()
    {
        await using var host = await StartAsync();
        await Gen.Select(Text, Text, Text, Text.Null()).SampleAsync(async sent =>
        {
            var result = await host.Desk.SubmitAsync(
                new SubmitRequest { ClientKey = sent.Item1, CourseId = Course, ExerciseId = "average", Work = sent.Item2, Question = sent.Item3, FileName = sent.Item4 },
                RuntimeHost.Student(Course), cancel);
            return result is SubmitResult.Accepted or SubmitResult.Invalid { Message.Length: > 10 } or SubmitResult.TooFast or SubmitResult.QuotaSpent;
        }, iter: 200, threads: 1);
    }

    [Fact]
    public async Task A_reason_that_is_too_long_is_refused_in_words()
    {
        await using var host = await StartAsync();

        var refused = await host.Desk.RateAsync("any", RuntimeHost.Student(Course), helped: false, new string('r', 20_000_000), cancel);

        Assert.False(refused.Taken);
        Assert.Contains("1,000", refused.Objection, StringComparison.Ordinal);
    }

    private static Gen<string> Text => Gen.Char["ab \n\0\u0001\u0085\u2028\ud800\udc00\ufffe\u202e'\";%"].Array[0, 40].Select(characters => new string(characters));

    private async Task<RuntimeHost> StartAsync()
    {
        var host = await RuntimeHost.StartAsync(folder, new ScriptedWork { WaitAfter = 1 }, cancel);
        await host.AddCourseAsync(Course, students: 1, cancel);
        return host;
    }
}
