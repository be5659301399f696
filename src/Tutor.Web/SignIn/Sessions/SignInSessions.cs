using System.Data.Common;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;
using Tutor.Data.Sessions;

namespace Tutor.Web.SignIn.Sessions;

/// <summary>Begins sessions, and says of each request and circuit whether its session still holds.</summary>
public sealed class SignInSessions(SessionStore store, DirectoryCheck directory, IOptions<SignInSessionOptions> options) : IDisposable
{
    /// <summary>The claim that carries the secret of the session, inside the protected cookie.</summary>
    public const string Claim = "session";

    private readonly MemoryCache cache = new(new MemoryCacheOptions());

    /// <returns>Who signs in, for the cookie; null for somebody who is suspended.</returns>
    /// <param name="way">One of <see cref="SessionWay"/>.</param>
    public async Task<ClaimsPrincipal?> BeginAsync(HttpContext context, string personId, string name, string way)
    {
        // Who signs in again in the same browser has one session there, not two.
        if ((await context.AuthenticateAsync(CookieAuthenticationDefaults.AuthenticationScheme)).Principal is { } before)
            await SignOutAsync(before, context.RequestAborted);
        var browser = BrowserWords.Of(context.Request.Headers.UserAgent.ToString());
        return await store.BeginAsync(personId, way, browser, TimeSpan.FromDays(options.Value.Days), context.RequestAborted) is { } secret
            ? SignedInPerson.Principal(personId, name, CookieAuthenticationDefaults.AuthenticationScheme, secret)
            : null;
    }

    /// <summary>Whether the session of a signed-in person still holds, as of a few seconds ago at most.</summary>
    public async Task<bool> HoldsAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (user.FindFirstValue(Claim) is not { } secret || user.ToViewer() is not { } viewer) return false;
        if (cache.TryGetValue(secret, out bool held)) return held;
        var holds = await directory.VouchesAsync(viewer.PersonId, cancel) && await store.HoldsAsync(secret, cancel);
        return cache.Set(secret, holds, options.Value.Check);
    }

    /// <summary>As <see cref="HoldsAsync"/>, but a database that is just away decides nothing: nothing can be read from it meanwhile, and pages can say so.</summary>
    public async Task<bool> HoldsStillAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        try
        {
            return await HoldsAsync(user, cancel);
        }
        catch (Exception error) when (error is DbException or TimeoutException)
        {
            return true;
        }
    }

    public async Task SignOutAsync(ClaimsPrincipal user, CancellationToken cancel)
    {
        if (user.FindFirstValue(Claim) is not { } secret) return;
        await store.SignOutAsync(secret, cancel);
        cache.Set(secret, false, options.Value.Check);
    }

    /// <summary>Something ended sessions: this node looks at each of them again before it trusts it. Other nodes notice by themselves.</summary>
    public void LookAgain() => cache.Clear();

    public void Dispose() => cache.Dispose();
}
