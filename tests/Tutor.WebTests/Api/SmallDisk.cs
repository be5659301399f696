using Tutor.WebTests.Portal;

namespace Tutor.WebTests.Api;

/// <summary>What tests of a full disk need: a database from before, and a file that takes all the space there is.</summary>
internal static class SmallDisk
{
    /// <summary>A portal that ran before.</summary>
    /// <returns>The folder of its database, and each student's token.</returns>
    public static async Task<(string Folder, string[] Secrets)> PrepareAsync(IEnumerable<string> students, CancellationToken cancel)
    {
        await using var before = await PortalProcess.StartAsync(cancel);
        var secrets = new List<string>();
        foreach (var student in students)
        {
            using var client = await ApiClient.SignInAsync(before, student, cancel);
            secrets.Add(client.Http.DefaultRequestHeaders.Authorization!.Parameter!);
        }
        return (before.DataFolder, [.. secrets]);
    }

    public static async Task FillAsync(string path, CancellationToken cancel)
    {
        await using var filler = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var piece in new[] { 65_536, 4_096 })
        {
            try
            {
                while (true)
                    await filler.WriteAsync(new byte[piece], cancel);
            }
            catch (IOException)
            {
                // Full for pieces of this size.
            }
        }
    }
}
