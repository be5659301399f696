namespace Tutor.Core.Interactions;

/// <summary>Recognises files that are not text by their first bytes, whatever their name says.</summary>
internal sealed record BinaryFormat(string What, string Advice)
{
    private const string Paste = "Copy the text and paste it into the editor.";

    private static readonly (byte[] Magic, BinaryFormat Format)[] Known =
    [
        ("PK\u0003\u0004"u8.ToArray(), new("a zip archive or a Word document", "Unpack it, or copy the text and paste it into the editor.")),
        ("%PDF-"u8.ToArray(), new("a PDF document", Paste)),
        ([0xD0, 0xCF, 0x11, 0xE0], new("an old Word or Office document", Paste)),
        ("{\\rtf"u8.ToArray(), new("a rich text document", "Save it as plain text, or copy the text and paste it into the editor.")),
        ([0x1F, 0x8B], new("a compressed file", "Unpack it and upload the file inside.")),
        ([0xFF, 0xFE], new("text in the encoding UTF-16", "Save it again with the encoding UTF-8.")),
        ([0xFE, 0xFF], new("text in the encoding UTF-16", "Save it again with the encoding UTF-8.")),
        ([0x7F, 0x45, 0x4C, 0x46], new("a program for the machine", "Upload its source.")),
        ([0x89, 0x50, 0x4E, 0x47], new("a picture", "Tutor reads text only.")),
        ([0xFF, 0xD8, 0xFF], new("a picture", "Tutor reads text only.")),
    ];

    public static BinaryFormat? Recognise(ReadOnlySpan<byte> bytes)
    {
        foreach (var (magic, format) in Known)
        {
            if (bytes.StartsWith(magic)) return format;
        }

        return bytes.Contains((byte)0) ? new BinaryFormat("a binary file", Paste) : null;
    }
}
