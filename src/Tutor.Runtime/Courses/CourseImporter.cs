using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Core.Times;
using Tutor.Data;
using Tutor.Data.Courses;
using Tutor.Data.People;

namespace Tutor.Runtime.Courses;

/// <summary>Takes the course packs in at start. What is wrong with one is logged and kept for its instructors; the running version stays.</summary>
/// <remarks>
/// A course seen for the first time is there before the first page is served. Changed files of a known course first run
/// their own references against their tests, in the background, and replace the running version only when they pass.
/// </remarks>
internal sealed partial class CourseImporter(
    CourseStore courses, PersonStore people, CourseProblems problems, PackTrial trial, IHostEnvironment environment,
    IOptions<CourseOptions> options, IOptions<TimeOptions> time, ILogger<CourseImporter> logger) : BackgroundService
{
    private readonly List<CoursePack> untried = [];

    public override async Task StartAsync(CancellationToken cancel)
    {
        var root = Path.Combine(environment.ContentRootPath, options.Value.Path);
        if (!Directory.Exists(root)) LogNoFolder(root);
        else
            foreach (var folder in Directory.EnumerateDirectories(root).Order(StringComparer.Ordinal))
                await ReadAsync(folder, cancel);
        await base.StartAsync(cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken cancel)
    {
        // The start does not wait for the sandbox to run a course's programs.
        await Task.Yield();
        foreach (var pack in untried)
        {
            try
            {
                await TryAsync(pack, cancel);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                // The running version stays; the next start tries again. One course must not keep the others from theirs.
                LogNotImported(error, pack.Id);
            }
        }
    }

    private async Task ReadAsync(string folder, CancellationToken cancel)
    {
        var reading = Load(folder);
        Report(Path.GetFileName(folder), reading.Problems);
        if (reading.Pack is not { } pack) return;
        var need = await courses.NeedsImportAsync(pack, cancel);
        if (need == ImportNeed.FirstTime) await ImportAsync(pack, cancel);
        if (need != ImportNeed.None) untried.Add(pack);
        if (options.Value.DemoPeople) await WelcomeAsync(pack, cancel);
    }

    private PackReading Load(string folder)
    {
        try
        {
            return CoursePackLoader.Load(folder, time.Value.TimeZone is { Length: > 0 } zone ? CourseTime.Of(zone) : null);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new PackReading(null, [new PackProblem("", 1, $"The folder cannot be read: {error.Message}", "Let the account that runs Tutor read all files of the course.")]);
        }
    }

    private async Task TryAsync(CoursePack pack, CancellationToken cancel)
    {
        try
        {
            var found = await trial.CheckAsync(pack, cancel);
            Report(pack.Id, found);
            if (found.Count > 0) return;
        }
        catch (SandboxUnavailableException overloaded)
        {
            // That says nothing about the pack, and its instructor waits for it.
            LogUntried(overloaded, pack.Id);
        }
        await ImportAsync(pack, cancel);
    }

    private async Task ImportAsync(CoursePack pack, CancellationToken cancel)
    {
        var import = await courses.ImportAsync(pack, cancel);
        if (import.Changed) LogPublished(pack.Id, import.Published.Number);
    }

    private async Task WelcomeAsync(CoursePack pack, CancellationToken cancel)
    {
        foreach (var demo in pack.DemoPeople)
        {
            // A real account is never made one that anybody may enter.
            if (await people.FindAsync(demo.Id, cancel) is { Demo: false }) continue;
            await people.UpsertAsync(new Person { Id = demo.Id, Name = demo.Name, Demo = true }, cancel);
            await people.JoinAsync(pack.Id, demo.Id, demo.Role, cancel);
        }
    }

    private void Report(string course, IReadOnlyList<PackProblem> found)
    {
        problems.Set(course, found);
        foreach (var problem in found) LogProblem(course, problem);
    }

    [LoggerMessage(LogLevel.Error, "Course {Course}: {Problem}")]
    private partial void LogProblem(string course, PackProblem problem);

    [LoggerMessage(LogLevel.Information, "Course {Course}: version {Number} is published")]
    private partial void LogPublished(string course, int number);

    [LoggerMessage(LogLevel.Warning, "Course {Course} could not be tried in the sandbox and is published untried")]
    private partial void LogUntried(Exception error, string course);

    [LoggerMessage(LogLevel.Error, "Course {Course} could not be imported; its running version stays")]
    private partial void LogNotImported(Exception error, string course);

    [LoggerMessage(LogLevel.Warning, "There are no courses: the folder {Folder} does not exist")]
    private partial void LogNoFolder(string folder);
}
