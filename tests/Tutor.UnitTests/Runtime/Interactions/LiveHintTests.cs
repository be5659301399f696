using CsCheck;
using Tutor.Data.Interactions;
using Tutor.Runtime.Interactions;

namespace Tutor.UnitTests.Runtime.Interactions;

public sealed class LiveHintTests
{
    [Fact]
    public void A_mirror_that_takes_every_chunk_holds_the_same_text_and_events() =>
        Gen.Int[0, 99].Array[1, 60].Sample(moves =>
        {
            var live = LiveHint.Begin("i", 1, draft: null);
            var mirror = new LiveHint("i");
            var position = default(LivePosition);
            foreach (var move in moves)
            {
                Move(live, move);
                if (move % 3 > 0) continue;
                var chunk = live.Since(position);
                Assert.True(mirror.Apply(chunk));
                position = chunk.End;
            }
            Assert.True(mirror.Apply(live.Since(position)));
            Assert.Equal((live.Text, live.Revision), (mirror.Text, mirror.Revision));
            Assert.Equal(live.Since(default).Events, mirror.Since(default).Events);
        });

    [Fact]
    public void A_mirror_that_missed_a_chunk_says_so_and_is_whole_after_the_snapshot() =>
        Gen.Int[0, 99].Array[2, 60].Sample(moves =>
        {
            var live = LiveHint.Begin("i", 1, draft: null);
            var mirror = new LiveHint("i");
            var position = default(LivePosition);
            foreach (var move in moves)
            {
                Move(live, move);
                var chunk = live.Since(position);
                position = chunk.End;
                var lost = move % 4 == 0;
                if (!lost && !mirror.Apply(chunk)) Assert.True(mirror.Apply(live.Since(default)));
                if (!lost) Assert.Equal(live.Text, mirror.Text);
            }
        });

    [Fact]
    public void A_reader_who_saw_more_than_was_checkpointed_steps_back_to_where_the_texts_part()
    {
        var first = LiveHint.Begin("i", 1, draft: null);
        first.Append("Look at the loop");
        var seen = first.Since(default).End;
        var second = LiveHint.Begin("i", 2, new HintDraft { Attempt = 1, Revision = first.Revision, Text = "Look at " });
        second.Append("your base case");

        var chunk = second.Since(seen);

        Assert.Equal((8, "your base case"), (chunk.Offset, chunk.Text));
        Assert.NotEqual(first.Revision, chunk.Revision);
    }

    [Fact]
    public void A_reader_of_a_text_that_began_anew_gets_all_of_it()
    {
        var live = LiveHint.Begin("i", 1, draft: null);
        live.Append("def average");
        var seen = live.Since(default).End;
        live.Restart("The guard held it back.");
        live.Append("Think of an empty list.");

        var chunk = live.Since(seen);

        Assert.Equal((0, "Think of an empty list."), (chunk.Offset, chunk.Text));
        Assert.Equal(new LiveEvent(LiveEvent.Restarted, "", "The guard held it back."), Assert.Single(chunk.Events));
    }

    [Fact]
    public void Word_of_an_older_attempt_changes_nothing()
    {
        var old = LiveHint.Begin("i", 1, draft: null);
        old.Append("old text");
        var mirror = new LiveHint("i");
        mirror.Apply(LiveHint.Begin("i", 2, draft: null).Since(default));

        Assert.True(mirror.Apply(old.Since(default)));
        Assert.Equal((2, ""), (mirror.Attempt, mirror.Text));
    }

    private static void Move(LiveHint live, int move)
    {
        if (move == 0) live.Restart("again");
        else if (move < 20) live.Note(new LiveEvent(LiveEvent.Step, $"step-{move}", "ok"));
        else live.Append($"{move} ");
    }
}
