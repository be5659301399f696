using Tutor.Inference.Backends;
using Tutor.Inference.ChatTemplates;
using Tutor.Inference.Engine;
using Tutor.Inference.Gguf;
using Tutor.Inference.Models;

namespace Tutor.ModelHost.Models;

/// <summary>The commands around model files.</summary>
internal static class ModelsCommand
{
    public const string Usage =
        """
        tutor serve --Model:Path=<file.gguf> [--urls http://0.0.0.0:8080]    serves a model with the OpenAI API
        tutor models pull <owner>/<repository>/<file.gguf>                   fetches a model file and checks its SHA-256
        tutor models add <file.gguf>                                         copies a file in, for machines without a network
        tutor models list                                                    shows the files that are here
        tutor models test <file.gguf>                                        loads one, answers a question and prints its speed
        tutor models speed <file.gguf> [--parallel 1,8]                      tokens per second for so many answers at once

        Options of "models":
          --folder <path>      where the files are; "models" by default
          --hub <address>      the hub to pull from; https://huggingface.co by default, or HF_ENDPOINT
          --revision <name>    branch, tag or commit; "main" by default
          --sha256 <digits>    the checksum the file must have
          --connections <n>    parts fetched at once; 4 by default
          --quota <GB>         most gigabytes of all model files together
          --reserve <GB>       gigabytes of the disk that stay free; 1 by default
          --question <text>    what "test" asks
        Settings of the model, such as --Model:GpuLayers=20, work with "test" and "speed" as with "serve". HF_TOKEN is sent to the hub if it is set.
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        try
        {
            var arguments = ModelsArguments.Read(args);
            switch (arguments.Words)
            {
                case ["pull", var file]:
                    await PullAsync(HubFile.Parse(file, arguments.Revision), arguments, stop.Token);
                    return 0;
                case ["add", var source]:
                    Say(await arguments.Folder.AddAsync(source, arguments.Sha256, arguments.Reserve, stop.Token));
                    return 0;
                case ["list"]:
                    List(arguments.Folder);
                    return 0;
                case ["test", var model]:
                    await ModelTest.RunAsync(model, arguments, stop.Token);
                    return 0;
                case ["speed", var model]:
                    await ModelSpeed.RunAsync(model, arguments, stop.Token);
                    return 0;
                default:
                    await Console.Error.WriteLineAsync(Usage);
                    return 2;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped. What has arrived is kept; run the same command again to go on.");
            return 130;
        }
        catch (Exception error) when (error is ModelDownloadException or ModelFileException or NativeLibraryException or UnknownChatTemplateException or EngineFailedException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return 1;
        }
    }

    private static async Task PullAsync(HubFile file, ModelsArguments arguments, CancellationToken cancel)
    {
        using var hub = new ModelHub(arguments.Hub, Environment.GetEnvironmentVariable("HF_TOKEN"));
        var download = new ModelDownload(hub, new() { Connections = arguments.Connections, Reserve = arguments.Reserve });
        var progress = new ConsoleProgress(file.Name);
        Say(await download.FetchAsync(file, arguments.Folder, progress, arguments.Sha256, cancel));
    }

    private static void Say(ModelFile file) =>
        Console.WriteLine($"{file.Name}: {file.Size / 1e9:0.00} GB, SHA-256 {file.Sha256}. Serve it with: tutor serve --Model:Path=<folder>/{file.Name}");

    private static void List(ModelFolder folder)
    {
        var files = folder.List();
        if (files.Count == 0) Console.WriteLine("No model files are here. Fetch one with: tutor models pull <owner>/<repository>/<file.gguf>");
        foreach (var file in files)
            Console.WriteLine($"{file.Name,-50} {file.Size / 1e9,7:0.00} GB  {(file.Sha256.Length > 0 ? file.Sha256[..12] : "unchecked"),-12}  {file.Source}");
    }
}
