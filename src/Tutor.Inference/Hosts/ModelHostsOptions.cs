using System.ComponentModel.DataAnnotations;

namespace Tutor.Inference.Hosts;

/// <summary>Section <c>ModelHosts</c> of the settings.</summary>
public sealed class ModelHostsOptions
{
    public const string Section = "ModelHosts";

    /// <summary>Servers with the OpenAI chat API; none means hints come from the courses' ladders.</summary>
    public IList<ModelHostOptions> Hosts { get; } = [];

    /// <summary>Longest wait for the first token, which includes the host's own queue and reading the prompt.</summary>
    [Range(1, 600)]
    public int FirstTokenSeconds { get; set; } = 30;

    /// <summary>Longest silence between two tokens.</summary>
    [Range(1, 600)]
    public int InterTokenSeconds { get; set; } = 10;

    /// <summary>Longest time for a whole answer, at however many hosts. What has come by then is cut back to its last sentence.</summary>
    [Range(1, 3600)]
    public int AnswerSeconds { get; set; } = 180;

    [Range(1, 600)]
    public int HealthPollSeconds { get; set; } = 5;

    /// <summary>How long a host is left alone after its calls failed.</summary>
    [Range(1, 3600)]
    public int BreakSeconds { get; set; } = 15;
}

/// <summary>One server.</summary>
public sealed class ModelHostOptions
{
    [Required]
    public string Name { get; set; } = "";

    /// <summary>Base address of the API, usually ending in <c>/v1</c>.</summary>
    [Required]
    public Uri Url { get; set; } = null!;
    public string ApiKey { get; set; } = "";

    /// <summary>Model to ask for where the course names none.</summary>
    public string Model { get; set; } = "";

    /// <summary>Answers written at the same time; more wait in Tutor's own queue.</summary>
    [Range(1, 4096)]
    public int Slots { get; set; } = 4;

    /// <summary>
    /// Whether its answers begin with thoughts that only a closing mark ends, because the model's template writes the opening one into
    /// the prompt. Unset, Tutor finds out by the first whole answer and shows nothing of that one before its end.
    /// </summary>
    public bool? ThinksFirst { get; set; }

    /// <summary>Prices per million tokens, in the currency the reports use.</summary>
    public decimal InputPrice { get; set; }
    public decimal CachedPrice { get; set; }
    public decimal OutputPrice { get; set; }

    /// <summary>Price of a call in millionths of the currency.</summary>
    public long CostMicro(long input, long cached, long output) =>
        (long)Math.Round((Math.Max(0, input - cached) * InputPrice) + (cached * CachedPrice) + (output * OutputPrice));
}
