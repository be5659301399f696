using Tutor.ModelHost.Errors;

namespace Tutor.ModelHost.Access;

/// <summary>Takes JSON and nothing else: a form or a text is what a web page can send to another site without asking.</summary>
internal sealed class JsonOnly(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http) => !HttpMethods.IsPost(http.Request.Method) || http.Request.HasJsonContentType()
        ? next(http)
        : throw new ApiException(415, "invalid_request_error", "Send JSON with the header \"Content-Type: application/json\".", null, "unsupported_media_type");
}
