using System.Reflection;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Tutor.Runtime.Admission;

namespace Tutor.UnitTests.Runtime.Admission;

public sealed class QueuePlacesTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_node_of_admission_is_dead_pages_are_told_the_last_places_and_only_one_of_them_asks()
    {
        var time = new FakeTimeProvider();
        var asked = 0;
        Func<Task<QueueSnapshot>> answer = () => Task.FromResult(new QueueSnapshot(["a", "b"], Slots: 1, SecondsEach: 4));
        using var places = new QueuePlaces(Factory.With(() => { asked++; return answer(); }), time);
        Assert.Equal(new QueuePlace(2, TimeSpan.FromSeconds(8), Sure: true), await places.FindAsync("b", Cancel));

        answer = () => Task.FromException<QueueSnapshot>(new SiloUnavailableException("Its node died."));
        time.Advance(TimeSpan.FromSeconds(1));
        var seen = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => places.FindAsync("b", Cancel)));

        Assert.All(seen, place => Assert.Equal(new QueuePlace(2, TimeSpan.FromSeconds(8), Sure: false), place));
        Assert.Equal(2, asked);
    }

    // Answers the one call that is made of each.
    public class Factory : DispatchProxy
    {
        private Func<object?>? answer;

        internal static IGrainFactory With(Func<Task<QueueSnapshot>> snapshot)
        {
            var grain = Create<IAdmissionGrain, Factory>();
            ((Factory)(object)grain).answer = snapshot;
            var grains = Create<IGrainFactory, Factory>();
            ((Factory)(object)grains).answer = () => grain;
            return grains;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => answer!();
    }
}
