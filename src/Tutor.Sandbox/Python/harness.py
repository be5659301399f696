"""Joined after values.py. Runs programs inside the sandbox, each in a forked child of this process, which is process 1 of its namespace.

In, on descriptor 0: 4-byte little-endian numbers and texts (a length, then UTF-8), see read_request and serve.
Out, on descriptor 1: "<program> <kind><JSON>" for each line of a child, and "<program>=<JSON>" for its end, which only
this process can say.

What student code may know: its own program and the calls made so far. Expected values never come here; other
programs are read by their own child; a call's text is handed over when the call before it has ended.
What student code can do to the results: claim values of its own. Lines pass through this process, which no signal
from its children reaches (process 1), whose memory they cannot open (no /proc, no ptrace), which numbers them and ends
a child at the first line whose turn it is not: a forger is stopped here, before it costs anybody else time.
"""
import sys
import builtins
import posix
import select
import time
import _signal

END_SANDBOX = 75
TIME_TO_SAY_WHERE = 0.1  # seconds that a program has for it when its wall time is up


def read_exactly(descriptor, count):
    parts = []
    while count > 0:
        part = posix.read(descriptor, min(count, 65536))
        if not part:
            raise EOFError("the request ended early")
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def read_number():
    return int.from_bytes(read_exactly(0, 4), "little")


def read_text():
    return read_exactly(0, read_number())


def write_fully(descriptor, data):
    while data:
        data = data[posix.write(descriptor, data):]


class Child:
    """One program: reads it, loads it, evaluates calls as they arrive, says each result as it is there."""

    def __init__(self, request, results, calls):
        self.request = request
        self.process = posix.getpid()
        self.results = results
        self.calls = calls
        self.room = request["room"]
        self.is_saying = False
        self.spare = bytearray(1 << 20)  # given back when memory has run out, so that saying so still works

    def say(self, kind, text=""):
        if posix.getpid() != self.process:  # a fork by student code that came back into this code
            posix._exit(0)
        line = (kind + text + "\n").encode()
        self.room -= len(line)
        self.is_saying = True
        write_fully(self.results, line)
        self.is_saying = False

    def say_where(self, _, frame):
        """On the signal that wall time is up: says the program's line, ends it. Code that does not let go of it is killed without."""
        if self.is_saying:
            return
        line = None
        while frame is not None:
            if frame.f_code.co_filename == "student.py":
                line = frame.f_lineno
                if line != frame.f_code.co_firstlineno:  # else its call only begins: where it was called says more
                    break
            frame = frame.f_back
        self.say("T", "null" if line is None else "%d" % line)
        posix._exit(0)

    def run(self):
        program = read_text().decode("utf-8-sig")
        self.say("P")
        null = posix.open("/dev/null", posix.O_RDWR)
        for descriptor in (0, 1, 2):
            posix.dup2(null, descriptor)
        posix.close(null)
        _signal.signal(_signal.SIGINT, _signal.default_int_handler)
        _signal.signal(_signal.SIGUSR1, self.say_where)
        builtins.exit = builtins.quit = sys.exit  # what the site module would add
        builtins.help = lambda *_, **__: None  # nobody reads here
        module = type(sys)("student")
        sys.modules["student"] = module  # dataclasses and others look their module up by name
        if self.load(program, module.__dict__):
            del program
            self.answer(module.__dict__)

    def load(self, program, namespace):
        code = None
        try:
            if self.request["forbidden"]:
                tree = compile(program, "student.py", "exec", 0x400, True)  # 0x400: the syntax tree only
                self.say("U", find_uses(tree, self.request["forbidden"]))
                code = compile(tree, "student.py", "exec", 0, True)
            else:
                code = compile(program, "student.py", "exec", 0, True)
        except SyntaxError as error:
            line, error.filename, error.lineno = error.lineno, None, None  # else str() appends both
            self.say("F", describe(error, line))
            return False
        except BaseException as error:  # too deep or too large to compile, or a null character
            self.say("F", describe(error))
            return False
        try:
            exec(compile(self.request["prelude"], "prelude.py", "exec", 0, True), namespace)
        except BaseException as error:
            self.say("F", describe(error, prefix="In the exercise's prelude: "))
            return False
        try:
            exec(code, namespace)
        except BaseException as error:
            self.spare = None
            namespace.clear()
            self.say("F", describe(error))
            return False
        self.say("L")
        return True

    def answer(self, namespace):
        while True:
            size = posix.read(self.calls, 4)
            if len(size) < 4:
                return
            call = read_exactly(self.calls, int.from_bytes(size, "little")).decode()
            try:
                value = eval(compile(call.strip(), "call.py", "eval", 0, True), namespace)
                text = encode(value, self.room - 1000)
                value = None
                self.say("V", text)
            except BaseException as error:
                self.spare = None
                self.say("E", describe(error))


def run_child(request, results, calls):
    try:
        if request["processor"] > 0:  # its signal ends the process, also in the middle of a long operation of C code
            _signal.setitimer(_signal.ITIMER_PROF, request["processor"])
        Child(request, results, calls).run()
    finally:
        posix._exit(70)


