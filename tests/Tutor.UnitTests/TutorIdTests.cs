using Tutor.Core;

namespace Tutor.UnitTests;

public sealed class TutorIdTests
{
    [Fact]
    public async Task Ids_made_one_after_the_other_sort_in_that_order_whatever_other_threads_do()
    {
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 20_000).Select(_ => TutorId.New()).ToList())));

        Assert.All(runs, ids => Assert.Equal(ids.Order(StringComparer.Ordinal), ids));
        Assert.Equal(80_000, runs.SelectMany(ids => ids).Distinct().Count());
    }

    [Fact]
    public void An_id_is_a_version_7_uuid_of_the_present()
    {
        var id = Guid.ParseExact(TutorId.New(), "N");

        Assert.Equal(7, id.Version);
        Assert.InRange(id.Variant, 8, 11);
        var made = DateTimeOffset.FromUnixTimeMilliseconds(Convert.ToInt64(id.ToString("N")[..12], 16));
        Assert.InRange((DateTimeOffset.UtcNow - made).TotalSeconds, -2, 60);
    }
}
