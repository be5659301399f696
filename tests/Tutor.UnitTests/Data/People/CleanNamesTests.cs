using Tutor.Core.People;
using Tutor.Data;

namespace Tutor.UnitTests.Data.People;

public abstract class CleanNamesTests
{
    public sealed class OnSqlite : CleanNamesTests;
    public sealed class OnPostgres : CleanNamesTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Names_and_logins_of_earlier_lists_are_brought_into_their_normal_form_unless_two_people_would_then_share_one()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var people = new (string Id, string Name, string? Login)[]
        {
            ("hidden", "Zero\u200B Width", "e1@uni.example\u200B"), ("wide", "\u202E \u200B", "Ｅ2@uni.example"), ("fine", "Fay Fine", "fay@uni.example"),
            ("twin-1", "Tia Twin", "tia@uni.example"), ("twin-2", "Tia Twin", "<tia@uni.example>"), ("none", "Nora None", null), ("odd", "Odd One", "two words"),
        };
        foreach (var (id, name, login) in people)
            await file.Database.ExecuteAsync("INSERT INTO person (id, name, login, created_at) VALUES (@id, @name, @login, 0)", new { id, name, login }, cancel);

        await file.Database.ExecuteAsync("DELETE FROM schemaversions WHERE scriptname LIKE '%0077_names%'", null, cancel);
        Migrator.Migrate(file.Database);

        var after = (await file.Database.QueryAsync<(string Id, string Name, string? Login)>("SELECT id, name, login FROM person", null, cancel)).ToDictionary(p => p.Id);
        Assert.Equal(("Zero Width", "e1@uni.example"), (after["hidden"].Name, after["hidden"].Login));
        Assert.Equal((PersonName.Unnamed, "e2@uni.example"), (after["wide"].Name, after["wide"].Login));
        Assert.All(people.Skip(2), person => Assert.Equal(person, after[person.Id]));
    }
}
