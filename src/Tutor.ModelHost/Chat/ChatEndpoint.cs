using Microsoft.Extensions.Options;
using Tutor.Inference.Embedded;
using Tutor.ModelHost.Admission;
using Tutor.ModelHost.Metrics;

namespace Tutor.ModelHost.Chat;

internal static class ChatEndpoint
{
    public static void MapChat(this WebApplication app)
    {
        // llama.cpp's clients also use the paths without a version.
        foreach (var prefix in new[] { "/v1", "" })
        {
            app.MapPost($"{prefix}/chat/completions", AnswerAsync);
            app.MapPost($"{prefix}/chat/completions/input_tokens", CountAsync);
        }
    }

    private static async Task AnswerAsync(HttpContext http, EmbeddedModelLoader loader, RequestGate gate, ServingMetrics metrics, IOptions<ServerOptions> options)
    {
        if (gate.IsDraining) throw RequestGate.Draining();
        var model = loader.Required();
        using var body = await RequestFields.ReadAsync(http.Request);
        var request = ChatRequestReader.Read(body.RootElement, model, options.Value.MaxTokens);
        using var visit = gate.Enter(request.Count);
        var answers = new ChatAnswers(model, request, metrics);
        if (request.Stream)
        {
            using var stream = new ChatStream(http.Response, request);
            await stream.WriteAsync(answers.ReadAsync(http.RequestAborted));
        }
        else
        {
            await ChatReply.WriteAsync(http.Response, request, answers.ReadAsync(http.RequestAborted));
        }
    }

    private static async Task<IResult> CountAsync(HttpContext http, EmbeddedModelLoader loader, IOptions<ServerOptions> options)
    {
        var model = loader.Required();
        using var body = await RequestFields.ReadAsync(http.Request);
        var request = ChatRequestReader.Read(body.RootElement, model, options.Value.MaxTokens);
        return Results.Json(new { input_tokens = model.CountTokens(request.Question), @object = "response.input_tokens" });
    }
}
