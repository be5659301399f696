using Tutor.Core.People;
using Tutor.Data.People;

namespace Tutor.UnitTests.Data.People;

public abstract class ClassListStoreTests
{
    public sealed class OnSqlite : ClassListStoreTests;
    public sealed class OnPostgres : ClassListStoreTests, IOnPostgres;

    private static readonly HashSet<string> nobody = [];
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_adds_people_with_role_and_section_and_a_second_time_changes_nothing()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var lists = new ClassListStore(file.Database, file.Audit, file.Clock);
        ClassListRow[] rows = [Row("ann@uni.example", "Ann", null, "A"), Row("bob@uni.example", "Bob", Role.Ta, "A")];

        Assert.Equal(new ClassListResult(2, 0, 0), await ApplyAsync(file, rows));
        Assert.Equal(new ClassListResult(0, 0, 0), await ApplyAsync(file, rows));

        var added = (await lists.ListAsync(LedgerFile.Course, LedgerFile.Instructor, cancel)).Where(m => m.Source == MembershipSource.List);
        Assert.Equal([("Ann", Role.Student, "A", false), ("Bob", Role.Ta, "A", false)], added.Select(m => (m.Name, m.Role, m.Section, m.SignedIn)));
        var plan = await lists.PlanAsync(LedgerFile.Course, LedgerFile.Instructor, rows, cancel);
        Assert.True(plan is { ChangesNothing: true, Unchanged: 2, Problems.Count: 0 });
    }

    [Fact]
    public async Task A_changed_role_or_section_is_shown_before_it_is_made_and_what_the_list_does_not_say_stays()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await ApplyAsync(file, [Row("ann@uni.example", "Ann", Role.Ta, "A")]);
        var lists = new ClassListStore(file.Database, file.Audit, file.Clock);
        ClassListRow[] rows = [Row("ann@uni.example", "Ann", null, "B")];

        var plan = (await lists.PlanAsync(LedgerFile.Course, LedgerFile.Instructor, rows, cancel))!;

        var (before, role, section) = Assert.Single(plan.Changed);
        Assert.Equal(("A", Role.Ta, "B"), (before.Section, role, section));
        Assert.Equal(new ClassListResult(0, 1, 0), await ApplyAsync(file, rows));
        Assert.Equal("B", await file.People.FindSectionAsync(LedgerFile.Course, new Viewer(before.PersonId), cancel));
        Assert.Equal(new ClassListResult(0, 0, 0), await ApplyAsync(file, [Row("ann@uni.example", "Ann", null, null)]));
    }

    [Fact]
    public async Task Only_ticked_people_are_removed_and_never_who_imports_or_who_comes_from_a_sign_in()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await ApplyAsync(file, [Row("ann@uni.example", "Ann"), Row("bob@uni.example", "Bob")]);
        var identities = new IdentityStore(file.Database, file.Clock);
        var eve = await identities.AdmitAsync(new ProvenIdentity("entra", "entra-t-eve", "Eve", null, "eve@uni.example"), cancel);
        await identities.GrantAsync(eve.Id, MembershipSource.Entra, [new GrantedRole(LedgerFile.Course, Role.Student)], null, cancel);
        var lists = new ClassListStore(file.Database, file.Audit, file.Clock);
        ClassListRow[] rows = [Row("ann@uni.example", "Ann")];

        var plan = (await lists.PlanAsync(LedgerFile.Course, LedgerFile.Instructor, rows, cancel))!;
        Assert.Equal(1, plan.KeptElsewhere);
        var bob = plan.Missing.Single(m => m.Name == "Bob").PersonId;
        Assert.Equal(new ClassListResult(0, 0, 0), await ApplyAsync(file, rows));
        Assert.Equal(new ClassListResult(0, 0, 1), await ApplyAsync(file, rows, [bob, eve.Id, LedgerFile.Instructor.PersonId]));

        Assert.Null(await file.People.FindRoleAsync(LedgerFile.Course, bob, cancel));
        Assert.Equal(Role.Student, await file.People.FindRoleAsync(LedgerFile.Course, eve.Id, cancel));
        Assert.Equal(Role.Instructor, await file.People.FindRoleAsync(LedgerFile.Course, LedgerFile.Instructor.PersonId, cancel));
        Assert.Equal(Role.Student, await file.People.FindRoleAsync(LedgerFile.Course, LedgerFile.Student.PersonId, cancel));
    }

    [Fact]
    public async Task An_instructor_cannot_lose_their_own_role_nor_give_the_welfare_contact_another()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await ApplyAsync(file, [Row("wanda@uni.example", "Wanda")]);
        await file.Database.ExecuteAsync("UPDATE membership SET role = 'welfare' WHERE person_id = (SELECT id FROM person WHERE login = 'wanda@uni.example')", null, cancel);
        await file.Database.ExecuteAsync("UPDATE person SET login = 'ines@uni.example' WHERE id = @PersonId", LedgerFile.Instructor, cancel);
        ClassListRow[] rows = [Row("wanda@uni.example", "Wanda", Role.Ta, line: 2), Row("ines@uni.example", "Ines", Role.Student, line: 3)];

        var plan = (await new ClassListStore(file.Database, file.Audit, file.Clock).PlanAsync(LedgerFile.Course, LedgerFile.Instructor, rows, cancel))!;

        Assert.Equal([2, 3], plan.Problems.Select(p => p.Line));
        Assert.Null(await ApplyAsync(file, rows));
        Assert.Equal(Role.Instructor, await file.People.FindRoleAsync(LedgerFile.Course, LedgerFile.Instructor.PersonId, cancel));
    }

    [Fact]
    public async Task Nobody_but_an_instructor_of_the_course_sees_or_imports_its_list()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var lists = new ClassListStore(file.Database, file.Audit, file.Clock);
        await file.People.UpsertAsync(new Person { Id = "olga", Name = "Olga" }, cancel);
        await file.Courses.ImportAsync(LedgerFile.Pack(id: "other"), cancel);
        await file.People.JoinAsync("other", "olga", Role.Instructor, cancel);

        foreach (var viewer in new[] { LedgerFile.Student, LedgerFile.Ta, LedgerFile.Stranger, new Viewer("olga") })
        {
            Assert.Empty(await lists.ListAsync(LedgerFile.Course, viewer, cancel));
            Assert.Null(await lists.PlanAsync(LedgerFile.Course, viewer, [Row("ann", "Ann")], cancel));
            Assert.Null(await lists.ApplyAsync(LedgerFile.Course, viewer, [Row("ann", "Ann", Role.Instructor)], new HashSet<string> { LedgerFile.Ta.PersonId }, cancel));
        }
        Assert.Equal(4, (await lists.ListAsync(LedgerFile.Course, LedgerFile.Instructor, cancel)).Count);
    }

    [Fact]
    public async Task Two_thousand_people_are_imported_whole()
    {
        using var file = await LedgerFile.CreateAsync(cancel);

        var result = await ApplyAsync(file, [.. Enumerable.Range(0, 2000).Select(n => Row($"p{n}@uni.example", $"Person {n}", null, $"{n % 20}"))]);

        Assert.Equal(2000, result!.Added);
        Assert.Equal(2000, await file.CountAsync("membership WHERE source = 'list'", cancel));
    }

    private Task<ClassListResult?> ApplyAsync(LedgerFile file, IReadOnlyList<ClassListRow> rows, HashSet<string>? remove = null) =>
        new ClassListStore(file.Database, file.Audit, file.Clock).ApplyAsync(LedgerFile.Course, LedgerFile.Instructor, rows, remove ?? nobody, cancel);

    private static ClassListRow Row(string login, string name, string? role = null, string? section = null, int line = 2) => new(line, login, name, role, section);
}
