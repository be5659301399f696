using Tutor.Data.ModelHosts;

namespace Tutor.UnitTests.Data.ModelHosts;

public abstract class HostSwitchesTests
{
    public sealed class OnSqlite : HostSwitchesTests;
    public sealed class OnPostgres : HostSwitchesTests, IOnPostgres;

    private readonly CancellationToken cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_host_is_out_until_it_is_put_back_and_the_first_who_took_it_out_is_named()
    {
        using var file = await LedgerFile.CreateAsync(cancel);
        var switches = new HostSwitches(file.Database, file.Audit, file.Clock);

        await switches.TakeOutAsync("gpu-1", LedgerFile.Ta, cancel);
        await switches.TakeOutAsync("gpu-1", LedgerFile.Student, cancel);
        await switches.TakeOutAsync("gpu-2", LedgerFile.Ta, cancel);
        await switches.PutBackAsync("gpu-2", LedgerFile.Student, cancel);

        var gone = Assert.Single(await switches.OutAsync(cancel));
        var ta = await file.People.FindAsync(LedgerFile.Ta.PersonId, cancel);
        Assert.Equal(("gpu-1", ta!.Name, file.Clock.GetUtcNow().ToUnixTimeMilliseconds()), (gone.Host, gone.By, gone.Since));
        var student = await file.People.FindAsync(LedgerFile.Student.PersonId, cancel);
        Assert.Equal(
            [("gpu-2", student!.Name, "put back"), ("gpu-2", ta.Name, "taken out"), ("gpu-1", ta.Name, "taken out")],
            (await switches.LatelyAsync(5, cancel)).Select(change => (change.Host, change.By, change.What)));
        Assert.Null((await file.Audit.VerifyAsync(cancel)).Problem);
    }
}
