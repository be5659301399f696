using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Tutor.Core.People;
using Tutor.Data.Lti;
using Tutor.Data.People;
using Tutor.Data.Sessions;
using Tutor.Web.SignIn;
using Tutor.Web.SignIn.Sessions;

namespace Tutor.Web.Lti;

/// <summary>The two requests of a launch, and the keys of this portal (LTI 1.3, OpenID Connect third-party initiated login).</summary>
public static partial class LtiEndpoints
{
    public static async Task<IResult> LoginAsync(HttpContext context, IOptions<LtiOptions> options, LaunchState states, CancellationToken cancel)
    {
        IEnumerable<KeyValuePair<string, StringValues>> fields;
        try
        {
            fields = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancel) : context.Request.Query;
        }
        catch (InvalidDataException)
        {
            return Refuse(context, LaunchRefusal.NotRegistered, "The form could not be read.");
        }
        var given = fields.ToDictionary(f => f.Key, f => f.Value.ToString());
        string? Value(string name) => given.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
        if (options.Value.Find(Value("iss") ?? "", Value("client_id")) is not { } platform || Value("login_hint") is not { } hint)
            return Refuse(context, LaunchRefusal.NotRegistered, "No registration fits the login request.");
        if (Value("lti_deployment_id") is { } deployment && !platform.Deployments.Contains(deployment))
            return Refuse(context, LaunchRefusal.Deployment, "The deployment is not registered.");
        if (LocalTarget(context.Request, Value("target_link_uri")) is not { } target)
            return Refuse(context, LaunchRefusal.Target, "The target is not on this portal.");

        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var state = states.Seal(new PendingLaunch(nonce, platform.Name, target));
        // Back comes a form from another site, so the cookie must go along with that; a window of its own for each launch.
        context.Response.Cookies.Append(CookieName(nonce), nonce, new CookieOptions
        {
            HttpOnly = true, Secure = true, SameSite = SameSiteMode.None, Path = "/", MaxAge = LaunchState.Validity, IsEssential = true,
        });
        var query = new QueryBuilder
        {
            { "scope", "openid" }, { "response_type", "id_token" }, { "response_mode", "form_post" }, { "prompt", "none" }, { "client_id", platform.ClientId },
            { "redirect_uri", UriHelper.BuildAbsolute(context.Request.Scheme, context.Request.Host, context.Request.PathBase, "/lti/launch") },
            { "login_hint", hint }, { "state", state }, { "nonce", nonce },
        };
        if (Value("lti_message_hint") is { } message)
            query.Add("lti_message_hint", message);
        return Results.Redirect($"{platform.LoginUrl}{(platform.LoginUrl.Contains('?', StringComparison.Ordinal) ? "&" : "?")}{query.ToQueryString().Value![1..]}");
    }

    public static async Task<IResult> LaunchAsync(
        HttpContext context, IOptions<LtiOptions> options, LaunchState states, LaunchStore launches, LaunchCheck check, IdentityStore identities,
        SignInSessions sessions, CancellationToken cancel)
    {
        try
        {
            var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancel) : FormCollection.Empty;
            var pending = Take(context, states.Open(form["state"].ToString()));
            var platform = options.Value.Find(pending.Platform)
                ?? throw new LaunchRefusedException(LaunchRefusal.NotRegistered, "The platform is not registered any more.");
            var launch = await check.ReadAsync(form["id_token"].ToString(), platform, pending.Nonce, cancel);
            if (!await launches.UseAsync(pending.Nonce, LaunchState.Validity, cancel))
                throw new LaunchRefusedException(LaunchRefusal.Interrupted, "The launch was used before.");
            var courseId = platform.Courses.FirstOrDefault(c => c.Context == launch.ContextId)?.Course
                ?? throw new LaunchRefusedException(LaunchRefusal.Course, $"The platform's course {launch.ContextId} has no course here.");
            if (LocalTarget(context.Request, launch.Target.ToString()) is not { } target)
                throw new LaunchRefusedException(LaunchRefusal.Target, "The target is not on this portal.");

            if (LtiRoles.Of(launch.Roles) is not { } role)
            {
                await launches.TakePlaceAsync(courseId, launch.Subject, cancel);
                throw new LaunchRefusedException(LaunchRefusal.Role, "The platform's roles only let this person look on.");
            }

            var person = await identities.AdmitAsync(new ProvenIdentity(
                platform.Provider, launch.Subject, launch.Name.Name, launch.Email, launch.Login, launch.Name.IsPart), cancel);
            await identities.GrantAsync(person.Id, MembershipSource.Lti, [new GrantedRole(courseId, role)], [courseId], cancel);
            await launches.NameAsync(courseId, platform.Name, launch.ContextId, person.Id, role, cancel);
            if (launch.Memberships is { } memberships)
                await launches.LinkAsync(courseId, new LinkedContext(platform.Name, launch.ContextId, memberships.ToString()), cancel);
            if (await sessions.BeginAsync(context, person.Id, person.Name, SessionWay.Lti) is not { } signedIn)
                return Results.LocalRedirect(RefusedSignIn.SuspendedAddress);
            await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, signedIn);
            return Results.LocalRedirect(InCourse(target, courseId));
        }
        catch (LaunchRefusedException refused)
        {
            return Refuse(context, refused.Refusal, refused.Message);
        }
        catch (HttpRequestException error)
        {
            return Refuse(context, LaunchRefusal.Interrupted, $"The platform's keys could not be read: {error.Message}");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Refuse(context, LaunchRefusal.Interrupted, "The platform's keys did not come in time.");
        }
        catch (InvalidDataException)
        {
            return Refuse(context, LaunchRefusal.Interrupted, "The form could not be read.");
        }
    }

    /// <summary>Anybody may read them, as often as they like: they cost nothing, and there are none where no platform is registered.</summary>
    public static async Task<IResult> KeysAsync(ToolKeys keys, IOptions<LtiOptions> options, CancellationToken cancel) =>
        Results.Json(new { keys = options.Value.Platforms.Count == 0 ? [] : await keys.PublicAsync(cancel) });

    private static PendingLaunch Take(HttpContext context, PendingLaunch? pending)
    {
        if (pending is null) throw new LaunchRefusedException(LaunchRefusal.Interrupted, "The state is too old or not one of this portal.");
        if (context.Request.Cookies[CookieName(pending.Nonce)] != pending.Nonce)
            throw new LaunchRefusedException(LaunchRefusal.Interrupted, "The launch was not begun in this browser, or was used before.");
        context.Response.Cookies.Delete(CookieName(pending.Nonce), new CookieOptions { Secure = true, SameSite = SameSiteMode.None, Path = "/" });
        return pending;
    }

    private static IResult Refuse(HttpContext context, LaunchRefusal refusal, string detail)
    {
        LogRefused(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(LtiEndpoints)), context.TraceIdentifier, refusal, detail);
        return Results.LocalRedirect($"/lti/refused?why={refusal}&reference={Uri.EscapeDataString(context.TraceIdentifier)}");
    }

    /// <summary>The local part of an address on this portal; null for any other.</summary>
    private static string? LocalTarget(HttpRequest request, string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var target) && target.Scheme == request.Scheme && target.Authority == request.Host.Value
        && LocalAddress.Or(target.PathAndQuery, "") is { Length: > 0 } local ? local : null;

    /// <summary>A link may open a page of its own course. Any other page of a course is somebody else's: then its front page.</summary>
    private static string InCourse(string target, string courseId) =>
        target == $"/courses/{courseId}" || target.StartsWith($"/courses/{courseId}/", StringComparison.Ordinal) ? target : $"/courses/{courseId}";

    private static string CookieName(string nonce) => $"__Host-lti-{nonce[..8]}";

    [LoggerMessage(LogLevel.Warning, "A launch was refused ({Reference}), {Refusal}: {Detail}")]
    private static partial void LogRefused(ILogger logger, string reference, LaunchRefusal refusal, string detail);
}
