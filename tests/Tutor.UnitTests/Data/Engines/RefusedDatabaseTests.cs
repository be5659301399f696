using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Tutor.Data;
using Tutor.Tests.Shared.Postgres;

namespace Tutor.UnitTests.Data.Engines;

/// <summary>Databases a portal must not work on are left as they are, with a sentence that says what to do.</summary>
public sealed class RefusedDatabaseTests : IDisposable
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-refused-");

    private string FilePath => Path.Combine(folder.FullName, "tutor.db");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_file_that_a_newer_version_has_upgraded_is_refused_by_the_migration_s_name()
    {
        await MakeAsync();
        using (var database = new Database(FilePath))
            await database.ExecuteAsync("INSERT INTO SchemaVersions (ScriptName, Applied) VALUES ('Tutor.Data.Migrations.common.0999_the_future.sql', '2031-01-01')", null, Cancel);

        Refuses("was used by a newer version of Tutor (it has the migration 0999_the_future, which this version does not know)", "deploy/README.md, Upgrading");
    }

    [Fact]
    public async Task A_PostgreSQL_database_that_a_newer_version_has_upgraded_is_refused_too()
    {
        using var database = Database.OnPostgres(PostgresServer.Shared.CreateDatabase());
        await database.ExecuteAsync("INSERT INTO schemaversions (scriptname, applied) VALUES ('Tutor.Data.Migrations.postgres.0999_the_future.sql', NOW())", null, Cancel);

        var refused = Assert.Throws<DatabaseRefusedException>(() => Migrator.Migrate(database));

        Assert.Contains("it has the migration 0999_the_future", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    [InlineData(-1)]
    public async Task A_file_with_a_page_of_garbage_is_refused_as_damaged(int page)
    {
        await MakeAsync();
        using (var stream = File.OpenWrite(FilePath))
        {
            stream.Position = page < 0 ? stream.Length - 4096 : page * 4096L;
            var garbage = new byte[4096];
            new Random(page).NextBytes(garbage);
            stream.Write(garbage);
        }

        Refuses("is damaged", "deploy/restore.sh");
    }

    [Fact]
    public async Task A_file_that_was_cut_off_is_refused_as_damaged()
    {
        await MakeAsync();
        using (var stream = File.OpenWrite(FilePath)) stream.SetLength(stream.Length / 2);

        Refuses("is damaged", "deploy/restore.sh");
    }

    [Theory]
    [InlineData("course: intro-python\n", "is not a SQLite database")]
    [InlineData("", "is empty (0 bytes)")]
    public async Task A_file_that_is_no_database_is_refused(string content, string words)
    {
        await File.WriteAllTextAsync(FilePath, string.Concat(Enumerable.Repeat(content, 500)), Cancel);

        Refuses(words, "deploy/restore.sh");
    }

    [Fact]
    public void A_database_of_another_program_is_refused()
    {
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = FilePath, Pooling = false }.ToString()))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE bookmarks (url TEXT)";
            command.ExecuteNonQuery();
        }

        Refuses("is a database of another program", "Database:Path");
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_refused()
    {
        Directory.CreateDirectory(FilePath);

        using var database = new Database(FilePath);
        Assert.Contains("is a folder", Assert.Throws<DatabaseRefusedException>(() => Migrator.Migrate(database)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_refused_without_the_password()
    {
        using var database = Database.OnPostgres("postgres://tutor:se-cret@127.0.0.1:1/tutor");

        var refused = Assert.Throws<DatabaseRefusedException>(() => Migrator.Migrate(database));

        Assert.StartsWith("PostgreSQL 127.0.0.1/tutor cannot be used: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("se-cret", refused.ToString(), StringComparison.Ordinal);
    }

    private async Task MakeAsync()
    {
        using var database = new Database(FilePath);
        Migrator.Migrate(database);
        await database.ExecuteAsync("INSERT INTO person (id, name, created_at) VALUES ('p', 'Pia', 0)", null, Cancel);
    }

    private void Refuses(params string[] words)
    {
        var before = Hash();
        using var database = new Database(FilePath);

        var refused = Assert.Throws<DatabaseRefusedException>(() => Migrator.Migrate(database));

        Assert.Contains(FilePath, refused.Message, StringComparison.Ordinal);
        Assert.All(words, word => Assert.Contains(word, refused.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', refused.Message);
        Assert.Equal(before, Hash());
    }

    private string Hash() => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(FilePath)));
}
