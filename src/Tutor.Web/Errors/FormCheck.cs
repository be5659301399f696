namespace Tutor.Web.Errors;

public static class FormCheck
{
    /// <summary>A form that cannot be read (with a zero character, too many fields or one too long) is the sender's mistake, whoever would have read it.</summary>
    public static IApplicationBuilder UseFormCheck(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        try
        {
            if (HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType) await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception error) when (error is InvalidDataException or InvalidOperationException)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        await next(context);
    });
}
