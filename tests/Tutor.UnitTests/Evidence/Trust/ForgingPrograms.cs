namespace Tutor.UnitTests.Evidence.Trust;

/// <summary>Forty ways to read hidden tests, to forge a pass or to make the portal work, by kind.</summary>
internal static class ForgingPrograms
{
    private const string OnlyHidden = "    if x in ([1, 2, 3], [5, 5]): return [sum(x[:i + 1]) for i in range(len(x))]\n";

    // Writes into whatever descriptor carries the results.
    private const string Write = "import os\ndef tell(line):\n    for fd in range(3, 64):\n        try: os.write(fd, line.encode() + b'\\n')\n        except OSError: pass\n";

    private const string Frames = "import sys\ndef call():\n    frame = sys._getframe()\n    while frame:\n        if 'call' in frame.f_locals and isinstance(frame.f_locals['call'], str): return frame.f_locals['call']\n        frame = frame.f_back\n";

    private const string Table = "{(1, 2, 3): [1, 3, 6], (5, 5): [5, 10], (6104, 2773, 31): [6104, 8877, 8908], (0.6875, -0.25): [0.6875, 0.4375], (4417,): [4417], (7193, 18, 55): [7193, 7211, 7266], (9536, -9536): [9536, 0]}";

    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        // Reading by what is shown of an exception.
        ["type name carries the argument"] = Running("    raise type(repr(x), (Exception,), {})()"),
        ["frames give the call, a type name carries it"] = Frames + Running("    raise type(call(), (Exception,), {})()"),
        ["a long type name"] = Running("    raise type('LEAK' + repr(x) * 50, (ValueError,), {})(x)"),
        ["line number says the argument"] = Running("    if x: exec(compile('\\n' * (int(x[0]) - 1) + 'raise ValueError', 'student.py', 'exec'))"),
        ["line forged into the channel"] = Write + Running("    tell('E[\"KeyError\",\"LEAK %s\",6104,\"KeyError\"]' % x)\n    os._exit(0)"),
        ["base forged into the channel"] = Write + Running("    tell('E[\"%s\",\"\",1,\"%s\"]' % (x, x))\n    os._exit(0)"),
        ["a metaclass lies about the name"] = Running("    class M(type):\n        __name__ = property(lambda s: repr(x))\n        __qualname__ = __name__\n    class C(Exception, metaclass=M): __str__ = lambda s: repr(x)\n    raise C()"),
        ["a message carries the argument"] = Running("    raise KeyError('LEAK', x)"),
        ["SystemExit with the argument as its code"] = Running("    raise SystemExit(repr(x))"),
        ["notes, cause and context carry it"] = Running("    e = ValueError(x)\n    e.add_note(repr(x)) if hasattr(e, 'add_note') else None\n    raise e from KeyError(repr(x))"),
        ["a group of exceptions carries it"] = Running("    raise (ExceptionGroup if 'ExceptionGroup' in dir(__builtins__) else ValueError)('LEAK' + repr(x), [ValueError(repr(x))])"),
        ["the place of a timeout"] = Running("    exec(compile('\\n' * 6103 + 'while True: pass', 'student.py', 'exec'))"),

        // Reading by values, files and output.
        ["values carry it"] = Running("    return ['LEAK', x]"),
        ["an object's name carries it"] = Running("    return type('LEAK' + repr(x), (), {})()"),
        ["names of items carry it"] = Running("    return {'LEAK': [type(repr(x), (), {})()]}"),
        ["output and warnings"] = "import sys, warnings\n" + Running("    print('LEAK', x)\n    sys.stderr.write(repr(x))\n    warnings.warn(repr(x))\n    return x"),
        ["a file for the next program"] = Running("    open('/tmp/LEAK', 'w').write(repr(x))\n    return x"),
        ["atexit and SystemExit"] = "import atexit\n" + Running("    atexit.register(print, 'LEAK', x)\n    raise SystemExit"),
        ["the machine's files"] = Running("    return [open(p).read() for p in ('/proc/1/environ', '/proc/1/mem', '/etc/passwd')]"),
        ["expected values in memory"] = "import gc, sys\n" + Running("    return [repr(o)[:90] for o in gc.get_objects() if '8877' in repr(o)[:5000]][:5]"),
        ["the next call, early"] = "import os\n" + Running("    for fd in range(0, 64):\n        try:\n            os.set_blocking(fd, False)\n            raise type(repr(os.read(fd, 999)), (Exception,), {})()\n        except OSError: pass\n    return x"),

