using Microsoft.Extensions.Options;
using Tutor.Data.People;

namespace Tutor.Web.Operators;

/// <summary>The people who run this installation.</summary>
public sealed class OperatorList(IOptions<OperatorOptions> options)
{
    public bool Has(Viewer? viewer) => viewer is not null && options.Value.People.Contains(viewer.PersonId, StringComparer.Ordinal);
}
