using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tutor.Data.Engines;

namespace Tutor.Data;

/// <summary>Migrates the database before any other part starts; a SQLite file is first taken for this process alone.</summary>
/// <remarks>
/// The operating system drops the file's lock when the process dies, however it dies. Who holds it knows that every
/// row some earlier process was running is free to be taken up again at once.
/// </remarks>
internal sealed class DatabaseStart(Database database, IOptions<TimeOptions> options, TimeProvider time) : IHostedLifecycleService, IDisposable
{
    // Long enough for a predecessor that is being stopped, short enough to tell the operator of a second one.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(3);
    private FileStream? held;
    private bool done;

    /// <summary>Done once: by the program before anything is logged about a start, so that a refusal is one sentence, or else by the host.</summary>
    /// <exception cref="DatabaseRefusedException">The portal cannot work on this database.</exception>
    public async Task StartingAsync(CancellationToken cancel)
    {
        if (done) return;
        if (database.Engine is SqliteEngine sqlite) held ??= await TakeAsync(sqlite.FilePath, cancel);
        Migrator.Migrate(database);
        await database.Zones.SetInstallationAsync(options.Value.TimeZone is { Length: > 0 } zone ? zone : "UTC", cancel);
        done = true;
    }

    private async Task<FileStream> TakeAsync(string file, CancellationToken cancel)
    {
        var path = file + ".lock";
        var from = time.GetTimestamp();
        while (true)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException taken) when (File.Exists(path))
            {
                if (time.GetElapsedTime(from) > patience)
                    throw new DatabaseRefusedException(
                        $"Another Tutor uses the database {file}. Stop it first, or give this one its own file (setting Database:Path). "
                        + "Several nodes share a PostgreSQL database (setting Database:Url).", taken);
                await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancel);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new DatabaseRefusedException(
                    $"The folder of the database {file} cannot be made or written to ({error.Message.TrimEnd('.')}). Give it to the user that runs Tutor, or name another file in Database:Path.", error);
            }
        }
    }

    public Task StoppedAsync(CancellationToken cancel)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => held?.Dispose();

    public Task StartAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StartedAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StoppingAsync(CancellationToken cancel) => Task.CompletedTask;
    public Task StopAsync(CancellationToken cancel) => Task.CompletedTask;
}
