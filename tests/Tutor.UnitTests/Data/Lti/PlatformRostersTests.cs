using Tutor.Core.People;
using Tutor.Data.Lti;
using Tutor.Data.People;

namespace Tutor.UnitTests.Data.Lti;

public abstract class PlatformRostersTests
{
    public sealed class OnSqlite : PlatformRostersTests;
    public sealed class OnPostgres : PlatformRostersTests, IOnPostgres;

    private const string Provider = "lti https://learn.example/";
    private static readonly LinkedContext lecture = new("Learn", "7", "https://learn.example/members/7");
    private static readonly LinkedContext lab = new("Learn", "8", "https://learn.example/members/8");
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
            Assert.Null(await new PlatformRosters(file.Database, file.Audit, file.Clock).ApplyAsync(LedgerFile.Course, viewer, Provider, lecture, [Member("1", Role.Instructor)], cancel));
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

    [Fact]
    public async Task Taking_people_from_one_of_two_courses_of_the_platform_leaves_those_of_the_other()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await ApplyAsync(file, Member("1", Role.Student), Member("both", Role.Ta));
        await ApplyAsync(file, lab, Member("2", Role.Student), Member("both", Role.Student));
        Assert.Equal(1, await file.CountAsync("membership WHERE source = 'lti' AND role = 'ta'", cancel));

        Assert.Equal(new PlatformRosterResult(0, 0, 0), await ApplyAsync(file, Member("1", Role.Student), Member("both", Role.Ta)));
        Assert.Equal(new PlatformRosterResult(0, 0, 1), await ApplyAsync(file, Member("both", Role.Ta)));
        Assert.Equal(new PlatformRosterResult(0, 0, 0), await ApplyAsync(file));
        Assert.Equal(2, await file.CountAsync("membership WHERE source = 'lti'", cancel));

        Assert.Equal(new PlatformRosterResult(0, 0, 2), await ApplyAsync(file, lab));
    }

    [Fact]
    public async Task Who_came_by_a_launch_from_one_course_stays_when_people_are_taken_from_another()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var identities = new IdentityStore(file.Database, file.Clock);
        var person = await identities.AdmitAsync(new(Provider, $"{Provider} 9", "Lou Launch", null, null), cancel);
        await identities.GrantAsync(person.Id, MembershipSource.Lti, [new GrantedRole(LedgerFile.Course, Role.Student)], [LedgerFile.Course], cancel);
        await new LaunchStore(file.Database, file.Clock).NameAsync(LedgerFile.Course, lab.Platform, lab.ContextId, person.Id, Role.Student, cancel);

        await ApplyAsync(file, Member("1", Role.Student));
        Assert.Equal(Role.Student, await file.People.FindRoleAsync(LedgerFile.Course, person.Id, cancel));

        await ApplyAsync(file, lab, Member("1", Role.Student));
        Assert.Null(await file.People.FindRoleAsync(LedgerFile.Course, person.Id, cancel));
    }

    [Fact]
    public async Task The_platform_s_list_puts_back_the_name_that_a_launch_did_not_give_and_takes_none_away()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var identities = new IdentityStore(file.Database, file.Clock);
        var unnamed = await identities.AdmitAsync(new(Provider, $"{Provider} 1", null, null, null), cancel);
        var named = await identities.AdmitAsync(new(Provider, $"{Provider} 2", "Quintus Vandermeer", "qv@uni.example", null), cancel);
        Assert.Equal(PersonName.Unnamed, unnamed.Name);

        await ApplyAsync(file, Member("1", Role.Student, "p1@uni.example"), new PlatformMember($"{Provider} 2", null, null, Role.Student), new PlatformMember($"{Provider} 3", "\u202E ", null, Role.Student));

        var (first, second) = (await file.People.FindAsync(unnamed.Id, cancel), await file.People.FindAsync(named.Id, cancel));
        Assert.Equal(("Person 1", "p1@uni.example"), (first!.Name, first.Email));
        Assert.Equal(("Quintus Vandermeer", "qv@uni.example"), (second!.Name, second.Email));
        Assert.Equal(1, await file.CountAsync($"person WHERE name = '{PersonName.Unnamed}'", cancel));
    }

    private Task<PlatformRosterResult?> ApplyAsync(LedgerFile file, params PlatformMember[] members) => ApplyAsync(file, lecture, members);

    private Task<PlatformRosterResult?> ApplyAsync(LedgerFile file, LinkedContext context, params PlatformMember[] members) =>
        new PlatformRosters(file.Database, file.Audit, file.Clock).ApplyAsync(LedgerFile.Course, LedgerFile.Instructor, Provider, context, members, cancel);

    private static PlatformMember Member(string id, string role, string? email = null) => new($"{Provider} {id}", $"Person {id}", email, role);
}
