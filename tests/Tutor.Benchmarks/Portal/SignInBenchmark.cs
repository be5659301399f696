using System.Diagnostics;
using System.Globalization;
using Tutor.WebTests.Portal;
using Tutor.WebTests.SignIn.Provider;

namespace Tutor.Benchmarks.Portal;

/// <summary>How long signing in takes against a real OpenID provider over TLS, from the first request to the page that was asked for.</summary>
internal static class SignInBenchmark
{
    private const int Rounds = 40;

    public static async Task RunAsync(string[] args)
    {
        await using var entra = await EntraPortal.StartAsync(new Dictionary<string, string>(), default, Repository.PortalBuild("Release"));
        var times = new List<double>();
        for (var round = 0; round <= Rounds; round++)
            times.Add(await SignInAsync(entra));
        var warm = times.Skip(1).Order().ToList();
        Console.WriteLine($"Portal (Release), provider and client on one machine, {Rounds} people one after the other, each in a browser of their own (limit 300 ms warm).\n");
        Console.Write(new Table("sign-in", "ms").Add("first", Ms(times[0])).Add("warm p50", Ms(warm[Rounds / 2])).Add("warm p95", Ms(warm[Rounds * 95 / 100])).Add("warm slowest", Ms(warm[^1])));
    }

    private static async Task<double> SignInAsync(EntraPortal entra)
    {
        using var visitor = entra.Open();
        var from = Stopwatch.GetTimestamp();
        var landing = await visitor.VisitAsync("/profile", default);
        var time = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        return landing.Address.AbsolutePath == "/profile" ? time : throw new InvalidOperationException($"The sign-in ended at {landing.Address}.");
    }

    private static string Ms(double milliseconds) => milliseconds.ToString("0", CultureInfo.InvariantCulture);
}
