using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tutor.Inference.Hosts;
using Tutor.Runtime;
using Tutor.Runtime.Admission;

namespace Tutor.UnitTests.Runtime.Admission;

public sealed class AdmissionSlotsTests
{
    [Fact]
    public void A_setting_holds_whatever_the_hosts_can_do() => Assert.Equal(3, Slots(new RuntimeOptions { Slots = 3 }, hostSlots: 40));

    [Fact]
    public void Without_a_model_host_the_ladder_writes_sixteen_at_once() => Assert.Equal(16, Slots(new RuntimeOptions()));

    [Theory]
    [InlineData(1, 3)]
    [InlineData(40, 50)]
    public void The_hosts_are_kept_busy_by_a_few_more_that_prepare(int hostSlots, int expected) =>
        Assert.Equal(expected, Slots(new RuntimeOptions(), hostSlots));

    private static int Slots(RuntimeOptions options, int? hostSlots = null)
    {
        var hosts = new ModelHostsOptions();
        if (hostSlots is { } slots) hosts.Hosts.Add(new ModelHostOptions { Name = "gpu-1", Url = new Uri("http://localhost:1/v1"), Slots = slots });
        using var pool = new ModelPool(Options.Create(hosts), TimeProvider.System, NullLogger<ModelPool>.Instance);
        return new AdmissionSlots(Options.Create(options), pool).Count;
    }
}
