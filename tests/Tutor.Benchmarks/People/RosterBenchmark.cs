using System.Diagnostics;
using System.Globalization;
using System.Text;
using Tutor.Data;
using Tutor.Data.People;
using Tutor.Tests.Shared.Postgres;
using Tutor.Web.People;

namespace Tutor.Benchmarks.People;

/// <summary>How long a class list of 2,000 people takes, from the text of the file to the committed import, on both databases.</summary>
internal static class RosterBenchmark
{
    private const int People = 2000;
    private const int Rounds = 5;
    private static readonly Viewer instructor = new("ines");
    private static readonly HashSet<string> nobody = [];

    public static async Task RunAsync(string[] args)
    {
        var file = File();
        var table = new Table("database", "first import p50 ms", "slowest ms", "again, 100 moved to another section p50 ms");
        var folder = Directory.CreateTempSubdirectory("tutor-roster-").FullName;
        using (var sqlite = new Database(Path.Combine(folder, "tutor.db")))
        {
            Migrator.Migrate(sqlite);
            await MeasureAsync(table, "SQLite", sqlite, file);
        }
        Directory.Delete(folder, recursive: true);
        using (var server = new PostgresServer(durable: true))
        using (var postgres = Database.OnPostgres(server.CreateDatabase()))
            await MeasureAsync(table, "PostgreSQL", postgres, file);
        Console.WriteLine($"{People:N0} people of 20 sections, {file.Length / 1024} KB of CSV: read, planned against the course's people, applied; each first import into a course of its own (limit 3,000 ms).\n");
        Console.Write(table);
    }

    private static async Task MeasureAsync(Table table, string name, Database database, string file)
    {
        await database.ExecuteAsync("INSERT INTO person (id, name, created_at) VALUES ('ines', 'Ines', 0)", null, default);
        var (first, again) = (new List<double>(), new List<double>());
        // The round before the first measured one warms the code up.
        for (var round = -1; round < Rounds; round++)
        {
            var course = $"course{round}";
            await database.ExecuteAsync(
                """
                INSERT INTO course (id, name, term, created_at) VALUES (@course, @course, 'Spring', 0);
                INSERT INTO membership (course_id, person_id, role, created_at) VALUES (@course, 'ines', 'instructor', 0);
                """, new { course }, default);
            // Other people in each round: the first import makes them as well.
            var list = file.Replace("@uni", $"@r{round + 1}.uni", StringComparison.Ordinal);
            var import = await ImportAsync(database, course, list, added: People, changed: 0);
            var change = await ImportAsync(database, course, list.Replace(",07\n", ",08\n", StringComparison.Ordinal), added: 0, changed: People / 20);
            if (round < 0) continue;
            first.Add(import);
            again.Add(change);
        }
        table.Add(name, Ms(first.Order().ElementAt(Rounds / 2)), Ms(first.Max()), Ms(again.Order().ElementAt(Rounds / 2)));
    }

    private static async Task<double> ImportAsync(Database database, string course, string file, int added, int changed)
    {
        var store = new ClassListStore(database, new Tutor.Data.Audit.AuditLog(database, TimeProvider.System), TimeProvider.System);
        var from = Stopwatch.GetTimestamp();
        var list = ClassListReader.Read(file);
        var plan = await store.PlanAsync(course, instructor, list.Rows, default);
        var result = await store.ApplyAsync(course, instructor, list.Rows, nobody, default);
        var time = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        if (list.Problems.Count > 0 || plan?.Added.Count != added || result != new ClassListResult(added, changed, 0))
            throw new InvalidOperationException($"The import did something else: {result}.");
        return time;
    }

    private static string File()
    {
        var text = new StringBuilder("login,name,role,section\n");
        for (var n = 0; n < People; n++)
            text.Append($"person{n:0000}@uni.example.edu,Person Number {n:0000},student,{n % 20:00}\n");
        return text.ToString();
    }

    private static string Ms(double milliseconds) => milliseconds.ToString("0", CultureInfo.InvariantCulture);
}
