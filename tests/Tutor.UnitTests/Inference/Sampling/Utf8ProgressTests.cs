using System.Text;
using CsCheck;
using Tutor.Inference.Sampling;

namespace Tutor.UnitTests.Inference.Sampling;

public sealed class Utf8ProgressTests
{
    private static readonly UTF8Encoding strict = new(false, throwOnInvalidBytes: true);

    [Fact]
    public void Bytes_are_taken_exactly_when_they_are_text() => Gen.Byte.Array[1, 6].Sample(bytes =>
    {
        var progress = new Utf8Progress();

        Assert.Equal(IsText(bytes), progress.Advance(bytes) && progress.IsWhole);
    }, iter: 20_000);

    [Fact]
    public void Text_cut_anywhere_is_taken_and_known_to_be_cut() => Gen.String.Where(text => IsText(Encoding.UTF8.GetBytes(text))).Sample(text =>
    {
        var progress = new Utf8Progress();
        foreach (var value in Encoding.UTF8.GetBytes(text)) Assert.True(progress.Advance([value]));

        Assert.True(progress.IsWhole);
    });

    private static bool IsText(byte[] bytes)
    {
        try
        {
            strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
