using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Tutor.Data;

namespace Tutor.Tests.Shared.Postgres;

/// <summary>A PostgreSQL cluster of the tests' own on loopback; each test gets a fresh database with the current schema.</summary>
/// <remarks>It runs under <c>server.sh</c>, which stops it and deletes its files as soon as this process is gone.</remarks>
public sealed class PostgresServer : IDisposable
{
    private const string Template = "tutor_template";
    private static readonly Lazy<PostgresServer> shared = new(() => new PostgresServer(durable: false));
    private static int servers;

    private readonly string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    private readonly string folder;
    private readonly Process process;
    private readonly int port = FreePort.Find();
    private readonly NpgsqlDataSource admin;
    private readonly Lazy<bool> template;
    private int databases;

    /// <param name="durable">Whether a commit survives the server's own crash. Without, tests run several times as fast.</param>
    public PostgresServer(bool durable)
    {
        if (!Directory.Exists("/usr/lib/postgresql"))
            throw new InvalidOperationException("These tests need PostgreSQL. Run: bash deploy/prerequisites.sh tests");
        folder = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"tutor-pg-{Environment.ProcessId}-{Interlocked.Increment(ref servers)}"));
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true };
        string[] fast = durable ? [] : ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"];
        foreach (var argument in (string[])[
            "bash", Path.Combine(AppContext.BaseDirectory, "server.sh"), folder, port.ToString(CultureInfo.InvariantCulture),
            "-c", "max_connections=300", "-c", "shared_buffers=64MB", "-c", "wal_level=minimal", "-c", "max_wal_senders=0", "-c", "jit=off", .. fast])
            start.ArgumentList.Add(argument);
        start.Environment["POSTGRES_PASSWORD"] = password;
        process = Process.Start(start)!;
        admin = NpgsqlDataSource.Create(AdminUrl + ";Maximum Pool Size=4");
        template = new Lazy<bool>(MakeTemplate);
        WaitUntilReady();
        Execute($"CREATE ROLE tutor LOGIN PASSWORD '{password}'");
    }

    /// <summary>The cluster of this test run, started when it is first asked for.</summary>
    public static PostgresServer Shared => shared.Value;

    /// <summary>The server's own superuser.</summary>
    public string AdminUrl => Url("postgres", "postgres");

    /// <summary>Makes a database with the current schema, or an empty one; it goes with the cluster.</summary>
    /// <returns>Its <c>Database:Url</c>. Its owner is nobody special on the server, as in a real installation.</returns>
    public string CreateDatabase(bool migrated = true)
    {
        _ = migrated && template.Value;
        var name = string.Create(CultureInfo.InvariantCulture, $"tutor_{Interlocked.Increment(ref databases)}");
        // Without the disk's syncs a copy of the files is three times as fast as one through the log.
        Execute($"CREATE DATABASE {name} OWNER tutor TEMPLATE {(migrated ? Template : "template0")} STRATEGY file_copy");
        return $"postgres://tutor:{password}@127.0.0.1:{port}/{name}";
    }

    /// <summary>Deletes a database and whatever is still connected to it. After a crash the server syncs every file it has, so those of many databases delay its start.</summary>
    /// <param name="url">As <see cref="CreateDatabase"/> returned it.</param>
    public void DropDatabase(string url) => Execute($"DROP DATABASE {url[(url.LastIndexOf('/') + 1)..]} WITH (FORCE)");

    /// <summary>Kills the server as a power cut would and starts it after a pause; returns at once.</summary>
    public void Restart(double seconds)
    {
        // A connection that is kept from before would break the next test that asks for a database.
        admin.Clear();
        process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"restart {seconds}"));
        process.StandardInput.Flush();
    }

    public void Dispose()
    {
        admin.Dispose();
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }

    private bool MakeTemplate()
    {
        Execute($"CREATE DATABASE {Template} OWNER tutor TEMPLATE template0");
        using var database = Database.OnPostgres(Url("tutor", Template));
        Migrator.Migrate(database);
        return true;
    }

    private void WaitUntilReady()
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                Execute("SELECT 1");
                return;
            }
            catch (NpgsqlException) when (started.Elapsed < TimeSpan.FromSeconds(60) && !process.HasExited)
            {
                Task.Delay(50).Wait();
            }
            catch (NpgsqlException error)
            {
                throw new InvalidOperationException("PostgreSQL did not start:\n" + File.ReadAllText(Path.Combine(folder, "log")), error);
            }
        }
    }

    private void Execute(string sql)
    {
        using var command = admin.CreateCommand(sql);
        command.ExecuteNonQuery();
    }

    private string Url(string user, string database) => string.Create(CultureInfo.InvariantCulture,
        $"Host=127.0.0.1;Port={port};Username={user};Password={password};Database={database}");
}
