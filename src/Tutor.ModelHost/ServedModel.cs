using Tutor.Inference.Embedded;
using Tutor.ModelHost.Errors;

namespace Tutor.ModelHost;

/// <summary>What a request may call the model: its own name, or that of an adapter.</summary>
internal static class ServedModel
{
    /// <returns>The name answers carry, and the adapter, null for the model as it is.</returns>
    /// <exception cref="ApiException">404 for a name that is neither.</exception>
    public static (string Name, string? Adapter) Find(EmbeddedModel model, string? asked)
    {
        var info = model.Engine.Info;
        // "default" is what clients write that must name a model and do not know one.
        return asked is null or "" or "default" || asked == info.Name ? (info.Name, null)
            : info.Adapters.Contains(asked) ? (asked, asked)
            : throw ApiException.UnknownModel(asked);
    }
}
