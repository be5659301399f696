using Tutor.Inference.Batching;

namespace Tutor.UnitTests.Inference.Batching;

public sealed class FairQueueTests
{
    [Fact]
    public void The_first_of_each_caller_comes_before_the_second_of_any()
    {
        var queue = Filled();

        Assert.Equal(["a1", "b1", "c1", "a2", "c2", "a3"], queue.InOrder());
        Assert.Equal(6, queue.Count);
    }

    [Fact]
    public void Who_was_served_waits_for_all_others()
    {
        var queue = Filled();

        queue.Take("a", "a1");

        Assert.Equal(["b1", "c1", "a2", "c2", "a3"], queue.InOrder());
    }

    [Fact]
    public void Who_gives_up_keeps_the_others_in_their_order()
    {
        var queue = Filled();

        queue.Remove("a", "a1");
        queue.Remove("b", "b1");

        Assert.Equal(["a2", "c1", "a3", "c2"], queue.InOrder());
    }

    private static FairQueue<string> Filled()
    {
        var queue = new FairQueue<string>();
        foreach (var item in (string[])["a1", "a2", "a3", "b1", "c1", "c2"]) queue.Add(item[..1], item);
        return queue;
    }
}
