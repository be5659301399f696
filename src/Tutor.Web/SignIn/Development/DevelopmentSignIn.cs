using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Mvc;
using Tutor.Data.People;
using Tutor.Runtime.Courses;

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
        HttpContext context, PersonStore people, [FromForm] string person, [FromForm] string? returnUrl, CancellationToken cancel)
    {
        // Only demo people: a real account of the same database cannot be entered through this door.
        var found = await people.FindAsync(person, cancel);
        if (found is not { Demo: true } || !LoopbackOnly.Allows(context.Connection.LocalIpAddress))
            return Results.NotFound();
        await context.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            SignedInPerson.Principal(found.Id, found.Name, CookieAuthenticationDefaults.AuthenticationScheme));
        return Results.LocalRedirect(LocalAddress.Or(returnUrl, "/"));
    }
}
