using Tutor.Inference.Embedded;
using Tutor.Inference.Engine;
using Tutor.ModelHost.Admission;

namespace Tutor.ModelHost.ModelList;

/// <summary>The model and its adapters, each of which a request may name as its model.</summary>
internal static class ModelListEndpoint
{
    private static readonly long started = DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    public static void MapModelList(this WebApplication app)
    {
        foreach (var prefix in new[] { "/v1", "" })
        {
            app.MapGet($"{prefix}/models", (EmbeddedModelLoader loader, RequestGate gate) =>
            {
                // Portals and balancers look here whether to send more.
                if (gate.IsDraining) throw RequestGate.Draining();
                var info = loader.Required().Engine.Info;
                return Results.Json(new { @object = "list", data = info.Adapters.Prepend(info.Name).Select(name => Card(info, name)) });
            });
            // A name may hold slashes.
            app.MapGet($"{prefix}/models/{{*name}}", (string name, EmbeddedModelLoader loader) =>
            {
                var model = loader.Required();
                return Results.Json(Card(model.Engine.Info, ServedModel.Find(model, name).Name));
            });
        }
        // What llama.cpp's web client asks before it shows its page.
        app.MapGet("/props", (EmbeddedModelLoader loader) =>
        {
            var info = loader.Required().Engine.Info;
            return Results.Json(new
            {
                default_generation_settings = new { n_ctx = info.RequestTokens, @params = new { } }, total_slots = info.Slots, model_alias = info.Name, model_path = info.Name,
                chat_template = info.ChatTemplate ?? "", bos_token = info.BeginText, eos_token = info.EndText, modalities = new { vision = false, audio = false }, build_info = "tutor",
            });
        });
    }

    private static object Card(EngineInfo info, string name) => new
    {
        id = name, @object = "model", created = started, owned_by = "tutor", parent = name == info.Name ? null : info.Name, max_model_len = info.RequestTokens,
        meta = new { n_vocab = info.VocabularySize, n_ctx = info.RequestTokens, n_ctx_train = info.TrainedContext, n_embd = info.EmbeddingSize, n_params = info.Parameters, size = info.SizeBytes },
    };
}
