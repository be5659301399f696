using Microsoft.AspNetCore.DataProtection;
using Tutor.Data.Lti;
using Tutor.UnitTests.Data;
using Tutor.Web.Lti;

namespace Tutor.UnitTests.Web.Lti;

public sealed class ToolKeysTests
{
    [Fact]
    public async Task Reading_the_public_keys_over_and_over_reads_the_database_once_a_minute()
    {
        using var ledger = new TempLedger();
        var clock = new TestClock();
        var store = new LaunchStore(ledger.Database, clock);
        using var keys = new ToolKeys(store, new EphemeralDataProtectionProvider(), clock);
        var first = Assert.Single(await keys.PublicAsync(TestContext.Current.CancellationToken));
        await ledger.Database.ExecuteAsync("DELETE FROM lti_key", null, TestContext.Current.CancellationToken);

        for (var i = 0; i < 1000; i++) Assert.Same(first, Assert.Single(await keys.PublicAsync(TestContext.Current.CancellationToken)));
        Assert.Equal(0, await ledger.Database.QuerySingleOrDefaultAsync<int>("SELECT COUNT(*) FROM lti_key", null, TestContext.Current.CancellationToken));

        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.NotSame(first, Assert.Single(await keys.PublicAsync(TestContext.Current.CancellationToken)));
    }
}
