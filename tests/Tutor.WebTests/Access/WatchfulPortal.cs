using Tutor.Tests.Shared;
using Tutor.Web.SignIn.Sessions;
using Tutor.WebTests.Portal;
using Tutor.WebTests.SignIn.Provider;

namespace Tutor.WebTests.Access;

/// <summary>A portal with a directory behind it that looks every second whether sign-ins still hold.</summary>
[CollectionDefinition(All)]
public sealed class WatchfulPortal : IAsyncLifetime, ICollectionFixture<WatchfulPortal>
{
    public const string All = "Watchful portal";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private ScriptedModelHost model = null!;

    public SignInSessionOptions Sessions { get; } = new() { CheckSeconds = 1, DirectorySeconds = 1 };

    public EntraPortal Entra { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // One hint takes longer than the test; who shuts the stream is the portal.
        model = await ScriptedModelHost.StartAsync(_ => new ScriptedReply(string.Concat(Enumerable.Range(1, 200).Select(line => $"Remark {line}: ask what a reader would doubt.\n\n"))) { ChunkSize = 4, ChunkDelay = TimeSpan.FromMilliseconds(300) });
        Entra = await EntraPortal.StartAsync(new Dictionary<string, string>
        {
            ["Sessions:CheckSeconds"] = $"{Sessions.CheckSeconds}", ["Sessions:DirectorySeconds"] = $"{Sessions.DirectorySeconds}",
            ["ModelHosts:FirstTokenSeconds"] = "120",
            ["SignIn:CourseRoles:0:AppRole"] = "Python.Assistants", ["SignIn:CourseRoles:0:Course"] = "intro-python", ["SignIn:CourseRoles:0:Role"] = "ta",
            ["SignIn:CourseRoles:1:AppRole"] = "Python.Students", ["SignIn:CourseRoles:1:Course"] = "intro-python", ["SignIn:CourseRoles:1:Role"] = "student",
        }.WithModelHost(model.Url, 64), Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await Entra.DisposeAsync();
        await model.DisposeAsync();
    }
}
