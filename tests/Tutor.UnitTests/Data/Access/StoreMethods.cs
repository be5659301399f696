using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Tutor.Data;
using Tutor.Data.People;

namespace Tutor.UnitTests.Data.Access;

/// <summary>The methods through which anything comes out of the database or into it, found by reflection.</summary>
internal static class StoreMethods
{
    /// <summary>Public methods of every public type that is given the database.</summary>
    public static IReadOnlyList<MethodInfo> All { get; } =
        [.. from type in typeof(Database).Assembly.GetExportedTypes()
            where type.GetConstructors().Any(made => made.GetParameters().Any(p => p.ParameterType == typeof(Database)))
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            where !method.IsSpecialName && method.GetBaseDefinition() == method
            select method];

    public static string Name(MethodInfo method) => $"{method.DeclaringType!.Name}.{method.Name}";

    public static bool TakesViewer(MethodInfo method) => method.GetParameters().Any(p => p.ParameterType == typeof(Viewer));

    /// <summary>"Type.Method" of everything an assembly calls in Tutor.Data.</summary>
    public static IReadOnlySet<string> CalledBy(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var reader = file.GetMetadataReader();
        var called = new HashSet<string>();
        foreach (var handle in reader.MemberReferences)
        {
            var member = reader.GetMemberReference(handle);
            if (member.Parent.Kind != HandleKind.TypeReference)
                continue;
            var type = reader.GetTypeReference((TypeReferenceHandle)member.Parent);
            if (reader.GetString(type.Namespace).StartsWith("Tutor.Data", StringComparison.Ordinal))
                called.Add($"{reader.GetString(type.Name)}.{reader.GetString(member.Name)}");
        }
        return called;
    }
}