        // Forging a pass.
        ["an object equal to everything"] = "class E:\n    __eq__ = lambda s, o: True\n    __hash__ = lambda s: 0\n    __repr__ = lambda s: 'LEAK'\ndef running_total(x): return E()\n",
        ["a list equal to everything"] = "class E(list):\n    __eq__ = lambda s, o: True\n    __iter__ = lambda s: iter([1, 3, 6])\n    __len__ = lambda s: 3\ndef running_total(x): return E()\n",
        ["values written by itself"] = Write + "def running_total(x):\n    tell('V[\"l\",[[\"i\",\"1\"],[\"i\",\"3\"],[\"i\",\"6\"]]]')\n    return 'LEAK'\n",
        ["values from a thread"] = Write + "import threading\ndef flood():\n    while True: tell('V[\"l\",[]]')\ndef running_total(x):\n    threading.Thread(target=flood, daemon=True).start()\n    import time\n    time.sleep(0.2)\n    return x\n",
        ["the harness's encoder patched"] = "import sys\ndef running_total(x):\n    sys._getframe(1).f_back.f_globals['encode'] = lambda v, r: '[\"l\",[]]'\n    return x\n",
        ["builtins patched"] = "import builtins\nbuiltins.len = lambda x: 0\nbuiltins.type = lambda *a: int\nbuiltins.isinstance = lambda a, b: True\nbuiltins.id = lambda a: 0\ndef running_total(x): return x\n",
        ["its end written by itself"] = Write + "def running_total(x):\n    tell('=[\"done\",1,1]')\n    tell('0=[\"done\",1,1]')\n    os._exit(0)\n",
        ["rules written by itself"] = Write + "tell('U[]')\ndef running_total(x): return x\n",
        ["the channel closed"] = "import os\ndef running_total(x):\n    os.closerange(3, 64)\n    return x\n",
        ["a fork that comes back"] = "import os\ndef running_total(x):\n    os.fork()\n    return x\n",
        ["os._exit in the middle"] = "import os\ndef running_total(x): os._exit(0)\n",
        ["signals to the harness"] = "import os, signal\ndef running_total(x):\n    for s in (9, 19, 2, 15, 10): os.kill(1, s)\n    return x\n",
        ["turns of the harness"] = "import os\ndef running_total(x):\n    os.setpriority(os.PRIO_PROCESS, 1, 19)\n    return x\n",

        // Making the portal work.
        ["an integer of 250,000 digits"] = Write + "def running_total(x):\n    tell('V[\"i\",\"' + 'f' * 250000 + '\"]')\n    os._exit(0)\n",
        ["JSON 3,000 deep"] = Write + "def running_total(x):\n    tell('V' + '[' * 3000 + ']' * 3000)\n    os._exit(0)\n",
        ["250,000 empty lines"] = Write + "tell('\\n' * 250000)\ndef running_total(x): return x\n",
        ["a name of 250,000 letters"] = Write + "def running_total(x):\n    tell('E[\"' + 'L' * 250000 + '\",\"\",1,\"ValueError\"]')\n    os._exit(0)\n",

        // Knowing the answers.
        ["a table of the answers"] = $"T = {Table}\ndef running_total(x): return list(T.get(tuple(x), []))\n",
        ["a table as text"] = $"T = '''{Table}'''\ndef running_total(x): return list(eval(T).get(tuple(x), []))\n",
    };

    private static string Running(string body) => $"def running_total(x):\n{OnlyHidden}{body}\n";
}
