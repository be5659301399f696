using Tutor.Inference.Embedded;
using Tutor.ModelHost.Errors;

namespace Tutor.ModelHost;

internal static class ModelAccess
{
    /// <exception cref="ApiException">503 while it is loaded.</exception>
    public static EmbeddedModel Required(this EmbeddedModelLoader loader) =>
        loader.Model ?? throw new ApiException(503, "server_error", "The model is being loaded.", null, "loading") { RetryAfter = 5 };
}
