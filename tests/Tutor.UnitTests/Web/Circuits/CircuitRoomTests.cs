using CsCheck;
using Tutor.Web.Circuits;

namespace Tutor.UnitTests.Web.Circuits;

public sealed class CircuitRoomTests
{
    [Fact]
    public void However_pages_come_go_and_get_lost_no_more_than_allowed_are_let_in_and_everybody_who_left_makes_room()
    {
        const int most = 3;
        // 0 enter, 1 lose one, 2 one returns, 3 a connected one leaves, 4 a lost one leaves
        Gen.Int[0, 4].Array[0, 200].Sample(steps =>
        {
            var room = new CircuitRoom(most);
            var (connected, lost) = (0, 0);
            foreach (var step in steps)
                switch (step)
                {
                    case 0:
                        var may = connected < most && connected + lost < CircuitRoom.WithLost * most;
                        Assert.Equal(may, !room.IsFull("sam"));
                        Assert.Equal(may, room.TryEnter("sam"));
                        if (may) connected++;
                        break;
                    case 1 when connected > 0: room.Lose("sam"); (connected, lost) = (connected - 1, lost + 1); break;
                    case 2 when lost > 0: room.Return("sam"); (connected, lost) = (connected + 1, lost - 1); break;
                    case 3 when connected > 0: room.Leave("sam", lost: false); connected--; break;
                    case 4 when lost > 0: room.Leave("sam", lost: true); lost--; break;
                }
            Assert.False(room.IsFull("robin"));
        });
    }
}
