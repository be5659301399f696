using System.Data;
using Dapper;
using DbUp.Engine;
using Tutor.Core.People;

namespace Tutor.Data.Migrations;

/// <summary>Brings names and logins that earlier lists and launches left behind into the form in which they are looked for now.</summary>
/// <remarks>In code, since neither database knows compatibility forms and hidden characters alike. A login that would then be somebody
/// else's stays as it is: which of the two a list means only people can tell.</remarks>
internal sealed class CleanNames : IScript
{
    public string ProvideScript(Func<IDbCommand> dbCommandFactory)
    {
        using var command = dbCommandFactory();
        var (connection, transaction) = (command.Connection!, command.Transaction);
        var people = connection.Query<(string Id, string Name, string? Login)>("SELECT id, name, login FROM person", transaction: transaction).AsList();
        var holders = people.Where(p => p.Login is not null).ToLookup(p => SignInName.Of(p.Login) ?? p.Login!, StringComparer.Ordinal);
        foreach (var (id, name, login) in people)
        {
            var clean = (Name: PersonName.Of(name) ?? PersonName.Unnamed, Login: login is null ? null : SignInName.Of(login) ?? login);
            if (clean.Login is not null && holders[clean.Login].Skip(1).Any()) clean.Login = login;
            if (clean != (name, login))
                connection.Execute("UPDATE person SET name = @Name, login = @Login WHERE id = @id", new { clean.Name, clean.Login, id }, transaction);
        }
        return "";
    }
}