# What a child says after each kind of line. Forbidden names are looked for before any of its code runs; where it was (T) is said only when its time is up.
after = {b"P": b"ULF", b"U": b"LF", b"L": b"VE", b"V": b"VE", b"E": b"VE", b"F": b"", b"T": b""}


def supervise(index, request):
    """Runs the next program of the request in a child and passes its lines on; true when the request can go on here."""
    results, child_results = posix.pipe()
    child_calls, calls = posix.pipe()
    started = time.monotonic()
    child = posix.fork()
    if child == 0:
        posix.close(results)
        posix.close(calls)
        hidden = 12 + posix.urandom(1)[0] % 48  # a number that student code does not hit by habit
        posix.dup2(child_results, hidden)
        posix.close(child_results)
        run_child(request, hidden, child_calls)
    posix.close(child_results)
    posix.close(child_calls)
    posix.set_blocking(results, False)
    posix.set_blocking(calls, False)
    exit_watch = posix.pidfd_open(child)
    watch = select.poll()
    watch.register(results, select.POLLIN)
    watch.register(exit_watch, select.POLLIN)
    deadline = started + request["timeout"]
    received, pending, is_read, unread, ended, is_open, is_late = 0, b"", False, request["calls"], None, True, False
    due = b"P"
    while ended is None:
        left = deadline - time.monotonic()
        if left <= 0 and is_late:
            ended = "timeout"
            break
        if left <= 0:
            is_late = True
            deadline += TIME_TO_SAY_WHERE
            posix.kill(child, _signal.SIGUSR1)
            continue
        gone = any(descriptor == exit_watch for descriptor, _ in watch.poll(int(left * 1000) + 1))
        while ended is None:
            try:
                part = posix.read(results, 65536)
            except BlockingIOError:
                break
            if not part:  # closed by the child, which may live on; its end may be seen a moment later
                if is_open:
                    watch.unregister(results)
                    is_open = False
                break
            received += len(part)
            if received > request["room"] + 4096:
                ended = "output"
                break
            *lines, pending = (pending + part).split(b"\n")
            for line in lines:
                kind = line[:1]
                if not kind or kind not in (due + b"T" if is_late else due):
                    ended = "forged"
                    break
                write_fully(1, b"%d %b\n" % (index, line))
                due = after[kind]
                if kind == b"P":
                    is_read = True
                elif kind == b"F" or (kind == b"E" and request["stop"]):
                    ended = "done"
                elif kind in (b"L", b"V", b"E"):
                    if unread == 0:
                        ended = "done"
                    else:
                        unread -= 1
                        call = read_text()
                        try:
                            message = len(call).to_bytes(4, "little") + call
                            if posix.write(calls, message) < len(message):
                                ended = "exit"
                        except OSError:  # the child is gone or does not read
                            ended = "exit"
                if ended is not None:
                    break
        if gone and ended is None:
            ended = "timeout" if is_late else "exit"
    try:
        posix.kill(-1, 9)  # all but this process: the child and whatever it started
    except ProcessLookupError:
        pass
    processor = 0
    try:
        while True:
            process, status, used = posix.wait4(-1, 0)
            processor += used.ru_utime + used.ru_stime
            if process == child and posix.WIFSIGNALED(status) and posix.WTERMSIG(status) == _signal.SIGPROF:
                ended = "timeout"
    except ChildProcessError:
        pass
    for descriptor in (results, calls, exit_watch):
        posix.close(descriptor)
    took = int((time.monotonic() - started) * 1000)
    write_fully(1, b"%d=[\"%b\",%d,%d]\n" % (index, ended.encode(), took, int(processor * 1000)))
    if not is_read:
        return False
    for _ in range(unread):
        read_text()
    try:
        with posix.scandir("/tmp") as left_behind:
            return next(left_behind, None) is None
    except OSError:
        return False


def serve():
    if posix.getpid() != 1:  # not in a namespace of its own: then "kill all others" would mean the machine's
        raise SystemExit("the sandbox has no process namespace of its own")
    posix.closerange(3, 65536)
    sys.path[:] = [folder for folder in sys.path if folder]  # student code may write where it works
    posix.environ.pop(b"PYTHONHASHSEED", None)  # read by now, and nothing for student code to find
    posix.unsetenv(b"PYTHONHASHSEED")
    _signal.signal(_signal.SIGINT, _signal.SIG_IGN)
    request = {
        "timeout": read_number() / 1000,
        "processor": read_number() / 1000,
        "stop": read_number() != 0,
        "room": read_number(),
        "programs": read_number(),
        "calls": read_number(),
    }
    processes = read_number()
    if processes > 0:  # counted in this user namespace alone (Linux 5.14)
        import resource
        resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))
    request["prelude"] = read_text().decode("utf-8-sig")
    request["forbidden"] = read_text().decode().split("\n") if read_number() else []
    for index in range(request["programs"]):
        if not supervise(index, request):
            return END_SANDBOX
    return 0


if __name__ == "__main__":
    posix._exit(serve())
