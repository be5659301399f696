using CsCheck;
using Tutor.Inference.Batching;

namespace Tutor.UnitTests.Inference.Batching;

public sealed class KvLedgerTests
{
    [Fact]
    public void Shared_cells_count_once_and_are_free_when_the_last_sequence_leaves()
    {
        var ledger = new KvLedger(100);
        int[] first = [.. Enumerable.Range(0, 40).Select(_ => ledger.Take())];
        ledger.Share(first.AsSpan(0, 30));
        Assert.Equal((40, 60), (ledger.Pinned, ledger.Free));

        ledger.Unpin(first);
        Assert.Equal((30, 10, 60), (ledger.Pinned, ledger.Cached, ledger.Free));
        ledger.Release(first);
        Assert.Equal((30, 0, 70), (ledger.Pinned, ledger.Cached, ledger.Free));
        ledger.Unpin(first.AsSpan(0, 30));
        ledger.Release(first.AsSpan(0, 30));

        Assert.Equal((0, 0, 100), (ledger.Pinned, ledger.Cached, ledger.Free));
    }

    [Fact]
    public void The_books_agree_with_counting_after_any_history()
    {
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 1000], Gen.Int[1, 12]).Array[1, 60].Sample(history =>
        {
            var ledger = new KvLedger(400);
            var (running, cached) = (new List<int[]>(), new List<int[]>());
            foreach (var (action, choice, size) in history)
            {
                switch (action)
                {
                    case 0 when ledger.Free >= size:
                        running.Add([.. Enumerable.Range(0, size).Select(_ => ledger.Take())]);
                        break;
                    case 1 when running.Count > 0:
                        var shared = running[choice % running.Count].AsSpan(0, Math.Min(size, running[choice % running.Count].Length)).ToArray();
                        ledger.Share(shared);
                        running.Add(shared);
                        break;
                    case 2 when running.Count > 0:
                        var done = running[choice % running.Count];
                        running.RemoveAt(choice % running.Count);
                        ledger.Unpin(done);
                        cached.Add(done);
                        break;
                    case 3 when cached.Count > 0:
                        ledger.Release(cached[choice % cached.Count]);
                        cached.RemoveAt(choice % cached.Count);
                        break;
                }
                var pinned = running.SelectMany(cells => cells).ToHashSet();
                var held = cached.SelectMany(cells => cells).Concat(pinned).ToHashSet();
                Assert.Equal((pinned.Count, held.Count - pinned.Count, 400 - held.Count), (ledger.Pinned, ledger.Cached, ledger.Free));
            }
        });
    }
}
