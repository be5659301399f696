using System.Globalization;
using Tutor.Inference.Models;

namespace Tutor.ModelHost.Models;

/// <summary>What was written behind <c>tutor models</c>.</summary>
internal sealed record ModelsArguments
{
    private static readonly string[] known = ["folder", "hub", "revision", "sha256", "connections", "quota", "reserve", "question", "parallel"];

    private readonly Dictionary<string, string> options = [];

    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>Settings of the model, to be read as configuration.</summary>
    public required string[] Settings { get; init; }

    public string FolderPath => Text("folder", "models");
    public ModelFolder Folder => new(FolderPath, options.ContainsKey("quota") ? Gigabytes("quota", 0) : null);
    public string Revision => Text("revision", "main");
    public string? Sha256 => options.GetValueOrDefault("sha256");
    public int Connections => (int)Math.Clamp(Number("connections", 4), 1, 16);
    public long Reserve => Gigabytes("reserve", 1);
    public string Question => Text("question", "A student's loop runs one time too often. Ask one question that helps to find out why.");

    public IReadOnlyList<int> Parallel => [.. Text("parallel", "1,8").Split(',').Select(text => int.TryParse(text, out var count) && count is > 0 and <= 256
        ? count
        : throw new ModelDownloadException("--parallel takes numbers from 1 to 256, such as 1,8,32."))];

    public Uri Hub => Uri.TryCreate(Text("hub", Environment.GetEnvironmentVariable("HF_ENDPOINT") ?? "https://huggingface.co"), UriKind.Absolute, out var hub)
        ? hub
        : throw new ModelDownloadException("The hub must be an address such as https://huggingface.co.");

    /// <exception cref="ModelDownloadException">An option is unknown or has no value.</exception>
    public static ModelsArguments Read(string[] args)
    {
        var (words, settings, options) = (new List<string>(), new List<string>(), new Dictionary<string, string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
                words.Add(args[i]);
            else if (args[i].Contains(':', StringComparison.Ordinal))
                settings.Add(args[i]);
            else
            {
                var (name, value) = args[i][2..].Split('=', 2) is [var left, var right] ? (left, right) : (args[i][2..], i + 1 < args.Length ? args[++i] : null);
                if (!known.Contains(name)) throw new ModelDownloadException($"There is no option --{name}. The options are --{string.Join(", --", known)}.");
                options[name] = value ?? throw new ModelDownloadException($"--{name} needs a value.");
            }
        }
        var read = new ModelsArguments { Words = words, Settings = [.. settings] };
        foreach (var (name, value) in options) read.options[name] = value;
        return read;
    }

    private string Text(string name, string otherwise) => options.GetValueOrDefault(name, otherwise);

    private double Number(string name, double otherwise) => !options.TryGetValue(name, out var text) ? otherwise
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number
        : throw new ModelDownloadException($"--{name} must be a number.");

    private long Gigabytes(string name, double otherwise) => (long)(Number(name, otherwise) * 1e9);
}
