using System.Globalization;
using System.Runtime.CompilerServices;

namespace Tutor.Core;

/// <summary>Numbers and dates read the same whatever language the machine is set to: ledgers, prompts and tests depend on it.</summary>
internal static class InvariantCulture
{
#pragma warning disable CA2255 // The culture must be set before any code of the process formats a number, and every process loads Core.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Set() =>
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture =
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.InvariantCulture;
}
