using Tutor.Core.People;
using Tutor.Data.People;

namespace Tutor.UnitTests.Data.People;

public abstract class PeopleTests
{
    public sealed class OnSqlite : PeopleTests;
    public sealed class OnPostgres : PeopleTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_has_one_role_per_course_and_the_last_one_given_holds()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        await file.People.JoinAsync(LedgerFile.Course, LedgerFile.Student.PersonId, Role.Ta, cancel);

        Assert.Equal(Role.Ta, await file.People.FindRoleAsync(LedgerFile.Course, LedgerFile.Student.PersonId, cancel));
        Assert.Null(await file.People.FindRoleAsync(LedgerFile.Course, LedgerFile.Stranger.PersonId, cancel));
        var course = Assert.Single(await file.People.CoursesOfAsync(LedgerFile.Student.PersonId, cancel));
        Assert.Equal(("Introduction to Python", Role.Ta), (course.CourseName, course.Role));
        Assert.NotNull(course.PublishedVersionId);
    }

    [Fact]
    public async Task The_list_of_members_is_for_staff()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        Assert.Equal(4, (await file.People.MembersAsync(LedgerFile.Course, LedgerFile.Ta, cancel)).Count);
        Assert.Empty(await file.People.MembersAsync(LedgerFile.Course, LedgerFile.Student, cancel));
        Assert.Empty(await file.People.MembersAsync(LedgerFile.Course, LedgerFile.Stranger, cancel));
    }

    [Fact]
    public async Task Only_people_of_the_packs_are_offered_by_the_development_sign_in()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        var offered = await file.People.DemoPeopleAsync(cancel);

        Assert.Equal(4, offered.Count);
        Assert.DoesNotContain(offered, person => person.Id == LedgerFile.Stranger.PersonId);
    }

    [Fact]
    public async Task A_token_stands_for_its_person_until_it_is_revoked_and_is_stored_only_as_a_hash()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var tokens = new ApiTokenStore(file.Database, file.Clock);

        var issued = await tokens.IssueAsync(LedgerFile.Student.PersonId, "laptop", cancel);

        Assert.Equal(LedgerFile.Student.PersonId, (await tokens.FindPersonAsync(issued.Secret, cancel))?.Id);
        Assert.Null(await tokens.FindPersonAsync(issued.Secret + "x", cancel));
        Assert.NotNull(Assert.Single(await tokens.ListAsync(LedgerFile.Student.PersonId, cancel)).LastUsedAt);
        Assert.Equal(0, await file.CountAsync($"api_token WHERE hash LIKE '%{issued.Secret[8..20]}%'", cancel));

        Assert.False(await tokens.RevokeAsync(issued.Id, LedgerFile.Other.PersonId, cancel));
        Assert.True(await tokens.RevokeAsync(issued.Id, LedgerFile.Student.PersonId, cancel));
        Assert.Null(await tokens.FindPersonAsync(issued.Secret, cancel));
    }
}
