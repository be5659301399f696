using System.Diagnostics;
using Npgsql;
using Tutor.Data;
using Tutor.Data.Audit;
using Tutor.Tests.Shared.Postgres;
using Tutor.Data.People;

namespace Tutor.UnitTests.Data.Engines;

/// <summary>deploy/postgres/audit.sql as an operator runs it.</summary>
public sealed class AuditRoleTests
{
    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_the_audit_role_the_portal_may_add_rows_and_its_upgrades_run_but_nothing_takes_a_row_away()
    {
        var url = PostgresServer.Shared.CreateDatabase();
        using var database = Database.OnPostgres(url);
        var log = new AuditLog(database, TimeProvider.System);
        await RunScriptAsync(url);
        // Run again after a restore, it changes nothing more.
        await RunScriptAsync(url);

        await log.NoteAsync(new AuditEvent(new Viewer("ines"), "a-course", AuditAction.Opened, AuditObject.Course, "a-course"), cancel);
        foreach (var forgery in new[]
        {
            "UPDATE audit SET detail = 'x'", "DELETE FROM audit", "TRUNCATE audit", "DROP TABLE audit", "DROP TRIGGER audit_append_only ON audit",
            "ALTER TABLE audit DISABLE TRIGGER ALL", "ALTER TABLE audit OWNER TO tutor", "GRANT UPDATE ON audit TO tutor", "DROP SCHEMA public CASCADE",
        })
        {
            try
            {
                await database.ExecuteAsync(forgery, null, cancel);
                // PostgreSQL answers a GRANT of rights one does not have with a warning.
                Assert.StartsWith("GRANT", forgery, StringComparison.Ordinal);
            }
            catch (PostgresException error)
            {
                Assert.True(error.SqlState == PostgresErrorCodes.InsufficientPrivilege, $"{forgery}: {error.MessageText}");
            }
        }
        await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync("UPDATE audit SET detail = 'x'", null, cancel));
        await database.ExecuteAsync("CREATE TABLE of_the_next_version (id TEXT)", null, cancel);
        Migrator.Migrate(database);

        Assert.Equal((1, null), (await log.VerifyAsync(cancel)) is var check ? (check.Rows, check.Problem) : default);
    }

    private async Task RunScriptAsync(string url)
    {
        var database = new Uri(url).AbsolutePath[1..];
        var admin = new NpgsqlConnectionStringBuilder(PostgresServer.Shared.AdminUrl);
        var start = new ProcessStartInfo("psql", ["--no-psqlrc", "--quiet", "--set=role=tutor", $"--file={Script}", database]) { RedirectStandardError = true, RedirectStandardOutput = true };
        (start.Environment["PGHOST"], start.Environment["PGPORT"]) = (admin.Host, $"{admin.Port}");
        (start.Environment["PGUSER"], start.Environment["PGPASSWORD"]) = (admin.Username, admin.Password);
        using var run = Process.Start(start)!;
        var said = await run.StandardError.ReadToEndAsync(cancel);
        await run.WaitForExitAsync(cancel);
        Assert.True(run.ExitCode == 0, said);
    }

    private static string Script
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Tutor.sln"))) folder = folder.Parent!;
            return Path.Combine(folder.FullName, "deploy", "postgres", "audit.sql");
        }
    }
}
