using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tutor.Core.People;
using Tutor.Core.Privacy;
using Tutor.Data;
using Tutor.Data.Courses;
using Tutor.Data.Interactions;
using Tutor.Data.People;
using Tutor.Runtime;
using Tutor.Runtime.Hints;
using Tutor.Runtime.Interactions;
using Tutor.UnitTests.Data;

namespace Tutor.UnitTests.Runtime;

/// <summary>A whole process of the runtime: silo, ledger in a file, sweeper and checkpoints. Two in turn on one folder are a restart.</summary>
internal sealed class RuntimeHost : IAsyncDisposable
{
    private readonly IHost host;

    private RuntimeHost(IHost host) => this.host = host;

    public HintDesk Desk => host.Services.GetRequiredService<HintDesk>();
    public InteractionStore Interactions => host.Services.GetRequiredService<InteractionStore>();
    public Database Database => host.Services.GetRequiredService<Database>();
    public IServiceProvider Services => host.Services;

    public static async Task<RuntimeHost> StartAsync(DirectoryInfo folder, ScriptedWork work, CancellationToken cancel, params (string, string)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder.FullName });
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)));
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddTutorData(builder.Configuration);
        builder.Services.AddSingleton(new PersonalDataFinder(new PrivacyOptions()));
        builder.Services.AddSingleton<HintWork>(work.RunAsync);
        builder.AddTutorRuntime();
        var host = builder.Build();
        await host.StartAsync(cancel);
        return new RuntimeHost(host);
    }

    public async Task AddCourseAsync(string course, int students, CancellationToken cancel)
    {
        await Services.GetRequiredService<CourseStore>().ImportAsync(LedgerFile.Pack(id: course), cancel);
        var people = Services.GetRequiredService<PersonStore>();
        for (var number = 1; number <= students; number++)
        {
            await people.UpsertAsync(new Person { Id = Student(course, number).PersonId, Name = $"Sam Student {number}" }, cancel);
            await people.JoinAsync(course, Student(course, number).PersonId, Role.Student, cancel);
        }
    }

    public static Viewer Student(string course, int number = 1) => new($"{course}-sam-{number}");

    public async Task<string> AskAsync(string course, CancellationToken cancel, int student = 1, string? key = null)
    {
        var result = await Desk.SubmitAsync(
            new SubmitRequest
            {
                ClientKey = key ?? Guid.NewGuid().ToString(), CourseId = course, ExerciseId = LedgerFile.Exercise, Work = "def average(n): return sum(n) / len(n)",
            }, Student(course, student), cancel);
        return Assert.IsType<SubmitResult.Accepted>(result).InteractionId;
    }

    public async Task<Interaction> EndOfAsync(string id, Viewer viewer, CancellationToken cancel) =>
        Assert.IsType<HintUpdate.Finished>(await Desk.WatchAsync(id, viewer, cancel: cancel).LastAsync(cancel)).Interaction;

    /// <summary>Waits until the ledger shows what a test needs, at most ten seconds.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, CancellationToken cancel)
    {
        for (var i = 0; i < 500; i++)
        {
            if (await holds()) return;
            await Task.Delay(20, cancel);
        }
        Assert.Fail("It did not come to pass within ten seconds.");
    }

    public Task StopAsync(CancellationToken cancel) => host.StopAsync(cancel);

    public async ValueTask DisposeAsync() => await ((IAsyncDisposable)host).DisposeAsync();
}
