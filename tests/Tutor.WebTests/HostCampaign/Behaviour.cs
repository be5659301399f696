using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tutor.WebTests.HostCampaign;

/// <summary>What a model host does, and what must come of it.</summary>
/// <param name="Chat">Answers a question.</param>
/// <param name="Writer">model or ladder.</param>
/// <param name="Page">What the page "Model hosts" says of it, among other things.</param>
internal sealed record Behaviour(string Name, Func<HttpContext, JsonObject, Task> Chat, string Writer, string Page = "Works")
{
    /// <summary>Answers the question for the list of models; null as a good host does.</summary>
    public Func<HttpContext, Task>? Models { get; init; }

    /// <summary>The model's hint; null where the ladder writes it or its length matters alone.</summary>
    public string? Answer { get; init; }
}
