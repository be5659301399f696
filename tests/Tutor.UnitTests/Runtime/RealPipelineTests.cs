using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tutor.Core;
using Tutor.Core.Evidence;
using Tutor.Core.Interactions;
using Tutor.Data;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Inference;
using Tutor.Runtime;
using Tutor.Runtime.Courses;
using Tutor.Runtime.Hints;
using Tutor.UnitTests.Courses;
using Tutor.UnitTests.Evidence;
using Tutor.UnitTests.Sandbox;

namespace Tutor.UnitTests.Runtime;

/// <summary>The runtime with the pipeline as it ships: real sandbox, no model host, a course from files.</summary>
[Collection(nameof(EvidenceFixture))]
public sealed class RealPipelineTests(EvidenceFixture sandbox) : IDisposable
{
    private static readonly Viewer student = new("sam-student");
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-pipeline-");
    private readonly PackOnDisk files = new();

    public void Dispose()
    {
        files.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_wrong_program_gets_the_instructors_hint_for_the_test_it_fails_and_all_of_it_is_recorded()
    {
        SandboxFixture.SkipWithout(sandbox.Runner);
        using var host = await StartAsync();
        var desk = host.Services.GetRequiredService<HintDesk>();

        var asked = await desk.SubmitAsync(Request("def average(numbers):\n    return sum(numbers) / len(numbers)\n"), student, cancel);
        var updates = await desk.WatchAsync(Assert.IsType<SubmitResult.Accepted>(asked).InteractionId, student, cancel: cancel).ToListAsync(cancel);

        var end = Assert.IsType<HintUpdate.Finished>(updates[^1]).Interaction;
        Assert.Equal((InteractionState.Done, HintWriter.Ladder, "forgets-empty", "empty-list"), (end.State, end.Writer, end.MisconceptionId, end.FirstFailingTest));
        Assert.Contains("What is the average of nothing?", end.Answer, StringComparison.Ordinal);
        Assert.Contains(end.Basis, item => item is { Kind: "test", Reference: "empty-list" });
        Assert.Equal(end.Answer, Hints.HintDeskTests.Shown(updates));
        Assert.True(await CountAsync(host, "interaction_step") >= 5, "Each stage is a step.");
        await host.StopAsync(cancel);
    }

    [Fact]
    public async Task An_unchanged_starter_is_sent_back_with_words_and_costs_nothing()
    {
        using var host = await StartAsync();

        var asked = await host.Services.GetRequiredService<HintDesk>().SubmitAsync(Request("def average(numbers):\n    pass\n"), student, cancel);

        Assert.StartsWith("Try something first", Assert.IsType<SubmitResult.Invalid>(asked).Message, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(host, "quota"));
        await host.StopAsync(cancel);
    }

    private static SubmitRequest Request(string work) =>
        new() { ClientKey = Guid.NewGuid().ToString(), CourseId = "small-course", ExerciseId = "average", Work = work };

    private async Task<long> CountAsync(IHost host, string table) =>
        await host.Services.GetRequiredService<Database>().QuerySingleOrDefaultAsync<long>($"SELECT COUNT(*) FROM {table}", null, cancel);

    private async Task<IHost> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder.FullName });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Courses:Path", (string?)Path.GetDirectoryName(files.Folder))]);
        builder.Services.AddLogging();
        builder.Services.AddTutorData(builder.Configuration);
        builder.Services.AddSingleton<ICodeRunner>(sandbox.Runner);
        builder.Services.AddTutorInference(builder.Configuration);
        builder.Services.AddTutorCore();
        builder.Services.AddTutorCourses(builder.Configuration);
        builder.Services.Configure<CourseOptions>(options => options.DemoPeople = true);
        builder.AddTutorRuntime();
        var host = builder.Build();
        await host.StartAsync(cancel);
        return host;
    }
}
