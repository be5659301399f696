using System.Reflection;

namespace Tutor.UnitTests.Data;

public sealed class BothDatabasesTests
{
    [Fact]
    public void Every_class_that_tests_a_store_runs_on_SQLite_and_on_PostgreSQL()
    {
        var oneSided = typeof(BothDatabasesTests).Assembly.GetTypes()
            .Where(type => type.IsPublic && UsesLedger(type))
            .Where(type => !(type.IsAbstract && type.GetNestedTypes().Count(nested => nested.BaseType == type && nested.IsSealed) == 2
                && type.GetNestedTypes().Count(nested => nested.IsAssignableTo(typeof(IOnPostgres))) == 1));

        Assert.Empty(oneSided);
    }

    // Store tests lie under Data, in a folder for each feature.
    private static bool UsesLedger(Type type) =>
        type.Namespace!.StartsWith("Tutor.UnitTests.Data.", StringComparison.Ordinal)
        && type.Namespace != "Tutor.UnitTests.Data.Engines"
        && type.GetMethods(BindingFlags.Public | BindingFlags.Instance).Any(method => method.GetCustomAttribute<FactAttribute>() is not null);
}
