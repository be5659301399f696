using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Internal;
using Tutor.Data;
using Tutor.Data.Keys;

namespace Tutor.UnitTests.Data.Keys;

public abstract class KeyRingTests : IDisposable
{
    public sealed class OnSqlite : KeyRingTests;
    public sealed class OnPostgres : KeyRingTests, IOnPostgres;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tutor-keys-");
    private readonly TempLedger ledger = new();

    public void Dispose()
    {
        ledger.Dispose();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Who_reads_the_database_alone_cannot_use_its_keys()
    {
        await using var portal = Portal("k1");
        await portal.OpenKeyRingAsync();
        var cookie = Protect(portal, "ines-instructor");

        await using var restarted = Portal("k1");
        await using var thief = Portal("k2");

        Assert.Equal("ines-instructor", Unprotect(restarted, cookie));
        Assert.ThrowsAny<CryptographicException>(() => Unprotect(thief, cookie));
        var rows = await ledger.Database.QueryAsync<string>("SELECT xml FROM dp_key", null, Cancel);
        Assert.Contains("encryptedSecret", rows[0], StringComparison.Ordinal);
        Assert.All(rows, row => Assert.DoesNotContain("masterKey", row, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Keys_that_an_earlier_version_left_in_clear_open_nothing_any_more()
    {
        await using var earlier = Portal(null, Environments.Development, "postgres://unused/database");
        var forged = Protect(earlier, "ines-instructor");

        await using var portal = Portal("k1");
        await portal.OpenKeyRingAsync();

        Assert.Empty(await ledger.Database.QueryAsync<string>("SELECT xml FROM dp_key", null, Cancel));
        Assert.ThrowsAny<CryptographicException>(() => Unprotect(portal, forged));
        Assert.Equal("sam", Unprotect(portal, Protect(portal, "sam")));
    }

    [Fact]
    public async Task Without_a_setting_a_key_file_that_only_its_owner_reads_is_made_beside_the_SQLite_file()
    {
        await using var portal = Portal(null);
        await portal.OpenKeyRingAsync();
        var cookie = Protect(portal, "sam");

        var file = Path.Combine(folder.FullName, "data.db.key");
        Assert.True(File.Exists(file));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        await using var restarted = Portal(null);
        Assert.Equal("sam", Unprotect(restarted, cookie));
    }

    [Theory]
    [InlineData(null, "postgres://server/database", "set DataProtection:Key (DataProtection__Key in the environment) to the same 32 bytes in base64 on every node")]
    [InlineData("c2hvcnQ=", null, "DataProtection:Key is no key: it must be 32 bytes in base64")]
    [InlineData("not base64!", null, "DataProtection:Key is no key: it must be 32 bytes in base64")]
    public async Task A_portal_without_a_usable_secret_does_not_start_and_says_what_to_set(string? key, string? url, string words)
    {
        await using var portal = Portal(key, url: url);

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(portal.OpenKeyRingAsync);

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2hvcnQ=", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_file_that_holds_something_else_is_refused_and_left_alone()
    {
        var file = Path.Combine(folder.FullName, "data.db.key");
        await File.WriteAllTextAsync(file, "something else", Cancel);
        await using var portal = Portal(null);

        var refused = await Assert.ThrowsAsync<DatabaseRefusedException>(portal.OpenKeyRingAsync);

        Assert.StartsWith($"{file} is no key", refused.Message, StringComparison.Ordinal);
        Assert.Equal("something else", await File.ReadAllTextAsync(file, Cancel));
    }

    // A portal's services over this test's database: k1 and k2 stand for keys.
    private ServiceProvider Portal(string? key, string? environment = null, string? url = null)
    {
        var settings = new Dictionary<string, string?>
        {
            ["DataProtection:Key"] = key is "k1" or "k2" ? Convert.ToBase64String(SHA256.HashData([(byte)key[1]])) : key, ["Database:Url"] = url,
            ["Database:Path"] = "data.db",
        };
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        var services = new ServiceCollection().AddLogging()
            .AddSingleton<IHostEnvironment>(new HostingEnvironment { EnvironmentName = environment ?? Environments.Production, ContentRootPath = folder.FullName })
            .AddSingleton(ledger.Database).AddKeyRing(configuration);
        services.AddOptions<DatabaseOptions>().Bind(configuration.GetSection(DatabaseOptions.Section));
        return services.BuildServiceProvider();
    }

    private static string Protect(ServiceProvider portal, string text) => portal.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect(text);

    private static string Unprotect(ServiceProvider portal, string text) => portal.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(text);
}
