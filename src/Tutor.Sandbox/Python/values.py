"""Writes values and exceptions as JSON. Joined before harness.py; ValueReader reads it."""
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


class TooLarge(Exception):
    pass


def name_of_type(kind):
    """A type's name, past a metaclass that would say something else."""
    name = type.__dict__["__name__"].__get__(kind)
    return name.encode("utf-8", "replace").decode()[:100]


class Encoder:
    """Writes a value as JSON by its exact type; anything else is an object with the name of its type."""

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

    def items(self, tag, values, depth):
        if depth >= DEEPEST or len(values) > MOST_ITEMS:
            raise TooLarge
        self.add('["%s",[' % tag)
        first = True
        for value in values:
            if not first:
                self.add(",")
            first = False
            self.value(value, depth + 1)
        self.add("]]")

    def value(self, value, depth=0):
        kind = type(value)
        if value is None:
            self.add('["n"]')
        elif kind is bool:
            self.add('["b",1]' if value else '["b",0]')
        elif kind is int:
            if value.bit_length() > 4 * LONGEST_TEXT:
                raise TooLarge
            self.add('["i","%x"]' % value)  # decimal would be quadratic and limited to 4,300 digits
        elif kind is float:
            self.add('["f","%r"]' % value)
        elif kind is str:
            self.text("s", value)
        elif kind is bytes:
            self.text("y", value.decode("latin-1"))
        elif kind is list:
            self.items("l", value, depth)
        elif kind is tuple:
            self.items("t", value, depth)
        elif kind is set or kind is frozenset:
            self.items("e", value, depth)
        elif kind is dict:
            if depth >= DEEPEST or len(value) > MOST_ITEMS:
                raise TooLarge
            self.add('["d",[')
            first = True
            for key, item in value.items():
                self.add("[" if first else ",[")
                first = False
                self.value(key, depth + 1)
                self.add(",")
                self.value(item, depth + 1)
                self.add("]")
            self.add("]]")
        else:
            self.add('["o",%s]' % quoted(name_of_type(kind)))


def encode(value, room):
    encoder = Encoder(min(room, MOST_VALUE_CHARACTERS))
    try:
        encoder.value(value)
        return "".join(encoder.parts)
    except TooLarge:
        return '["o",%s]' % quoted(name_of_type(type(value)) + " (too large)")


def describe(error, line=None, prefix=""):
    """The exception as JSON: type, message, line of the student's program that was innermost when it arose."""
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
    return "[%s,%s,%s]" % (quoted(name_of_type(type(error))), quoted(prefix + message), "null" if line is None else "%d" % line)
