using System.Data.Common;
using Tutor.Data;
using Tutor.Data.Audit;
using Tutor.Data.Moving;

namespace Tutor.Web.Operations;

/// <summary>What an operator runs instead of the portal: <c>dotnet Tutor.Web.dll audit verify …</c>.</summary>
public static class OperatorCommands
{
    private const string Usage =
        """
        Without arguments the portal starts. Its settings are in appsettings.json and in environment variables; deploy/README.md lists them.

        audit verify <database> [<row>:<hash>]   checks the audit log's chain, and that a row noted earlier is still the same
        move <SQLite file> <postgres://...>      moves everything into an empty PostgreSQL database and compares both; stop the portal first
        <database> is Database:Url (postgres://...) or the SQLite file.
        """;

    /// <returns>The exit code; null where the arguments ask for the portal.</returns>
    public static async Task<int?> RunAsync(string[] args)
    {
        try
        {
            return args switch
            {
                ["audit", "verify", var database] => await VerifyAsync(database, null),
                ["audit", "verify", var database, var noted] => await VerifyAsync(database, noted),
                ["move", var file, var url] when url.StartsWith("postgres", StringComparison.Ordinal) => await MoveAsync(file, url),
                ["--help" or "-h" or "-?" or "help", ..] => Help(),
                ["audit" or "move", ..] => Explain(),
                // Settings may follow the program's name (--urls http://…, key=value); a word alone is a command that there is not.
                [var word, ..] when word.Length > 0 && char.IsAsciiLetter(word[0]) && !word.Contains('=', StringComparison.Ordinal) => Explain(),
                _ => null,
            };
        }
        catch (Exception error) when (error is FileNotFoundException or InvalidOperationException or ArgumentException or DbException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static int Help()
    {
        Console.WriteLine(Usage);
        return 0;
    }

    private static int Explain()
    {
        Console.Error.WriteLine(Usage);
        return 2;
    }

    private static async Task<int> VerifyAsync(string address, string? noted)
    {
        using var database = Open(address);
        var log = new AuditLog(database, TimeProvider.System);
        var check = await log.VerifyAsync(CancellationToken.None);
        var problem = check.Problem;
        // An empty log was noted as row 0, which nothing can be missing from.
        if (problem is null && noted is not null && Mark(noted) is var mark && mark != "0:" && !await log.HasAsync(mark, CancellationToken.None))
            problem = $"Row {mark} is not in the log any more: rows at the end were taken away or replaced.";
        if (problem is not null)
        {
            Console.Error.WriteLine(problem);
            return 1;
        }
        Console.Error.WriteLine($"{check.Rows} rows, unbroken. Keep the next line apart from the database, and give it to the next check.");
        Console.WriteLine($"{check.Rows}:{check.LastHash}");
        return 0;
    }

    // Whole lines of output are kept and given back, those of earlier versions with a sentence before the mark.
    private static string Mark(string noted) => noted.Split([' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "";

    private static async Task<int> MoveAsync(string file, string url)
    {
        using var from = Open(file);
        using var to = Open(url);
        foreach (var table in await new DatabaseMove(from, to).RunAsync(CancellationToken.None))
            Console.WriteLine($"{table.Name,-24} {table.Rows,10} rows  {table.Checksum}");
        Console.WriteLine("Every table reads the same on both sides. Start the portal with Database:Url.");
        return 0;
    }

    private static Database Open(string address) => address.StartsWith("postgres", StringComparison.Ordinal)
        ? Database.OnPostgres(address)
        : File.Exists(address) ? new Database(address) : throw new FileNotFoundException($"There is no database {address}.");
}
