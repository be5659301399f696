using Microsoft.Extensions.Options;
using Tutor.Data;
using Tutor.Data.Keys;

namespace Tutor.Web.Operations;

public static class DatabaseOpening
{
    /// <summary>Takes and upgrades the database before anything else starts.</summary>
    /// <returns>False where the portal cannot work on it; the sentence that says why and what to do is printed, and nothing else.</returns>
    public static async Task<bool> OpenDatabaseAsync(this WebApplication app)
    {
        try
        {
            await app.Services.OpenDatabaseAsync();
            await app.Services.OpenKeyRingAsync();
            return true;
        }
        catch (Exception refused) when (refused is DatabaseRefusedException or OptionsValidationException)
        {
            Console.Error.WriteLine(refused.Message);
            return false;
        }
    }
}
