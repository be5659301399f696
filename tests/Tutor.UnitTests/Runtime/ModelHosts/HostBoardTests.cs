using Tutor.Data.ModelHosts;
using Tutor.Runtime.ModelHosts;

namespace Tutor.UnitTests.Runtime.ModelHosts;

public sealed class HostBoardTests
{
    [Fact]
    public void What_the_nodes_say_of_a_host_is_added_up()
    {
        var here = new HostReport { Name = "gpu", Model = "m", IsUp = true, Running = 2, Slots = 8, Waiting = 1, TokensPerSecond = 20, Answers = 5, Failures = 1, InputTokens = 300, CachedTokens = 200, Habits = ["No seed."] };
        var there = new HostReport { Name = "gpu", Model = "m", IsUp = false, Running = 3, Slots = 8, Waiting = 0, TokensPerSecond = 30, Answers = 7, InputTokens = 100, CachedTokens = 100, LastError = "No route.", Habits = ["No seed.", "No system role."] };
        var gone = new HostOut { Host = "gpu", By = "Olga Operator", Since = 1 };

        var both = HostBoard.Sum([here, there], gone);

        Assert.Equal((5, 8, 1, 50.0, 12L, 1L), (both.Running, both.Slots, both.Waiting, both.TokensPerSecond, both.Answers, both.Failures));
        Assert.Equal((1, 2, 0.75, "No route.", gone), (both.ReachedBy, both.SeenBy, both.PrefixHits, both.LastError, both.Out));
        Assert.Equal(["No seed.", "No system role."], both.Habits);
        Assert.Null(HostBoard.Sum([new HostReport { Name = "new", Model = "m" }], null).PrefixHits);
    }
}
