using System.Reflection;

namespace Tutor.Web.Health;

/// <summary>The version of this build, made from the git tags when it was built.</summary>
public static class TutorVersion
{
    /// <summary>For example <c>1.2.0</c>, or <c>0.9.0-preview.240</c> for the 240th commit before the first tag.</summary>
    public static string Current { get; } =
        typeof(TutorVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
