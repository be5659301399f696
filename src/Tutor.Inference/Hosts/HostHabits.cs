using System.Collections.Immutable;
using Tutor.Inference.Hosts.Wire;

namespace Tutor.Inference.Hosts;

/// <summary>What one host has shown of its ways, so that it is asked in a form it takes.</summary>
internal sealed class HostHabits
{
    private const int MostCures = 4;
    private readonly bool? told;
    private readonly Lock gate = new();
    private ImmutableSortedSet<string> leftOut = [];

    /// <param name="thinksFirst">What the settings say of <see cref="ThinksFirst"/>.</param>
    public HostHabits(bool? thinksFirst) => ThinksFirst = told = thinksFirst;

    /// <summary>Its model takes no system message: that text goes into the user's turn.</summary>
    public bool SystemInUserTurn { get; private set; }

    /// <summary>Whether its text begins with thoughts that only a closing mark ends, the opening one being in its prompt; null until an answer has shown it.</summary>
    public bool? ThinksFirst { get; set; }

    /// <summary>Whether a last message of the assistant is continued, as far as is known.</summary>
    public bool Continues { get; private set; } = true;

    /// <summary>The model it lists first, for a host whose model nobody named.</summary>
    public string? ListedModel { get; set; }

    /// <summary>For operators: what is done differently for this host.</summary>
    public IReadOnlyList<string> Words
    {
        get
        {
            lock (gate)
            {
                return
                [
                    .. SystemInUserTurn ? ["Its model takes no system message, so that text goes into the user's turn."] : Array.Empty<string>(),
                    .. leftOut.Count > 0 ? [$"Fields it does not take are left out: {string.Join(", ", leftOut)}."] : Array.Empty<string>(),
                    .. Continues ? Array.Empty<string>() : ["It does not go on with another host's text, so such hints begin anew."],
                    .. ThinksFirst == true ? ["Its answers begin with thoughts, which are left out."] : Array.Empty<string>(),
                ];
            }
        }
    }

    public bool Takes(string field)
    {
        lock (gate) return !leftOut.Contains(field);
    }

    /// <summary>Looks for something to do differently after a refusal.</summary>
    /// <param name="tried">What this question was already tried with; a cure that did not help is not tried again.</param>
    /// <returns>Whether asking once more is worth it.</returns>
    public bool Learn(HostRefusedException refusal, ISet<string> tried)
    {
        lock (gate)
        {
            // A refusal that quotes the whole request names every field of it.
            if (tried.Count == MostCures) return false;
            switch (refusal)
            {
                case { Kind: RefusalKind.SystemRole } when tried.Add(nameof(SystemInUserTurn)):
                    SystemInUserTurn = true;
                    return true;
                case { Kind: RefusalKind.Field, Field: { } field } when tried.Add(field):
                    leftOut = leftOut.Add(field);
                    return true;
                // No word of what it is: all that is new at once.
                case { Kind: RefusalKind.Other, Status: 400 or 422 } when tried.Add(nameof(ChatFields.Newer)):
                    leftOut = leftOut.Union(ChatFields.Newer);
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>How it is asked at the moment.</summary>
    public (IReadOnlyCollection<string> LeftOut, bool SystemInUserTurn) Form
    {
        get { lock (gate) return (leftOut, SystemInUserTurn); }
    }

    /// <summary>What was tried did not help, so nothing was learnt.</summary>
    public void Restore((IReadOnlyCollection<string> LeftOut, bool SystemInUserTurn) form)
    {
        lock (gate) (leftOut, SystemInUserTurn) = ([.. form.LeftOut], form.SystemInUserTurn);
    }

    public void DoesNotContinue() => Continues = false;

    /// <summary>Another server may be at the address now.</summary>
    public void Forget()
    {
        lock (gate)
        {
            (leftOut, SystemInUserTurn, Continues, ThinksFirst, ListedModel) = ([], false, true, told, null);
        }
    }
}
