using Tutor.Core.Privacy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tutor.Core.Courses;
using Tutor.Core.Evidence;
using Tutor.Data;
using Tutor.Data.Courses;
using Tutor.Data.People;
using Tutor.Runtime;
using Tutor.Runtime.Courses;
using Tutor.UnitTests.Courses;
using Tutor.UnitTests.Evidence;
using Tutor.UnitTests.Sandbox;

namespace Tutor.UnitTests.Runtime.Courses;

[Collection(nameof(EvidenceFixture))]
public sealed class CourseImporterTests(EvidenceFixture sandbox) : IDisposable
{
    private const string Course = "small-course";
    private static readonly Viewer student = new("sam-student");
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-import-");
    private readonly PackOnDisk files = new(Course);

    public void Dispose()
    {
        files.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_course_is_there_when_the_start_is_over_and_starting_again_changes_nothing()
    {
        for (var start = 0; start < 2; start++)
        {
            using var host = await StartAsync(demoPeople: true);
            var version = await host.Services.GetRequiredService<CourseStore>().FindPublishedAsync(Course, student, cancel);

            Assert.Equal((1, 2), (version?.Number, version?.Pack.Exercises.Count));
            await host.StopAsync(cancel);
        }
    }

    [Fact]
    public async Task Demo_people_come_only_with_the_development_sign_in()
    {
        using var host = await StartAsync(demoPeople: false);

        Assert.Empty(await host.Services.GetRequiredService<PersonStore>().DemoPeopleAsync(cancel));
        await host.StopAsync(cancel);
    }

    [Fact]
    public async Task A_broken_pack_leaves_the_running_version_and_says_where_it_is_broken()
    {
        await StartAndStopAsync();
        files.Replace("course.yaml", "quota:", "qouta:");

        using var host = await StartAsync(demoPeople: true);

        Assert.Equal(1, (await PublishedAsync(host)).Number);
        var problem = Assert.Single(host.Services.GetRequiredService<CourseProblems>().Of(Course));
        Assert.Equal(("course.yaml", 6), (problem.File, problem.Line));
        await host.StopAsync(cancel);
    }

    [Fact]
    public async Task Changed_files_replace_the_running_version_once_their_references_pass()
    {
        await StartAndStopAsync();
        files.Write("prompt.md", "Be brief.\n");

        using var host = await StartAsync(demoPeople: true);
        await RuntimeHost.UntilAsync(async () => (await PublishedAsync(host)).Pack.Prompt == "Be brief.\n", cancel);

        Assert.Empty(host.Services.GetRequiredService<CourseProblems>().Of(Course));
        await host.StopAsync(cancel);
    }

    [Fact]
    public async Task Changed_files_whose_reference_fails_its_tests_do_not_replace_it()
    {
        SandboxFixture.SkipWithout(sandbox.Runner);
        await StartAndStopAsync();
        files.Replace("exercises/average/tests.yaml", "\"1.5\"", "\"1.6\"");

        using var host = await StartAsync(demoPeople: true);
        var problems = host.Services.GetRequiredService<CourseProblems>();
        await RuntimeHost.UntilAsync(() => Task.FromResult(problems.Of(Course).Count > 0), cancel);

        Assert.Contains("should give 1.6 and gives 1.5", problems.Of(Course)[0].Message, StringComparison.Ordinal);
        Assert.Equal(1, (await PublishedAsync(host)).Number);
        await host.StopAsync(cancel);
    }

    [Fact]
    public async Task A_real_account_with_the_id_of_a_demo_person_stays_real()
    {
        await StartAndStopAsync();
        using (var host = await StartAsync(demoPeople: false))
        {
            await host.Services.GetRequiredService<PersonStore>().UpsertAsync(new Person { Id = student.PersonId, Name = "A Real Person" }, cancel);
            await host.StopAsync(cancel);
        }

        using var again = await StartAsync(demoPeople: true);

        Assert.False((await again.Services.GetRequiredService<PersonStore>().FindAsync(student.PersonId, cancel))!.Demo);
        await again.StopAsync(cancel);
    }

    private async Task StartAndStopAsync()
    {
        using var host = await StartAsync(demoPeople: true);
        await host.StopAsync(cancel);
    }

    private async Task<CourseVersion> PublishedAsync(IHost host) =>
        await host.Services.GetRequiredService<CourseStore>().FindPublishedAsync(Course, student, cancel)
        ?? throw new InvalidOperationException("The course is not published.");

    private async Task<IHost> StartAsync(bool demoPeople)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = folder.FullName });
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create("Courses:Path", (string?)Path.GetDirectoryName(files.Folder))]);
        builder.Services.AddLogging();
        builder.Services.AddTutorData(builder.Configuration);
        builder.Services.AddSingleton(new PersonalDataFinder(new PrivacyOptions()));
        builder.Services.AddSingleton<ICodeRunner>(sandbox.Runner);
        builder.Services.AddTutorCourses(builder.Configuration);
        builder.Services.Configure<CourseOptions>(options => options.DemoPeople = demoPeople);
        var host = builder.Build();
        await host.StartAsync(cancel);
        return host;
    }
}
