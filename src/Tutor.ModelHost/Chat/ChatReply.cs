using System.Text;
using System.Text.Json;
using Tutor.Inference.Engine;

namespace Tutor.ModelHost.Chat;

/// <summary>Writes answers as one JSON object when all are finished.</summary>
internal static class ChatReply
{
    public static async Task WriteAsync(HttpResponse response, ChatRequest request, IAsyncEnumerable<ChatPiece> pieces)
    {
        var choices = Enumerable.Range(0, request.Count).Select(_ => new Choice()).ToList();
        var usage = new UsageSum();
        await foreach (var (index, part) in pieces)
        {
            var choice = choices[index];
            choice.Thoughts.Append(part.Thoughts);
            choice.Answer.Append(part.Answer);
            if (part.LogProbs is { } one) choice.LogProbs.Add(one);
            if (part.End is not { } end) continue;
            if (end.Reason == FinishReason.Cancelled) throw new EngineFailedException("The model was shut down before the answer ended.");
            choice.End = end;
            usage.Add(end.Usage);
        }
        response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(response.BodyWriter, ChatJson.Options);
        new ChatJson(request.Model, "chat.completion").Whole(json, choices, usage);
    }

    internal sealed class Choice
    {
        public StringBuilder Answer { get; } = new();
        public StringBuilder Thoughts { get; } = new();
        public List<TokenLogProbs> LogProbs { get; } = [];
        public GenerationEnd? End { get; set; }
    }
}
