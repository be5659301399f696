using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Core.Evaluation;
using Tutor.Core.Evidence;
using Tutor.Inference.Hosts;
using Tutor.Tests.Shared;
using Tutor.UnitTests.Evidence;
using Tutor.UnitTests.Hints;

namespace Tutor.UnitTests.Evaluation;

[Collection(nameof(EvidenceFixture))]
public sealed class WeakStudentTests(EvidenceFixture sandbox)
{
    [Theory]
    [InlineData("Write `result = result + number`.", 3, 1.0)]
    [InlineData("What does the name hold after the second round?", 0, 0.0)]
    public async Task A_hint_leaks_as_much_as_it_raises_the_share_of_attempts_that_pass(string hint, int passes, double leak)
    {
        // A student who types whatever the tutor put between backticks, and has no idea otherwise.
        await using var host = await ScriptedModelHost.StartAsync(call => new ScriptedReply($"```python\n{(call.Prompt.Contains("`result = result + number`") ? Requests.Reference : Requests.Wrong)}```\n"));
        var options = new ModelHostsOptions();
        options.Hosts.Add(new ModelHostOptions { Name = "student", Url = host.Url, Model = "scripted" });
        using var pool = new ModelPool(Options.Create(options), TimeProvider.System, NullLogger<ModelPool>.Instance);

        var score = await new WeakStudent(pool, new EvidenceCollector(sandbox.Required)).MeasureAsync(Requests.Total, Requests.Wrong, hint, 3, TestContext.Current.CancellationToken);

        Assert.Equal(new WeakStudentScore(3, 0, passes), score);
        Assert.Equal(leak, score.Leak);
        Assert.Equal(6, host.Calls);
    }
}
