using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tutor.Core.Courses;

namespace Tutor.Core.Evidence;

/// <summary>The latest evidence by program and tests; the least recently used goes first.</summary>
internal sealed class EvidenceCache
{
    // Some kilobytes each: a busy class's last runs, in a few megabytes.
    private const int Most = 1_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, RunEvidence Evidence)>> _byKey = [];
    private readonly LinkedList<(string Key, RunEvidence Evidence)> _byUse = new();

    public static string KeyOf(TestSuite suite, string program)
    {
        var tests = JsonSerializer.SerializeToUtf8Bytes(suite);
        return Convert.ToHexString(SHA256.HashData(tests)) + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(program)));
    }

    public RunEvidence? Find(string key)
    {
        lock (_lock)
        {
            if (!_byKey.TryGetValue(key, out var node)) return null;
            _byUse.Remove(node);
            _byUse.AddFirst(node);
            return node.Value.Evidence;
        }
    }

    public void Keep(string key, RunEvidence evidence)
    {
        lock (_lock)
        {
            if (_byKey.Remove(key, out var old)) _byUse.Remove(old);
            _byKey[key] = _byUse.AddFirst((key, evidence));
            if (_byKey.Count <= Most) return;
            _byKey.Remove(_byUse.Last!.Value.Key);
            _byUse.RemoveLast();
        }
    }
}
