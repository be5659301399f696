using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Tutor.Data.People;
using Tutor.Data.Sessions;
using Tutor.Runtime.Courses;
using Tutor.Web.SignIn.Sessions;

namespace Tutor.Web.SignIn;

/// <summary>Sign-in as one of the demo people of the courses, without any proof. Debug builds, Development, loopback only.</summary>
public static partial class SignInSetup
{
    static partial void AddDevelopmentSignIn(WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment())
            return;
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        builder.Services.AddSingleton(new SignInDoor("/sign-in/development", "Development sign-in: anyone at this machine can be anyone."));
        builder.Services.AddHostedService<LoopbackOnly>();
        builder.Services.Configure<CourseOptions>(courses => courses.DemoPeople = true);
    }

    static partial void MapDevelopmentSignIn(WebApplication app)
    {
        app.MapPost("/sign-in/development", SignInAsDemoPersonAsync).AllowAnonymous();
    }

    private static async Task<IResult> SignInAsDemoPersonAsync(
        HttpContext context, PersonStore people, SignInSessions sessions, [FromForm] string person, [FromForm] string? returnUrl, CancellationToken cancel)
    {
        // Only demo people: a real account of the same database cannot be entered through this door.
        var found = await people.FindAsync(person, cancel);
        if (found is not { Demo: true } || !LoopbackOnly.Allows(context.Connection.LocalIpAddress))
            return Results.NotFound();
        if (await sessions.BeginAsync(context, found.Id, found.Name, SessionWay.Development) is not { } signedIn)
            return Results.LocalRedirect(RefusedSignIn.SuspendedAddress);
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, signedIn);
        return Results.LocalRedirect(LocalAddress.Or(returnUrl, "/"));
    }
}
