using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Tutor.Web.SignIn;

namespace Tutor.Web.Circuits;

/// <summary>Ends a circuit at its beginning when its person has too many. A page says so in words before it comes to that; this is for who asks without a page.</summary>
public sealed class CircuitDoor(CircuitRoom room, AuthenticationStateProvider authentication) : CircuitHandler
{
    private string? inside;
    private bool lost;

    /// <summary>Before every other handler: who is refused costs nothing more.</summary>
    public override int Order => int.MinValue;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if ((await authentication.GetAuthenticationStateAsync()).User.ToViewer() is not { } viewer) return;
        if (!room.TryEnter(viewer.PersonId)) throw new TooManyCircuitsException();
        inside = viewer.PersonId;
    }

    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (inside is not null && !lost) room.Lose(inside);
        lost = true;
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (inside is not null && lost) room.Return(inside);
        lost = false;
        return Task.CompletedTask;
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref inside, null) is { } personId) room.Leave(personId, lost);
        return Task.CompletedTask;
    }
}

/// <summary>One person has more pages open than there may be.</summary>
public sealed class TooManyCircuitsException() : Exception("One person has more pages open than Circuits:PerPerson allows.");
