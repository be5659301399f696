using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Options;
using Tutor.Core.Evidence;
using Tutor.Core.Guard;
using Tutor.Core.Hints;
using Tutor.Core.Interactions;
using Tutor.Data;
using Tutor.Data.Interactions;
using Tutor.Data.Retention;
using Tutor.Tests.Shared;
using Tutor.UnitTests.Data.Operations;

namespace Tutor.UnitTests.Data.Retention;

/// <summary>What retention deletes can be read nowhere any more: the files are searched byte by byte.</summary>
public abstract class DeletedTextTests : IDisposable
{
    public sealed class OnSqlite : DeletedTextTests;
    public sealed class OnPostgres : DeletedTextTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-deleted-");
    private readonly List<string> canaries = [];
    private readonly Random random = new(20_271_129);

    public void Dispose()
    {
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Text_that_was_deleted_is_left_in_no_file_and_in_no_later_backup()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        for (var i = 0; i < 60; i++) await WriteAsync(file, i);
        // What stays keeps pages half full, from which SQLite takes rows out one by one.
        var kept = new List<string>(canaries);
        canaries.Clear();
        file.Clock.Advance(TimeSpan.FromDays(100));
        var gone = kept;
        for (var i = 0; i < 5; i++) await WriteAsync(file, i);
        var young = canaries.ToList();
        var before = await SearchAsync(file, "before", [.. gone, .. young]);
        Assert.Equal(gone.Count + young.Count, before.Count);

        var deleted = await new RequestExpiry(file.Database, Options.Create(new RetentionOptions { KeepDays = 30 }), file.Clock).DeleteAsync(cancel);

        Assert.Equal(60, deleted);
        Assert.Empty(await SearchAsync(file, "after", gone));
        Assert.Equal(young.Count, (await SearchAsync(file, "kept", young)).Count);
    }

    [Fact]
    public async Task Text_that_an_earlier_version_left_behind_goes_with_the_upgrade()
    {
        Assert.SkipWhen(this is OnPostgres, "PostgreSQL reuses space by itself; deploy/README.md says what that leaves.");
        using var file = await LedgerFile.CreateAsync(cancel);
        await WriteAsync(file, 0);
        // As earlier versions did it: rows without zeros, words of the index beside a mark that they are gone.
        await file.Database.ExecuteAsync(
            """
            INSERT INTO interaction_search (interaction_search, rank) VALUES ('secure-delete', 0);
            PRAGMA secure_delete = OFF;
            DELETE FROM interaction_search; DELETE FROM interaction_prompt; DELETE FROM draft;
            PRAGMA user_version = 0;
            DELETE FROM SchemaVersions WHERE ScriptName LIKE '%0075_secure_search%';
            """, null, cancel);
        await file.Database.ExecuteAsync("UPDATE submission SET body = ''; UPDATE interaction SET question = '';", null, cancel);
        var left = await SearchAsync(file, "left", canaries);

        Migrator.Migrate(file.Database);

        var now = await SearchAsync(file, "upgraded", canaries);
        Assert.NotEmpty(left);
        Assert.Contains(Named("index"), left);
        Assert.DoesNotContain(Named("prompt"), now);
        Assert.DoesNotContain(Named("index"), now);
    }

