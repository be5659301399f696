using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Options;

namespace Tutor.Web.SignIn.Sessions;

/// <summary>Signs an open page out when its session has ended: what it showed goes, and it leads to the sign-in.</summary>
public sealed class CircuitSession(SignInSessions sessions, IOptions<SignInSessionOptions> options, ILoggerFactory logger) : RevalidatingServerAuthenticationStateProvider(logger)
{
    protected override TimeSpan RevalidationInterval => options.Value.Check;

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        sessions.HoldsStillAsync(authenticationState.User, cancellationToken);
}
