using System.Text.Json;

namespace Tutor.Web.Api;

/// <summary>Enum members as the API spells them: "pseudo-code", "wrong-value".</summary>
public static class ApiName
{
    public static string Of<T>(T value) where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());
}