    // One request with a canary of its own in each column that can hold a person's words, some long enough for pages of their own.
    private async Task WriteAsync(LedgerFile file, int number)
    {
        var id = Assert.IsType<SubmitResult.Accepted>(await file.Ledger.SubmitAsync(new NewInteraction
        {
            ClientKey = Guid.NewGuid().ToString(), StudentId = LedgerFile.Student.PersonId, CourseId = LedgerFile.Course, CourseVersionId = "v", ExerciseId = LedgerFile.Exercise,
            Kind = InteractionKind.Hint, Level = HintLevel.Nudge, FileName = Canary("file") + ".py",
            Work = string.Join('\n', Enumerable.Range(0, 1 + number % 4 * 60).Select(line => $"value = {line} # {Canary("work")} {new string('x', 40)}")),
            Question = Canary("index") + " why?",
        }, 400, cancel)).InteractionId;
        var attempt = await file.Ledger.ClaimAsync(id, 0, "node", LedgerFile.Lease, cancel);
        var finished = LedgerFile.Finished(id, attempt!.Value, Canary("answer"));
        Assert.True(await file.Ledger.FinishAsync(finished with
        {
            Outcome = finished.Outcome with
            {
                WriterReason = Canary("reason"), Prompt = [new PromptMessage("user", Canary("prompt") + new string('p', 5_000) + Canary("prompt"))],
                Verdicts = [new LeakVerdict(LeakLayer.OwnIdentifiers, Canary("span"), Canary("verdict"))], Basis = [new BasisItem("test", "t", Canary("title"), Canary("basis"))],
            },
            Steps = [new Step { Name = "clean", State = "ok", StartedAt = 1, EndedAt = 2, Detail = Canary("step") }],
        }, cancel));
        await file.Database.ExecuteAsync(
            $"""
            UPDATE interaction SET rating_reason = '{Canary("rating")}', review_note = '{Canary("note")}', error = '{Canary("error")}' WHERE id = @id;
            UPDATE flag SET quote = '{Canary("quote")}', answer = '{Canary("flag")}', model_quote = '{Canary("model")}' WHERE interaction_id = @id;
            INSERT INTO escalation (id, interaction_id, course_id, exercise_id, student_id, message, state, created_at)
            VALUES (@id, @id, @Course, @Exercise, @Student, '{Canary("message")}', 'open', 0);
            INSERT INTO escalation_reply (id, escalation_id, author_id, body, created_at) VALUES (@id, @id, 'tom-ta', '{Canary("reply")}', 0);
            INSERT INTO welfare_notice (id, interaction_id, course_id, student_id, rule_id, rule_version, field, quote, created_at)
            VALUES (@id, @id, @Course, @Student, 'r', 1, 'question', '{Canary("welfare")}', 0);
            INSERT INTO flag_sample (interaction_id, course_id, drawn_at, reason) VALUES (@id, @Course, 0, '{Canary("sample")}');
            INSERT INTO draft (student_id, course_id, exercise_id, body, question, updated_at)
            VALUES (@id, @Course, @Exercise, '{Canary("draft")}', '{Canary("asked")}', @now);
            """,
            new { id, LedgerFile.Course, LedgerFile.Exercise, Student = LedgerFile.Student.PersonId, now = file.Clock.Now.ToUnixTimeMilliseconds() }, cancel);
    }

    private string Canary(string column)
    {
        // Begins with its own letters: an index keeps only where a word differs from the one before.
        var canary = new string([.. Enumerable.Range(0, 14).Select(_ => (char)('a' + random.Next(26)))]) + column;
        canaries.Add(canary);
        return canary;
    }

    private string Named(string column) => canaries.First(canary => canary.EndsWith(column, StringComparison.Ordinal));

    // Which of them stand in the database's files or in a backup made now.
    private async Task<HashSet<string>> SearchAsync(LedgerFile file, string name, IReadOnlyList<string> wanted)
    {
        var backup = Path.Combine(folder.FullName, name);
        await Scripts.RunAsync("backup.sh", cancel, file.Address, backup);
        var contents = new List<byte[]> { await ReadAsync(file.Address, backup) };
        if (this is OnSqlite)
            contents.AddRange(Directory.GetFiles(Path.GetDirectoryName(file.Address)!).Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)).Select(File.ReadAllBytes));
        return [.. wanted.Where(canary => contents.Any(content => content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)) >= 0))];
    }

    // A backup of PostgreSQL is packed; this is all that anybody can take out of it.
    private async Task<byte[]> ReadAsync(string address, string backup)
    {
        if (!address.StartsWith("postgres", StringComparison.Ordinal)) return await File.ReadAllBytesAsync(backup, cancel);
        using var run = Process.Start(new ProcessStartInfo("pg_restore", ["--file=-", backup]) { RedirectStandardOutput = true })!;
        var text = await run.StandardOutput.ReadToEndAsync(cancel);
        await run.WaitForExitAsync(cancel);
        return Encoding.UTF8.GetBytes(text);
    }
}
