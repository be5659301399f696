using Tutor.Core.People;
using Tutor.Data.People;

namespace Tutor.UnitTests.Data.People;

public abstract class IdentityStoreTests
{
    public sealed class OnSqlite : IdentityStoreTests;
    public sealed class OnPostgres : IdentityStoreTests, IOnPostgres;

    private static readonly HashSet<string> nobody = [];
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_identity_is_the_same_person_whatever_their_name_and_address_become()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var identities = new IdentityStore(file.Database, file.Clock);

        var first = await identities.AdmitAsync(Entra("1", "Ann Old", "ann.old@uni.example"), cancel);
        var second = await identities.AdmitAsync(Entra("1", "Ann New", "ann.new@uni.example"), cancel);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal("Ann New", (await file.People.FindAsync(first.Id, cancel))!.Name);
    }

    [Fact]
    public async Task Who_a_list_expects_takes_their_place_at_the_first_sign_in_under_that_name()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await ImportAsync(file, "ann@uni.example");

        var ann = await new IdentityStore(file.Database, file.Clock).AdmitAsync(Entra("1", "Ann", "Ann@Uni.Example"), cancel);

        Assert.Equal(Role.Ta, await file.People.FindRoleAsync(LedgerFile.Course, ann.Id, cancel));
    }

    [Fact]
    public async Task A_place_is_taken_once_and_whoever_gets_the_name_later_finds_none()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await ImportAsync(file, "ann@uni.example");
        var identities = new IdentityStore(file.Database, file.Clock);
        var ann = await identities.AdmitAsync(Entra("1", "Ann", "ann@uni.example"), cancel);

        var other = await identities.AdmitAsync(Entra("2", "Anna", "ann@uni.example"), cancel);

        Assert.NotEqual(ann.Id, other.Id);
        Assert.Null(await file.People.FindRoleAsync(LedgerFile.Course, other.Id, cancel));
        Assert.Equal(Role.Ta, await file.People.FindRoleAsync(LedgerFile.Course, ann.Id, cancel));
    }

    [Fact]
    public async Task Somebody_known_already_takes_a_place_that_a_list_keeps_under_their_new_name()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var identities = new IdentityStore(file.Database, file.Clock);
        var ann = await identities.AdmitAsync(Entra("1", "Ann", "ann.old@uni.example"), cancel);
        await ImportAsync(file, "ann.new@uni.example");

        await identities.AdmitAsync(Entra("1", "Ann", "ann.new@uni.example"), cancel);

        Assert.Equal(Role.Ta, await file.People.FindRoleAsync(LedgerFile.Course, ann.Id, cancel));
        Assert.Equal(0, await file.CountAsync("membership WHERE person_id IN (SELECT id FROM person WHERE login = 'ann.new@uni.example' AND id <> '" + ann.Id + "')", cancel));
    }

    [Fact]
    public async Task A_sign_in_without_a_name_or_with_part_of_it_takes_neither_name_nor_address_away()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var identities = new IdentityStore(file.Database, file.Clock);
        var person = await identities.AdmitAsync(Entra("1", "Quintus Vandermeer", "qv@uni.example"), cancel);

        foreach (var (name, isPart) in new[] { (null, false), ("  ", false), ("\u202E\u200B", false), ("Quintus", true) })
        {
            var back = await identities.AdmitAsync(new("entra", "entra-t-1", name, isPart ? null : " ", null, isPart), cancel);
            Assert.Equal(("Quintus Vandermeer", "qv@uni.example"), (back.Name, back.Email));
        }

        var stored = await file.People.FindAsync(person.Id, cancel);
        Assert.Equal(("Quintus Vandermeer", "qv@uni.example"), (stored!.Name, stored.Email));
    }

    [Fact]
    public async Task Part_of_a_name_is_better_than_none_and_the_whole_better_than_a_part()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var identities = new IdentityStore(file.Database, file.Clock);

        Assert.Equal(PersonName.Unnamed, (await identities.AdmitAsync(Entra("1", "", "x"), cancel)).Name);
        Assert.Equal("Quintus", (await identities.AdmitAsync(new("entra", "entra-t-1", "Quintus", null, null, NameIsPart: true), cancel)).Name);
        Assert.Equal("Quintus Vandermeer", (await identities.AdmitAsync(Entra("1", "Quintus  Vandermeer\n", "x"), cancel)).Name);
    }

    [Theory]
    [InlineData("\u202AANN@uni.example\u202C")]
    [InlineData("mailto:ann@uni.example")]
    [InlineData("ａｎｎ@uni.example\uFEFF")]
    public async Task A_place_is_found_whatever_hidden_characters_the_sign_in_name_came_with(string login)
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await ImportAsync(file, "ann@uni.example");

        var ann = await new IdentityStore(file.Database, file.Clock).AdmitAsync(Entra("1", "Ann", login), cancel);

        Assert.Equal(Role.Ta, await file.People.FindRoleAsync(LedgerFile.Course, ann.Id, cancel));
    }

    [Fact]
    public async Task Without_a_vouched_name_nobody_takes_a_place()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await ImportAsync(file, "ann@uni.example");

        var eve = await new IdentityStore(file.Database, file.Clock).AdmitAsync(new("lti x", "lti x 1", "Eve", "ann@uni.example", Login: null), cancel);

        Assert.Null(await file.People.FindRoleAsync(LedgerFile.Course, eve.Id, cancel));
    }

    [Fact]
    public async Task Sign_ins_at_the_same_moment_make_one_person()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var identities = new IdentityStore(file.Database, file.Clock);

        var people = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => identities.AdmitAsync(Entra("1", "Ann", "ann@uni.example"), cancel)));

        Assert.Single(people.Select(p => p.Id).Distinct());
        Assert.Equal(1, await file.CountAsync("person WHERE name = 'Ann'", cancel));
    }

    [Fact]
    public async Task A_source_gives_and_takes_its_own_places_and_leaves_those_of_a_list()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        await ImportAsync(file, "ann@uni.example");
        await file.Courses.ImportAsync(LedgerFile.Pack(id: "other"), cancel);
        var identities = new IdentityStore(file.Database, file.Clock);
        var ann = await identities.AdmitAsync(Entra("1", "Ann", "ann@uni.example"), cancel);

        await identities.GrantAsync(ann.Id, MembershipSource.Entra, [new(LedgerFile.Course, Role.Instructor), new("other", Role.Student), new("no-such-course", Role.Student)], null, cancel);
        Assert.Equal(Role.Ta, await file.People.FindRoleAsync(LedgerFile.Course, ann.Id, cancel));
        Assert.Equal(Role.Student, await file.People.FindRoleAsync("other", ann.Id, cancel));

        await identities.GrantAsync(ann.Id, MembershipSource.Entra, [], [LedgerFile.Course], cancel);
        Assert.Equal(Role.Student, await file.People.FindRoleAsync("other", ann.Id, cancel));
        await identities.GrantAsync(ann.Id, MembershipSource.Entra, [], null, cancel);
        Assert.Null(await file.People.FindRoleAsync("other", ann.Id, cancel));
        Assert.Equal(Role.Ta, await file.People.FindRoleAsync(LedgerFile.Course, ann.Id, cancel));
    }

    private static ProvenIdentity Entra(string id, string name, string login) => new("entra", $"entra-t-{id}", name, login, login);

    private Task<ClassListResult?> ImportAsync(LedgerFile file, string login) => new ClassListStore(file.Database, file.Audit, file.Clock)
        .ApplyAsync(LedgerFile.Course, LedgerFile.Instructor, [new ClassListRow(2, login, "Ann", Role.Ta, "A")], nobody, cancel);
}
