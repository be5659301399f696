"""Writes values and exceptions as JSON. Joined before harness.py; ValueReader reads it."""
import builtins
import sys

LONGEST_TEXT = 4000
MOST_ITEMS = 2000
DEEPEST = 8
MOST_VALUE_CHARACTERS = 65536
MESSAGE_LENGTH = 300

# The json module costs a tenth of a short run to import.
escapes = {**{code: "\\u%04x" % code for code in range(32)}, 34: '\\"', 92: "\\\\"}


def quoted(text):
    """The text as a JSON string. It holds no lone surrogates, which UTF-8 cannot carry."""
    return '"' + text.translate(escapes) + '"'


known = {id(kind) for kind in (bool, int, float, str, bytes, bytearray, list, tuple, set, frozenset, dict, type({}.keys()))}


class TooLarge(Exception):
    pass


def ancestors(kind):
    """The type and what it derives from, nearest first, past whatever a metaclass would say."""
    return type.__dict__["__mro__"].__get__(kind)


# By identity, here and below: a class of a program's own may have any name and equal anything.
built_in_errors = {id(kind): name for name, kind in vars(builtins).items() if isinstance(kind, type) and issubclass(kind, BaseException) and kind.__name__ == name}


def name_of_type(kind):
    """A type's name, past a metaclass that would say something else."""
    name = type.__dict__["__name__"].__get__(kind)
    return name.encode("utf-8", "replace").decode()[:100]


class Encoder:
    """Writes a value as JSON by the nearest built-in type it is of: a defaultdict is written as the dict it is.

    Read past everything a class of the student's may override, by the built-in type's own methods: what a value claims to
    equal does not matter, only what it holds. Anything else is an object with the name of its type.
    """

    def __init__(self, room):
        self.room = room
        self.parts = []

    def add(self, part):
        self.room -= len(part)
        if self.room < 0:
            raise TooLarge
        self.parts.append(part)

    def text(self, tag, value):
        if len(value) > LONGEST_TEXT:
            raise TooLarge
        try:
            value.encode()
            self.add('["%s",%s]' % (tag, quoted(value)))
        except UnicodeEncodeError:  # a lone surrogate
            self.add('["w","%s"]' % value.encode("utf-16-le", "surrogatepass").hex())

    def items(self, tag, kind, values, depth):
        if depth >= DEEPEST or kind.__len__(values) > MOST_ITEMS:
            raise TooLarge
        self.add('["%s",[' % tag)
        first = True
        for value in kind.__iter__(values):
            if not first:
                self.add(",")
            first = False
            self.value(value, depth + 1)
        self.add("]]")

    def entries(self, value, depth):
        if depth >= DEEPEST or dict.__len__(value) > MOST_ITEMS:
            raise TooLarge
        self.add('["d",[')
        first = True
        for key, item in dict.items(value):
            self.add("[" if first else ",[")
            first = False
            self.value(key, depth + 1)
            self.add(",")
            self.value(item, depth + 1)
            self.add("]")
        self.add("]]")

    def integer(self, value):
        if int.bit_length(value) > 4 * LONGEST_TEXT:
            raise TooLarge
        return "%x" % int.__index__(value)  # decimal would be quadratic and limited to 4,300 digits

    def value(self, value, depth=0):
        if value is None:
            self.add('["n"]')
            return
        kind = type(value)
        if id(kind) not in known:
            kind = next((kind for kind in ancestors(kind) if id(kind) in known), None)
        if kind is bool:
            self.add('["b",1]' if value else '["b",0]')
        elif kind is int:
            self.add('["i","%s"]' % self.integer(value))
        elif kind is float:
            self.add('["f","%r"]' % float.__float__(value))
        elif kind is str:
            self.text("s", str.__str__(value))
        elif kind is bytes or kind is bytearray:
            self.text("y", kind.decode(value, "latin-1"))
        elif kind is list:
            self.items("l", list, value, depth)
        elif kind is tuple:
            self.items("t", tuple, value, depth)
        elif kind is dict:
            self.entries(value, depth)
        elif kind is not None:
            self.items("e", kind, value, depth)
        else:
            self.number(value)

    def number(self, value):
        """Fraction and Decimal, which are known only once a program has imported them; else an object."""
        kinds = ancestors(type(value))
        for module, name in (("fractions", "Fraction"), ("decimal", "Decimal")):
            kind = getattr(sys.modules.get(module), name, None)
            if isinstance(kind, type) and any(other is kind for other in kinds):
                if name == "Fraction":
                    self.add('["q","%s","%s"]' % (self.integer(value.numerator), self.integer(value.denominator)))
                else:
                    self.text("m", kind.__str__(value))
                return
        self.add('["o",%s]' % quoted(name_of_type(type(value))))


def encode(value, room):
    encoder = Encoder(min(room, MOST_VALUE_CHARACTERS))
    try:
        encoder.value(value)
        return "".join(encoder.parts)
    except TooLarge:
        return '["o",%s]' % quoted(name_of_type(type(value)) + " (too large)")


def describe(error, line=None, prefix=""):
    """The exception as JSON: type, message, line of the student's program that was innermost when it arose, nearest built-in type."""
    try:
        message = str(error)
        message = message.encode("utf-8", "replace").decode()[:MESSAGE_LENGTH]
    except BaseException:  # a __str__ of the student's own may do anything; the type still says enough
        message = ""
    place = sys.exc_info()[2]
    while place is not None:
        if place.tb_frame.f_code.co_filename == "student.py":
            line = place.tb_lineno
        place = place.tb_next
    built_in = next((built_in_errors[id(kind)] for kind in ancestors(type(error)) if id(kind) in built_in_errors), "BaseException")
    return "[%s,%s,%s,%s]" % (quoted(name_of_type(type(error))), quoted(prefix + message), "null" if line is None else "%d" % line, quoted(built_in))
