using Tutor.Core.People;
using Tutor.Data.Lti;
using Tutor.Data.People;

namespace Tutor.UnitTests.Data.Lti;

public abstract class PlatformRostersTests
{
    public sealed class OnSqlite : PlatformRostersTests;
    public sealed class OnPostgres : PlatformRostersTests, IOnPostgres;

    private const string Provider = "lti https://learn.example/";
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_platform_s_people_come_change_and_go_and_those_of_a_class_list_stay()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        Assert.Equal(new PlatformRosterResult(2, 0, 0), await ApplyAsync(file, Member("1", Role.Student), Member("2", Role.Student, "x@uni.example")));
        Assert.Equal(new PlatformRosterResult(0, 0, 0), await ApplyAsync(file, Member("1", Role.Student), Member("2", Role.Student)));
        Assert.Equal(new PlatformRosterResult(0, 1, 1), await ApplyAsync(file, Member("2", Role.Ta)));

        Assert.Equal(Role.Student, await file.People.FindRoleAsync(LedgerFile.Course, LedgerFile.Student.PersonId, cancel));
        Assert.Equal(1, await file.CountAsync("membership WHERE source = 'lti' AND role = 'ta'", cancel));
    }

    [Fact]
    public async Task Who_was_named_before_they_came_is_that_person_when_they_come()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await ApplyAsync(file, Member("1", Role.Ta));

        var person = await new IdentityStore(file.Database, file.Clock).AdmitAsync(new(Provider, $"{Provider} 1", "Lou Launch", null, null), cancel);

        Assert.Equal(Role.Ta, await file.People.FindRoleAsync(LedgerFile.Course, person.Id, cancel));
    }

    [Fact]
    public async Task Nobody_but_an_instructor_of_the_course_takes_a_list_over_or_learns_where_it_lies()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var launches = new LaunchStore(file.Database, file.Clock);
        await launches.LinkAsync(LedgerFile.Course, new LinkedContext("Learn", "7", "https://learn.example/members"), cancel);

        foreach (var viewer in new[] { LedgerFile.Student, LedgerFile.Ta, LedgerFile.Stranger })
        {
            Assert.Null(await new PlatformRosters(file.Database, file.Audit, file.Clock).ApplyAsync(LedgerFile.Course, viewer, Provider, [Member("1", Role.Instructor)], cancel));
            Assert.Empty(await launches.LinkedAsync(LedgerFile.Course, viewer, cancel));
        }
        Assert.Single(await launches.LinkedAsync(LedgerFile.Course, LedgerFile.Instructor, cancel));
        Assert.Equal(0, await file.CountAsync("membership WHERE source = 'lti'", cancel));
    }

    [Fact]
    public async Task A_launch_is_used_once_and_forgotten_when_it_is_too_old_anyway()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var launches = new LaunchStore(file.Database, file.Clock);
        var validity = TimeSpan.FromMinutes(10);

        var uses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => launches.UseAsync("one", validity, cancel)));
        file.Clock.Advance(validity + TimeSpan.FromSeconds(1));

        Assert.Single(uses, used => used);
        Assert.True(await launches.UseAsync("two", validity, cancel));
        Assert.Equal(1, await file.CountAsync("lti_used_nonce", cancel));
    }

    private Task<PlatformRosterResult?> ApplyAsync(LedgerFile file, params PlatformMember[] members) =>
        new PlatformRosters(file.Database, file.Audit, file.Clock).ApplyAsync(LedgerFile.Course, LedgerFile.Instructor, Provider, members, cancel);

    private static PlatformMember Member(string id, string role, string? email = null) => new($"{Provider} {id}", $"Person {id}", email, role);
}
