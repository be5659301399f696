using System.Security.Cryptography;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Tutor.Data.Keys;

/// <summary>The secret that is not in the database, so that who reads the database or a backup of it can sign in as nobody.</summary>
public sealed class KeySecret(IOptions<KeyOptions> options, IOptions<DatabaseOptions> database, IHostEnvironment environment)
{
    private const string HowToMake = "Make one with `openssl rand -base64 32` and keep it out of the database's backups.";
    private readonly Lazy<byte[]?> bytes = new(() => Read(options.Value, database.Value, environment));

    /// <summary>32 bytes; null in Development on PostgreSQL without a setting, where keys lie in clear.</summary>
    /// <exception cref="DatabaseRefusedException">There is none and none can be made; the message says what to set.</exception>
    public byte[]? Bytes => bytes.Value;

    private static byte[]? Read(KeyOptions options, DatabaseOptions database, IHostEnvironment environment)
    {
        if (!string.IsNullOrWhiteSpace(options.Key)) return Parse(options.Key, "DataProtection:Key");
        // On one machine a file beside the database is right without anybody's doing. Several nodes must be given the same key.
        var file = !string.IsNullOrWhiteSpace(options.KeyFile) ? options.KeyFile : database.IsPostgres ? null : database.Path + ".key";
        if (file is not null) return ReadOrMake(Path.Combine(environment.ContentRootPath, file));
        return environment.IsDevelopment()
            ? null
            : throw new DatabaseRefusedException(
                $"The keys of sign-ins would lie in PostgreSQL in clear: set DataProtection:Key (DataProtection__Key in the environment) to the same 32 bytes in base64 on every node. {HowToMake}");
    }

    private static byte[] ReadOrMake(string file)
    {
        try
        {
            if (!File.Exists(file)) Make(file);
            return Parse(File.ReadAllText(file), file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DatabaseRefusedException(
                $"The key file {file} cannot be made or read ({error.Message.TrimEnd('.')}). Give it and its folder to the user that runs Tutor, or set DataProtection:Key.", error);
        }
    }

    private static void Make(string file)
    {
        // Whole under its name or not there: a start that was stopped half way must not leave a file that is no key.
        var made = file + ".new";
        File.Delete(made);
        var mine = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) mine.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(made, mine))
            writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.Move(made, file);
    }

    private static byte[] Parse(string text, string where)
    {
        var key = new byte[33];
        return Convert.TryFromBase64String(text.Trim(), key, out var length) && length == 32
            ? key[..32]
            : throw new DatabaseRefusedException($"{where} is no key: it must be 32 bytes in base64. {HowToMake}");
    }
}
